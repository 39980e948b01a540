"""The package, installed as a wheel in a clean environment, from another working directory."""

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from importlib.metadata import distribution
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


def call(*command: object, cwd: Path, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_wheel_works_in_a_clean_environment(face_model_path: Path, tmp_path: Path):
    constraints = {"PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    source = tmp_path / "source"
    files = ["pyproject.toml", "README.md", "LICENSE", "lakehouse", "cli", "sql"]
    call("cp", "-r", *(ROOT / name for name in files), _made(source), cwd=tmp_path)
    call(sys.executable, *pip, "wheel", "--no-deps", "-w", tmp_path, source, cwd=tmp_path,
         **constraints)  # fmt: skip
    [wheel] = tmp_path.glob("*.whl")
    require_all_and_no_more(wheel)
    venv.create(tmp_path / "clean")
    python = tmp_path / "clean" / "bin" / "python"
    to_clean = (sys.executable, *pip, "--python", python)
    call(*to_clean, "install", "--no-deps", "--no-compile", wheel, cwd=tmp_path)
    [site] = (tmp_path / "clean").glob("lib/python*/site-packages")
    put_beside(site, needed_by(wheel, extra="demo"))
    call(*to_clean, "check", cwd=tmp_path)

    elsewhere = _made(tmp_path / "elsewhere")
    lakehouse = tmp_path / "clean" / "bin" / "lakehouse"
    home = {"HOME": str(_made(tmp_path / "home")), "LAKEHOUSE_MODEL": str(face_model_path)}
    shown = call(lakehouse, "demo", "--participants", "3", "-q", cwd=elsewhere, **home)
    assert "planted:" in shown
    assert "BAD" not in call(lakehouse, "doctor", cwd=elsewhere, **home)
    assert (elsewhere / "warehouse" / "demo" / "lakehouse.duckdb").exists()
    typed = call(python, "-c", "import lakehouse; print(lakehouse.__file__)", cwd=elsewhere)
    assert (Path(typed.strip()).parent / "py.typed").exists()


def needed_by(wheel: Path, *, extra: str) -> set[str]:
    """Name the packages that a wheel says it needs, those that they need, and so on."""
    with zipfile.ZipFile(wheel) as archive:
        [file] = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = message_from_bytes(archive.read(file)).get_all("Requires-Dist")
    left, seen = [*_wanted(said or (), {extra})], set()
    while left:
        each = left.pop()
        if (key := (canonicalize_name(each.name), frozenset(each.extras))) not in seen:
            seen.add(key)
            left += _wanted(distribution(each.name).requires or (), each.extras)
    return {name for name, _ in seen}


def _wanted(said: Iterable[str], extras: set[str]) -> Iterator[Requirement]:
    for each in map(Requirement, said):
        if each.marker is None or any(each.marker.evaluate({"extra": of}) for of in ("", *extras)):
            yield each


def put_beside(site: Path, names: Iterable[str]) -> None:
    """Link this environment's packages of these names, and nothing else of it, into another.

    To install them anew, from the same files, takes a minute; pip itself has done it here.
    """
    for name in names:
        for file in distribution(name).files or ():
            there = Path(str(file.locate()))
            if ".." in file.parts or "__pycache__" in file.parts or not there.is_file():
                continue
            _link(site / file, there)
            if there.suffix == ".py" and (compiled := Path(cache_from_source(str(there)))).exists():
                _link((site / file).parent / "__pycache__" / compiled.name, compiled)


def _link(here: Path, there: Path) -> None:
    here.parent.mkdir(parents=True, exist_ok=True)
    here.symlink_to(there)


def require_all_and_no_more(wheel: Path) -> None:
    """Hold a wheel to have every file of the program, and none of its tests and pages."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    kinds = {
        "lakehouse": (
            *(".py", ".csv", ".typed", ".ttf", ".woff2"),
            *(".js", ".txt", ".toml", ".sql", ".j2", ".css"),
        ),
        "cli": (".py",),
        "sql": (".py", ".sql", ".toml"),
    }
    ours = {
        f"{'' if room == 'lakehouse' else 'lakehouse/'}{path.relative_to(ROOT).as_posix()}"
        for room, endings in kinds.items()
        for path in (ROOT / room).rglob("*")
        if path.suffix in endings or path.name == "py.typed"
    }
    assert {name.split("/")[0] for name in held if ".dist-info/" not in name} == {"lakehouse"}
    assert {name for name in held if name.startswith("lakehouse/")} == ours
    assert {"lakehouse/py.typed", "lakehouse/sql/columns.toml"} <= held
    assert sum(name.endswith(".sql") for name in held) > 100
    assert any(name.startswith("lakehouse/synthetic/data/") for name in held)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
