import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import FileFormat, answered, fetch, write_answer

Save = Callable[[str, FileFormat], bytes]

TYPES = """
    select
        true as flag,
        cast(7 as smallint) as small,
        cast(1.25 as decimal(6, 2)) as money,
        sum(n) as total,
        cast(0.5 as double) as half,
        date '2026-02-03' as day,
        timestamp '2026-02-03 04:05:06' as moment,
        'ação, "x"' as text,
        cast(null as varchar) as nothing
    from range(4) as listed (n)
"""


@pytest.fixture
def save(small_warehouse: WarehousePaths, tmp_path: Path) -> Save:
    def saved(query: str, file_format: FileFormat) -> bytes:
        target = tmp_path / "answer"
        with answered(small_warehouse, query) as reader:
            rows = write_answer(reader, file_format, target)
        with answered(small_warehouse, query) as reader:
            assert rows == reader.read_all().num_rows
        return target.read_bytes()

    return saved


def test_an_answer_is_a_frame(small_warehouse: WarehousePaths) -> None:
    frame = fetch(small_warehouse, "select participant, score from scores where score is null")

    assert frame.to_dicts() == [{"participant": "003", "score": None}]


def test_an_empty_answer_keeps_its_columns_and_types(small_warehouse: WarehousePaths) -> None:
    frame = fetch(small_warehouse, "select participant, score from scores where false")

    assert dict(frame.schema) == {"participant": pl.String, "score": pl.Float64}
    assert frame.is_empty()


def test_csv_has_a_header_and_quotes_where_needed(save: Save) -> None:
    [row] = csv.DictReader(io.StringIO(save(TYPES, "csv").decode()))

    assert row == {
        "flag": "true",
        "small": "7",
        "money": "1.25",
        "total": "6",
        "half": "0.5",
        "day": "2026-02-03",
        "moment": "2026-02-03T04:05:06.000000",
        "text": 'ação, "x"',
        "nothing": "",
    }


def test_json_has_an_object_per_row_numbers_being_numbers(save: Save) -> None:
    [row] = json.loads(save(TYPES, "json"))

    assert row == {
        "flag": True,
        "small": 7,
        "money": 1.25,
        "total": 6,
        "half": 0.5,
        "day": "2026-02-03",
        "moment": "2026-02-03 04:05:06",
        "text": 'ação, "x"',
        "nothing": None,
    }


def test_json_has_null_for_what_is_no_number(save: Save) -> None:
    found = save("select cast('nan' as double) as a, cast('inf' as double) as b", "json")

    assert json.loads(found, parse_constant=lambda name: pytest.fail(name)) == [
        {"a": None, "b": None}
    ]


def test_parquet_keeps_types(save: Save) -> None:
    table = pq.read_table(pa.BufferReader(save(TYPES + " union all " + TYPES, "parquet")))

    assert table.num_rows == 2
    assert [str(table.schema.field(name).type) for name in ("flag", "small", "money", "day")] == [
        "bool",
        "int16",
        "decimal128(6, 2)",
        "date32[day]",
    ]
    assert table["text"].to_pylist() == 2 * ['ação, "x"']


def test_lists_and_structs_are_held_by_json_and_parquet(save: Save) -> None:
    query = "select [1, 2] as list, {'a': 'x'} as struct"
    expected = [{"list": [1, 2], "struct": {"a": "x"}}]

    assert json.loads(save(query, "json")) == expected
    assert pq.read_table(pa.BufferReader(save(query, "parquet"))).to_pylist() == expected


def test_lists_are_refused_by_csv_with_what_to_do(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    with (
        pytest.raises(QueryError, match="--format parquet") as raised,
        answered(small_warehouse, "select [1, 2] as list") as reader,
    ):
        write_answer(reader, "csv", tmp_path / "answer.csv")

    assert "\n" not in str(raised.value)
    assert not (tmp_path / "answer.csv").exists()


@pytest.mark.parametrize(
    ("file_format", "expected"), [("csv", b"participant,score\n"), ("json", b"[]\n")]
)
def test_an_empty_answer_is_a_file_that_says_so(
    save: Save, file_format: FileFormat, expected: bytes
) -> None:
    assert save("select participant, score from scores where false", file_format) == expected


def test_an_empty_parquet_file_keeps_its_columns(save: Save) -> None:
    found = save("select participant, score from scores where false", "parquet")

    table = pq.read_table(pa.BufferReader(found))
    assert (table.num_rows, table.column_names) == (0, ["participant", "score"])


@pytest.mark.parametrize("file_format", ["csv", "json", "parquet"])
def test_an_answer_of_many_batches_is_one_table(save: Save, file_format: FileFormat) -> None:
    found = save("select n, n % 7 as rest from range(250_001) as listed (n)", file_format)

    read = {"csv": pl.read_csv, "json": pl.read_json, "parquet": pl.read_parquet}[file_format]
    frame = read(io.BytesIO(found))
    assert frame.columns == ["n", "rest"]
    assert frame["n"].sort().to_list() == list(range(250_001))


def test_without_a_file_the_answer_goes_to_standard_output(
    small_warehouse: WarehousePaths, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with answered(small_warehouse, "select 1 as a") as reader:
        assert write_answer(reader, "csv", None) == 1

    assert capfdbinary.readouterr().out == b"a\n1\n"


def test_a_file_that_cannot_be_written_is_named(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    target = tmp_path / "no folder" / "answer.csv"

    with (
        answered(small_warehouse, "select 1 as a") as reader,
        pytest.raises(QueryError) as raised,
    ):
        write_answer(reader, "csv", target)

    assert raised.value.where == str(target)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from scores",
        "insert into scores values ('9', 'dbi', 1)",
        "create table mine as select 1 as a",
        "copy scores to 'scores.csv'",
        "copy (select 1) to 'one.parquet'",
        "export database 'everything'",
        "attach 'other.duckdb'",
        "select * from read_csv('/etc/hosts')",
        "select * from '/etc/hosts'",
        "select * from read_text('/etc/hosts')",
        "select * from glob('/etc/*')",
        "set enable_external_access = true",
        "pragma enable_profiling",
        "install httpfs",
        "load httpfs",
    ],
)
def test_a_query_cannot_write_nor_read_other_files(
    small_warehouse: WarehousePaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    statement: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(QueryError) as raised:
        fetch(small_warehouse, statement)

    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select scor from scores", "scor"),
        ("select * from scoers", "scoers"),
        ("selec 1", "syntax error"),
        ("select cast(participant || 'x' as integer) from scores", "Could not convert"),
        ("", "no rows"),
    ],
)
def test_a_query_that_fails_is_one_line(
    small_warehouse: WarehousePaths, query: str, said: str
) -> None:
    with pytest.raises(QueryError, match=said) as raised:
        fetch(small_warehouse, query)

    assert "\n" not in str(raised.value)


def test_a_query_sees_relations_not_this_programs_variables(
    small_warehouse: WarehousePaths,
) -> None:
    with pytest.raises(QueryError, match="paths does not exist"):
        fetch(small_warehouse, "select * from paths")


HALF_WAY = "select cast(if(n = 240000, 'x', '1') as integer) as a from range(250_001) as r (n)"


def test_a_failure_half_way_is_a_query_error(small_warehouse: WarehousePaths) -> None:
    with pytest.raises(QueryError, match="Could not convert") as raised:
        fetch(small_warehouse, HALF_WAY)

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("file_format", ["csv", "json", "parquet"])
def test_a_failure_half_way_leaves_no_file(
    small_warehouse: WarehousePaths, tmp_path: Path, file_format: FileFormat
) -> None:
    with (
        pytest.raises(QueryError, match="Could not convert"),
        answered(small_warehouse, HALF_WAY) as reader,
    ):
        write_answer(reader, file_format, tmp_path / "answer")

    assert not (tmp_path / "answer").exists()


ASK_AGAIN = """
import sys
from pathlib import Path
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import answered, fetch

paths = WarehousePaths(Path(sys.argv[1]))
try:
    with answered(paths, "select 1 as a") as reader:
        raise ValueError("before the answer was read")
except ValueError as error:
    kept = error  # and with it the frames, as an interactive session does
print(fetch(paths, "select 2 as b").item())
"""


def test_an_answer_not_read_does_not_block_the_next(small_warehouse: WarehousePaths) -> None:
    # In a process of its own: where it blocks, it does so for ever.
    answer = subprocess.run(
        [sys.executable, "-c", ASK_AGAIN, small_warehouse.root],
        check=True,
        capture_output=True,
        text=True,
        timeout=10,
    )

    assert answer.stdout == "2\n"
