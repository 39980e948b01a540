import math

from tests.sql.support import RunModel, table

LABELS = table(
    "mask expression supervised", ("00-01", "neutral", True), ("05-00", "happiness", False)
)
GROUPS = table("grouping group_id point", ("kmeans6", 0, 1), ("kmeans6", 0, 2), ("kmeans6", 1, 3))
MESH = table("point", (1,), (2,), (3,))
OWN = table("mask without_own_neutral", ("00-01", 0), ("05-00", 0))
COLUMNS = "mask point participants mean_distance noise_distance neutral_distance"


def test_groups_are_means_over_their_points(run_model: RunModel) -> None:
    noise = table(
        COLUMNS,
        *(("05-00", 1, 9, 6.0, 1.0, 2.0), ("05-00", 2, 9, 12.0, 2.0, 4.0)),
        ("05-00", 3, 9, 3.0, 0.0, 0.0),
        *(("00-01", 1, 8, 2.0, 1.0, 2.0), ("00-01", 2, 8, 4.0, 1.0, 4.0)),
        ("00-01", 3, 8, 0.0, 1.0, 0.0),
    )

    rows = run_model(
        "noise_floor",
        mask_labels=LABELS,
        pav_groups=GROUPS,
        mirror_points=MESH,
        point_noise=noise,
        mask_averages=OWN,
    )

    cued, happy = ("neutral", True, "00-01"), ("happiness", False, "05-00")
    assert rows == [
        (*happy, "kmeans6", 0, 9, 9.0, 1.5, 3.0, 6.0, 3.0, None),
        (*happy, "kmeans6", 1, 9, 3.0, 0.0, 0.0, None, None, "the photographs do not differ"),
        (*happy, "mesh", 0, 9, 7.0, 1.0, 2.0, 7.0, 3.5, None),
        (*cued, "kmeans6", 0, 8, 3.0, 1.0, 3.0, 3.0, 1.0, None),
        (*cued, "kmeans6", 1, 8, 0.0, 1.0, 0.0, 0.0, None, None),
        (*cued, "mesh", 0, 8, 2.0, 1.0, 2.0, 2.0, 1.0, None),
    ]


def test_what_is_missing_is_said(run_model: RunModel) -> None:
    noise = table(COLUMNS, ("05-00", 1, 0, 6.0, None, None), ("00-01", 1, 0, None, None, None))

    rows = run_model(
        "noise_floor",
        "mask, over_noise, over_neutral, reason",
        mask_labels=LABELS,
        mirror_points=MESH,
        point_noise=noise,
        mask_averages=OWN,
    )

    assert rows == [
        ("00-01", None, None, "nobody has a distance"),
        ("05-00", None, None, "nobody has two photographs of the mask and of the neutral face"),
    ]


def test_the_build_of_faces_is_neither_movement_nor_noise(run_model: RunModel) -> None:
    rows = run_model(
        "noise_floor",
        "noise_distance, over_noise, over_neutral, reason",
        mask_labels=LABELS,
        mirror_points=MESH,
        point_noise=table(COLUMNS, ("05-00", 1, 9, 6.0, 1.0, 2.0)),
        mask_averages=table("mask without_own_neutral", ("05-00", 2)),
    )

    build = "somebody is compared with another face than the own, so its build counts"
    assert rows == [(1.0, None, None, build)]


def test_noise_of_a_measure_follows_from_its_photographs(run_model: RunModel) -> None:
    definitions = table(
        "measure kind group_id", ("opening", "distance", 0), ("smile", "movement", 1)
    )
    changes = table(
        "mask expression participant measure change",
        ("05-00", "happiness", "a", "opening", -4.0),
        ("05-00", "happiness", "b", "opening", -8.0),
        ("05-00", "happiness", "a", "smile", 3.0),
        ("00-01", "neutral", "a", "opening", 2.0),
    )
    shown = table(
        "mask participant measure photo place change",
        # Variances 2 and 8, over two photographs each; who has one says nothing.
        *(("05-00", "a", "opening", "1", 1, -3.0), ("05-00", "a", "opening", "2", 2, -5.0)),
        *(("05-00", "b", "opening", "1", 1, -6.0), ("05-00", "b", "opening", "2", 2, -10.0)),
        ("05-00", "c", "opening", "1", 1, 100.0),
    )

    rows = run_model(
        "noise_floor",
        "mask, group_id, participants, mean_distance, round(noise_distance, 9), neutral_distance, "
        "round(over_noise, 9), over_neutral, reason",
        mask_labels=LABELS,
        mirror_points=MESH,
        mask_averages=OWN,
        measure_definitions=definitions,
        measure_points=table("measure point", ("smile", 1), ("smile", 2)),
        measures=changes,
        photo_measures=shown,
        expressions=table("expression code", ("neutral", "00"), ("happiness", "05")),
        point_noise=table(COLUMNS, ("05-00", 1, 7, 6.0, 1.0, 2.0), ("05-00", 2, 7, 6.0, 2.0, 4.0)),
    )

    noise = (2.5 * 2 / math.pi) ** 0.5
    nobody = "nobody has two photographs of the mask and of the neutral face"
    of_mesh = ("05-00", 0, 7)
    assert [row for row in rows if row[:3] != of_mesh] == [
        ("00-01", 0, 0, 2.0, None, 2.0, None, None, nobody),
        ("05-00", 0, 2, -6.0, round(noise, 9), 2.0, round(-6 / noise, 9), None, None),
        ("05-00", 1, 7, 3.0, 1.5, None, 2.0, None, None),
    ]
