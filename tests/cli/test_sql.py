"""`lakehouse sql`: safe to hand to anyone, and in the form that is asked for."""

import json
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from lakehouse.paths import WarehousePaths
from tests.copies import copied

HOSTILE = [
    # writing files
    "copy scores to 'out.csv'",
    "copy (select 1) to 'out.parquet' (format parquet)",
    "copy scores from '/etc/hosts'",
    "export database 'out'",
    "import database '/etc'",
    "attach 'other.duckdb' as other",
    "attach ':memory:' as other",
    "detach lakehouse",
    "create secret stolen (type s3, key_id 'a', secret 'b')",
    "create persistent secret stolen (type s3)",
    "call enable_logging(storage = 'file', storage_path = 'out')",
    "pragma enable_profiling = 'json'",
    "set profiling_output = 'out.json'",
    # reading files
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from 'lake/scores.parquet'",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/proc/self/environ')",
    "select * from read_json('/etc/os-release')",
    "select * from read_parquet('../../*.parquet')",
    "select * from parquet_metadata('/etc/passwd')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from glob('**')",
    "select getenv('HOME')",
    "explain analyze select * from read_csv('/etc/passwd')",
    "with stolen as (select * from read_text('/etc/passwd')) select * from stolen",
    "select * from query('select * from read_text(''/etc/passwd'')')",
    "pivot (select * from read_text('/etc/passwd')) on filename using count(*)",
    # the network and extensions
    "install httpfs",
    "load httpfs",
    "force install spatial from community",
    "select * from read_csv('https://localhost/a.csv')",
    "select * from 's3://bucket/a.parquet'",
    # settings
    "set enable_external_access = true",
    "set memory_limit = '1TB'",
    "set global threads = 64",
    "set lock_configuration = false",
    "reset allowed_directories",
    "pragma threads = 64",
    "set variable a = 1",
    "use memory",
    # writing the warehouse
    "insert into scores values ('9', 'dbi', 1)",
    "delete from scores",
    "update settings set clusters_k = 1",
    "truncate scores",
    "merge into scores using scores as other on true when matched then delete",
    "drop table scores",
    "alter table scores add column stolen integer",
    "create table mine as select 1 as a",
    "create temp table mine as select 1 as a",
    "create view mine as select 1 as a",
    "create macro mine() as 1",
    "comment on table scores is 'mine'",
    "checkpoint",
    "vacuum",
    # sessions and several statements
    "begin",
    "prepare mine as select 1",
    "select 1; drop table scores",
    "select 1 as a; copy scores to 'out.csv'",
    "call pragma_version()",
    # what the engine runs inside questions and explanations
    "with mine as (copy scores to 'out.csv') select 1 as a",
    "with mine as (copy scores to '{database}' (use_tmp_file false)) select 1 as a",
    "with mine as (copy scores to '{database}.wal') select 1 as a",
    "with mine as (copy scores to '{database}.tmp/out.csv') select 1 as a",
    "from (with mine as (copy scores to '{database}.wal') select 1 as a)",
    "with mine as (insert into scores values ('9', 'dbi', 1) returning *) from mine",
    "with mine as (delete from scores returning *) from mine",
    "explain copy scores to '{database}.wal'",
    "explain analyze copy scores to '{database}.wal'",
    "explain (analyze, format json) copy scores to '{database}.wal'",
    "/* a */ explain -- b\n analyze /* c */ copy scores to '{database}.wal'",
    "explain analyze create temp table mine as select 1 as a",
    "explain analyze checkpoint",
    "copy (pivot scores on instrument using first(score)) to '{database}.wal'",
    "explain analyze copy (pivot scores on instrument using first(score)) to '{database}.wal'",
    "create temp table mine as pivot scores on instrument using first(score)",
    "from query('with mine as (co' || 'py scores to ''{database}.wal'') select 1')",
    "from \"query\" /* a */ ('select 1')",
    "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "select 1 as a, 'ação' as b, (with mine as (copy scores to 'out.csv') select 1) as c",
    # the warehouse's own files, and others by way of its folder
    *(
        pytest.param(
            query,
            marks=pytest.mark.kernel("an open file has no second name, and the engine reads it"),
        )
        for query in (
            "from read_blob('{database}')",
            "from read_text('{database}.wal')",
            "from read_duckdb('{database}', table_name = 'scores')",
        )
    ),
    "from glob('{database}*')",
    "from read_text('{root}/outside')",
    "from read_text('{database}.tmp/hosts')",
    "from '{root}/lake/scores.parquet'",
    "from parquet_schema('{root}/lake/scores.parquet')",
    "from read_json_objects('{root}/../*')",
    "from duckdb_secrets()",
]


@pytest.fixture(scope="module")
def with_links(small_warehouse, tmp_path_factory) -> WarehousePaths:
    """A warehouse in whose folder lie links to elsewhere."""
    root = copied(small_warehouse.root, tmp_path_factory.mktemp("links") / "warehouse")
    (root / "outside").symlink_to("/etc/hosts")
    (root / "lakehouse.duckdb.tmp").symlink_to("/etc")
    return WarehousePaths(root)


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_is_refused(with_links, tmp_path, monkeypatch, lakehouse, query):
    monkeypatch.chdir(tmp_path)
    before = files(with_links)
    query = query.replace("{database}", str(with_links.database))
    query = query.replace("{root}", str(with_links.root))

    result = lakehouse("--warehouse", with_links.root, "sql", query)

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("error: ")
    assert result.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
    assert files(with_links) == before


def test_a_features_old_name_is_refused_with_the_right_one(small_warehouse, lakehouse):
    query = "select corr(05-00_5, bai) as r from features_wide"

    result = lakehouse("--warehouse", small_warehouse.root, "sql", query)

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "error: 05-00_5 without quotes is arithmetic and no feature; write m05_00_5\n"
    )


def files(paths: WarehousePaths) -> dict[str, tuple[int, int]]:
    found = (file for file in paths.root.rglob("*") if not file.is_dir())
    return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in found}


@pytest.mark.parametrize(
    "query",
    [
        "describe scores",
        "summarize scores",
        "show tables",
        "from scores",
        "with known as (select * from scores) select count(*) as n from known",
        "pivot scores on instrument using first(score)",
        "explain select * from masks",
        "/* a */ explain (format json) from masks",
        "explain analyze pivot scores on instrument using first(score)",
        "values (1)",
        "table scores",
        "(select 1 as a) union all (select 2 as a)",
        "select 'copy' as a, 'query(' as \"copy\" -- copy scores to 'out.csv'",
        "unpivot scores on score",
        "select 1 as a;",
        "/* a remark */ select 1 as a",
    ],
)
def test_questions_of_every_kind_are_answered(small_warehouse, lakehouse, query):
    result = lakehouse("--warehouse", small_warehouse.root, "sql", query)

    assert (result.code, result.err) == (0, "")
    assert result.out


def test_a_plan_is_drawn(small_warehouse, lakehouse):
    result = lakehouse("--warehouse", small_warehouse.root, "sql", "explain from scores")

    assert "\\n" not in result.out
    assert result.out.count("\n") > 3


@pytest.mark.parametrize("more", [(), ("--format", "csv")])
def test_a_type_that_cannot_be_shown_is_one_line(small_warehouse, lakehouse, more):
    query = "from test_all_types()"

    result = lakehouse("--warehouse", small_warehouse.root, "sql", query, *more)

    assert result.code == 1
    assert result.err.count("\n") == 1


def test_the_ending_of_the_file_says_the_format(small_warehouse, tmp_path, lakehouse):
    query = "select participant from scores order by participant limit 1"
    for name in ("a.csv", "a.tsv", "a.json", "a.jsonl", "a.md", "a.parquet", "a.arrow"):
        result = lakehouse("--warehouse", small_warehouse.root, "sql", "-o", tmp_path / name, query)
        assert (result.code, result.err) == (0, f"wrote 1 rows to {tmp_path / name}\n")

    assert pl.read_parquet(tmp_path / "a.parquet")["participant"].to_list() == ["001"]
    assert pl.read_ipc(tmp_path / "a.arrow")["participant"].to_list() == ["001"]
    assert json.loads((tmp_path / "a.jsonl").read_text()) == {"participant": "001"}
    assert (tmp_path / "a.tsv").read_text() == (tmp_path / "a.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["-o", "a.txt"], "is not that of a known format"), (["-o", "a", "--format", "table"], "")],
)
def test_a_format_that_cannot_be_is_wrong_usage(small_warehouse, lakehouse, arguments, said):
    result = lakehouse("--warehouse", small_warehouse.root, "sql", "select 1 as a", *arguments)

    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_long_table_shows_its_first_rows_and_counts_the_others(small_warehouse, lakehouse):
    query = "select range as n from range(250000)"

    result = lakehouse("--warehouse", small_warehouse.root, "sql", "--rows", "2", query)

    assert result.out.split() == ["n", "0", "1", "…", "and", "249,998", "more", "rows"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "select count(*) as n from range(1000000000000) as r (n) where n % 7 = 3",
        "select a.range as a from range(1000000000) as a, range(1000) as b",
    ],
)
def test_an_interrupt_stops_a_query(small_warehouse, tmp_path, query):
    warehouse = copied(small_warehouse.root, tmp_path / "warehouse")
    command = [sys.executable, "-m", "lakehouse.cli", "--warehouse", warehouse, "sql"]
    before = sorted(tmp_path.rglob("*"))
    started = subprocess.Popen(
        [*command, "-o", tmp_path / "answer.csv", query], stderr=subprocess.PIPE, text=True
    )
    while not any(warehouse.glob(".query.*")):  # until the database is open
        assert started.poll() is None
        time.sleep(0.1)
    time.sleep(1)

    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=30)

    assert (started.returncode, said) == (
        1,
        "error: the query was interrupted; nothing was changed\n",
    )
    assert sorted(tmp_path.rglob("*")) == before
