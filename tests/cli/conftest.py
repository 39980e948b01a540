"""A demo study, taken through all commands once."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from lakehouse.cli.main import run

from tests.once import Once


def linked(folder: Path, to: Path) -> Path:
    """Copy a folder by hard links.

    Links do: whatever writes puts a new file in the place of the old. Only a lock is written
    where it lies.
    """
    # Nor what others, who read at this moment, remove in the next.
    passing = shutil.ignore_patterns(".lock", ".build.lock", ".*.held", ".*.tmp")
    return Path(shutil.copytree(folder, to, copy_function=os.link, ignore=passing))


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def lakehouse(capsys):
    """Run a command line in this process."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def demo_folder(face_model_path: Path, once: Once) -> Path:
    """The warehouse folder that `lakehouse demo` was told; read only."""

    def make(folder: Path) -> Path:
        assert run(["--warehouse", str(folder), "demo", "--participants", "3", "--quiet"]) == 0
        return folder

    return once("demo", make)


@pytest.fixture
def own_demo_folder(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of that folder, in which commands may write."""
    return linked(demo_folder, tmp_path / "own")


@pytest.fixture
def demo_warehouse(demo_folder: Path) -> Path:
    """The demo's own warehouse; read only."""
    return demo_folder / "demo"
