"""`lakehouse spark build`: what is typed, and what comes of it."""

import socket
from pathlib import Path

import pytest

from lakehouse.lake.parts import commit_part, part_name
from lakehouse.lake.staging import shard_warehouse
from lakehouse.paths import WarehousePaths
from lakehouse.spark import build as module
from lakehouse.warehouse.models import load_models
from tests.lakehouse.lake.lakes import record
from tests.lakehouse.spark.conftest import MASTER, SMALL
from tests.tools import require_spark


def test_the_cluster_is_named_where_it_cannot_be_reached(lakehouse, tmp_path: Path) -> None:
    require_spark()
    with socket.create_server(("127.0.0.1", 0)) as server:
        master = f"spark://127.0.0.1:{server.getsockname()[1]}"

    answer = lakehouse("--warehouse", tmp_path / "w", "spark", "build", "--master", master)

    assert answer.code == 1
    assert answer.err.startswith(f"error: {master}: cannot be reached (")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--conf", "spark.executor.memory"], "--conf: spark.executor.memory has no value"),
        (["--master", "here"], "here is no master of Spark"),
        (["--out", "hdfs://host/out"], "hdfs://host/out: is not read by this machine"),
        (["--out", ""], "a folder needs a name"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(
    lakehouse, tmp_path: Path, options: list[str], said: str
) -> None:
    answer = lakehouse("--warehouse", tmp_path / "w", "spark", "build", *options)

    assert answer.code == 2
    assert said in answer.err


def test_no_file_of_a_warehouse_is_written_over(lakehouse, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    out = (warehouse / "lake").as_uri()

    answer = lakehouse("--warehouse", warehouse, "spark", "build", "--out", out)

    assert answer.code == 2
    assert "belongs to the warehouse" in answer.err


@pytest.mark.slow
def test_relations_are_told_as_they_are_made(
    lakehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_spark()
    few = [model for model in load_models() if model.name in {"expressions", "build_info"}]
    monkeypatch.setattr(module, "load_models", lambda: few)
    shard = shard_warehouse(WarehousePaths(tmp_path / "w"), 1, 2)
    commit_part(shard, part_name(1), [record("1", "fear", "a")])

    answer = lakehouse(
        *("--warehouse", tmp_path / "w", "spark", "build", "--master", MASTER),
        *("--finish", "none", "--out", tmp_path / "out"),
        *(word for each in SMALL.items() for word in ("--conf", "=".join(each))),
    )

    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert [line.split()[0] for line in lines] == ["expressions", "build_info", "built", "they"]
    assert lines[-1] == f"they are in {tmp_path / 'out'}"
    assert list((tmp_path / "out" / "expressions").glob("*.parquet"))
    assert answer.err.startswith("in staging/ and not in the lake: 1 photographs of 1 shards; ")
    assert answer.err.count("\n") == 1
