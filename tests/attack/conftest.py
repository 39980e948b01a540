"""A prepared process and the folders that commands are attacked in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.attacked import write_templates
from tests.attack.kills import Place
from tests.attack.prepared import Prepared
from tests.once import Once


@pytest.fixture(scope="session")
def prepared(face_model_path: Path) -> Iterator[Prepared]:
    """Everything is imported already."""
    with Prepared() as process:
        yield process


@pytest.fixture(scope="session")
def templates(prepared: Prepared, once: Once) -> Path:
    """A folder for each kind of command; read only."""

    def make(folder: Path) -> Path:
        write_templates(folder, prepared)
        return folder

    return once("templates", make)


@pytest.fixture
def place(prepared: Prepared, templates: Path, tmp_path: Path) -> Iterator[Place]:
    """A place of one's own."""
    yield Place(prepared, templates, tmp_path / "box")
    shutil.rmtree(tmp_path / "box", ignore_errors=True)
