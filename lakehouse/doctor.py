"""Whether everything that the work needs is there."""

import importlib.metadata
import platform
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image

import lakehouse
from lakehouse.errors import LakehouseError
from lakehouse.extraction.face_model import model_path, read_model
from lakehouse.extraction.pool import WorkerPool
from lakehouse.extraction.worker import Setup
from lakehouse.files.scratch import scratch_folder
from lakehouse.ingest.result import Outcome, Status, Task
from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.system.graphics import installing, missing_libraries
from lakehouse.system.packages import OPENCV, installing_packages, missing_packages
from lakehouse.system.processors import available_cores
from lakehouse.warehouse.connection import open_read_only

_PACKAGES = ("mediapipe", "av", "duckdb", "pyarrow", "polars", "numpy", "scikit-learn")
_LEAST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Parameters
    ----------
    name : str
        What was looked at.
    good : bool
        Whether the work can be done with it.
    detail : str
        What was found; where it is not good, also what to do.
    """

    name: str
    good: bool
    detail: str


def examine(paths: WarehousePaths) -> Iterator[Finding]:
    """Look at everything that the work needs, one thing after another."""
    yield Finding(
        "program",
        True,
        f"lakehouse {lakehouse.__version__}, Python {platform.python_version()}, "
        + ", ".join(_versions()),
    )
    yield Finding("processors", True, f"{available_cores()} available")
    yield _found("settings", lambda: _settings(paths))
    yield _found("face model", lambda: (read_model(), str(model_path()))[1])
    yield from _what_finds_faces()
    yield _disk(paths)
    if paths.database.exists():
        yield _found("database", lambda: _database(paths))
    else:
        yield Finding("database", True, "none yet; `lakehouse build` makes it")


def _versions() -> Iterator[str]:
    for name in _PACKAGES:
        with suppress(importlib.metadata.PackageNotFoundError):
            yield f"{name} {importlib.metadata.version(name)}"


def _what_finds_faces() -> Iterator[Finding]:
    """Look at packages, libraries and landmarker, each of which needs those before."""
    if absent := missing_packages():
        words = f"{', '.join(absent)} missing, so no face is found"
        if set(absent) & set(OPENCV):
            words += " and no picture drawn"
        yield Finding("packages", False, f"{words}; install: {installing_packages(absent)}")
    if missing := missing_libraries():
        # A worker could not even start.
        words = f"{', '.join(missing)} missing, so no face is found and no picture drawn"
        yield Finding("libraries", False, f"{words}; install them: {installing(missing)}")
    else:
        yield Finding("libraries", True, "none is missing")
    if not (absent or missing):
        yield _found("face landmarker", _landmarker)


def _found(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except LakehouseError as error:
        return Finding(name, False, str(error))


def _settings(paths: WarehousePaths) -> str:
    load_settings(paths.settings)
    return str(paths.settings) if paths.settings.exists() else "the defaults"


def _landmarker() -> str:
    """Have a worker look at an empty picture: only with all its libraries can it say no."""
    detection = Settings().detection
    setup = Setup(
        model_path(), detection.min_detection_confidence, detection.min_presence_confidence
    )
    with scratch_folder() as folder:
        picture = folder / "empty.png"
        Image.new("RGB", (64, 64)).save(picture)
        with WorkerPool(setup, 1) as pool:
            [answer] = pool.map([Task(str(picture), known_sha256=None)])
    if isinstance(answer, Outcome) and answer.status is Status.NO_FACE:
        return "works; its network is closed"
    raise LakehouseError(f"does not work: {answer}")


def _disk(paths: WarehousePaths) -> Finding:
    folder = paths.root.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1e9:.1f} GB free at {folder}"
    good = free >= _LEAST_FREE_BYTES
    return Finding("disk", good, detail if good else f"{detail}; make room")


def _database(paths: WarehousePaths) -> str:
    with open_read_only(paths) as connection:
        [(version, started)] = connection.sql(
            "select duckdb_version, started from build_info"
        ).fetchall()
    return f"built {started} by DuckDB {version}"
