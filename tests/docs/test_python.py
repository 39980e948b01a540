"""The page "From Python": its lines are run, and its pictures are those its lines draw."""

import runpy
from pathlib import Path

import pytest
from PIL import Image

from tests.copies import copied

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = runpy.run_path(str(DOCS / "python_page.py"))


@pytest.mark.slow
def test_the_lines_give_what_the_page_says(once, tmp_path):
    make_study = runpy.run_path(str(DOCS / "cookbook.py"))["make_study"]
    study = once("cookbook", lambda folder: make_study(folder / "warehouse"))
    copied(study.root, tmp_path / "trial")
    result = PAGE["follow"](tmp_path)
    assert (result.failed, result.attempted > 20) == (0, True)
    for name in PAGE["PICTURES"]:
        with Image.open(tmp_path / name) as drawn, Image.open(DOCS / name) as shown:
            assert drawn.size == shown.size, "run `python docs/python_page.py`"


def test_the_page_shows_its_pictures():
    text = (DOCS / "python.md").read_text(encoding="utf-8")
    assert [name for name in PAGE["PICTURES"] if f"]({name})" not in text] == []
