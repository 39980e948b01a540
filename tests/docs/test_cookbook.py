"""Every question of the cookbook, asked again."""

import re
import runpy
from pathlib import Path

import duckdb
import pytest
from lakehouse.cli.main import run

from tests.shell import type_line

DOCS = Path(__file__).parent.parent.parent / "docs"
BOOK = runpy.run_path(str(DOCS / "cookbook.py"))
PAGE = (DOCS / "cookbook.md").read_text(encoding="utf-8")
RECIPES = [(found["query"], found["answer"]) for found in BOOK["RECIPE"].finditer(PAGE)]


[ASK] = re.findall(r"`(lakehouse --warehouse trial sql \"…\")`", PAGE)
OTHERS = [
    (page.name, query)
    for page in sorted(DOCS.glob("*.md"))
    if page.name != "cookbook.md"
    for query in re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
]
"""Queries of other pages, which print no answer."""

FOR_A_CLIENT = [each for each in OTHERS if len(duckdb.extract_statements(each[1])) > 1]
"""Several statements at once, which `lakehouse sql` refuses and any client of DuckDB takes."""


@pytest.fixture(scope="session")
def study(once):
    return once("cookbook", lambda folder: BOOK["make_study"](folder / "warehouse"))


@pytest.fixture
def ask(study, tmp_path, capsys):
    """Type a query between double quotes, as the page does, and give what is printed."""

    def call(query: str) -> str:
        typed = type_line(ASK.replace("…", query), tmp_path, tmp_path / "shell")
        assert run([str(study.root) if word == "trial" else word for word in typed.words]) == 0
        return capsys.readouterr().out

    return call


def test_there_are_many_questions_each_with_an_answer():
    assert len(RECIPES) == PAGE.count("\n### ") >= 30
    assert all(answer.count("\n") > 1 for _, answer in RECIPES)


@pytest.mark.slow
@pytest.mark.parametrize(("query", "answer"), RECIPES)
def test_the_answer_is_what_the_page_says(ask, query, answer):
    lines = ask(query.strip()).splitlines()

    shown = [f"    {line}".rstrip() for line in lines]
    assert shown == answer.splitlines(), "run `python docs/cookbook.py`"


@pytest.mark.slow
@pytest.mark.parametrize(("page", "query"), [each for each in OTHERS if each not in FOR_A_CLIENT])
def test_a_query_of_another_page_is_answered(ask, page, query):
    assert ask(query.strip()).splitlines(), page


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted({page for page, _ in FOR_A_CLIENT}))
def test_what_a_page_types_into_a_client_is_answered(study, monkeypatch, page):
    monkeypatch.chdir(study.root.parent)
    typed = "".join(query for name, query in FOR_A_CLIENT if name == page)

    with duckdb.connect() as client:
        for statement in duckdb.extract_statements(typed):
            answer = client.execute(statement)
            asks = statement.type == duckdb.StatementType.SELECT
            assert not asks or answer.fetchall(), statement.query


def test_there_are_other_queries():
    assert [page for page, _ in FOR_A_CLIENT].count("own.md") == 2
    assert {page for page, _ in OTHERS} >= {"alignment.md", "tables.md"}
