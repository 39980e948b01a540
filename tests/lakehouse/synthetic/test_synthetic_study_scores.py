"""Scores that are distributed as the study's own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import pytest
from scipy import stats

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import CohortOptions, write_cohort
from lakehouse.synthetic.study_scores import (
    STUDY,
    draw_study_scores,
    latent_scores,
    probabilities,
    shaped,
)

QUARTILES: Final = {
    "dbi": (4, 8, 12),
    "bai": (4, 8, 15),
    "asrsa": (11, 15, 20),
    "asrsb": (9, 13, 17),
    "oci": (10, 16, 24),
    "srq": (3, 6, 11),
}
"""Of the study's participants."""


def drawn(participants: int, rho: float = 0.0, seed: int = 0) -> dict[str, npt.NDArray[np.float64]]:
    movement = np.random.default_rng(99).normal(size=participants)
    ids = [str(number) for number in range(participants)]
    rows = draw_study_scores(ids, movement, rho, np.random.default_rng(seed))
    assert rows["participant"].to_pylist()[:: len(STUDY)] == ids
    scores = rows["score"].to_numpy().reshape(participants, -1)
    assert rows["instrument"].to_pylist()[: len(STUDY)] == list(STUDY)
    return {"movement": movement, **dict(zip(STUDY, scores.T, strict=True))}


@pytest.mark.parametrize("instrument", STUDY)
def test_the_distribution_is_the_studys(instrument: str) -> None:
    shape = STUDY[instrument]
    p = probabilities(shape)
    scores = np.arange(shape.highest + 1)
    mean = p @ scores
    sd = np.sqrt(p @ (scores - mean) ** 2)

    assert p.min() > 0
    assert p.sum() == pytest.approx(1)
    assert mean == pytest.approx(shape.mean, abs=1e-9)
    assert sd == pytest.approx(shape.sd, abs=1e-9)
    assert p @ ((scores - mean) / sd) ** 3 == pytest.approx(shape.skewness, abs=1e-9)
    assert p[0] == pytest.approx(shape.at_zero, abs=1e-9)
    found = [int(np.searchsorted(p.cumsum(), share)) for share in (0.25, 0.5, 0.75)]
    assert np.abs(np.subtract(found, QUARTILES[instrument])).max() <= 1


def test_what_is_drawn_has_that_distribution() -> None:
    scores = drawn(20_000)
    for instrument, shape in STUDY.items():
        values = scores[instrument]
        assert np.array_equal(values, np.floor(values))
        assert (values.min(), values.max()) == (0, shape.highest)
        counts = np.bincount(values.astype(int), minlength=shape.highest + 1)
        expected = probabilities(shape) * len(values)
        assert stats.chisquare(counts, expected).pvalue > 1e-4


def test_nothing_is_related_at_0_and_scores_go_together() -> None:
    scores = drawn(20_000)
    for instrument in STUDY:
        assert abs(stats.spearmanr(scores["movement"], scores[instrument]).statistic) < 0.025
    assert stats.spearmanr(scores["bai"], scores["oci"]).statistic > 0.6


def test_null_cohorts_are_left_to_chance() -> None:
    """Correlations that were taken out of the sample would hide how often tests err."""
    found = [
        stats.spearmanr(scores["movement"], scores["bai"]).statistic
        for scores in (drawn(50, seed=seed) for seed in range(100))
    ]
    assert np.std(found) == pytest.approx(1 / np.sqrt(49), rel=0.25)


def test_one_score_follows_a_movement() -> None:
    scores = drawn(20_000, rho=0.3)
    r = {name: stats.spearmanr(scores["movement"], scores[name]).statistic for name in STUDY}
    assert r.pop("asrsb") == pytest.approx(0.3 * 0.96, abs=0.03)
    assert max(abs(other) for other in r.values()) < 0.025


def test_order_is_kept() -> None:
    latent = latent_scores(500, np.random.default_rng(1))
    assert np.allclose(latent.std(axis=0), 1, atol=0.12)
    for before, after in zip(latent.T, shaped(latent, STUDY).T, strict=True):
        assert (np.diff(after[np.argsort(before)]) >= 0).all()


def test_a_cohort_takes_them(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    summary = write_cohort(
        paths, Settings(), participants=30, photos=1, options=CohortOptions(study_rho=0.0)
    )
    scores = pq.read_table(paths.scores)
    assert summary.instruments == tuple(STUDY)
    assert set(scores["instrument"].to_pylist()) == set(STUDY)
    assert len(scores) == 30 * len(STUDY)
