"""Tables in the place of those that docs/calibration.md has between its marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "calibration.md"


def with_tables(page: str, tables: Mapping[str, Sequence[str]]) -> str:
    """Replace what stands between the marks of each table.

    Raises
    ------
    ValueError
        If the page lacks a mark.
    """
    for name, lines in tables.items():
        marks = rf"(<!-- {name}: made by [^>]*-->\n)(.*?)(<!-- end -->)"
        body = "\n".join(["", *lines, "", ""])
        page, replaced = re.subn(
            marks, lambda found, body=body: found[1] + body + found[3], page, flags=re.DOTALL
        )
        if replaced != 1:
            raise ValueError(f"{PAGE.name} has {replaced} places for the table {name}, not 1")
    return page


def table_in(page: str, name: str) -> list[str]:
    """Read the lines between the marks of a table."""
    [found] = re.findall(rf"<!-- {name}: made by [^>]*-->\n(.*?)<!-- end -->", page, re.DOTALL)
    return [line for line in found.splitlines() if line]
