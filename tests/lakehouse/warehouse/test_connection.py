import re
from pathlib import Path

import duckdb
import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.connection import open_read_only
from tests.copies import copied


def test_without_a_database_the_fix_is_to_build(tmp_path: Path) -> None:
    with (
        pytest.raises(QueryError, match="lakehouse build") as raised,
        open_read_only(WarehousePaths(tmp_path)),
    ):
        pass

    assert raised.value.where == str(tmp_path / "lakehouse.duckdb")
    assert not (tmp_path / "lakehouse.duckdb").exists()


@pytest.mark.parametrize("content", [b"", b"not a database", bytes(20_000)])
def test_a_damaged_file_is_one_line_with_its_name(tmp_path: Path, content: bytes) -> None:
    paths = WarehousePaths(tmp_path)
    paths.database.write_bytes(content)

    with (
        pytest.raises(QueryError, match=re.escape(str(paths.database))) as raised,
        open_read_only(paths),
    ):
        pass

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


@pytest.mark.kernel("an open file has no second name there; Windows guards the only one itself")
@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1 as a) to '{}' (use_tmp_file false)",
        "with mine as (copy (select 1 as a) to '{}' (use_tmp_file false)) select 1",
        "copy (select 1 as a) to '{}.wal'",
        "copy (select 1 as a) to '{}.tmp/mine.csv'",
        "select * from read_blob('{}')",
    ],
)
def test_the_database_itself_is_no_file_to_queries(
    small_warehouse: WarehousePaths, tmp_path: Path, statement: str
) -> None:
    # A copy, which nobody else reads at the same time.
    paths = WarehousePaths(Path(copied(small_warehouse.root, tmp_path / "study")))
    before = paths.database.read_bytes()

    with open_read_only(paths) as connection, pytest.raises(duckdb.PermissionException):
        connection.execute(statement.format(paths.database)).fetchall()

    assert paths.database.read_bytes() == before
    assert not list(paths.root.glob(".reading.*"))
    assert not list(paths.root.glob("lakehouse.duckdb.*"))


def test_where_links_cannot_be_made_it_opens_all_the_same(
    small_warehouse: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuse)

    with open_read_only(small_warehouse) as connection:
        assert connection.execute("select count(*) from scores").fetchone() == (12,)


@pytest.mark.slow
@pytest.mark.portable
def test_what_does_not_fit_in_memory_lies_where_nobody_else_reads(
    small_warehouse: WarehousePaths,
) -> None:
    with open_read_only(small_warehouse, memory="50MB") as connection:
        asked = "select current_setting('temp_directory')"
        [(named,)] = connection.execute(asked).fetchall()
        folder = Path(named)
        assert folder.parent == small_warehouse.root
        assert folder.stat().st_mode & 0o777 == 0o700
        answer = connection.sql(
            "select hash(range) as a, repeat('x', 40) as b from range(2_000_000) order by a"
        ).to_arrow_reader(1000)
        answer.read_next_batch()
        assert list(folder.iterdir())
        answer.close()

    assert not folder.exists()
