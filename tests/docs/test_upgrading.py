"""The page on upgrading: where every module of the last version went."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "upgrading.md").read_text(encoding="utf-8")
BEFORE = (HERE / "modules_of_0.1.0.txt").read_text(encoding="utf-8").split()
MOVED = {
    f"lakehouse.{old}": [f"lakehouse.{name}" for name in re.findall(r"`([\w.]+)`", new)]
    for old, new in re.findall(r"^\| `([\w.]+)` \| (.*) \|$", PAGE, re.MULTILINE)
}


def is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("module", BEFORE)
def test_a_module_is_where_it_was_or_the_page_says_where(module):
    assert is_there(module) or module in MOVED, f"where has {module} gone? See docs/upgrading.md"


@pytest.mark.parametrize("old", MOVED)
def test_what_the_page_says_of_a_module_is_so(old):
    assert old in BEFORE
    assert MOVED[old]
    assert [name for name in MOVED[old] if not is_there(name)] == []


def test_a_module_that_is_nowhere_is_not_there():
    assert not is_there("lakehouse.attic")
    assert not is_there("lakehouse.attic.boxes")
