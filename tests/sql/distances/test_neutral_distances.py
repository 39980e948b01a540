import pytest

from tests.sql.support import RunModel, table

CELLS = table(
    "cell_index participant expression supervised mask",
    (1, "007", "neutral", False, "00-00"),
    (2, "007", "happiness", True, "05-01"),
    (3, "008", "neutral", False, "00-00"),
    (4, "008", "neutral", True, "00-01"),
    (5, "009", "happiness", True, "05-01"),
)
COMPARED = table(
    "cell_index neutral_index compared_with", (2, 1, "own"), (4, 3, "own"), (5, 0, "mean")
)


def test_distances_are_from_the_face_that_a_mask_is_compared_with(run_model: RunModel) -> None:
    points = table(
        "cell_index point x y z",
        (2, 61, 3.0, -4.0, 12.0),
        (4, 61, 50.0, 51.0, None),
        (5, 61, 5.0, 7.0, 9.0),
    )
    faces = table(
        "neutral_index point x y z",
        (1, 61, 0.0, 0.0, 0.0),
        (3, 61, 50.0, 50.0, 50.0),
        (0, 61, 5.0, 5.0, 9.0),
    )

    rows = run_model(
        "neutral_distances",
        cells=CELLS,
        compared_cells=COMPARED,
        cell_points=points,
        reference_faces=faces,
    )

    assert rows == [
        ("007", "happiness", True, "05-01", 61, 5.0, 13.0, 3.0, -4.0, 12.0, "own"),
        ("008", "neutral", True, "00-01", 61, 1.0, None, 0.0, 1.0, None, "own"),
        ("009", "happiness", True, "05-01", 61, 2.0, 2.0, 0.0, 2.0, 0.0, "mean"),
    ]


@pytest.mark.parametrize(("point", "rows"), [(467, 1), (468, 0)])
def test_only_mesh_points_have_distances(run_model: RunModel, point: int, rows: int) -> None:
    found = run_model(
        "neutral_distances",
        cells=CELLS,
        compared_cells=COMPARED,
        cell_points=table("cell_index point x y z", (2, point, 0.0, 0.0, 0.0)),
        reference_faces=table("neutral_index point x y z", (1, point, 0.0, 0.0, 0.0)),
    )

    assert len(found) == rows
