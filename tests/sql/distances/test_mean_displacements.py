import math

import pytest

from tests.sql.support import RunModel, settings_row, table

LABELS = table(
    "mask expression supervised", ("05-00", "happiness", False), ("07-01", "surprise", True)
)
CELLS = table("cell_index mask", (1, "05-00"), (2, "05-00"), (3, "07-01"))
MOVED = table(
    "cell_index point dx dy dz distance distance_3d",
    (1, 0, 3.0, 4.0, 12.0, 5.0, 13.0),
    (2, 0, 3.0, -4.0, 0.0, 5.0, 5.0),
    (3, 0, 0.0, 2.0, None, 2.0, None),
)


def run(run_model: RunModel, dimensions: int) -> list[tuple]:
    return run_model(
        "mean_displacements",
        mask_labels=LABELS,
        cells=CELLS,
        cell_displacements=MOVED,
        settings=settings_row(distance_dimensions=dimensions),
    )


def test_in_the_plane_depth_is_averaged_and_does_not_count(run_model: RunModel) -> None:
    assert run(run_model, 2) == [
        (
            *("happiness", False, "05-00", 0, 3.0, 0.0, 6.0, 3.0, 5.0),
            *(pytest.approx(math.sqrt(math.pi / 4 * 25 / 2)), pytest.approx(32.0), 2),
        ),
        ("surprise", True, "07-01", 0, 0.0, 2.0, None, 2.0, 2.0, 2.0, None, 1),
    ]


def test_in_space_depth_counts_and_is_needed(run_model: RunModel) -> None:
    mean_square = (13**2 + 5**2) / 2

    assert run(run_model, 3) == [
        (
            *("happiness", False, "05-00", 0, 3.0, 0.0, 6.0, pytest.approx(math.hypot(3, 6)), 9.0),
            pytest.approx(math.sqrt(8 / (3 * math.pi) * mean_square / 2)),
            *(pytest.approx(32.0 + 72.0), 2),
        )
    ]
