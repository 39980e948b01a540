"""`lakehouse render pairs`, `export --pair-matrices`, and what they say without the pairs."""

import shutil

import duckdb
import numpy as np
import polars as pl
import pytest
from PIL import Image

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.lean import LEAN

MASKS = ("00-01", "05-00", "07-01")
MEASURES = ("mean_change", "mean_abs_change", "sd_change")


@pytest.fixture
def paths(small_warehouse):
    """The small lake, built with the pairs; read only."""
    return small_warehouse


@pytest.fixture(scope="module")
def without_pairs(tmp_path_factory):
    """A warehouse without the pairs; read only."""
    paths = WarehousePaths(tmp_path_factory.mktemp("plain") / "warehouse")
    build(paths, LEAN)
    return paths


def expected(paths, mask, measure):
    rows = fetch(
        paths,
        f"select {measure} from pair_changes where mask = '{mask}' order by point_a, point_b",
    )
    return rows.to_numpy().reshape(468, 468)


def pixels(file):
    with Image.open(file) as image:
        return np.asarray(image)


@pytest.mark.slow
def test_a_picture_is_drawn_for_every_mask(lakehouse, paths, tmp_path):
    answer = lakehouse("--warehouse", paths.root, "render", "pairs", "--out", tmp_path)

    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"3 matrices of pairs: {tmp_path}\n"
    assert {file.name for file in tmp_path.iterdir()} == {f"{mask}.png" for mask in MASKS}
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


@pytest.mark.slow
def test_a_mask_looks_the_same_whichever_are_chosen_but_not_in_another_order(
    lakehouse, paths, tmp_path
):
    start = ("--warehouse", paths.root, "render", "pairs", "--out")
    lakehouse(*start, tmp_path / "all")
    lakehouse(*start, tmp_path / "one", "--expression", "happiness")
    lakehouse(*start, tmp_path / "points", "--expression", "happiness", "--order", "points")

    assert [file.name for file in (tmp_path / "one").iterdir()] == ["05-00.png"]
    every, one, points = (
        pixels(tmp_path / folder / "05-00.png") for folder in ("all", "one", "points")
    )
    assert np.array_equal(every, one)
    assert every.shape == points.shape
    assert not np.array_equal(every, points)


def test_an_expression_without_masks_is_named(lakehouse, paths, tmp_path):
    answer = lakehouse(
        "--warehouse", paths.root, "render", "pairs", "--expression", "joy", "--out", tmp_path
    )

    assert answer.code == 1
    assert "of expression 'joy'" in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "options"),
    [("csv", ()), ("csv", ("--decimal", "comma")), ("parquet", ("--format", "parquet"))],
)
def test_matrices_are_files_of_468_by_468(lakehouse, paths, tmp_path, ending, options):
    answer = lakehouse(
        *("--warehouse", paths.root, "export", "--pair-matrices", "--out", tmp_path, *options)
    )

    assert (answer.code, answer.err) == (0, "")
    files = {f"{mask}_{measure}.{ending}" for mask in MASKS for measure in MEASURES}
    assert {file.name for file in tmp_path.iterdir()} == files
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    for mask in MASKS:
        for measure in MEASURES:
            file = tmp_path / f"{mask}_{measure}.{ending}"
            if ending == "parquet":
                matrix = pl.read_parquet(file)
            elif options:
                matrix = pl.read_csv(file, separator=";", decimal_comma=True)
            else:
                matrix = pl.read_csv(file)
            assert matrix.columns == ["point", *map(str, range(468))]
            assert matrix["point"].to_list() == list(range(468))
            values = matrix.drop("point").to_numpy()
            assert np.array_equal(values, expected(paths, mask, measure))
            assert np.array_equal(values, values.T)


@pytest.mark.parametrize(
    "arguments",
    [
        ["scores"],
        ["--query", "select 1 as a"],
        ["--pseudonymize"],
        ["--format", "sav"],
        ["--format", "parquet", "--decimal", "comma"],
    ],
)
def test_matrices_with_what_does_not_go_with_them_are_refused(
    lakehouse, paths, tmp_path, monkeypatch, arguments
):
    out = tmp_path / "out"
    answer = lakehouse(
        *("--warehouse", paths.root, "export", *arguments, "--pair-matrices", "--out", out)
    )

    assert answer.code == 2
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", [("render", "pairs"), ("export", "--pair-matrices")])
def test_without_the_pairs_the_error_names_what_makes_them(
    lakehouse, without_pairs, tmp_path, command
):
    answer = lakehouse("--warehouse", without_pairs.root, *command, "--out", tmp_path / "out")

    assert answer.code == 1
    assert "lakehouse build --pairs" in answer.err
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_masks_there_is_nothing_to_write(lakehouse, empty_warehouse, tmp_path):
    for command in (("render", "pairs"), ("export", "--pair-matrices")):
        answer = lakehouse("--warehouse", empty_warehouse.root, *command, "--out", tmp_path / "out")
        assert answer.code != 0
        assert "mask" in answer.err
        assert answer.err.count("\n") == 1


@pytest.mark.slow
def test_unknown_changes_are_empty_cells(lakehouse, small_warehouse, tmp_path):
    paths = WarehousePaths(tmp_path / "warehouse")
    paths.root.mkdir()
    shutil.copy(small_warehouse.database, paths.database)
    with duckdb.connect(paths.database) as connection:
        connection.execute(
            "update internal.pair_changes_once set mean_change = null, mean_abs_change = null, "
            "sd_change = null, participants = 0"
        )

    start = ("--warehouse", paths.root)
    assert lakehouse(*start, "export", "--pair-matrices", "--out", tmp_path).code == 0
    assert lakehouse(*start, "render", "pairs", "--out", tmp_path).code == 0

    assert (tmp_path / "05-00_mean_change.csv").read_text().splitlines()[1] == "0" + "," * 468
    assert (190, 190, 190) in set(map(tuple, pixels(tmp_path / "05-00.png")[600]))
