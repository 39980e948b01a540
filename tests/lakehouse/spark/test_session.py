import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from lakehouse.errors import EngineError, UsageError
from lakehouse.spark import session as module
from lakehouse.spark.session import require_engine, spark_session
from tests.lakehouse.spark.conftest import MASTER
from tests.tools import require_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.parametrize("master", ["", "here", "http://127.0.0.1:1", "local[2", "spark://"])
def test_what_is_no_master_is_refused(master: str) -> None:
    with pytest.raises(UsageError, match=r"is no master of Spark; local\[\*\], "):
        spark_session(master).__enter__()


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["spark", "sc"])
def test_a_master_that_does_not_answer_is_named_at_once(scheme: str) -> None:
    require_spark()
    master = f"{scheme}://127.0.0.1:{_closed_port()}"

    with pytest.raises(EngineError, match="cannot be reached") as caught:
        spark_session(master).__enter__()

    assert str(caught.value).startswith(f"{master}: ")


def test_of_several_masters_one_has_to_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        module._require_answer(f"spark://127.0.0.1:{_closed_port()},127.0.0.1:{port}")


@pytest.mark.parametrize("port", ["99999", "many"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(EngineError, match="cannot be reached"):
        module._require_answer(f"spark://127.0.0.1:{port}")


def test_missing_packages_are_named_with_what_installs_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "pyspark" else name)

    with pytest.raises(EngineError) as caught:
        spark_session(MASTER).__enter__()

    hint = "pip install 'expression-lakehouse[spark]'"
    assert str(caught.value) == f"Spark needs pyspark; {hint}"


@pytest.mark.parametrize("variable", ["PATH", "JAVA_HOME"])
def test_a_missing_java_is_told(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv(variable, str(tmp_path))

    with pytest.raises(EngineError, match=rf"^{variable}: there is no Java; install Java 17"):
        require_engine("local[1]")


@pytest.mark.slow
def test_a_session_answers_as_duckdb_does(spark: "SparkSession") -> None:
    [row] = spark.sql("select 1 / 0 as a, timestamp'2026-01-01 00:00:00+00:00' as b").collect()

    assert row["a"] is None
    assert spark.conf.get("spark.sql.session.timeZone") == "UTC"
    assert spark.sparkContext.getConf().get("spark.driver.bindAddress") == "127.0.0.1"
    assert spark.sparkContext.uiWebUrl is None


@pytest.mark.slow
def test_tasks_run_in_this_python(spark: "SparkSession") -> None:
    def python(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            yield pa.RecordBatch.from_pylist([{"path": sys.executable}])

    with spark_session(MASTER) as beside:
        [row] = beside.range(1).mapInArrow(python, "path string").collect()

    assert row["path"] == sys.executable


@pytest.mark.slow
def test_tables_come_and_go_by_arrow(spark: "SparkSession") -> None:
    table = spark.range(3).toArrow()

    assert spark.createDataFrame(table).toArrow().equals(table)


@pytest.mark.slow
def test_a_session_beside_another_has_views_and_settings_of_its_own(spark: "SparkSession") -> None:
    with spark_session(MASTER, {"spark.sql.shuffle.partitions": "3"}) as beside:
        beside.range(1).createOrReplaceTempView("of_its_own")
        assert beside.conf.get("spark.sql.shuffle.partitions") == "3"

    assert spark.conf.get("spark.sql.shuffle.partitions") == "2"
    assert not spark.catalog.tableExists("of_its_own")
    assert spark.range(2).count() == 2


@pytest.mark.slow
def test_a_session_on_another_master_is_refused(spark: "SparkSession") -> None:
    with pytest.raises(UsageError, match=r"^local\[1\]: this process has a session on local\[2\]"):
        spark_session("local[1]").__enter__()


@pytest.mark.slow
def test_nothing_is_left_in_the_working_directory(spark: "SparkSession") -> None:
    spark.sql("show databases").collect()

    assert not Path("spark-warehouse").exists()
    assert not Path("metastore_db").exists()
