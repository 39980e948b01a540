"""DuckDB's database around what Spark has made, and what is there before and after a build."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lakehouse.errors import BuildError, UsageError
from lakehouse.lake.lock import build_lock
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.spark import build as module
from lakehouse.spark.build import Cluster, build_on_spark, folder_of
from lakehouse.spark.choices import Finish
from lakehouse.spark.share import clusters_share
from lakehouse.spark.sources import Place
from lakehouse.warehouse.build import Elsewhere, Listeners, finish
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import load_models
from lakehouse.warehouse.provenance import Provenance, recorded_provenance
from tests.cli.conftest import linked
from tests.lakehouse.spark.conftest import MASTER, PANDAS, SMALL, BothEngines
from tests.lakehouse.spark.test_build import assert_alike, of_duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FEW = tuple(model for model in load_models() if model.name in {"expressions", "build_info"})


@pytest.fixture
def copy(both: BothEngines, tmp_path: Path) -> BothEngines:
    """Both engines' relations, around which a database can be made."""
    return replace(both, paths=WarehousePaths(linked(both.paths.root, tmp_path / "warehouse")))


def made_from(both: BothEngines) -> Provenance:
    recorded = recorded_provenance(both.paths)
    assert recorded is not None
    return replace(recorded, engine="spark 4, duckdb 2")


def of_the_cluster(both: BothEngines) -> dict[str, Path]:
    return {
        model.relation: folder_of(both.out, model.relation)
        for model in clusters_share(load_models())
        if model.header.materialized == "table"
    }


@pytest.mark.slow
def test_the_database_is_the_one_that_duckdb_alone_makes(
    both: BothEngines, copy: BothEngines
) -> None:
    told: list[str] = []
    made = Elsewhere(made_from(both), of_the_cluster(both), seconds=1000.0)

    with build_lock(copy.paths):
        listeners = Listeners(lambda model: told.append(model.name))
        result = finish(copy.paths, copy.settings, made, listeners)

    assert told == [model.relation for model in load_models()]
    assert len(result.models) == len(told)
    recorded = recorded_provenance(copy.paths)
    assert recorded is not None
    assert recorded.engine == "spark 4, duckdb 2"
    assert of_duckdb(copy, "select seconds from build_info").item() > 1000
    for model in load_models():
        query = f"select * from {model.relation}"
        assert_alike(model.name, of_duckdb(copy, query), of_duckdb(both, query), model.header.key)
    assert [check.name for check in run_checks(copy.paths) if not check.kept] == [
        check.name for check in run_checks(both.paths) if not check.kept
    ]


@pytest.mark.slow
def test_relations_of_another_lake_are_refused(both: BothEngines, copy: BothEngines) -> None:
    before = copy.paths.database.read_bytes()
    made = Elsewhere(
        replace(made_from(both), lake_digest="0" * 64), of_the_cluster(both), seconds=0.0
    )

    with build_lock(copy.paths), pytest.raises(BuildError, match="has changed meanwhile"):
        finish(copy.paths, copy.settings, made, Listeners())

    assert copy.paths.database.read_bytes() == before


def cluster_of(paths: WarehousePaths, lake: str | None = None, out: str | None = None) -> Cluster:
    return Cluster(MASTER, Place(lake or str(paths.lake)), Place(out or str(paths.spark)), SMALL)


@pytest.mark.parametrize(
    ("lake", "out", "said"),
    [
        (None, "hdfs://host/out", "is not read by this machine"),
        ("hdfs://host/lake", None, "is not the lake of"),
        ("other/lake", None, "is not the lake of"),
        ("other/pond", None, "is no lake"),
    ],
)
def test_a_database_needs_what_this_machine_can_read(
    lake: str | None, out: str | None, said: str, tmp_path: Path
) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")

    with pytest.raises(UsageError, match=said):
        build_on_spark(paths, Settings(), cluster_of(paths, lake, out))

    assert not paths.root.exists()


@pytest.mark.slow
@PANDAS
def test_a_build_takes_the_place_of_all_that_was_there(
    spark: "SparkSession", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "load_models", lambda: FEW)
    paths = WarehousePaths(tmp_path / "warehouse")
    (paths.spark / "old").mkdir(parents=True)

    result = build_on_spark(paths, Settings(), cluster_of(paths), ending=Finish.NONE)

    assert [made.name for made in result.models] == ["expressions", "build_info"]
    assert sorted(each.name for each in paths.spark.iterdir()) == ["build_info", "expressions"]
    assert {each.name for each in paths.root.iterdir()} == {"spark", ".build.lock"}


@pytest.mark.slow
@PANDAS
def test_what_was_there_stays_where_a_model_fails(
    spark: "SparkSession", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = FEW[0].model_copy(update={"query": "select nothing from expressions"})
    monkeypatch.setattr(module, "load_models", lambda: (broken, *FEW[1:]))
    paths = WarehousePaths(tmp_path / "warehouse")
    (paths.spark / "old").mkdir(parents=True)

    with pytest.raises(BuildError) as caught:
        build_on_spark(paths, Settings(), cluster_of(paths), ending=Finish.NONE)

    assert str(caught.value).startswith("lake/expressions.sql: [TABLE_OR_VIEW_NOT_FOUND]")
    assert str(caught.value).endswith("; what was there before is unchanged")
    assert [each.name for each in paths.spark.iterdir()] == ["old"]
    assert {each.name for each in paths.root.iterdir()} == {"spark", ".build.lock"}
