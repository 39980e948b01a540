"""Which packages a user's installation needs on which system, all of them as wheels.

`wheels.csv` holds it, so that tests need no registry. `make wheels` finds it anew, in the registry
that pip is set up with: where a package has no wheel, it ends with the package's name.
"""

import csv
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parent.parent
TABLE: Final = Path(__file__).with_name("wheels.csv")
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: Final = ("demo", "heic", "r")
PYTHONS: Final = tuple(
    match[1]
    for classifier in PROJECT["classifiers"]
    if (match := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", classifier))
)


@dataclass(frozen=True)
class System:
    """What installers call it, and the markers of a dependency that is for some systems only."""

    platform: str
    sys_platform: str
    machine: str


SYSTEMS: Final = {
    "Windows": System("x86_64-pc-windows-msvc", "win32", "AMD64"),
    "macOS": System("aarch64-apple-darwin", "darwin", "arm64"),
    "macOS on Intel": System("x86_64-apple-darwin", "darwin", "x86_64"),
    "Linux": System("x86_64-manylinux_2_28", "linux", "x86_64"),
    "Linux on ARM": System("aarch64-manylinux_2_28", "linux", "aarch64"),
}
OLDEST_MACOS: Final = "14.0"


@dataclass(frozen=True)
class Needed:
    """A package as it is pinned, and by system the Pythons that it is needed for."""

    version: str
    pythons: dict[str, tuple[str, ...]]


def read() -> dict[str, Needed]:
    """Read the table; packages by their canonical names."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["package"]: Needed(
                row["version"], {system: tuple(row[system].split()) for system in SYSTEMS}
            )
            for row in csv.DictReader(file)
        }


def pins() -> dict[str, str]:
    """Read the versions of `constraints.txt`."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line.split("==") for line in lines if "==" in line)
    return {canonicalize_name(name): version for name, version in pinned}


def resolved(system: System, python: str) -> dict[str, str]:
    """Ask for everything that is installed, with the versions, from wheels alone."""
    command = [
        *(Path(sys.executable).with_name("uv"), "pip", "compile", "--quiet", "pyproject.toml"),
        *("--python-platform", system.platform, "--python-version", python),
        *("--only-binary", ":all:", "--constraints", "constraints.txt"),
        *("--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
        *(word for extra in EXTRAS for word in ("--extra", extra)),
    ]
    environment = os.environ | {"MACOSX_DEPLOYMENT_TARGET": OLDEST_MACOS}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"not all is there as wheels for Python {python} on {system.platform}")
    return dict(line.split("==") for line in done.stdout.splitlines() if "==" in line)


def main() -> None:
    """Write the table anew."""
    pinned = pins()
    needed: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, system in SYSTEMS.items():
        for python in PYTHONS:
            for package, version in resolved(system, python).items():
                if pinned.get(package) != version:
                    sys.exit(f"{name} needs {package} {version}, which constraints.txt lacks")
                needed[package][name].append(python)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["package", "version", *SYSTEMS])
        for package, systems in sorted(needed.items()):
            pythons = (" ".join(systems[name]) for name in SYSTEMS)
            writer.writerow([package, pinned[package], *pythons])


if __name__ == "__main__":
    main()
