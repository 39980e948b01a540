import os
from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.lake.lock import lake_lock
from lakehouse.paths import WarehousePaths


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    with lake_lock(paths):
        assert paths.lock.read_text() == f"{os.getpid()}\n"
        with (
            pytest.raises(LakeError, match=f"lake: in use by process {os.getpid()};"),
            lake_lock(paths),
        ):
            pass
    with lake_lock(paths):
        pass


def test_a_lake_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "warehouse").write_text("a file")
    with (
        pytest.raises(LakeError, match="cannot be written"),
        lake_lock(WarehousePaths(tmp_path / "warehouse")),
    ):
        pass
