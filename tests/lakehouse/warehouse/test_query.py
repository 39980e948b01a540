import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch


def test_an_answer_is_a_frame(small_warehouse: WarehousePaths) -> None:
    frame = fetch(small_warehouse, "select participant, score from scores where score is null")

    assert frame.to_dicts() == [{"participant": "003", "score": None}]


def test_an_empty_answer_keeps_its_columns_and_types(small_warehouse: WarehousePaths) -> None:
    frame = fetch(small_warehouse, "select participant, score from scores where false")

    assert dict(frame.schema) == {"participant": pl.String, "score": pl.Float64}
    assert frame.is_empty()


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
        ("", "one statement at a time, not 0"),
        ("select 1 as a; select 2 as a", "one statement at a time, not 2"),
        ("select 1 as a, 2 as a", "several columns are called a; name them apart"),
        ("select mean_distnce from mask_averages", "did you mean mean_distance"),
        ("from mask_average", "did you mean mask_averages?"),
        ("pivot scoers on instrument using first(score)", "did you mean scores?"),
        ("select participant,\nfrom from scores", "line 2: syntax error"),
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


@pytest.mark.slow
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
