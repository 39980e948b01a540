"""`lakehouse status` of a warehouse in all its states."""

import json
from pathlib import Path

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from tests.copies import copied
from tests.lakehouse.warehouse.test_open_elsewhere import held
from tests.lean import TOML


@pytest.fixture
def warehouse(small_warehouse, tmp_path) -> Path:
    """A copy of the small warehouse, with settings, to be changed."""
    root = Path(copied(small_warehouse.root, tmp_path / "study"))
    (root / "lakehouse.toml").write_text(TOML)
    return root


@pytest.fixture
def said(lakehouse, warehouse):
    """What `status` prints."""

    def call(*options: str) -> str:
        answer = lakehouse("--warehouse", warehouse, "status", *options)
        assert (answer.code, answer.err) == (0, "")
        return answer.out

    return call


def test_who_is_left_out_and_why(said):
    assert said().split("up to date\n")[1] == (
        "results    of 4 of the 6 participants in the database\n"
        "left out, no_face: 1 (005)\n"
        "left out, no_photos: 1 (006)\n"
        "left out of correlations, missing_score: 1 (003)\n"
        "some photographs left out, unlisted_expression: 1 (001)\n"
        "the table exclusions has the details\n"
    )


@pytest.mark.slow
def test_everybody_left_out(lakehouse, warehouse, said):
    (warehouse / "lakehouse.toml").write_text(TOML + "[quality]\nphotos_per_mask = 7\n")
    assert ", out of date; `lakehouse build` updates it\n" in said()
    assert lakehouse("--warehouse", warehouse, "build").code == 0
    out = said()
    assert ", up to date\nresults    of nobody: all 6 participants in the database are left" in out
    assert "left out, photo_count: 5 (001, 002, 003, 004, 005)\n" in out


def test_what_is_suspicious(warehouse, said):
    with duckdb.connect(str(warehouse / "lakehouse.duckdb")) as connection:
        connection.execute("insert into suspicions values ('001', 'photo_twice_in_mask', '…')")
    assert said().endswith(
        "suspicious, photo_twice_in_mask: 1 (001)\nthe table suspicions has the details\n"
    )


def test_a_database_held_open_for_writing_is_there(warehouse, said):
    with held(WarehousePaths(warehouse), "writer") as holder:
        out = said()
    assert f"database   held open for writing by process {holder.pid} (" in out
    assert "database   none" not in out
    assert "`lakehouse build`" not in out


def test_a_file_that_is_no_database_is_told(warehouse, said):
    (warehouse / "lakehouse.duckdb").write_text("nonsense" * 1000)
    assert "database   cannot be opened (" in said()


def test_as_json(said):
    found = json.loads(said("--json"))["database"]
    assert (found["trouble"], found["included"], found["known"]) == (None, 4, 6)
    assert found["left_out"][0] == {
        "word": "no_face",
        "scope": "participant",
        "participants": ["005"],
    }
    assert found["suspicions"] == []
