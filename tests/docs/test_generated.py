"""Pages that are made from the program say what it says now."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = runpy.run_path(str(DOCS / "generate.py"))["PAGES"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name):
    written = (DOCS / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "run `python docs/generate.py`"
