from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lakehouse.errors import EngineError, LakeError, UsageError
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.spark.sources import Place, lake_parts, register_sources
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.provenance import current_provenance
from tests.lakehouse.spark.conftest import BothEngines

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_a_place_on_this_machine_has_a_path_and_a_uri(tmp_path: Path) -> None:
    folder = tmp_path / "ä b#1"

    assert Place(str(folder)).path == folder
    assert Place(folder.as_uri()).path == folder
    assert Place(str(folder)).below("internal", "cells") == (folder / "internal/cells").as_uri()


def test_a_relative_path_is_of_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Place("lake").path == Path.cwd() / "lake"


def test_a_place_of_the_cluster_has_none() -> None:
    place = Place("hdfs://host:8020/lake/")

    assert place.path is None
    assert place.below("photos", "a.parquet") == "hdfs://host:8020/lake/photos/a.parquet"


def test_a_place_without_a_name_is_refused() -> None:
    with pytest.raises(UsageError, match="a folder needs a name"):
        Place("")


@pytest.mark.slow
def test_a_lake_that_is_not_there_has_no_parts(spark: "SparkSession", tmp_path: Path) -> None:
    assert lake_parts(spark, Place(str(tmp_path / "lake"))) == []


@pytest.mark.slow
def test_a_lake_without_its_photographs_is_refused(spark: "SparkSession", tmp_path: Path) -> None:
    (tmp_path / "landmarks").mkdir()
    (tmp_path / "landmarks" / "part-000001.parquet").touch()

    with pytest.raises(LakeError):
        lake_parts(spark, Place(str(tmp_path)))


class Elsewhere(Place):
    """A place on this machine, taken for one that only the cluster can read."""

    @property
    def path(self) -> None:
        return None


@pytest.mark.slow
def test_a_lake_of_the_cluster_is_the_same(spark: "SparkSession", both: BothEngines) -> None:
    paths = both.paths
    place = Elsewhere(paths.lake.as_uri())
    extras = list(Extra)
    made_from = current_provenance(paths, both.settings, "a" * 64, extras)

    register_sources(spark, place, paths, both.settings, made_from)

    assert lake_parts(spark, place) == lake_parts(spark, Place(str(paths.lake)))
    assert spark.table("source_photos").count() > 0
    assert spark.table("source_scores").count() > 0
    assert spark.table("source_specifications").count() == 0


@pytest.mark.slow
def test_what_the_cluster_cannot_read_is_told(spark: "SparkSession", tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no lake can be read"):
        lake_parts(spark, Elsewhere((tmp_path / "nowhere").as_uri()))


@pytest.mark.slow
def test_an_empty_lake_gives_empty_sources(spark: "SparkSession", tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    made_from = current_provenance(paths, Settings(), "a" * 64)

    register_sources(spark, Place(str(paths.lake)), paths, Settings(), made_from)

    assert spark.table("source_landmarks").count() == 0
    assert spark.table("source_settings").count() == 1
    assert spark.table("source_muscles").count() == 0
