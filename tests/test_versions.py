"""The versions that the project says it runs with are versions that it is tested with."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The extra heic is also among what development needs.
INSTALLED = ("demo", "dev", "r")
ONCE = ("spark",)
"""Extras that are tested with the pinned versions alone."""
REQUIREMENTS = [
    Requirement(text)
    for listed in (
        PROJECT["dependencies"],
        *(PROJECT["optional-dependencies"][extra] for extra in INSTALLED),
    )
    for text in listed
]
every_requirement = pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)


def pins(name: str) -> dict[str, Version]:
    """Read a file of pinned versions."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(package): Version(version) for package, version in pinned}


def is_lowest(requirement: Requirement, version: Version) -> bool:
    """Tell whether a version is the lowest bound of a requirement, or its first release."""
    [bound] = [Version(each.version) for each in requirement.specifier if each.operator == ">="]
    return version.release[: len(bound.release)] == bound.release


@pytest.mark.parametrize(
    "requirement",
    [
        *REQUIREMENTS,
        *(Requirement(text) for each in ONCE for text in PROJECT["optional-dependencies"][each]),
    ],
    ids=str,
)
def test_the_pinned_version_is_allowed(requirement: Requirement) -> None:
    pinned = pins("constraints.txt")[canonicalize_name(requirement.name)]

    assert pinned in requirement.specifier


@every_requirement
def test_the_lowest_version_allowed_is_tested(requirement: Requirement) -> None:
    tested = pins("constraints-lowest.txt")[canonicalize_name(requirement.name)]

    assert is_lowest(requirement, tested), "raise the bound, or run `make lowest`"


def test_a_bound_below_what_is_tested_is_found() -> None:
    assert is_lowest(Requirement("a>=2.1"), Version("2.1.0"))
    assert is_lowest(Requirement("a>=2"), Version("2.0.3"))
    assert not is_lowest(Requirement("a>=2.0"), Version("2.1"))
    assert not is_lowest(Requirement("a>=2.1"), Version("2.0.9"))


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-lowest.txt"])
def test_files_of_versions_hold_versions_only(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

    listed = [line for line in lines if not line.startswith("#")]
    assert [line for line in listed if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert len(listed) > 50


def test_the_lowest_python_claimed_is_the_lowest_allowed() -> None:
    claimed = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))

    assert PROJECT["requires-python"] == f">={claimed[0]}"
    assert claimed == sorted(claimed, key=Version)


@pytest.mark.parametrize("target", ["test-quick", "test-portable"])
def test_tests_that_are_chosen_or_passed_over_are_there(target: str) -> None:
    printed = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    words = (word.removeprefix("--ignore=") for word in printed.split())
    paths = [word for word in words if word.startswith("tests/")]
    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).exists()] == []
