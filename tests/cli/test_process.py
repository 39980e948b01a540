import os
from pathlib import Path

import pytest
from lakehouse.cli.process import alone_and_orderly

from lakehouse.files.at_work import note


@pytest.mark.slow
@pytest.mark.portable
def test_what_a_command_makes_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with alone_and_orderly():
            # As an engine does.
            (tmp_path / "file").touch(0o666)
            (tmp_path / "folder").mkdir(0o777)
        (tmp_path / "later").touch(0o666)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"file": 0o600, "folder": 0o700, "later": 0o666}


@pytest.mark.slow
@pytest.mark.portable
def test_what_it_did_not_come_to_remove_goes_with_it(tmp_path: Path) -> None:
    left = tmp_path / ".answer.csv.abcdefgh.tmp"
    with alone_and_orderly():
        note(left)
        left.touch()
    assert not left.exists()


def test_the_next_command_of_any_kind_clears(lakehouse, tmp_path: Path) -> None:
    left = tmp_path / "w" / ".lakehouse.duckdb.tmp"
    for words in (["status"], ["init", "--show"], ["model", "path"], ["tables"]):
        left.mkdir(parents=True)
        (left / "lakehouse.duckdb").touch()
        lakehouse("--warehouse", tmp_path / "w", *words)
        assert not left.exists()
