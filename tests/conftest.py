"""Fixtures that more than one part's tests use."""

import atexit
import os
import sys
from pathlib import Path

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
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from tests.photographs import nobody, save, write_dataset
from tests.sql.support import write_lake

# At the interpreter's exit DuckDB's binding lists objects that the interpreter itself did not
# free. That says nothing of these tests, whose summary is to be the last line.
atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))


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
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photographs of two participants, among them one without a face and one that is none.

    Read only; copy it to change it.
    """
    root = write_dataset(tmp_path_factory.mktemp("dataset"))
    save(nobody(), root / "05" / "00" / "0001" / "without-face.jpg")
    (root / "05" / "00" / "0001" / "text.jpg").write_text("no picture at all")
    (root / "05" / "00" / "0001" / "notes.txt").write_text("passed over")
    return root


@pytest.fixture(scope="session")
def extraction(
    dataset: Path, face_model_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[WarehousePaths, Summary]:
    """The lake of `dataset` in parts of four photographs. Read only; copy it to change it."""
    paths = WarehousePaths(tmp_path_factory.mktemp("warehouse"))
    return paths, extract(dataset, paths, Settings(), ExtractionOptions(part_photos=4))


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A warehouse built with all parts from the small lake; not to be changed."""
    paths = WarehousePaths(tmp_path_factory.mktemp("small") / "warehouse")
    write_lake(paths)
    build(paths, Settings(), extras=list(Extra))
    return paths
