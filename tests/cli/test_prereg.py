"""`lakehouse prereg`, and what `lakehouse status` then says."""

import json

import pytest

from lakehouse.warehouse.build import build
from tests.copies import copied
from tests.lean import LEAN, TOML
from tests.sql.support import write_scores


@pytest.fixture
def study(small_warehouse, tmp_path):
    """A warehouse without scores, with settings, to be changed."""
    from lakehouse.paths import WarehousePaths

    paths = WarehousePaths(copied(small_warehouse.root, tmp_path / "study"))
    paths.settings.write_text(TOML)
    paths.scores.unlink()
    paths.database.unlink()
    build(paths, LEAN)
    return paths


@pytest.mark.slow
def test_a_study_from_registration_to_results(lakehouse, study):
    answer = lakehouse("--warehouse", study.root, "prereg")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("# Preregistration\n")
    assert answer.out.splitlines()[-1] == (
        f"written: {study.preregistration_page} and {study.preregistration}"
    )

    write_scores(study, [[float(who), 6.0 - who] for who in range(6)])
    assert lakehouse("--warehouse", study.root, "build").code == 0
    said = lakehouse("--warehouse", study.root, "status").out
    document = json.loads(study.preregistration.read_text())
    assert (
        f"registered {document['registered_at']}, sha256 {document['sha256'][:12]}…: kept\n" in said
    )

    # Its last section is that of clusters.
    study.settings.write_text(TOML + "k = 5\n")
    said = lakehouse("--warehouse", study.root, "status").out
    assert "…: departed from\ndeparture  clusters.k is 5, was 6\n" in said
    found = json.loads(lakehouse("--warehouse", study.root, "status", "--json").out)
    assert found["preregistration"]["departures"] == ["clusters.k is 5, was 6"]


@pytest.mark.slow
def test_a_second_one_and_one_after_scores_are_refused_in_a_line(lakehouse, study):
    assert lakehouse("--warehouse", study.root, "prereg", "--json").code == 0
    again = lakehouse("--warehouse", study.root, "prereg")
    assert (again.code, again.out, again.err.count("\n")) == (2, "", 1)
    assert "registered already, on " in again.err

    write_scores(study, [[1.0, 2.0]] * 6)
    late = lakehouse("--warehouse", study.root, "prereg", "--why", "more scores")
    assert (late.code, late.err.count("\n")) == (2, 1)
    assert "scores of bai, dbi are in the lake already" in late.err


def test_without_a_database_it_says_what_to_do(lakehouse, tmp_path):
    answer = lakehouse("--warehouse", tmp_path / "nothing", "prereg")
    assert (answer.code, answer.out) == (1, "")
    assert "run `lakehouse build` first" in answer.err
    assert not (tmp_path / "nothing").exists()


@pytest.mark.slow
def test_an_unknown_instrument_is_refused_with_its_line(lakehouse, study):
    study.settings.write_text(TOML + '[statistics.primary]\ninstruments = ["phq"]\n')
    answer = lakehouse("--warehouse", study.root, "prereg")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "phq" in answer.err
    assert "it is no instrument; choose among dbi, bai" in answer.err
