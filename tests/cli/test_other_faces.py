"""A study in which some have no neutral face, as its user sees it."""

from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lean import TOML

PLAN = CohortPlan(
    seed=3,
    participants=6,
    expressions=2,
    photos=2,
    conditions=False,
    trouble=0.0,
    moving=40,
    depth=1.0,
    scores=False,
    neutral=0.5,
)
SETTINGS = """
[dataset.expressions]
n = "neutral"
h = "happiness"
[quality]
photos_per_mask = 2
"""
CANONICAL = 'reference = "canonical"\n'
PROCRUSTES = '[alignment]\nmethod = "procrustes"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_random_cohort(WarehousePaths(tmp_path), PLAN)
    return tmp_path


@pytest.mark.slow
def test_everything_a_user_reads_says_that_movement_holds_the_build(lakehouse, folder) -> None:
    (folder / "lakehouse.toml").write_text(SETTINGS + CANONICAL + PROCRUSTES + TOML)
    at = ("--warehouse", folder)

    built = lakehouse(*at, "build")
    status = lakehouse(*at, "status")

    assert built.code == status.code == 0
    said = "compared with MediaPipe's canonical face, so their movement holds the build"
    assert said in built.err + built.out
    assert said in status.out
    assert "compared_with" in lakehouse(*at, "describe", "participants").out
    described = lakehouse(*at, "describe", "neutral_distances").out
    assert "holds the build of the face where participants.compared_with is not own" in described


def test_the_canonical_face_needs_its_alignment_and_the_error_says_so(lakehouse, folder) -> None:
    (folder / "lakehouse.toml").write_text(SETTINGS + CANONICAL + TOML)

    answer = lakehouse("--warehouse", folder, "build")

    assert answer.code != 0
    assert answer.err.count("\n") == 1
    assert 'set alignment.method to "procrustes"' in answer.err
    assert "lakehouse.toml, line 7" in answer.err
