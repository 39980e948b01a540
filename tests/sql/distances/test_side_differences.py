import pytest

from tests.sql.support import RunModel, settings_row, table


@pytest.mark.parametrize(
    ("dimensions", "source"), [(2, "analysed_distances"), (3, "cell_displacements")]
)
def test_sides_differ_by_the_means_over_mirrored_points(
    run_model: RunModel, dimensions: int, source: str
) -> None:
    key = ("a", "happiness", False, "05-00")
    cells = table("cell_index participant expression supervised mask", (7, *key))
    moved = table("cell_index point distance", (7, 0, 9.0), (7, 1, 4.0), (7, 2, 2.0), (7, 3, 1.0))
    sides = table("point side", (0, "midline"), (1, "left"), (2, "left"), (3, "right"))

    rows = run_model(
        "side_differences",
        cells=cells,
        mirror_points=sides,
        settings=settings_row(distance_dimensions=dimensions),
        **{source: moved},
    )

    assert rows == [(*key, pytest.approx(3.0), pytest.approx(1.0), pytest.approx(2.0))]
