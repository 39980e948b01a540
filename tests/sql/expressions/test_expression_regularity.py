import pytest

from tests.sql.support import RunModel, table

AVERAGES = (
    "expression supervised mask point mean_shift mean_distance chance_shift variance participants"
)
INTERVALS = (
    "mask mean_cosine ratio_low ratio_high cosine_low cosine_high dispersion_low dispersion_high "
    "bootstraps reason"
)


def test_masks_average_their_points_and_have_their_intervals_beside(run_model: RunModel) -> None:
    rows = run_model(
        "expression_regularity",
        mean_displacements=table(
            AVERAGES,
            ("happiness", False, "05-00", 0, 1.0, 2.0, 0.25, 4.0, 7),
            ("happiness", False, "05-00", 1, 3.0, 4.0, 0.5, 14.0, 7),
            ("surprise", True, "07-01", 0, 0.0, 0.0, 0.0, None, 1),
        ),
        regularity_intervals=table(
            INTERVALS,
            ("05-00", 0.8, 0.6, 0.7, 0.75, 0.85, 2.5, 3.5, 99, None),
            ("07-01", *[None] * 7, 99, "alone"),
        ),
    )

    assert rows == [
        (
            *("happiness", False, "05-00", 7, 2.0, 3.0, pytest.approx(2 / 3), 0.6, 0.7, 0.125),
            *(0.8, 0.75, 0.85, 3.0, 2.5, 3.5, 99, None),
        ),
        (
            *("surprise", True, "07-01", 1, 0.0, 0.0, None, None, None, None),
            *(None, None, None, None, None, None, 99, "alone"),
        ),
    ]


def test_the_step_gets_the_displacements_of_every_mask(run_model: RunModel) -> None:
    rows = run_model(
        "regularity_intervals",
        cells=table("cell_index participant mask", (1, "a", "05-00"), (2, "b", "00-01")),
        cell_displacements=table(
            "cell_index point dx dy dz", (1, 3, 1.0, 2.0, 0.5), (2, 4, -1.0, 0.0, None)
        ),
    )

    assert rows == [("00-01", "b", 4, -1.0, 0.0, None), ("05-00", "a", 3, 1.0, 2.0, 0.5)]
