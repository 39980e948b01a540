import math

import pytest

from tests.sql.support import RunModel, table

EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))


def test_every_group_but_those_of_the_neutral_face_is_compared(run_model: RunModel) -> None:
    groups = table(
        "participant expression supervised mask grouping group_id mean_distance",
        ("a", "happiness", True, "05-01", "kmeans6", 2, 1.5),
        ("a", "happiness", False, "05-00", "kmeans6", 2, None),
        ("a", "neutral", True, "00-01", "kmeans6", 2, 9.0),
    )

    rows = run_model("supervision_effects", expressions=EXPRESSIONS, group_distances=groups)

    assert rows == [
        ("kmeans6", "happiness", 2, "a", False, None, None),
        ("kmeans6", "happiness", 2, "a", True, 1.5, None),
    ]


def test_the_whole_face_is_a_group_of_its_own(run_model: RunModel) -> None:
    rows = run_model(
        "supervision_effects",
        expressions=EXPRESSIONS,
        cells=table(
            "cell_index participant expression supervised",
            (1, "a", "happiness", True),
            (2, "b", "happiness", False),
            (3, "a", "neutral", True),
        ),
        analysed_distances=table(
            "cell_index point distance",
            *((1, 0, 1.5), (1, 467, 2.5), (1, 3, None), (2, 0, None), (3, 0, 9.0)),
        ),
    )

    assert rows == [
        ("mesh", "happiness", 0, "a", True, 2.0, None),
        ("mesh", "happiness", 0, "b", False, None, None),
    ]


def test_noise_is_what_the_effects_of_single_photographs_differ_by(run_model: RunModel) -> None:
    cued, uncued = {"a": (3.0, 5.0, 8.0), "b": (4.0, 4.0), "c": (9.0,)}, 1.0
    photographs = [
        (who, "happiness", cue, "kmeans6", 2, place, value if cue else uncued)
        for who, values in cued.items()
        for place, value in enumerate(values, start=1)
        for cue in (True, False)
    ]

    [(noise,)] = run_model(
        "supervision_effects",
        "distinct noise_difference",
        expressions=EXPRESSIONS,
        group_distances=table(
            "participant expression supervised grouping group_id mean_distance",
            ("a", "happiness", True, "kmeans6", 2, 1.5),
        ),
        photo_group_distances=table(
            "participant expression supervised grouping group_id place mean_distance",
            *photographs,
            # A photograph without a partner of its place tells nothing.
            ("b", "happiness", True, "kmeans6", 2, 3, 77.0),
            ("b", "happiness", False, "kmeans6", 2, 3, None),
        ),
    )

    # Variances 19 / 3 of three effects, and none of two; who has a single one is left out.
    assert noise == pytest.approx(math.sqrt((19 / 3 / 3 + 0) / 2 * 2 / math.pi))


def test_every_point_but_those_of_the_neutral_face_is_compared(run_model: RunModel) -> None:
    rows = run_model(
        "supervision_point_effects",
        expressions=EXPRESSIONS,
        cells=table(
            "cell_index participant expression supervised",
            (1, "a", "happiness", True),
            (2, "b", "happiness", False),
            (3, "a", "neutral", True),
        ),
        analysed_distances=table(
            "cell_index point distance", (1, 0, 1.5), (1, 467, 2.5), (2, 0, None), (3, 0, 9.0)
        ),
    )

    assert rows == [
        ("a", "happiness", True, 0, 1.5),
        ("a", "happiness", True, 467, 2.5),
        ("b", "happiness", False, 0, None),
    ]


def test_measures_are_compared_by_their_changes(run_model: RunModel) -> None:
    definitions = table("measure group_id", ("opening", 0), ("smile", 1))
    shown = [
        ("a", "happiness", cue, "opening", place, value if cue else 1.0)
        for place, value in enumerate((3.0, -5.0), start=1)
        for cue in (True, False)
    ]

    rows = run_model(
        "supervision_effects",
        "grouping, expression, group_id, participant, supervised, mean_distance, "
        "round(noise_difference, 9)",
        expressions=EXPRESSIONS,
        measure_definitions=definitions,
        measures=table(
            "participant expression supervised measure change",
            ("a", "happiness", True, "opening", -1.5),
            ("a", "happiness", False, "smile", 2.5),
            ("a", "neutral", True, "opening", 9.0),
        ),
        photo_measures=table(
            "participant expression supervised measure place change",
            *shown,
            ("a", "happiness", False, "opening", None, 77.0),
        ),
    )

    # The effects are 2 and -6: a variance of 32 over two.
    noise = round((16 * 2 / math.pi) ** 0.5, 9)
    assert rows == [
        ("measures", "happiness", 0, "a", True, -1.5, noise),
        ("measures", "happiness", 1, "a", False, 2.5, None),
    ]
