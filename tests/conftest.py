"""Fixtures that more than one part's tests use."""

import atexit
import os
import sys
from collections.abc import Iterator
from pathlib import Path

# Before anything loads NumPy: tests' arrays are small, and threads that wait for each other take
# twice the processor's time, from the other worker process too.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

import hypothesis
import pytest

# First of all, and by leaving: pytest would print a traceback around the line that says what to do.
try:
    import lakehouse
except ImportError as error:
    sys.exit(str(error))
if Path(lakehouse.__file__).resolve().parents[1] != Path(__file__).resolve().parents[1]:
    sys.exit(f"{__file__} is not of the tree of {lakehouse.__file__}; use the .venv of its own")

from lakehouse.errors import ModelError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.model_sources import fetch_model
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.summary import Summary
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.system import kernel
from lakehouse.system.processors import available_cores
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from tests.coverage_of_workers import workers_write_down_what_they_ran
from tests.lakehouse.rendering.filmed import write_filmed_study
from tests.lakehouse.rendering.study import write_study
from tests.lean import LEAN
from tests.memory import GivesBack
from tests.once import Once, of_this_run
from tests.photographs import nobody, save, write_dataset
from tests.sql.support import write_lake
from tests.video_zoo import write_video_zoo

# At the interpreter's exit DuckDB's binding lists objects that the interpreter itself did not
# free. That says nothing of these tests, whose summary is to be the last line.
atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))

# How long an example takes says something of what else the machine does, and nothing of the code.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.register_profile("fast", deadline=None, max_examples=25)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: a worker process for each processor that may be used."""
    return available_cores()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what only a kernel can do where it is to be done without."""
    for item in items if kernel.FORCED else ():
        if mark := item.get_closest_marker("kernel"):
            item.add_marker(pytest.mark.skip(reason=f"only by the kernel: {mark.args[0]}"))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(GivesBack())


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes what several worker processes need a single time."""
    return of_this_run(tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def counted_workers() -> Iterator[None]:
    """Extraction's workers count in the coverage that is measured."""
    with workers_write_down_what_they_ran():
        yield


@pytest.fixture(scope="session")
def face_model_path() -> Path:
    """The pinned face model, fetched if it is not in the user's cache."""
    try:
        return fetch_model()
    except ModelError as error:
        if os.environ.get("LAKEHOUSE_REQUIRE_TOOLS") == "1":
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def dataset(once: Once) -> Path:
    """Photographs of two participants, among them one without a face and one that is none.

    Read only; copy it to change it.
    """

    def make(root: Path) -> Path:
        write_dataset(root)
        save(nobody(), root / "05" / "00" / "0001" / "without-face.jpg")
        (root / "05" / "00" / "0001" / "text.jpg").write_text("no picture at all")
        (root / "05" / "00" / "0001" / "notes.txt").write_text("passed over")
        return root

    return once("dataset", make)


@pytest.fixture(scope="session")
def extraction(dataset: Path, face_model_path: Path, once: Once) -> tuple[WarehousePaths, Summary]:
    """The lake of `dataset` in parts of four photographs. Read only; copy it to change it."""

    def make(folder: Path) -> tuple[WarehousePaths, Summary]:
        paths = WarehousePaths(folder)
        return paths, extract(dataset, paths, Settings(), ExtractionOptions(part_photos=4))

    return once("extraction", make)


@pytest.fixture(scope="session")
def small_warehouse(once: Once) -> WarehousePaths:
    """A warehouse built with all extras from the small lake; not to be changed."""

    def make(folder: Path) -> WarehousePaths:
        paths = WarehousePaths(folder / "warehouse")
        write_lake(paths)
        build(paths, LEAN, extras=list(Extra))
        return paths

    return once("small", make)


@pytest.fixture(scope="session")
def photographed_study(once: Once) -> Path:
    """A folder with a `warehouse` of two participants and their `photos`; read only."""

    def make(folder: Path) -> Path:
        write_study(WarehousePaths(folder / "warehouse"), folder / "photos")
        return folder

    return once("photographed", make)


@pytest.fixture(scope="session")
def filmed_study(once: Once) -> Path:
    """A folder with a `warehouse` of five `videos` of two participants; read only."""
    return once("filmed", write_filmed_study)


@pytest.fixture(scope="session")
def video_zoo_folder(once: Once) -> Path:
    """Every file of `tests.video_zoo`; read only."""
    return once("videos", write_video_zoo)


@pytest.fixture(scope="session")
def empty_warehouse(once: Once) -> WarehousePaths:
    """A warehouse built with all extras from no lake at all; not to be changed."""

    def make(folder: Path) -> WarehousePaths:
        paths = WarehousePaths(folder / "warehouse")
        build(paths, LEAN, extras=list(Extra))
        return paths

    return once("empty", make)
