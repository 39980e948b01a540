"""The page on layouts has a line for every set that is known, as the program knows it."""

import re
from pathlib import Path

import pytest

from lakehouse.dataset.known_sets import KNOWN_SETS
from lakehouse.dataset.layout_regex import LayoutRegex
from lakehouse.settings.dataset import Dataset
from tests.named_sets import NAMED_SETS, NOT_SAYING_ALL

PAGE = (Path(__file__).parents[2] / "docs" / "layouts.md").read_text(encoding="utf-8")
TABLE = PAGE.split("## Known sets")[1].split("|---|---|---|---|\n")[1].split("\n\n")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines()]


def test_no_line_is_untested() -> None:
    assert [row[0] for row in ROWS] == [known.name for known in KNOWN_SETS]
    assert {row[0] for row in ROWS} == NAMED_SETS.keys() | NOT_SAYING_ALL.keys()


@pytest.mark.parametrize(("row", "known"), list(zip(ROWS, KNOWN_SETS, strict=True)))
def test_a_line_says_what_the_program_knows(row, known) -> None:
    _, example, layout, codes = row
    assert example == f"`{known.example}`"
    assert layout == f"`{known.layout}`" if known.layout else "--manifest" in layout
    assert codes == ", ".join(
        f"`{code}`" if code == name else f"`{code}` {name}"
        for code, name in known.expressions.items()
    )


def test_the_regular_expression_of_the_page_works() -> None:
    [pattern] = re.findall(r"^layout_regex = '(.*)'$", PAGE, re.MULTILINE)
    layout = LayoutRegex(
        Dataset(layout_regex=pattern).layout_regex or "", required={"participant", "expression"}
    )
    assert [layout.parse(path) is not None for path in ("S1a_happy", "S1-2_sad", "S1_sad")] == [
        True,
        True,
        False,
    ]
