"""`lakehouse render alignments`."""

import duckdb
import numpy as np
import pytest
from PIL import Image

from lakehouse.figures.canvas import fitted_view
from lakehouse.figures.mesh import draw_change
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.alignments import METHODS
from lakehouse.rendering.selection import mesh_edges
from lakehouse.warehouse.query import fetch
from tests.copies import copied

WIDTH = 900


@pytest.fixture
def paths(photographed_study):
    """A warehouse of two participants, neutral and happiness; read only."""
    return WarehousePaths(photographed_study / "warehouse")


def grey(path):
    with Image.open(path) as image:
        assert image.mode == "L"
        return np.asarray(image)


def mean_mask(paths, method, mask):
    rows = fetch(
        paths,
        f"select x, y from alignment_masks where method = '{method}' and mask = '{mask}' "
        "order by point",
    )
    return rows.to_numpy()


@pytest.mark.slow
def test_every_mask_but_the_reference_is_drawn(lakehouse, paths, tmp_path):
    answer = lakehouse("--warehouse", paths.root, "render", "alignments", "--out", tmp_path)

    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"3 comparisons: {tmp_path}\n"
    assert {file.name for file in tmp_path.iterdir()} == {"00-01.png", "05-00.png", "05-01.png"}


@pytest.mark.slow
def test_the_methods_stand_beside_each_other_at_one_size(lakehouse, paths, tmp_path):
    chosen = ("--expression", "happiness", "--out", tmp_path)
    assert lakehouse("--warehouse", paths.root, "render", "alignments", *chosen).code == 0

    picture = grey(tmp_path / "05-00.png")
    assert picture.shape[1] == 3 * WIDTH
    pairs = [[mean_mask(paths, method, mask) for mask in ("00-00", "05-00")] for method in METHODS]
    view = fitted_view(np.concatenate([face for pair in pairs for face in pair]), WIDTH, 1140)
    top = picture.shape[0] - 1140 - 85
    for place, pair in enumerate(pairs):
        drawn = picture[top : top + 1140, WIDTH * place : WIDTH * (place + 1)]
        expected = draw_change(*pair, mesh_edges(paths), view, thickness=2)
        assert np.array_equal(drawn, expected)


@pytest.mark.slow
def test_by_default_pictures_lie_in_the_warehouse(lakehouse, paths, tmp_path):
    warehouse = copied(paths.root, tmp_path / "warehouse")
    assert lakehouse("--warehouse", warehouse, "render", "alignments", "-q").code == 0
    assert len(list((warehouse / "figures" / "alignments").iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--expression", "joy"], "no mask to compare with neutral of expression 'joy'"),
        (["--expression", "surprise"], "choose one of happiness, neutral"),
    ],
)
def test_an_expression_without_masks_is_named(lakehouse, paths, tmp_path, arguments, said):
    answer = lakehouse(
        "--warehouse", paths.root, "render", "alignments", "--out", tmp_path, *arguments
    )
    assert answer.code == 1
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_a_database_of_before_says_to_build(lakehouse, paths, tmp_path):
    warehouse = copied(paths.root, tmp_path / "warehouse")
    with duckdb.connect(warehouse / "lakehouse.duckdb") as connection:
        connection.execute("drop table alignment_comparison")
    answer = lakehouse("--warehouse", warehouse, "render", "alignments")
    assert answer.code == 1
    assert "no relation alignment_comparison" in answer.err
    assert "lakehouse build" in answer.err
