from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import LakeError
from lakehouse.files.parquet import write_parquet, write_row_groups

TABLE = pa.table({"participant": ["1", "2"], "x": pa.array([0.5, None], pa.float32())})


def test_a_table_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    write_parquet(TABLE[:0], path)
    write_parquet(TABLE, path)
    assert pq.ParquetFile(path).read().equals(TABLE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError("no room")

    path = tmp_path / "scores.parquet"
    write_parquet(TABLE, path)
    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(LakeError, match=r"scores\.parquet: cannot be written \(no room\)"):
        write_parquet(TABLE[:1], path)
    assert pq.ParquetFile(path).read().equals(TABLE)
    assert list(tmp_path.iterdir()) == [path]


def test_each_table_is_a_row_group_and_an_empty_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "part.parquet"
    write_row_groups([TABLE, TABLE[:0], TABLE[:1]], TABLE.schema, path)
    stored = pq.ParquetFile(path).metadata
    assert [stored.row_group(at).num_rows for at in range(stored.num_row_groups)] == [2, 1]


def test_row_groups_that_fail_leave_nothing(tmp_path: Path) -> None:
    def tables() -> Iterator[pa.Table]:
        yield TABLE
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_row_groups(tables(), TABLE.schema, tmp_path / "part.parquet")
    assert list(tmp_path.iterdir()) == []
