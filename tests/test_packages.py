"""What is installed is what is there."""

import tomllib
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def packages_below(folder: Path, name: str) -> set[str]:
    return {
        ".".join((name, *file.parent.relative_to(folder).parts))
        for file in folder.rglob("__init__.py")
        # A link would name the packages of cli and sql a second time.
        if file.parent.resolve().is_relative_to(folder.resolve())
    }


def not_installed(listed: Collection[str]) -> set[str]:
    present = packages_below(ROOT / "lakehouse", "lakehouse") | {
        *packages_below(ROOT / "cli", "lakehouse.cli"),
        *packages_below(ROOT / "sql", "lakehouse.sql"),
    }
    return present ^ set(listed)


def test_every_package_is_installed() -> None:
    assert not_installed(PYPROJECT["tool"]["setuptools"]["packages"]) == set()


def test_a_package_that_is_not_listed_is_found() -> None:
    listed = set(PYPROJECT["tool"]["setuptools"]["packages"])

    assert not_installed(listed - {"lakehouse.steps.smile"}) == {"lakehouse.steps.smile"}
