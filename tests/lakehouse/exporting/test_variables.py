import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.exporting.variables import LONGEST_NAME, Level, describe_variables, legal_names


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("participant", "participant"),
        ("m05_00_2", "m05_00_2"),
        ("count(*)", "count___"),
        ("_hidden", "v_hidden"),
        ("1st", "v_1st"),
        ("by", "by_"),
        ("Ação", "A__o"),
        ("", "v_"),
    ],
)
def test_names_are_legal_everywhere(column, name):
    assert legal_names([column]) == [name]


def test_names_that_would_fall_together_are_told_apart():
    assert legal_names(["a b", "a-b", "A.B"]) == ["a_b", "a_b_2", "A_B_3"]


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_names_become_legal_and_different(columns):
    names = legal_names(columns)

    assert len({name.lower() for name in names}) == len(columns)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in names)
    assert all(len(name) <= LONGEST_NAME for name in names)


@pytest.fixture
def catalogue():
    with duckdb.connect() as connection:
        connection.execute(
            "create table expressions as select 'neutral' as expression, "
            "'00' as code, 'Neutral' as label_en"
        )
        connection.execute("create table a as select 1 as n, 'x' as same, 'neutral' as expression")
        connection.execute("create table b as select 1 as n, 'x' as same")
        for table, column, comment in [
            ("a", "n", "how many [count]"),
            ("b", "n", "something else [px]"),
            ("a", "same", "a word [text]"),
            ("b", "same", "a word [text]"),
        ]:
            connection.execute(f"comment on column {table}.{column} is '{comment}'")
        yield connection


def test_a_column_is_described_where_its_relations_agree(catalogue):
    columns = {"n": "INTEGER", "same": "VARCHAR", "new": "DOUBLE"}

    n, same, new = describe_variables(catalogue, columns, ["a", "b"])

    assert (n.label, n.unit, n.source) == ("n", "", "")
    assert (same.label, same.unit, same.source) == ("a word", "text", "a")
    assert (new.label, new.unit) == ("new", "")
    [alone] = describe_variables(catalogue, {"n": "INTEGER"}, ["a"])
    assert (alone.label, alone.unit) == ("how many", "count")


def test_expressions_have_the_studys_levels(catalogue):
    [expression] = describe_variables(catalogue, {"expression": "VARCHAR"}, ["a"])

    assert expression.levels == (Level("neutral", "Neutral", 0),)
