import pytest

from tests.sql.support import Row, RunModel, table

LABELS = table(
    "mask expression supervised", ("05-00", "happiness", False), ("07-01", "surprise", True)
)
CELLS = table("cell_index mask", (1, "05-00"), (2, "05-00"), (3, "07-01"))


def distances(*rows: tuple[int, int, float | None]) -> list[Row]:
    return table("cell_index point distance", *rows)


def test_points_are_averaged_over_the_participants(run_model: RunModel) -> None:
    given = distances((1, 0, 1.0), (2, 0, 5.0), (1, 1, 0.0), (2, 1, 2.0))

    rows = run_model("point_averages", mask_labels=LABELS, cells=CELLS, analysed_distances=given)

    assert rows == [
        ("happiness", False, "05-00", 0, 3.0, pytest.approx(8**0.5), 2, True),
        ("happiness", False, "05-00", 1, 1.0, pytest.approx(2**0.5), 2, False),
    ]


def test_one_participant_has_no_standard_deviation(run_model: RunModel) -> None:
    rows = run_model(
        "point_averages",
        "mean_distance, sd_distance, participants",
        mask_labels=LABELS,
        cells=CELLS,
        analysed_distances=distances((3, 0, 4.0)),
    )

    assert rows == [(4.0, None, 1)]


def test_a_point_at_the_mean_is_not_above_it(run_model: RunModel) -> None:
    given = distances((3, 0, 1.0), (3, 1, 2.0), (3, 2, 3.0))

    rows = run_model(
        "point_averages",
        "point, above_average",
        mask_labels=LABELS,
        cells=CELLS,
        analysed_distances=given,
    )

    assert rows == [(0, False), (1, False), (2, True)]


def test_where_all_points_move_alike_none_is_above_average(run_model: RunModel) -> None:
    rows = run_model(
        "point_averages",
        "above_average",
        mask_labels=LABELS,
        cells=CELLS,
        analysed_distances=distances((3, 0, 2.5), (3, 1, 2.5)),
    )

    assert rows == [(False,), (False,)]


def test_each_mask_has_its_own_mean(run_model: RunModel) -> None:
    given = distances((1, 0, 1.0), (1, 1, 3.0), (3, 0, 100.0), (3, 1, 50.0))

    rows = run_model(
        "point_averages",
        "mask, point, above_average",
        mask_labels=LABELS,
        cells=CELLS,
        analysed_distances=given,
    )

    assert rows == [
        ("05-00", 0, False),
        ("05-00", 1, True),
        ("07-01", 0, True),
        ("07-01", 1, False),
    ]


def test_missing_distances_are_not_participants(run_model: RunModel) -> None:
    given = distances((1, 0, 4.0), (2, 0, None))

    rows = run_model(
        "point_averages",
        "mean_distance, participants",
        mask_labels=LABELS,
        cells=CELLS,
        analysed_distances=given,
    )

    assert rows == [(4.0, 1)]
