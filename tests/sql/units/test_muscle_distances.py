import pytest

from tests.sql.support import RunModel, table

CELLS = table(
    "cell_index participant expression supervised mask",
    (2, "007", "happiness", False, "01-00"),
    (4, "008", "happiness", True, "01-01"),
)
MUSCLES = table(
    "muscle point side muscle_group",
    ("pull", 61, "right", "mouth"),
    ("pull", 291, "left", "mouth"),
    ("pull", 0, "midline", "mouth"),
    ("push", 61, "right", "mouth"),
    ("push", 76, "right", "mouth"),
    ("frown", 9, "midline", "forehead"),
)
MOVED = table(
    "cell_index point distance",
    *((2, 61, 3.0), (2, 291, 6.0), (2, 0, 9.0), (2, 76, 1.0), (2, 9, 4.0), (2, 100, 1000.0)),
    *((4, 61, 5.0), (4, 291, 5.0), (4, 0, 5.0), (4, 76, 7.0), (4, 9, None)),
)
GIVEN = {"cells": CELLS, "muscles": MUSCLES, "analysed_distances": MOVED}


def test_a_muscle_moves_as_its_points_do_on_average_over_all_and_by_side(
    run_model: RunModel,
) -> None:
    assert run_model("muscle_distances", **GIVEN) == [
        ("007", "happiness", False, "01-00", "frown", 1, 4.0, None, None),
        ("007", "happiness", False, "01-00", "pull", 3, 6.0, 6.0, 3.0),
        ("007", "happiness", False, "01-00", "push", 2, 2.0, None, 2.0),
        ("008", "happiness", True, "01-01", "frown", 1, None, None, None),
        ("008", "happiness", True, "01-01", "pull", 3, 5.0, 5.0, 5.0),
        ("008", "happiness", True, "01-01", "push", 2, 6.0, None, 6.0),
    ]


@pytest.mark.parametrize(
    ("who", "mean", "left", "right"), [("007", 19 / 4, 6.0, 2.0), ("008", 22 / 4, 5.0, 6.0)]
)
def test_a_point_of_several_muscles_counts_once_in_their_group(
    run_model: RunModel, who: str, mean: float, left: float, right: float
) -> None:
    rows = run_model("muscle_group_distances", **GIVEN)

    [row] = [row for row in rows if (row[0], row[4]) == (who, "mouth")]
    assert row[5:] == (4, mean, left, right)
