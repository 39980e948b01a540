from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lakehouse.rendering.mask_groups import MaskGroups
from lakehouse.rendering.selection import Selection

CELLS = pl.DataFrame(
    {
        "participant": ["1", "2", "3", "1", "1"],
        "expression": ["neutral"] * 4 + ["wink"],
        "supervised": [False, False, False, True, False],
        "mask": ["00-00"] * 3 + ["00-01", "01-00"],
        "code": ["00"] * 4 + ["01"],
    }
)
POINTS = np.arange(5.0)[:, None, None] * np.ones((5, 468, 2)) * 10
EDGES = np.array([[0, 1]])


def groups(selection=Selection()):  # noqa: B008 - frozen
    return MaskGroups(CELLS, POINTS, EDGES, selection)


def test_means_are_over_participants_then_over_conditions():
    rows = CELLS.with_row_index("row")
    assert groups().mean_points(rows[:3]) == pytest.approx(np.full((468, 2), 10.0))
    assert groups().mean_points(rows[:4]) == pytest.approx(np.full((468, 2), 20.0))


def test_there_are_as_many_pictures_as_announced():
    folder = Path("out")
    assert [str(path) for path, _ in groups().mean_jobs(folder)] == [
        "out/mask/00-00.png", "out/mask/00-01.png", "out/mask/01-00.png",
        "out/expression/00-neutral.png", "out/expression/01-wink.png",
    ]  # fmt: skip
    assert groups().means == 5
    assert len(list(groups().ghost_jobs(folder))) == groups().ghosts == 8


def test_an_expression_of_one_condition_is_not_compared():
    assert groups().expressions_by_conditions() == (["neutral"], ["wink"])
    [(path, draw)] = groups().comparison_jobs(Path("out"))
    assert path == Path("out/00-neutral.png")
    assert draw().shape[1] == 2500


def test_a_part_of_the_participants_does_not_overwrite_the_whole():
    whole = {path for path, _ in groups().mean_jobs(Path("out"))}
    part = {path for path, _ in groups(Selection(("1", "2"))).mean_jobs(Path("out"))}
    assert not whole & part
