"""What analysts add lies in `own`, is made by every build, and is never lost without a word."""

import duckdb
import polars as pl
import pytest

from lakehouse.errors import BuildError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.catalogue import about, described, relations
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.own.own_file import read_own
from lakehouse.warehouse.query import fetch
from tests.lean import LEAN

OWN = """\
-- What we ask again and again.
create view own.happy as
    select participant, mean_distance from pav_mask_means where expression = 'happiness';

/* of each of them */
create or replace table own."how far" as
    select participant, avg(mean_distance) as far from own.happy group by participant;
create macro own.twice(x) as 2 * x;
create macro own.of(who) as table select * from own.happy where participant = who;
create table own.counted as pivot own.happy on participant using count(*);
"""


def write(paths: WarehousePaths, text: str) -> None:
    paths.own.write_text(text, encoding="utf-8")


def rows(paths: WarehousePaths) -> dict[str, int]:
    names = ("own.happy", 'own."how far"', "own.of('001')", "own.counted")
    return {name: fetch(paths, f"select count(*) from {name}").item() for name in names}


@pytest.mark.slow
def test_what_the_file_makes_survives_builds_and_its_changes_are_noticed(
    warehouse: WarehousePaths,
) -> None:
    write(warehouse, OWN)

    assert not build(warehouse, LEAN).up_to_date
    first = rows(warehouse)
    assert first["own.happy"] == 4
    assert build(warehouse, LEAN).up_to_date
    build(warehouse, LEAN, force=True)
    assert rows(warehouse) == first
    assert fetch(warehouse, "select own.twice(21)").item() == 42
    with open_read_only(warehouse) as connection:
        assert described(connection, "own.happy").kind == "view"
        assert described(connection, "own.twice").call == "own.twice(x)"
        assert about(connection, "happy")["name"].to_list() == ["own.happy"]

    write(warehouse, OWN.replace("create macro own.twice(x) as 2 * x;\n", ""))
    assert not build(warehouse, LEAN).up_to_date
    warehouse.own.unlink()
    assert not build(warehouse, LEAN).up_to_date
    found = fetch(warehouse, "select count(*) from duckdb_schemas() where schema_name = 'own'")
    assert found.item() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "line", "said"),
    [
        ("drop table photos", 3, "drop table photos … is not allowed"),
        ("create view mine as select 1", 3, "create view mine as … is not allowed"),
        ("create view main.mine as select 1", 3, "create view main.mine as … is not allowed"),
        ("create temp view own.mine as select 1", 3, "is not allowed"),
        ("create schema other", 3, "is not allowed"),
        ("select 1", 3, "select 1 … is not allowed"),
        ("set threads = 1", 3, "is not allowed"),
        ("copy photos to 'x.csv'", 3, "is not allowed"),
        ("create view own.mine as\nselect nothing\nfrom scores", 4, "own.mine: "),
        ("create view own.mine as\nfrom unheard_of", 4, "own.mine: "),
        ("create view own.mine as\nselect 1 +", 4, "syntax error"),
        ("create vieww own.mine as select 1", 3, "syntax error"),
        (
            "create table own.mine as with gone as (delete from photos returning *) from gone",
            3,
            "own.mine: delete is not allowed",
        ),
        (
            "create macro own.m() as table with x as (insert into photos from photos) from x",
            3,
            "own",
        ),
        ("create table own.mine as from 'other.csv'", 3, "own.mine: "),
        ("create table own.mine as from read_csv('other.csv')", 3, "own.mine: "),
        ("create view own.mine as from source_photos", 3, "own.mine: reads source_photos"),
        ("create table own.mine as from statements", 3, "own.mine: "),
        ("create view own.mine as select corr(05-00_5, dbi) from scores", 3, "m05_00_5"),
        ("attach 'x.duckdb' as x", 3, "is not allowed"),
        ("install httpfs", 3, "is not allowed"),
        ("pragma database_list", 3, "is not allowed"),
        ("delete from build_info", 3, "is not allowed"),
        ("drop schema internal cascade", 3, "is not allowed"),
        ("create view internal.mine as select 1", 3, "is not allowed"),
        ("alter table photos rename to pictures", 3, "is not allowed"),
        ("comment on table photos is 'mine'", 3, "is not allowed"),
        ("export database 'x'", 3, "is not allowed"),
        ("begin", 3, "is not allowed"),
        ("create view own.fine as select 2 as two", 3, "own.fine: "),
        ("create or replace table own.fine as select 2 as two", 3, "own.fine: "),
        ("create or replace view own.fine as from own.fine", 3, "own.fine: infinite recursion"),
        (
            "create view own.mine as from own.fine; create or replace view own.fine as from "
            "own.mine",
            3,
            "infinite recursion",
        ),
        (
            "create view own.mine as select one from own.fine; create or replace view own.fine as "
            "select 2 as two",
            3,
            "own.mine: ",
        ),
        ("create macro own.f(x) as own.f(x); create table own.t as select own.f(1)", 3, "own.f"),
        ("create table own.mine as from glob('*')", 3, "own.mine: "),
        ("create table own.mine as from query('from read_text(1)')", 3, "query is not allowed"),
        ("create table own.mine as select $1 as x", 3, "own.mine: "),
        ("create table own.mine as select error('a' || chr(10) || 'b') as x", 3, "own.mine: a"),
    ],
)
def test_nothing_else_is_allowed_and_an_error_names_the_line_and_the_statement(
    warehouse: WarehousePaths,
    monkeypatch: pytest.MonkeyPatch,
    statement: str,
    line: int,
    said: str,
) -> None:
    monkeypatch.chdir(warehouse.root)
    (warehouse.root / "other.csv").write_text("a\n1\n", encoding="utf-8")
    before = warehouse.database.read_bytes()
    write(warehouse, f"-- mine\ncreate view own.fine as select 1 as one;\n{statement};\n")

    with pytest.raises(BuildError) as raised:
        build(warehouse, LEAN)

    assert raised.value.where == f"{warehouse.own}, line {line}"
    assert said in raised.value.what
    assert raised.value.fix
    assert "\n" not in str(raised.value)
    assert warehouse.database.read_bytes() == before


@pytest.mark.slow
def test_views_that_fail_or_never_end_leave_the_list_of_tables(warehouse: WarehousePaths) -> None:
    write(
        warehouse,
        "create view own.endless as with recursive r(a) as (select 1 union all select a + 1 from r)"
        " from r;\ncreate view own.failing as select error('no') as x from photos;\n"
        "create table own.one as select 1 as x;",
    )
    build(warehouse, LEAN)

    with open_read_only(warehouse) as connection:
        listed = relations(connection).filter(pl.col("name").str.starts_with("own."))

    assert listed.select("name", "rows").rows() == [
        ("own.endless", None),
        ("own.failing", None),
        ("own.one", 1),
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"select " + b"(" * 9999])
def test_what_is_no_sql_is_refused(warehouse: WarehousePaths, content: bytes) -> None:
    warehouse.own.write_bytes(content)

    with pytest.raises(BuildError, match=r"own\.sql"):
        build(warehouse, LEAN)


@pytest.mark.slow
def test_a_file_of_comments_makes_nothing(warehouse: WarehousePaths) -> None:
    write(warehouse, "-- nothing yet\n")

    assert read_own(warehouse) == ()
    build(warehouse, LEAN)


@pytest.mark.slow
def test_what_was_made_in_the_database_itself_is_not_lost_without_a_word(
    warehouse: WarehousePaths,
) -> None:
    with duckdb.connect(str(warehouse.database)) as connection:
        connection.execute("create schema own")
        connection.execute("create view own.mine as select 1 as one")
        connection.execute("create macro own.more(x) as x + 1")
    assert build(warehouse, LEAN).up_to_date
    write(warehouse, OWN)

    with pytest.raises(BuildError, match=r"holds own\.mine, own\.more") as raised:
        build(warehouse, LEAN)
    assert raised.value.fix is not None
    assert str(warehouse.own) in raised.value.fix
    assert fetch(warehouse, "from own.mine").item() == 1

    build(warehouse, LEAN, force=True)
    assert rows(warehouse)["own.happy"] == 4
