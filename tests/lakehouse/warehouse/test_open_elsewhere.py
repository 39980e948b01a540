"""Building and asking while another program has the database open."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.lean import LEAN

HOLD = """
import sys
import duckdb

connection = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "reader")
if sys.argv[2] == "writer":
    connection.execute("create table mine as select 1 as a")
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(paths: WarehousePaths, how: str) -> Iterator[subprocess.Popen[str]]:
    """Keep the database open in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, paths.database, how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        yield holder
        holder.kill()


@pytest.mark.slow
@pytest.mark.portable
def test_a_build_goes_on_while_somebody_reads(warehouse: WarehousePaths) -> None:
    with held(warehouse, "reader"):
        assert build(warehouse, LEAN, force=True).models


def test_who_holds_the_database_for_writing_is_named(warehouse: WarehousePaths) -> None:
    with held(warehouse, "writer") as holder:
        said = f"held open for writing by process {holder.pid}"
        with pytest.raises(QueryError, match=said):
            build(warehouse, LEAN, force=True)
        with pytest.raises(QueryError, match=said):
            fetch(warehouse, "select 1 as a")


@pytest.mark.slow
@pytest.mark.portable
def test_what_another_client_left_unmerged_does_not_enter_the_new_database(
    warehouse: WarehousePaths,
) -> None:
    with held(warehouse, "writer"):
        pass  # killed, it leaves its log beside the database
    assert fetch(warehouse, "select a from mine").item() == 1

    build(warehouse, LEAN, force=True)

    with pytest.raises(QueryError, match="mine does not exist"):
        fetch(warehouse, "select a from mine")
