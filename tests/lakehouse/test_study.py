"""The door for notebooks: what it gives, what it refuses, and what it leaves behind."""

import doctest
import gc
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import polars as pl
import pytest

import lakehouse
import lakehouse.study
from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.copies import copied
from tests.lean import LEAN


@pytest.fixture
def study(small_warehouse: WarehousePaths):
    with lakehouse.open(small_warehouse.root) as opened:
        yield opened


@pytest.mark.slow
def test_the_examples_hold(small_warehouse, study):
    names = {"lakehouse": lakehouse, "warehouse": small_warehouse.root, "study": study}
    for found in doctest.DocTestFinder().find(lakehouse.study, globs=names):
        result = doctest.DocTestRunner().run(found)
        assert result.failed == 0


def test_there_is_an_example_for_each_thing_a_study_can_do():
    found = {each.name for each in doctest.DocTestFinder().find(lakehouse.study) if each.examples}
    assert {"sql", "table", "tables", "describe", "figures", "figure"} <= {
        name.rpartition(".")[2] for name in found
    }


def test_answers_are_those_of_the_command(small_warehouse, study):
    query = "select * from mask_averages order by mask"
    assert study.sql(query).equals(fetch(small_warehouse, query))


def test_values_have_a_place(study):
    found = study.sql(
        "from expressions where expression in (select unnest($words)) and code > $code",
        words=["fear", "anger"],
        code="01",
    )
    assert found["expression"].to_list() == ["fear"]


def test_a_value_may_have_any_name(study):
    assert study.sql("select $query || $self as said", query="a", self="b").item() == "ab"


def test_a_value_is_never_a_part_of_the_query(study):
    text = "'; drop table photos; --"
    assert study.sql("select $text as said", text=text).item() == text


@pytest.mark.parametrize(
    ("query", "values", "said"),
    [
        ("select $x", {}, r"\$x, and no value"),
        ("select ?", {}, r"\$1, and no value"),
        ("select 1", {"x": 1}, "given for x, and the query has no place"),
        ("select $x", {"x": 1, "y": 1}, "given for y"),
    ],
)
def test_values_and_places_are_the_same(study, query, values, said):
    with pytest.raises(QueryError, match=said):
        study.sql(query, **values)


@pytest.mark.parametrize(
    "query",
    ["drop table photos", "select 1; select 2", "from 'other.csv'", "copy photos to 'x.csv'"],
)
def test_nothing_but_the_study_is_read_or_changed(study, query, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(QueryError):
        study.sql(query)
    assert [each.name for each in tmp_path.iterdir()] == ["other.csv"]


def test_the_connection_cannot_write_either(study):
    with pytest.raises(duckdb.Error):
        study.connection.execute("drop table photos")
    with pytest.raises(duckdb.Error):
        study.connection.execute("set enable_external_access = true")


def test_frames_of_ones_own_are_joined_with_the_studys(study):
    people = study.sql("select participant from participants order by participant")
    study.connection.register("ages", people.with_columns(age=pl.lit(30)))
    found = study.sql("select avg(age) as age from participants join ages using (participant)")
    assert found.item() == 30


@pytest.mark.slow
def test_every_relation_can_be_had_whole(study):
    listed = study.tables()
    assert listed.columns == ["name", "kind", "rows", "key", "description"]
    for name, rows in listed.select("name", "rows").iter_rows():
        if rows < 100_000:
            assert study.table(name).shape == (rows, len(study.describe(name)))


@pytest.mark.parametrize("ask", [lakehouse.Study.table, lakehouse.Study.describe])
def test_a_wrong_name_brings_near_ones(study, ask):
    with pytest.raises(QueryError, match="did you mean correlations"):
        ask(study, "corelations")


def test_a_closed_study_says_so(small_warehouse):
    with lakehouse.open(small_warehouse.root) as study:
        pass
    study.close()
    assert repr(study) == f"<Study of {small_warehouse.root}, closed>"
    with pytest.raises(QueryError, match="the study is closed"):
        study.sql("select 1")
    with pytest.raises(QueryError, match="the study is closed"):
        _ = study.connection


def test_there_may_be_no_warehouse(tmp_path):
    with pytest.raises(QueryError, match="there is no warehouse yet"):
        lakehouse.open(tmp_path)


def test_many_are_open_at_once(small_warehouse):
    ask = "select count(*) as n from photos"
    with lakehouse.open(small_warehouse.root) as first:
        with lakehouse.open(small_warehouse.root) as second:
            assert first.sql(ask).equals(second.sql(ask))
        with pytest.raises(QueryError, match="closed"):
            second.sql(ask)
        assert first.sql(ask).item() > 0


@pytest.mark.slow
@pytest.mark.kernel("a file that is open cannot be replaced there")
def test_many_are_open_at_once_and_keep_what_they_opened(small_warehouse, tmp_path):
    paths = WarehousePaths(copied(small_warehouse.root, tmp_path / "warehouse"))
    changed = LEAN.model_copy(
        update={"quality": LEAN.quality.model_copy(update={"max_yaw": 17.25})}
    )
    ask = "select max_yaw from settings"
    with lakehouse.open(paths.root) as first, lakehouse.open(paths.root) as second:
        build(paths, changed)
        with lakehouse.open(paths.root) as third:
            answers = [study.sql(ask).item() for study in (first, second, third)]
    assert answers == [None, None, 17.25]


def test_threads_may_share_one(study):
    answers: list[int] = []
    query = "select count(*) as n from photos where participant <> $name"

    def ask(name):
        answers.extend(study.sql(query, name=name).item() for _ in range(5))

    threads = [threading.Thread(target=ask, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [study.sql("select count(*) as n from photos").item()] * 20


def test_what_is_forgotten_closes_itself(small_warehouse, tmp_path):
    paths = WarehousePaths(copied(small_warehouse.root, tmp_path / "warehouse"))
    before = sorted(each.name for each in paths.root.iterdir())
    study = lakehouse.open(paths.root)
    connection = study.connection
    del study
    gc.collect()
    with pytest.raises(duckdb.ConnectionException):
        connection.execute("select 1")
    assert sorted(each.name for each in paths.root.iterdir()) == before


ALONE = """
import sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("mediapipe", "cv2", "typer", "rich"):
            raise ImportError(name)

sys.meta_path.insert(0, Refused())
from lakehouse import open
with open(sys.argv[1]) as study:
    print(study.sql("select count(*) as n from participants").item())
"""


@pytest.mark.slow
def test_a_notebook_needs_neither_mediapipe_nor_the_commands(small_warehouse):
    done = subprocess.run(
        [sys.executable, "-c", ALONE, small_warehouse.root],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    expected = fetch(small_warehouse, "select count(*) as n from participants").item()
    assert int(done.stdout) == expected


@pytest.mark.slow
def test_the_module_runs_as_the_command_does(small_warehouse, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "lakehouse", "--warehouse", small_warehouse.root, "sql", "drop x"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1


def test_what_is_offered_is_listed():
    assert {"open", "extract", "build", "Study", "LakehouseError"} <= set(dir(lakehouse))
    with pytest.raises(AttributeError, match="nothing"):
        _ = lakehouse.nothing


def test_a_path_may_be_text(small_warehouse):
    with lakehouse.open(str(Path(small_warehouse.root))) as study:
        assert study.sql("select 1 as one").item() == 1
