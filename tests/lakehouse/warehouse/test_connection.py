import re
from pathlib import Path

import duckdb
import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.connection import open_read_only


def test_without_a_database_the_fix_is_to_build(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="lakehouse build") as raised:
        open_read_only(WarehousePaths(tmp_path))

    assert raised.value.where == str(tmp_path / "lakehouse.duckdb")
    assert not (tmp_path / "lakehouse.duckdb").exists()


@pytest.mark.parametrize("content", [b"", b"not a database", bytes(20_000)])
def test_a_damaged_file_is_one_line_with_its_name(tmp_path: Path, content: bytes) -> None:
    paths = WarehousePaths(tmp_path)
    paths.database.write_bytes(content)

    with pytest.raises(QueryError, match=re.escape(str(paths.database))) as raised:
        open_read_only(paths)

    assert "\n" not in str(raised.value)
    assert raised.value.fix is not None
    assert "--force" in raised.value.fix
    assert paths.database.read_bytes() == content


@pytest.mark.parametrize(
    "statement",
    [
        "delete from scores",
        "create table mine (a integer)",
        "drop view masks",
        "comment on table scores is 'mine'",
        "attach 'other.duckdb'",
        "copy scores to 'scores.csv'",
        "select * from read_csv('/etc/hosts')",
        "set enable_external_access = true",
        "set threads = 1",
    ],
)
def test_nothing_can_be_changed_and_no_other_file_reached(
    small_warehouse: WarehousePaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    statement: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    with open_read_only(small_warehouse) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement).fetchall()

    assert list(tmp_path.iterdir()) == []
