"""The study's own settings, in whose place other tests have leaner ones."""

import json
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra, load_models
from lakehouse.warehouse.query import fetch
from tests.sql.support import write_lake


@pytest.mark.slow
def test_all_relations_are_made_with_the_studys_resamples(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_lake(paths)

    result = build(paths, Settings(), extras=list(Extra))

    assert len(result.models) == len(load_models())
    assert [check.name for check in run_checks(paths) if not check.kept] == []
    recorded = fetch(paths, "select settings from build_info").item()
    assert json.loads(recorded) == Settings().model_dump()
    for query, resamples in (
        ("select distinct permutations from correlations", 9999),
        ("select distinct bootstraps from expression_regularity", 1000),
        ("select distinct bootstraps from internal.accuracy_intervals", 1000),
        ("select distinct clouds from cluster_choice", 100),
    ):
        assert fetch(paths, query).rows() == [(resamples,)], query
