"""On a real cluster, with a slow machine and one that fails: the lake of one machine."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lakehouse.ingest.summary import Summary
from lakehouse.lake.parts import part_names, read_part
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from tests.copies import copied
from tests.lakehouse.spark.cluster import CONFIG, HOSTS, SparkCluster, spark_cluster
from tests.lakehouse.spark.conftest import SMALL
from tests.lakehouse.spark.slow_worker import HELD, SLOW
from tests.lean import TOML, lean
from tests.tools import require_spark

SOME = 5
QUALITY = {"quality": {"photos_per_mask": "any", "masks": "neutral"}}

LIMIT_S = 240
"""Of a run that takes half a minute where nothing else does."""

ON_A_SLOW_MACHINE = """
import sys
from pathlib import Path
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.spark.extract import SparkTeam

master, photos, warehouse, worker = sys.argv[1:5]
paths = WarehousePaths(Path(warehouse))
config = dict(each.split("=", 1) for each in sys.argv[5:])
cluster = SparkTeam(
    master, Path(photos), paths, 4, config, time_limit_s=300, command=(sys.executable, worker)
)
extract(Path(photos), paths, Settings(), ExtractionOptions(workers=cluster))
"""


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
        photos = shutil.copytree(dataset, tmp_path / "photos")
        speculated = WarehousePaths(tmp_path / "speculated")
        _with_a_slow_machine(cluster, photos, speculated)
        assert rows(speculated) == rows(extraction[0])

        survived = WarehousePaths(tmp_path / "survived")
        said = _with_a_lost_machine(cluster, dataset, survived)
        assert rows(survived) == rows(extraction[0])
        assert "14 photographs: 12 ok, 1 no face, 1 unreadable, 0 already done" in said

        cluster.start(HOSTS[1])
        alone = WarehousePaths(copied(survived.root, tmp_path / "alone"))
        _built_with_a_lost_machine(cluster, survived)
        build(alone, lean(**QUALITY))
        for relation in ("masks", "aligned_landmarks", "point_averages", "features"):
            assert_frame_equal(
                _relation(survived, relation),
                _relation(alone, relation),
                rel_tol=1e-9,
                abs_tol=1e-9,
            )
    for paths in (speculated, survived):
        assert not list(paths.root.glob(".*.tmp"))


def _with_a_slow_machine(cluster: SparkCluster, photos: Path, paths: WarehousePaths) -> None:
    worker = Path(__file__).with_name("slow_worker.py")
    words = [cluster.master, str(photos), str(paths.root), str(worker), *_settings()]
    run = subprocess.run(
        [sys.executable, "-c", ON_A_SLOW_MACHINE, *words],
        env=cluster.environment, capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    # The first attempt still looks at it, for ten minutes.
    assert (photos / (SLOW + HELD)).exists()


def _with_a_lost_machine(cluster: SparkCluster, photos: Path, paths: WarehousePaths) -> str:
    """Extract by the command, and kill a worker in the midst of a task; give what was said."""
    words = ["--warehouse", str(paths.root), "spark", "extract", photos.name]
    words += ["--master", cluster.master, "--per-task", "2", "--quiet"]
    words += [word for each in _settings() for word in ("--conf", each)]
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "lakehouse", *words], cwd=photos.parent,
        env=cluster.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        try:
            awaited(lambda: _some_are_done(paths) and cluster.looks_at_photographs(HOSTS[1]), run)
            cluster.lose(HOSTS[1])
            out, err = run.communicate(timeout=LIMIT_S)
        finally:
            run.kill()
    assert (run.returncode, err) == (0, "")
    return out


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
            out, err = run.communicate(timeout=LIMIT_S)
        finally:
            run.kill()
    assert run.returncode == 0, err
    assert "relations in" in out


def _relation(paths: WarehousePaths, name: str) -> pl.DataFrame:
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        return connection.sql(f"select * from {name} order by all").pl()


def _some_are_done(paths: WarehousePaths) -> bool:
    return any(paths.root.glob(".cluster.*.tmp/share-*/*.parquet"))


def _settings() -> list[str]:
    return [f"{name}={value}" for name, value in CONFIG.items()]
