"""The same lake whoever looks at the photographs."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lakehouse.errors import EngineError, LakehouseError, UsageError
from lakehouse.extraction import extract as extraction
from lakehouse.extraction import options as extraction_options
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.summary import Summary
from lakehouse.lake.parts import part_names
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.spark import extract as module
from lakehouse.spark.extract import SparkTeam
from lakehouse.spark.tasks import Errand, runner
from tests.attack.two_lakes import content
from tests.lakehouse.spark.conftest import MASTER
from tests.lakehouse.spark.engine import Engine, Work
from tests.stand_in import StandIn
from tests.tools import require_spark

PHOTOGRAPHS = 14


@pytest.fixture(autouse=True)
def with_spark() -> None:
    """Spark is asked whether it is there even where something else takes its place."""
    require_spark()


@contextmanager
def in_this_process(engine: Engine) -> Iterator[None]:
    """Have an engine that takes the place of Spark, and workers that look at nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "spark_session", engine)
        patch.setattr(module, "read_model", lambda _: b"no model")
        patch.setattr(extraction_options, "WorkerPool", StandIn)
        patch.setattr(extraction, "fetch_model", lambda _: None)
        patch.setattr(extraction, "require_graphics", lambda _: None)
        yield


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Files that nobody looks at: of two people, one without a face, one damaged."""
    root = tmp_path / "photos"
    for number in range(PHOTOGRAPHS):
        path = root / "00" / "00" / f"{number % 2:04d}" / f"{number:02d}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{'damaged' if number == 3 else 'nobody' if number == 8 else number}")
    return root


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


def spread(
    photos: Path,
    paths: WarehousePaths,
    engine: Engine,
    listeners: Listeners = Listeners(),
    **more: Any,
) -> Summary:
    """Extract with an engine that runs tasks here."""
    cluster = SparkTeam(MASTER, photos, paths, per_task=3)
    options = ExtractionOptions(part_photos=4, workers=cluster, **more)
    with in_this_process(engine):
        return extract(photos, paths, Settings(), options, listeners)


def names(paths: WarehousePaths) -> set[str]:
    """List the warehouse, without what is held in the stead of the lake."""
    return {path.name for path in paths.root.iterdir()} - {paths.lake_guard.name}


def alone(photos: Path, paths: WarehousePaths) -> Summary:
    with in_this_process(Engine()):
        return extract(photos, paths, Settings(), ExtractionOptions(part_photos=4))


@pytest.mark.parametrize("attempts", [1, 3])
def test_the_lake_is_that_of_one_machine(
    photos: Path, paths: WarehousePaths, tmp_path: Path, attempts: int
) -> None:
    engine = Engine(attempts)
    other = WarehousePaths(tmp_path / "other")

    summary = spread(photos, paths, engine)
    single = alone(photos, other)

    assert content(paths) == content(other)
    assert (summary.found, summary.ok, summary.no_face, summary.damaged) == (14, 12, 1, 1)
    assert summary.problems == single.problems
    assert engine.partitions == 5
    assert sorted(engine.done) == sorted(list(range(5)) * attempts)
    # Of files that are hardly there yet there may be no stamps.
    made = names(paths) - {"stamps.parquet"}
    assert made == {"lake", "detection.json", "extraction.json"}


def test_a_second_run_opens_no_session(photos: Path, paths: WarehousePaths) -> None:
    engine = Engine()
    spread(photos, paths, engine)
    before = content(paths)

    summary = spread(photos, paths, engine)

    assert (summary.extracted, summary.already_done, summary.usable) == (0, 14, 12)
    assert engine.started == 1
    assert content(paths) == before


def test_what_changed_is_looked_at_again_and_the_rest_is_not(
    photos: Path, paths: WarehousePaths
) -> None:
    engine = Engine()
    spread(photos, paths, engine)
    (photos / "00" / "00" / "0000" / "04.jpg").write_text("another face")

    summary = spread(photos, paths, engine)

    assert (summary.ok, summary.replaced, summary.already_done) == (1, 1, 13)
    assert engine.partitions == 1


class _Listening(Engine):
    """An engine that remembers what it was given."""

    def createDataFrame(self, table: pa.Table) -> Engine:
        self.paths = [Path(os.fsdecode(path)) for row in table["paths"].to_pylist() for path in row]
        return super().createDataFrame(table)


def test_tasks_get_paths_that_hold_in_any_folder(
    photos: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(photos.parent)
    errands: list[Errand] = []

    def remembered(errand: Errand) -> Work:
        errands.append(errand)
        return runner(errand)

    monkeypatch.setattr(module, "runner", remembered)
    engine = _Listening()

    relative = WarehousePaths(Path(paths.root.name))
    summary = spread(Path(photos.name), relative, engine)

    assert (summary.ok, summary.unreadable) == (12, 0)
    [errand] = errands
    named = [errand.setup.model, errand.staging, errand.photographs, *engine.paths]
    assert len(named) == 3 + 14
    assert all(path.is_absolute() for path in named)


class _Failing(Engine):
    """An engine whose third task fails for good."""

    def collect(self) -> None:
        whole = self._partitions
        self._partitions = whole[:2]
        super().collect()
        raise EngineError("a task of the cluster failed: no space")


@pytest.mark.slow
@pytest.mark.portable
def test_a_job_that_fails_keeps_the_parts_that_were_whole(
    photos: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    with pytest.raises(EngineError, match="no space"):
        spread(photos, paths, _Failing())
    assert part_names(paths) == ["part-000001.parquet"]
    assert not [name for name in names(paths) if name.startswith(".")]

    spread(photos, paths, Engine())

    other = WarehousePaths(tmp_path / "other")
    alone(photos, other)
    assert content(paths) == content(other)


class _Elsewhere(Engine):
    """An engine whose tasks write where nobody sees it."""

    def collect(self) -> None:
        """Do nothing here."""


def test_answers_that_cannot_be_seen_are_told(
    photos: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_VISIBLE_S", 0.3)

    with pytest.raises(EngineError, match=r"cannot be seen here; the warehouse must lie on a disk"):
        spread(photos, paths, _Elsewhere())

    assert part_names(paths) == []


def test_a_run_that_is_stopped_goes_on_from_its_parts(photos: Path, paths: WarehousePaths) -> None:
    with_a_part = Listeners(should_stop=lambda: bool(part_names(paths)))
    stopped = spread(photos, paths, Engine(), with_a_part)
    assert stopped.stopped
    assert part_names(paths) == ["part-000001.parquet"]

    summary = spread(photos, paths, Engine())

    assert (summary.already_done, summary.extracted) == (4, 10)


def test_the_interrupt_stays_the_commands_own(photos: Path, paths: WarehousePaths) -> None:
    class Taking(Engine):
        def createDataFrame(self, table: Any) -> Engine:
            assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
            return super().createDataFrame(table)

    class Session(Taking):
        def __call__(self, master: str, config: Any) -> Any:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            return super().__call__(master, config)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        spread(photos, paths, Session())
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_cannot_work_is_refused_before_anything_is_made(
    photos: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match=r"^--per-task: is 0; give 1 or more$"):
        SparkTeam(MASTER, photos, paths, per_task=0)
    monkeypatch.setattr("lakehouse.spark.session.find_spec", lambda _: None)
    with pytest.raises(LakehouseError, match="Spark needs pyspark"):
        SparkTeam(MASTER, photos, paths)
    assert not paths.root.exists()


def test_without_an_engine_no_lake_is_made(
    photos: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EngineError, match="there is no Java"):
        SparkTeam(MASTER, photos, paths)
    with pytest.raises(EngineError, match="cannot be reached"):
        SparkTeam("spark://127.0.0.1:1", photos, paths)
    paths.lake.mkdir(parents=True)
    SparkTeam(MASTER, photos, paths)


def test_of_many_lines_the_one_that_matters_is_told() -> None:
    python = (
        "An exception was thrown from the Python worker:\nTraceback (most recent call last):\n"
        '  File "x.py", line 1\nlakehouse.errors.EngineError: /disk: is not there; mount it\n'
    )
    assert module._said(RuntimeError(python)) == "/disk: is not there; mount it"
    lost = "Job aborted due to stage failure: Task 0 failed 4 times\nDriver stacktrace:\n"
    assert module._said(RuntimeError(lost)).startswith("Job aborted due to stage failure: Task 0")
    assert module._said(RuntimeError()) == "RuntimeError"


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_real_photographs_give_one_machines_lake(
    extraction: tuple[WarehousePaths, Summary], dataset: Path, paths: WarehousePaths
) -> None:
    cluster = SparkTeam(MASTER, dataset, paths, per_task=7)
    options = ExtractionOptions(part_photos=4, workers=cluster)

    summary = extract(dataset, paths, Settings(), options)

    assert content(paths) == content(extraction[0])
    assert summary.problems == extraction[1].problems
    assert (summary.ok, summary.no_face, summary.unreadable) == (12, 1, 1)
    again = extract(dataset, paths, Settings(), options)
    assert (again.extracted, again.already_done) == (0, 14)
    assert not [name for name in names(paths) if name.startswith(".")]


@pytest.mark.slow
@pytest.mark.usefixtures("spark", "face_model_path")
def test_what_a_task_says_at_its_end_is_told(dataset: Path, paths: WarehousePaths) -> None:
    missing = SparkTeam(MASTER, dataset / "elsewhere", paths, per_task=7)

    with pytest.raises(EngineError, match=r"failed: .*elsewhere: is not there on a machine of the"):
        extract(dataset, paths, Settings(), ExtractionOptions(workers=missing))

    assert part_names(paths) == []
