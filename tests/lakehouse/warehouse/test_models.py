import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from lakehouse.errors import BuildError
from lakehouse.warehouse import models
from lakehouse.warehouse.models import Check, Extra, Model, load_checks, load_models

HEADER = """/*
row = "a row"
key = ["a"]
materialized = "table"

[columns]
a = ["1", "a number"]
*/
"""
RULE = '/*\nrule = "a is positive"\n*/\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of SQL files in place of the study's."""
    monkeypatch.setattr(models, "files", lambda package: tmp_path)
    return tmp_path


def write(folder: Path, header: str = HEADER, **queries: str) -> None:
    """Write a model for each query; double underscores stand for the folder's slash."""
    for name, query in queries.items():
        file = folder / f"{name.replace('__', '/')}.sql"
        file.parent.mkdir(exist_ok=True)
        file.write_text(header + query)


def of_extra(extra: str) -> str:
    """Write the header of a model that belongs to an extra."""
    return HEADER.replace("key =", f'extra = "{extra}"\nkey =')


def loaded() -> tuple[Model, ...]:
    return load_models.__wrapped__()


def checks() -> tuple[Check, ...]:
    return load_checks.__wrapped__()


def refused() -> BuildError:
    with pytest.raises(BuildError) as raised:
        loaded()
    assert "\n" not in str(raised.value)
    return raised.value


def test_models_are_ordered_by_what_they_read_not_by_name(folder: Path) -> None:
    write(
        folder,
        one__a="select a from c",
        one__b="select a from source_photos",
        two__c="with a as (select a from b) select a from a",
    )

    assert [model.name for model in loaded()] == ["b", "c", "a"]


def test_a_model_is_its_header_and_its_query(folder: Path) -> None:
    write(folder, one__a="select 1 as a\n")

    [model] = loaded()

    assert (model.name, model.folder, model.query) == ("a", "one", "select 1 as a")
    assert model.header.key == ["a"]
    assert model.header.materialized == "table"
    assert model.header.columns == {"a": ("1", "a number")}


def test_files_that_are_not_in_a_folder_or_not_sql_are_no_models(folder: Path) -> None:
    write(folder, one__a="select 1 as a")
    (folder / "loose.sql").write_text("select 1")
    (folder / "one" / "notes.md").write_text("see a.sql")

    assert [model.name for model in loaded()] == ["a"]


def test_models_in_a_circle_are_refused_with_the_circle(folder: Path) -> None:
    write(folder, one__a="select a from b", one__b="select a from a", one__c="select 1 as a")

    error = refused()

    assert "read each other" in error.what
    assert "a → b" in error.what or "b → a" in error.what


EPHEMERAL = HEADER.replace("table", "ephemeral")


def test_an_ephemeral_model_is_written_into_the_queries_that_read_it(folder: Path) -> None:
    write(folder, EPHEMERAL, one__e="select 1 as a")
    write(
        folder,
        one__a="select a from e",
        one__b="with c as (select a from e) select a from c",
        one__n="select a from a",
    )

    queries = {model.name: model.query for model in loaded()}

    assert queries == {
        "a": "with e as (\nselect 1 as a\n)\n\nselect a from e",
        "b": "with e as (\nselect 1 as a\n),\n\nc as (select a from e) select a from c",
        "n": "select a from a",
    }


def test_ephemeral_models_may_read_each_other_and_are_written_once_each(folder: Path) -> None:
    write(
        folder,
        EPHEMERAL,
        one__z="select a + 1 as a from source_photos",
        one__y="select a + 2 as a from z",
        one__x="with c as (select a from y) select c.a from c, z",
    )
    write(folder, one__a="select a from x, y, b", one__b="select 4 as a")

    [b, a] = loaded()

    assert (b.name, a.name) == ("b", "a")
    assert [a.query.count(f"{name} as (") for name in "zyxc"] == [1, 1, 1, 1]
    assert a.query.index("z as (") < a.query.index("y as (") < a.query.index("x as (")
    with duckdb.connect() as connection:
        connection.execute("create table source_photos as select 10 as a")
        connection.execute("create table b as select 4 as a")
        query = a.query.replace("select a from x, y, b", "select x.a, y.a, b.a from x, y, b")
        assert connection.execute(query).fetchall() == [(13, 13, 4)]


def test_what_an_ephemeral_model_reads_is_made_before_the_models_it_is_in(folder: Path) -> None:
    write(folder, EPHEMERAL, one__e="select a from z")
    write(folder, one__a="select a from e", one__z="select 1 as a")

    assert [model.name for model in loaded()] == ["z", "a"]


def test_reading_an_unknown_relation_is_refused(folder: Path) -> None:
    write(folder, one__a="select a from elsewhere, source_photos")

    assert str(refused()) == "a.sql: reads unknown elsewhere"


def test_two_models_of_one_name_are_refused(folder: Path) -> None:
    write(folder, one__a="select 1 as a", two__a="select 2 as a")

    assert refused().where == "a.sql"


@pytest.mark.parametrize(
    "text",
    [
        "select 1 as a",
        "-- a comment\n" + HEADER + "select 1 as a",
        "/*\nrow = 'never closed'\nselect 1 as a",
        HEADER.replace("row =", "row") + "select 1 as a",
        HEADER.replace('row = "a row"\n', "") + "select 1 as a",
        HEADER.replace('"a row"', '""') + "select 1 as a",
        HEADER.replace('["a"]', "[]") + "select 1 as a",
        HEADER.replace('"table"', '"index"') + "select 1 as a",
        HEADER.replace('["1", "a number"]', '"a number"') + "select 1 as a",
        HEADER.replace("row =", "nonsense = 1\nrow =") + "select 1 as a",
        of_extra("halves") + "select 1 as a",
        HEADER.replace("row =", 'batch = "a"\nrow =') + "select 1 as a",
    ],
    ids=[
        "no header",
        "not at the beginning",
        "not closed",
        "not TOML",
        "no row",
        "empty row",
        "empty key",
        "wrong kind",
        "no unit",
        "unknown key",
        "unknown extra",
        "a batch of no step",
    ],
)
def test_a_wrong_header_is_refused_with_its_file(folder: Path, text: str) -> None:
    (folder / "one").mkdir()
    (folder / "one" / "a.sql").write_text(text)

    error = refused()

    assert error.where == "a.sql"
    assert "header" in error.what


def test_a_part_may_read_what_every_build_makes_and_itself(folder: Path) -> None:
    write(folder, one__a="select 1 as a")
    write(folder, of_extra("pairs"), one__b="select a from a", one__c="select a from b")
    write(folder, of_extra("statistics"), one__d="select a from a")

    parts = {model.name: model.header.extra for model in loaded()}

    assert parts == {"a": None, "b": Extra.PAIRS, "c": Extra.PAIRS, "d": Extra.STATISTICS}


@pytest.mark.parametrize("header", [HEADER, of_extra("statistics")], ids=["no extra", "another"])
def test_nothing_else_may_read_a_part(folder: Path, header: str) -> None:
    write(folder, of_extra("pairs"), one__a="select 1 as a")
    write(folder, header, one__b="select a from a")

    assert str(refused()) == (
        "b.sql: reads a, which may not be there: only models of the extra pairs may"
    )


def test_the_comment_of_a_part_says_what_makes_it(folder: Path) -> None:
    write(folder, of_extra("pairs"), one__a="select 1 as a")

    [model] = loaded()

    assert model.comment == "A row is a row. Key: a. Made by `lakehouse build --pairs`."


def test_checks_are_not_models(folder: Path) -> None:
    write(folder, one__a="select 1 as a")
    (folder / "checks").mkdir()
    (folder / "checks" / "positive.sql").write_text(RULE + "select a from a where a <= 0\n")

    assert [model.name for model in loaded()] == ["a"]
    assert checks() == (
        Check(name="positive", rule="a is positive", query="select a from a where a <= 0"),
    )


def test_a_check_without_a_rule_is_refused(folder: Path) -> None:
    write(folder, checks__positive="select a from a")

    with pytest.raises(BuildError, match=r"positive\.sql: has a wrong header"):
        checks()


def test_comments_hold_the_row_the_key_and_the_source(folder: Path) -> None:
    write(folder, one__a="select 1 as a")
    [bare] = loaded()
    header = bare.header.model_copy(update={"note": "Read on.", "source": "paper, section 3"})

    assert bare.comment == "A row is a row. Key: a."
    assert bare.model_copy(update={"header": header}).comment == (
        "A row is a row. Key: a. Read on. Source: paper, section 3."
    )
    assert bare.column_comment("a") == "a number [1]"
    with pytest.raises(BuildError, match=r"a\.sql: column b is not described"):
        bare.column_comment("b")


def test_a_star_describes_the_columns_that_are_not_named(folder: Path) -> None:
    write(folder, one__a="select 1 as a")
    [model] = loaded()
    columns = {**model.header.columns, "*": ("px", "any other")}
    starred = model.model_copy(
        update={"header": model.header.model_copy(update={"columns": columns})}
    )

    assert starred.column_comment("a") == "a number [1]"
    assert starred.column_comment("b") == "any other [px]"


def test_a_model_knows_what_it_rests_on_through_others(folder: Path) -> None:
    ephemeral = HEADER.replace('"table"', '"ephemeral"')
    write(folder, one__a="select a from source_x", one__d="select 1 as a")
    write(folder, ephemeral, one__b="select a from a")
    write(folder, one__c="select a from b")

    rests = {model.name: model.rests_on for model in loaded()}

    assert rests == {"a": frozenset(), "d": frozenset(), "c": {"a", "b"}}


@pytest.mark.slow
def test_the_order_is_the_same_in_every_process() -> None:
    ask = "from lakehouse.warehouse.models import load_models as of; print(*(m.name for m in of()))"
    orders = {
        subprocess.run(
            [sys.executable, "-c", ask],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "0123"
    }
    assert len(orders) == 1
