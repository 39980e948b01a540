"""Commands whose output nobody reads to its end, as in `lakehouse … | head -1`."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from tests.sql.support import write_lake

pytestmark = pytest.mark.slow

PROGRAM = Path(sys.executable).with_name("lakehouse")


def unread(warehouse: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard output has no reader from the first line on."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [PROGRAM, "--warehouse", warehouse, *words],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        os.close(writer)


def test_a_build_goes_on(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_lake(paths)

    ended = unread(tmp_path, "build")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert paths.database.exists()


def test_a_check_that_fails_still_says_so_by_its_exit_code(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    paths = WarehousePaths(tmp_path)
    paths.database.write_bytes(small_warehouse.database.read_bytes())
    with duckdb.connect(str(paths.database)) as connection:
        connection.execute("update scores set score = 1000")

    ended = unread(tmp_path, "check")

    assert (ended.returncode, ended.stderr) == (1, "")


def test_a_list_just_ends(small_warehouse: WarehousePaths) -> None:
    ended = unread(small_warehouse.root, "tables")

    assert (ended.returncode, ended.stderr) == (0, "")
