"""`make demo` and `make test` begin with the system libraries that a bare machine lacks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.system.graphics import MEDIAPIPE, OPENCV

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".ci" / "libraries"

# A Python for which a library is there once the file of its package is.
PYTHON = """
case "$2" in
    "import ctypes") exit 0 ;;
    *libGL.so.1*) package=libgl1 ;;
    *libEGL.so.1*) package=libegl1 ;;
    *libGLESv2.so.2*) package=libgles2 ;;
    *ensurepip*) package=python3-venv ;;
esac
[ -e "$INSTALLED/$package" ]
"""

APT = """
echo "$@" >>"$INSTALLED/log"
[ "$1" = install ] || exit 0
for word in "$@"; do case "$word" in lib*|python*) touch "$INSTALLED/$word" ;; esac; done
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lacks them")


class Machine:
    """A machine with such programs and no others."""

    def __init__(self, folder: Path, user: int) -> None:
        self.programs, self.installed = folder / "bin", folder / "installed"
        self.programs.mkdir()
        self.installed.mkdir()
        (self.installed / "python3-venv").touch()
        for name in ("sh", "uname", "touch", "env"):
            (self.programs / name).symlink_to(shutil.which(name))
        self.add("id", f"echo {user}")
        self.add("python", PYTHON)

    def add(self, name: str, body: str) -> None:
        (self.programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (self.programs / name).chmod(0o755)

    def run(
        self, python: str = "python", environment: Path = ROOT / "no such"
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shutil.which("sh"), SCRIPT, python, environment],
            env={"PATH": str(self.programs), "INSTALLED": str(self.installed)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def log(self) -> str:
        log = self.installed / "log"
        return log.read_text() if log.exists() else ""


def test_what_is_missing_is_installed_by_root(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    machine.add("apt-get", APT)
    (machine.installed / "libegl1").touch()

    done = machine.run()

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "installing libgl1 libgles2, which this machine lacks\n"
    assert machine.log.splitlines()[0].startswith("update")
    assert machine.log.splitlines()[1].endswith("libgl1 libgles2")
    # The next time there is nothing to do.
    done = machine.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(machine.log.splitlines()) == 2


def test_python_is_given_what_makes_an_environment_if_there_is_none(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    machine.add("apt-get", APT)
    for package in ("libgl1", "libegl1", "libgles2"):
        (machine.installed / package).touch()
    (machine.installed / "python3-venv").unlink()

    assert machine.run(environment=tmp_path).stdout == ""
    assert machine.run().stdout == "installing python3-venv, which this machine lacks\n"
    assert machine.run().stdout == ""


def test_others_install_by_sudo_if_it_asks_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=1000)
    machine.add("apt-get", APT)
    machine.add("sudo", '[ "$1" = -n ] && shift; exec "$@"')
    machine.add("true", "exit 0")

    assert machine.run().returncode == 0
    assert machine.log.splitlines()[1].endswith("libgl1 libegl1 libgles2")


@pytest.mark.parametrize("lacking", ["sudo", "apt-get", "network"])
def test_where_it_may_not_it_says_what_to_do(tmp_path: Path, lacking: str) -> None:
    machine = Machine(tmp_path, user=0 if lacking == "network" else 1000)
    if lacking != "apt-get":
        machine.add("apt-get", "exit 100")
    if lacking == "sudo":
        machine.add("sudo", "exit 1")

    done = machine.run()

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"error: this system lacks {' '.join(OPENCV + MEDIAPIPE)};" in done.stderr
    assert "apt-get install -y libgl1 libegl1 libgles2" in done.stderr
    assert ("sudo apt-get" in done.stderr) == (lacking != "network")


def test_a_python_that_does_not_run_installs_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    machine.add("apt-get", APT)
    assert machine.run("no-such-python").returncode == 0
    assert machine.log == ""


@pytest.mark.parametrize("target", ["demo", "test", "test-fast", "test-quick", "coverage"])
def test_make_begins_with_them(target: str, tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    planned = subprocess.run(
        ["make", "--dry-run", target], cwd=tmp_path, env=clean, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert planned.stdout.startswith(".ci/libraries python3 .venv\n"), planned.stdout
