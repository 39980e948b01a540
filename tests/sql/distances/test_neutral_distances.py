import pytest

from tests.sql.support import RunModel, table

LABELS = table("mask is_reference", ("00-00", True), ("00-01", False), ("05-01", False))
CELLS = table(
    "cell_index participant expression supervised mask",
    (1, "007", "neutral", False, "00-00"),
    (2, "007", "happiness", True, "05-01"),
    (3, "008", "neutral", False, "00-00"),
    (4, "008", "neutral", True, "00-01"),
)


def test_distances_are_from_the_same_participants_reference(run_model: RunModel) -> None:
    points = table(
        "cell_index point x y z",
        (1, 61, 0.0, 0.0, 0.0),
        (2, 61, 3.0, -4.0, 12.0),
        (3, 61, 50.0, 50.0, 50.0),
        (4, 61, 50.0, 51.0, None),
    )

    rows = run_model("neutral_distances", cells=CELLS, mask_labels=LABELS, cell_points=points)

    assert rows == [
        ("007", "happiness", True, "05-01", 61, 5.0, 13.0, 3.0, -4.0, 12.0),
        ("008", "neutral", True, "00-01", 61, 1.0, None, 0.0, 1.0, None),
    ]


@pytest.mark.parametrize(("point", "rows"), [(467, 1), (468, 0)])
def test_only_mesh_points_have_distances(run_model: RunModel, point: int, rows: int) -> None:
    points = table("cell_index point x y z", *((cell, point, 0.0, 0.0, 0.0) for cell in (1, 2)))

    found = run_model("neutral_distances", cells=CELLS, mask_labels=LABELS, cell_points=points)

    assert len(found) == rows
