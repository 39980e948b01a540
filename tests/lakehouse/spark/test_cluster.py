"""On a real cluster, with a slow machine and one that fails: the lake of one machine."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lakehouse.ingest.summary import Summary
from lakehouse.lake.parts import part_names, read_part
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import load_models
from tests.copies import copied
from tests.lakehouse.spark.cluster import CONFIG, HOSTS, SparkCluster, spark_cluster
from tests.lakehouse.spark.conftest import SMALL
from tests.lakehouse.spark.held_worker import HELD, LOST, OTHERS
from tests.lakehouse.spark.test_build import assert_alike
from tests.lean import TOML, lean
from tests.tools import require_spark

SOME = 5
QUALITY = {"quality": {"photos_per_mask": "any", "masks": "neutral"}}

LIMIT_S = 600
"""Of a run that takes half a minute where nothing else does, and here much else may."""

BY_HELD_WORKERS = """
import sys
from functools import partial
from lakehouse.cli import main, spark_extract

worker = (sys.executable, *sys.argv[1:4])
del sys.argv[1:4]
team = partial(spark_extract.SparkTeam, time_limit_s=600, command=worker)
spark_extract.SparkTeam = team
main()
"""
"""The command, with a worker program that it was not written for."""


def rows(paths: WarehousePaths) -> list[tuple[Any, ...]]:
    """Give all that a lake holds, whatever its parts, but for the time of extraction."""
    return sorted(
        (
            record.row.key,
            str(replace(record.row, extracted_at="")),
            b"" if record.landmarks is None else record.landmarks.tobytes(),
            b"" if record.blendshapes is None else record.blendshapes.tobytes(),
        )
        for name in part_names(paths)
        for record in read_part(paths, name)
    )


def awaited(there: Callable[[], bool], run: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + LIMIT_S
    while not there():
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.slow
def test_a_slow_machine_and_a_lost_one_cost_no_row_and_double_none(
    extraction: tuple[WarehousePaths, Summary], dataset: Path, tmp_path: Path
) -> None:
    require_spark()
    with spark_cluster(tmp_path / "cluster") as cluster:
        speculated = WarehousePaths(tmp_path / "speculated")
        _with_a_slow_machine(cluster, dataset, speculated)
        assert rows(speculated) == rows(extraction[0])

        survived = WarehousePaths(tmp_path / "survived")
        said = _with_a_lost_machine(cluster, dataset, survived)
        assert rows(survived) == rows(extraction[0])
        assert "14 photographs: 12 ok, 1 no face, 1 unreadable, 0 already done" in said

        cluster.start(HOSTS[1])
        alone = WarehousePaths(copied(survived.root, tmp_path / "alone"))
        _built_with_a_lost_machine(cluster, survived)
        build(alone, lean(**QUALITY))
        with _opened(survived) as on_cluster, _opened(alone) as on_one:
            for model in load_models():
                if model.header.extra is None and model.name != "build_info":
                    query = f"select * from {model.relation}"
                    found, expected = on_cluster.sql(query).pl(), on_one.sql(query).pl()
                    assert_alike(model.name, found, expected, model.header.key)
    for paths in (speculated, survived):
        assert not list(paths.root.glob(".*.tmp"))


def _with_a_slow_machine(cluster: SparkCluster, photos: Path, paths: WarehousePaths) -> None:
    with _extracting("slow", cluster, photos, paths) as (run, marks):
        _, err = run.communicate(timeout=LIMIT_S)
    assert (run.returncode, err) == (0, "")
    # The first attempt still looks at it, for ten minutes.
    assert (marks / HELD).exists()


def _with_a_lost_machine(cluster: SparkCluster, photos: Path, paths: WarehousePaths) -> str:
    """Kill a worker in the midst of a task, when some are done; give what was said."""
    with _extracting("lost", cluster, photos, paths) as (run, marks):
        awaited(lambda: (marks / HELD).exists() and (marks / OTHERS).exists(), run)
        cluster.lose(HOSTS[1])
        (marks / LOST).touch()
        out, err = run.communicate(timeout=LIMIT_S)
    assert (run.returncode, err) == (0, "")
    return out


@contextmanager
def _extracting(
    held: str, cluster: SparkCluster, photos: Path, paths: WarehousePaths
) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Extract by the command; give its process, and the folder of the workers' files."""
    marks = paths.root.with_name(f"{paths.root.name} {held}")
    marks.mkdir()
    worker = Path(__file__).with_name("held_worker.py")
    words = [str(worker), held, str(marks), "--warehouse", str(paths.root), "spark", "extract"]
    words += [photos.name, "--master", cluster.master, "--per-task", "4", "--quiet"]
    words += [word for name, value in CONFIG.items() for word in ("--conf", f"{name}={value}")]
    with subprocess.Popen(
        [sys.executable, "-P", "-c", BY_HELD_WORKERS, *words], cwd=photos.parent,
        env=cluster.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        try:
            yield run, marks
        finally:
            run.kill()


def _built_with_a_lost_machine(cluster: SparkCluster, paths: WarehousePaths) -> None:
    """Build by the command, and kill a worker once there are some relations."""
    paths.settings.write_text('[quality]\nphotos_per_mask = "any"\nmasks = "neutral"\n' + TOML)
    words = ["--warehouse", str(paths.root), "spark", "build", "--master", cluster.master]
    small = [f"{name}={value}" for name, value in (SMALL | CONFIG).items()]
    words += [word for each in small for word in ("--conf", each)]
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "lakehouse", *words],
        env=cluster.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        try:
            assert run.stdout is not None
            made = [run.stdout.readline() for _ in range(SOME)]
            assert all(made), run.communicate()
            cluster.lose(HOSTS[1])
            assert run.poll() is None
            out, err = run.communicate(timeout=LIMIT_S)
        finally:
            run.kill()
    assert run.returncode == 0, err
    assert "relations in" in out


def _opened(paths: WarehousePaths) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(paths.database), read_only=True)
