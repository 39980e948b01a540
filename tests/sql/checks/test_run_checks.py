import shutil
from pathlib import Path

import duckdb
import pytest

from lakehouse.errors import BuildError, QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import load_checks, load_models


@pytest.fixture
def copy(small_warehouse: WarehousePaths, tmp_path: Path) -> WarehousePaths:
    shutil.copy(small_warehouse.database, tmp_path)
    shutil.copytree(small_warehouse.lake, tmp_path / "lake")
    return WarehousePaths(tmp_path)


def spoil(warehouse: WarehousePaths, statement: str) -> None:
    with duckdb.connect(warehouse.database) as connection:
        connection.execute(statement)


def broken(warehouse: WarehousePaths) -> dict[str, list[tuple[object, ...]]]:
    return {
        result.name: result.broken_by.rows() for result in run_checks(warehouse) if not result.kept
    }


@pytest.mark.slow
def test_all_rules_and_all_keys_are_checked(small_warehouse: WarehousePaths) -> None:
    names = [result.name for result in run_checks(small_warehouse)]

    rules = [check.name for check in load_checks()]
    assert names == ["lake_is_intact", *rules] + [f"key_of_{model.name}" for model in load_models()]


@pytest.mark.slow
def test_a_sound_warehouse_breaks_no_rule(small_warehouse: WarehousePaths) -> None:
    assert broken(small_warehouse) == {}


@pytest.mark.slow
def test_results_name_the_rule_and_the_rows(copy: WarehousePaths) -> None:
    spoil(copy, "update scores set score = 99 where participant = '002' and instrument = 'bai'")

    [result] = [result for result in run_checks(copy) if not result.kept]

    assert result.name == "scores_in_range"
    assert "range" in result.rule
    assert result.broken_by.to_dicts() == [
        {
            "participant": "002",
            "instrument": "bai",
            "score": 99.0,
            "min_score": 0.0,
            "max_score": 63.0,
        }
    ]
    assert result.seconds > 0


@pytest.mark.slow
def test_a_duplicate_key_is_found(copy: WarehousePaths) -> None:
    spoil(copy, "insert into scores from scores where participant = '002'")

    assert sorted(broken(copy)["key_of_scores"]) == [("002", "bai", 2), ("002", "dbi", 2)]


@pytest.mark.slow
def test_a_null_in_a_key_is_found(copy: WarehousePaths) -> None:
    spoil(copy, "update expressions set expression = null where expression = 'fear'")

    assert broken(copy) == {"key_of_expressions": [(None, 1)]}


@pytest.mark.slow
def test_a_duplicate_in_a_view_is_found(copy: WarehousePaths) -> None:
    spoil(
        copy,
        "insert into internal.photo_points "
        "from internal.photo_points where photo_index = 1 and point = 9",
    )

    found = broken(copy)

    assert found["key_of_photo_points"] == [(1, 9, 2)]
    assert len(found["key_of_landmarks"]) == 1


@pytest.mark.slow
@pytest.mark.parametrize("relation", ["scores", "build_info"])
def test_a_check_that_cannot_run_is_an_error_not_a_broken_rule(
    copy: WarehousePaths, relation: str
) -> None:
    spoil(copy, f"drop table {relation}")

    with pytest.raises(BuildError, match=r"the check cannot be run.*lakehouse build") as raised:
        list(run_checks(copy))

    assert "\n" not in str(raised.value)
    assert raised.value.where is not None


def test_without_a_database_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no warehouse yet"):
        list(run_checks(WarehousePaths(tmp_path)))
