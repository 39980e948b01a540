"""Nobody but `lakehouse/system/` asks for what only some systems have."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import lakehouse
from tests.lakehouse.system.systems_words import (
    ARGUMENTS,
    ATTRIBUTES,
    MODULES,
    NAMES,
    systems_words,
)

TOP: Final = Path(lakehouse.__file__).parents[1]
ROOM: Final = "lakehouse/system/"

# Module, what it asks for, and why that is the same everywhere.
ALLOWED: Final = {
    ("lakehouse/files/at_work.py", "platformdirs.user_cache_path"): "the same everywhere",
    ("lakehouse/files/at_work.py", "st_uid"): "only where `kernel.geteuid` is",
}


def found() -> Iterator[tuple[str, str, int]]:
    for path in sorted([*TOP.glob("lakehouse/**/*.py"), *TOP.glob("cli/**/*.py")]):
        module = path.relative_to(TOP).as_posix()
        for word in systems_words(path.read_text(encoding="utf-8")):
            yield module, word.what, word.line


@pytest.mark.slow
def test_nobody_else_knows_systems() -> None:
    strangers = [
        f"{module}:{line}: {what}"
        for module, what, line in found()
        if not module.startswith(ROOM) and (module, what) not in ALLOWED
    ]
    assert strangers == [], "ask lakehouse.system.kernel, and have a portable way"


@pytest.mark.slow
def test_what_is_allowed_is_asked_for() -> None:
    assert ALLOWED.keys() - {(module, what) for module, what, _ in found()} == set()


@pytest.mark.slow
def test_the_room_itself_is_seen_to_ask() -> None:
    asked = {what for module, what, _ in found() if module.startswith(ROOM)}
    assert {"ctypes", "psutil", "=pass_fds", "/proc/self", "signal.SIGKILL"} <= asked


def words(source: str) -> list[str]:
    return [found.what for found in systems_words(source)]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_name_is_found_by_whatever_name(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    assert words(f"import {module}\n{name}") == [name]
    assert words(f"import {module} as other\nother.{attribute}") == [name]
    assert words(f"from {module} import {attribute}") == [name]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_is_found(module: str) -> None:
    assert words(f"import {module}") == [module]
    assert words(f"def late():\n    from {module} import it") == [f"{module}.it"]


def test_arguments_attributes_and_places_are_found() -> None:
    for argument in ARGUMENTS:
        assert words(f"run([], {argument}=value)") == [f"={argument}"]
    for attribute in ATTRIBUTES:
        assert words(f"path.stat().{attribute}") == [attribute]
    assert words("Path('/proc/self')") == ["/proc/self"]


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.getpid()\nos.O_RDONLY",
        "import signal\nsignal.SIGINT",
        "path.name",
        "from lakehouse.system import kernel\nkernel.geteuid",
        "'a share of /proc'",
        "run([], env=env)",
    ],
)
def test_what_every_system_has_is_not(source: str) -> None:
    assert words(source) == []


BARE: Final = """
import os, signal, sys
# What the standard library itself needs of the system that this is tested on.
import asyncio, multiprocessing.connection, multiprocessing.util, pathlib, shutil, socket
import subprocess, tempfile, threading, concurrent.futures.process
try:
    import numpy, scipy, polars, pyarrow, duckdb, cv2, sklearn, av, PIL.Image, typer, rich, pooch
    import requests, psutil, filelock, platformdirs, pandas
except ImportError:
    pass
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
for owner, names in ((os, sys.argv[1]), (signal, sys.argv[2])):
    for name in names.split(","):
        if hasattr(owner, name):
            delattr(owner, name)
import importlib, pkgutil
import lakehouse, lakehouse.cli
seen = 0
for package in (lakehouse, lakehouse.cli):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
            seen += 1
print(seen)
"""

# Whoever starts processes, or asks which system this is, needs these.
KEPT: Final = {
    *("os.name", "os.pipe", "os.fork", "os.posix_spawn", "os.set_blocking", "os.uname"),
    "sys.platform",
}


def of(owner: str) -> str:
    names = (name for name in NAMES - KEPT if name.startswith(f"{owner}."))
    return ",".join(name.partition(".")[2] for name in names)


@pytest.mark.slow
@pytest.mark.parametrize("portable", ["", "1"])
def test_every_module_loads_where_all_that_is_missing(portable: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BARE, of("os"), of("signal")],
        capture_output=True,
        text=True,
        env={"PATH": "", "LAKEHOUSE_PORTABLE": portable, "HOME": str(Path.home())},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) > 250
