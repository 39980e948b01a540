import pytest

from tests.sql.support import RunModel, settings_row, table


@pytest.mark.parametrize(("dimensions", "distance"), [(2, 5.0), (3, 13.0)])
def test_the_setting_chooses_the_plane_or_depth(
    run_model: RunModel, dimensions: int, distance: float
) -> None:
    displacements = table("cell_index point distance distance_3d", (2, 61, 5.0, 13.0))

    rows = run_model(
        "analysed_distances",
        cell_displacements=displacements,
        settings=settings_row(distance_dimensions=dimensions),
    )

    assert rows == [(2, 61, distance)]


def test_depth_that_is_missing_is_not_replaced_by_the_plane(run_model: RunModel) -> None:
    displacements = table("cell_index point distance", (2, 61, 5.0))

    rows = run_model(
        "analysed_distances",
        cell_displacements=displacements,
        settings=settings_row(distance_dimensions=3),
    )

    assert rows == [(2, 61, None)]
