"""A demo study, taken through all commands once."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from lakehouse.cli.main import run


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
def demo_folder(face_model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse folder that `lakehouse demo` was told; read only."""
    folder = tmp_path_factory.mktemp("cli")
    assert run(["--warehouse", str(folder), "demo", "--participants", "3", "--quiet"]) == 0
    return folder


@pytest.fixture
def demo_warehouse(demo_folder: Path) -> Path:
    """The demo's own warehouse; read only."""
    return demo_folder / "demo"
