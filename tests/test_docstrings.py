"""Docstrings say what the signature does not: no entry only repeats a name and a type."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted([*ROOT.glob("lakehouse/**/*.py"), *ROOT.glob("cli/**/*.py")])

SECTION = re.compile(r"^([A-Z][\w ]+)\n-{3,}\n", re.MULTILINE)
SAYS_MORE = re.compile(r"shape|\bof\b|\boptional\b|\{|\bor None\b|default")
"""In a type: what no annotation says, or what some annotations say less plainly."""


def idle_entries(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            document = ast.get_docstring(node) or ""
            _, *names_and_texts = SECTION.split(document)
            for name, text in pairs(names_and_texts):
                if name in ("Parameters", "Attributes"):
                    yield from (f"{node.name}: {entry}" for entry in idle(text))


def pairs(items: list[str]) -> Iterator[tuple[str, str]]:
    return zip(items[::2], items[1::2], strict=True)


def idle(section: str) -> Iterator[str]:
    lines = [line for line in section.splitlines() if line.strip()]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_entry = not line.startswith(" ")
        if is_entry and not following.startswith(" ") and not SAYS_MORE.search(line):
            yield line


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_entry_says_something(module: Path) -> None:
    assert list(idle_entries(module.read_text(encoding="utf-8"))) == []


def test_an_entry_that_says_nothing_is_found() -> None:
    source = '''
def scaled(rows, factor, paths):
    """Scale.

    Parameters
    ----------
    rows : ndarray of float64, shape (n, 2)
    factor : float
        In pixels.
    paths : WarehousePaths

    Returns
    -------
    ndarray
    """
'''
    assert list(idle_entries(source)) == ["scaled: paths : WarehousePaths"]
