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
from lakehouse.warehouse.answers import write_answer
from lakehouse.warehouse.choices import AnswerFormat
from lakehouse.warehouse.query import answered

Save = Callable[[str, AnswerFormat], bytes]
FORMATS = tuple(each for each in AnswerFormat if each is not AnswerFormat.TABLE)
READERS: dict[AnswerFormat, Callable[[io.BytesIO], pl.DataFrame]] = {
    AnswerFormat.CSV: pl.read_csv,
    AnswerFormat.TSV: lambda file: pl.read_csv(file, separator="\t"),
    AnswerFormat.JSON: pl.read_json,
    AnswerFormat.JSONL: pl.read_ndjson,
    AnswerFormat.MARKDOWN: lambda file: _from_markdown(file.read().decode()),
    AnswerFormat.PARQUET: pl.read_parquet,
    AnswerFormat.ARROW: pl.read_ipc,
}


def _from_markdown(text: str) -> pl.DataFrame:
    header, _, *rows = (line.strip("| ").split(" | ") for line in text.splitlines())
    return pl.DataFrame(rows, schema=header, orient="row").cast(pl.Int64)


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
    def saved(query: str, file_format: AnswerFormat) -> bytes:
        target = tmp_path / "answer"
        with answered(small_warehouse, query) as reader:
            rows = write_answer(reader, file_format, target)
        with answered(small_warehouse, query) as reader:
            assert rows == reader.read_all().num_rows
        return target.read_bytes()

    return saved


def test_csv_has_a_header_and_quotes_where_needed(save: Save) -> None:
    [row] = csv.DictReader(io.StringIO(save(TYPES, AnswerFormat.CSV).decode()))

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
    [row] = json.loads(save(TYPES, AnswerFormat.JSON))

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
    found = save("select cast('nan' as double) as a, cast('inf' as double) as b", AnswerFormat.JSON)

    assert json.loads(found, parse_constant=lambda name: pytest.fail(name)) == [
        {"a": None, "b": None}
    ]


def test_parquet_keeps_types(save: Save) -> None:
    table = pq.read_table(
        pa.BufferReader(save(TYPES + " union all " + TYPES, AnswerFormat.PARQUET))
    )

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

    assert json.loads(save(query, AnswerFormat.JSON)) == expected
    assert pq.read_table(pa.BufferReader(save(query, AnswerFormat.PARQUET))).to_pylist() == expected


def test_lists_are_refused_by_csv_with_what_to_do(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    with (
        pytest.raises(QueryError, match="--format parquet") as raised,
        answered(small_warehouse, "select [1, 2] as list") as reader,
    ):
        write_answer(reader, AnswerFormat.CSV, tmp_path / "answer.csv")

    assert "\n" not in str(raised.value)
    assert not (tmp_path / "answer.csv").exists()


@pytest.mark.parametrize(
    ("file_format", "expected"),
    [(AnswerFormat.CSV, b"participant,score\n"), (AnswerFormat.JSON, b"[]\n")],
)
def test_an_empty_answer_is_a_file_that_says_so(
    save: Save, file_format: AnswerFormat, expected: bytes
) -> None:
    assert save("select participant, score from scores where false", file_format) == expected


def test_an_empty_parquet_file_keeps_its_columns(save: Save) -> None:
    found = save("select participant, score from scores where false", AnswerFormat.PARQUET)

    table = pq.read_table(pa.BufferReader(found))
    assert (table.num_rows, table.column_names) == (0, ["participant", "score"])


@pytest.mark.slow
@pytest.mark.parametrize("file_format", FORMATS)
def test_an_answer_of_many_batches_is_one_table(save: Save, file_format: AnswerFormat) -> None:
    found = save("select n, n % 7 as rest from range(250_001) as listed (n)", file_format)

    frame = READERS[file_format](io.BytesIO(found))
    assert frame.columns == ["n", "rest"]
    assert frame["n"].sort().to_list() == list(range(250_001))


def test_an_answer_goes_to_an_open_file(small_warehouse: WarehousePaths) -> None:
    target = io.BytesIO()
    with answered(small_warehouse, "select 1 as a") as reader:
        assert write_answer(reader, AnswerFormat.CSV, target) == 1

    assert target.getvalue() == b"a\n1\n"


def test_a_file_that_cannot_be_written_is_named(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    target = tmp_path / "no folder" / "answer.csv"

    with (
        answered(small_warehouse, "select 1 as a") as reader,
        pytest.raises(QueryError) as raised,
    ):
        write_answer(reader, AnswerFormat.CSV, target)

    assert raised.value.where == str(target)


HALF_WAY = "select cast(if(n = 240000, 'x', '1') as integer) as a from range(250_001) as r (n)"


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_failure_half_way_leaves_no_file(
    small_warehouse: WarehousePaths, tmp_path: Path, file_format: AnswerFormat
) -> None:
    with (
        pytest.raises(QueryError, match="Could not convert"),
        answered(small_warehouse, HALF_WAY) as reader,
    ):
        write_answer(reader, file_format, tmp_path / "answer")

    assert not (tmp_path / "answer").exists()


def test_tsv_is_separated_by_tabs(save: Save) -> None:
    assert save("select 1 as a, 'x y' as b", AnswerFormat.TSV) == b"a\tb\n1\tx y\n"


def test_json_lines_has_an_object_a_line(save: Save) -> None:
    lines = save("select sum(n) as total, 'é' as text from range(3) as r (n)", AnswerFormat.JSONL)

    assert [json.loads(line) for line in lines.decode().splitlines()] == [{"total": 3, "text": "é"}]


def test_markdown_is_a_table_that_no_value_breaks(save: Save) -> None:
    query = "select 1.5 as n, 'a|b' || chr(10) || 'c' as text, true as flag, null as none"

    assert save(query, AnswerFormat.MARKDOWN).decode() == (
        "| n | text | flag | none |\n| ---: | --- | --- | --- |\n| 1.5 | a\\|b c | true |  |\n"
    )


def test_arrow_keeps_types(save: Save) -> None:
    saved = pa.ipc.open_file(
        save("select cast(1 as smallint) as a, '0870' as b", AnswerFormat.ARROW)
    )

    assert saved.read_all().to_pylist() == [{"a": 1, "b": "0870"}]
    assert saved.schema.types == [pa.int16(), pa.string()]


def test_a_file_is_the_owners_alone(small_warehouse: WarehousePaths, tmp_path: Path) -> None:
    with answered(small_warehouse, "select 1 as a") as reader:
        write_answer(reader, AnswerFormat.CSV, tmp_path / "answer.csv")

    assert (tmp_path / "answer.csv").stat().st_mode & 0o777 == 0o600


ASK_MUCH = """
import resource
import sys
from lakehouse.cli.main import run

query = "select range as a, repeat('x', 40) as b, range / 7.0::double as c"
query += f" from range({sys.argv[3]})"
assert run(["--warehouse", sys.argv[1], "sql", "-o", sys.argv[2], query]) == 0
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["many.csv", "many.jsonl", "many.parquet"])
def test_a_large_answer_takes_no_more_memory_than_a_small_one(
    small_warehouse: WarehousePaths, tmp_path: Path, name: str
) -> None:
    # A file, since DuckDB draws a progress bar where a program has none.
    (tmp_path / "ask.py").write_text(ASK_MUCH)

    def peak(rows: int) -> int:
        done = subprocess.run(
            [sys.executable, tmp_path / "ask.py", small_warehouse.root, tmp_path / name, str(rows)],
            check=True,
            capture_output=True,
            text=True,
        )
        return int(done.stdout)

    # 3 million rows are 170 MB in Arrow's form.
    assert peak(3_000_000) < peak(300_000) + 80
