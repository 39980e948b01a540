"""Every rule is kept by a sound warehouse and is broken by what it is meant to find."""

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.checks import CheckResult, run_checks
from lakehouse.warehouse.models import load_checks

CHECKS = {check.name: check for check in load_checks()}
VIOLATIONS = [(name, each) for name, check in CHECKS.items() for each in check.violations]


@pytest.fixture(scope="module")
def results(small_warehouse: WarehousePaths) -> dict[str, CheckResult]:
    return {result.name: result for result in run_checks(small_warehouse)}


@pytest.mark.parametrize("name", CHECKS)
def test_a_sound_warehouse_keeps_the_rule(results: dict[str, CheckResult], name: str) -> None:
    assert results[name].kept


@pytest.mark.parametrize("name", CHECKS)
def test_an_empty_warehouse_keeps_the_rule(empty_warehouse: WarehousePaths, name: str) -> None:
    with duckdb.connect(empty_warehouse.database, read_only=True) as connection:
        assert connection.execute(CHECKS[name].query).fetchall() == []


@pytest.mark.parametrize(("name", "violation"), VIOLATIONS)
def test_a_violation_is_found(spoilt: duckdb.DuckDBPyConnection, name: str, violation: str) -> None:
    [(changed,)] = spoilt.execute(violation).fetchall()

    assert changed > 0
    assert spoilt.execute(CHECKS[name].query).fetchall() != []


def test_every_rule_has_a_violation() -> None:
    assert {name for name, _ in VIOLATIONS} == CHECKS.keys()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("alignment_masks_agree", "delete from mean_masks where point < 468"),
        ("alignment_masks_agree", "update alignment_masks set x = 0 where method <> 'paper'"),
        ("finite_coordinates", "update internal.photo_points set z = null"),
        ("finite_coordinates", "update internal.cell_points set z = null"),
        ("scores_in_range", "update scores set score = 63 where instrument = 'dbi'"),
        ("scores_in_range", "update scores set score = 0, instrument = 'dbi'"),
        ("scores_in_range", "update instruments set min_score = null, max_score = null"),
        ("landmarks_per_photo", "delete from internal.photo_points where point >= 468"),
        ("blendshapes_per_photo", "delete from blendshapes"),
        ("correlations_in_range", "update correlations set pearson_r = null, pearson_p = null"),
    ],
)
def test_what_is_allowed_is_not_found(
    spoilt: duckdb.DuckDBPyConnection, name: str, change: str
) -> None:
    [(changed,)] = spoilt.execute(change).fetchall()

    assert changed > 0
    assert spoilt.execute(CHECKS[name].query).fetchall() == []


def test_the_rows_found_are_those_that_break_the_rule(spoilt: duckdb.DuckDBPyConnection) -> None:
    spoilt.execute("update scores set score = 99 where participant = '002' and instrument = 'bai'")

    assert spoilt.execute(CHECKS["scores_in_range"].query).fetchall() == [
        ("002", "bai", 99.0, 0.0, 63.0)
    ]
