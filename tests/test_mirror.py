"""Tests lie where the code lies that they test."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MIRRORED = ("cli", "docs", "lakehouse", "sql")


def folders(root: Path) -> set[Path]:
    """Give the folders below one that hold tests, relative to it."""
    return {path.parent.relative_to(root) for path in root.rglob("test_*.py")}


def without_code(root: Path) -> set[Path]:
    """Give the folders of tests that have no folder of code of their name."""
    found = {Path(room) / folder for room in MIRRORED for folder in folders(root / "tests" / room)}
    return {folder for folder in found if not (root / folder).is_dir()}


def misplaced(root: Path) -> set[str]:
    """Give the tests of a relation that lie in another folder than its SQL."""
    subjects = {file.stem: file.parent.name for file in (root / "sql").glob("*/*.sql")}
    tests = {
        test.stem.removeprefix("test_"): test.parent.name
        for test in (root / "tests" / "sql").glob("*/test_*.py")
    }
    return {name for name, folder in tests.items() if subjects.get(name, folder) != folder}


def test_every_folder_of_tests_has_a_folder_of_code() -> None:
    assert without_code(ROOT) == set()


def test_a_relations_test_lies_in_its_subject() -> None:
    assert misplaced(ROOT) == set()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree of code and tests in which everything is in its place."""
    for file in (
        "lakehouse/steps/cue/effects.py",
        "sql/cue/cue_effects.sql",
        "tests/lakehouse/steps/cue/test_effects.py",
        "tests/sql/cue/test_cue_effects.py",
        "tests/sql/cue/test_of_another_name.py",
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    return tmp_path


def test_what_is_in_its_place_is_no_stray(tree: Path) -> None:
    assert (without_code(tree), misplaced(tree)) == (set(), set())


def test_tests_that_stay_when_their_code_moves_are_strays(tree: Path) -> None:
    (tree / "lakehouse" / "steps" / "cue").rename(tree / "lakehouse" / "steps" / "hints")
    (tree / "sql" / "smile").mkdir()
    (tree / "sql" / "cue" / "cue_effects.sql").rename(tree / "sql" / "smile" / "cue_effects.sql")

    assert without_code(tree) == {Path("lakehouse/steps/cue")}
    assert misplaced(tree) == {"cue_effects"}
