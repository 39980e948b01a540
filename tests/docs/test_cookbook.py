"""Every question of the cookbook, asked again."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"
BOOK = runpy.run_path(str(DOCS / "cookbook.py"))
PAGE = (DOCS / "cookbook.md").read_text(encoding="utf-8")
RECIPES = [(found["query"], found["answer"]) for found in BOOK["RECIPE"].finditer(PAGE)]


@pytest.fixture(scope="session")
def study(once):
    return once("cookbook", lambda folder: BOOK["make_study"](folder / "warehouse"))


def test_there_are_many_questions_each_with_an_answer():
    assert len(RECIPES) == PAGE.count("\n### ") >= 30
    assert all(answer.count("\n") > 1 for _, answer in RECIPES)


@pytest.mark.slow
@pytest.mark.parametrize(("query", "answer"), RECIPES)
def test_the_answer_is_what_the_page_says(study, query, answer):
    lines = BOOK["answer"](study, query).splitlines()

    shown = [f"    {line}".rstrip() for line in lines]
    assert shown == answer.splitlines(), "run `python docs/cookbook.py`"
