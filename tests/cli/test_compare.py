"""`lakehouse compare`, on the small warehouse."""

import json
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch


@pytest.fixture
def own(small_warehouse: WarehousePaths) -> dict[int, int]:
    groups = fetch(small_warehouse, "select point, group_id from pav_clusters order by point")
    return dict(groups.iter_rows())


def listed(folder: Path, groups: dict[int, int], header: str) -> Path:
    file = folder / "published.csv"
    rows = "".join(f"{point},{group}\n" for point, group in groups.items())
    file.write_text(f"{header}\n{rows}")
    return file


HEADER = "points_above_average,kmean_group"


def test_the_own_list_under_other_names_agrees(lakehouse, small_warehouse, own, tmp_path):
    file = listed(tmp_path, {point: 5 - group for point, group in own.items()}, HEADER)
    answer = lakehouse("--warehouse", small_warehouse.root, "compare", file)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        "points above average: 60 here, 60 in published.csv, 60 in both; Jaccard index 1.000\n"
        "groups: 6 here, 6 in published.csv; adjusted Rand index 1.000 over 60 points\n"
    )


def test_differences_are_named(lakehouse, small_warehouse, own, tmp_path):
    other = (own[201] + 1) % 6
    changed = {**own, 201: other, 3: 0}
    del changed[200]
    file = listed(tmp_path, changed, HEADER)
    answer = lakehouse("--warehouse", small_warehouse.root, "compare", file)
    assert "59 in both; Jaccard index 0.967" in answer.out
    assert "  only here: 200\n  only in published.csv: 3\n" in answer.out
    assert f"  point 201: {own[201]} here, {other} there\n" in answer.out

    found = json.loads(
        lakehouse("--warehouse", small_warehouse.root, "compare", "--json", file).out
    )
    assert (found["only_here"], found["only_there"]) == ([200], [3])
    assert found["regrouped"] == [{"point": 201, "group_here": own[201], "group_there": other}]
    assert 0.9 < found["adjusted_rand"] < 1


def test_a_list_without_groups(lakehouse, small_warehouse, own, tmp_path):
    file = listed(tmp_path, own, "points_above_average,something")
    answer = lakehouse("--warehouse", small_warehouse.root, "compare", file)
    assert answer.out.endswith("groups: published.csv has none\n")


def test_a_bad_row_is_one_line(lakehouse, small_warehouse, tmp_path):
    file = listed(tmp_path, {3: 1, 999: 2}, HEADER)
    answer = lakehouse("--warehouse", small_warehouse.root, "compare", file)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "published.csv: refused, row 3: points_above_average is '999'" in answer.err


def test_without_a_database_it_says_to_build(lakehouse, tmp_path):
    file = listed(tmp_path, {3: 1}, HEADER)
    answer = lakehouse("--warehouse", tmp_path / "new", "compare", file)
    assert answer.code == 1
    assert "lakehouse build" in answer.err
