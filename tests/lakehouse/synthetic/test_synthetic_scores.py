"""Scores: ranges, the planted correlation and nothing else planted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.synthetic.scores import INSTRUMENTS, standardised, without, write_scores
from lakehouse.synthetic.study import plan_study

COLUMNS = [f"{name}_score" for name in ("dbi", "bai", "asrsa", "asrsb", "oci", "srq")]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    participants=st.integers(3, 60),
    rho=st.floats(-1.0, 1.0),
)
def test_planted_correlation_is_exact_before_rounding(
    seed: int, participants: int, rho: float
) -> None:
    plan = plan_study(participants, 1, seed=seed, rho=rho)
    r = np.corrcoef(plan.planted_intensities, plan.planted_scores)[0, 1]
    assert r == pytest.approx(rho, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_rounded_planted_correlation_is_close_and_dominates(seed: int) -> None:
    plan = plan_study(seed=seed)
    r = {
        name: np.corrcoef(plan.planted_intensities, plan.scores[name].to_numpy())[0, 1]
        for name in COLUMNS
    }
    assert r.pop("asrsb_score") == pytest.approx(0.85, abs=0.03)
    assert max(abs(value) for value in r.values()) < 0.3


def test_scores_are_integers_in_their_ranges() -> None:
    scores = plan_study(300, seed=1).scores
    assert scores.columns == ["participant", *COLUMNS]
    for name, kind in INSTRUMENTS.items():
        values = scores[f"{name}_score"]
        assert values.dtype == pl.Int64
        assert values.is_between(0, kind.maximum).all()
        assert float(values.to_numpy().mean()) == pytest.approx(kind.mean, rel=0.2)


def test_untied_scores_are_skewed_and_go_together() -> None:
    scores = plan_study(300, seed=2).scores
    bai, oci = scores["bai_score"].to_numpy(), scores["oci_score"].to_numpy()
    assert np.corrcoef(bai, oci)[0, 1] > 0.4
    assert bai.mean() > np.median(bai)


def test_constant_values_standardise_to_zero() -> None:
    assert (standardised(np.full(4, 7.0)) == 0).all()


def test_without_takes_the_direction_out() -> None:
    rng = np.random.default_rng(0)
    direction = standardised(rng.standard_normal(20))
    left = without(rng.standard_normal((20, 3)), direction)
    assert np.abs(direction @ left).max() < 1e-9


def test_scores_are_written_with_leading_zeros(tmp_path: Path) -> None:
    plan = plan_study(3)
    path = write_scores(plan.scores, tmp_path / "new" / "scores.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(["participant", *COLUMNS])
    assert lines[1].startswith("0101,")
    assert len(lines) == 4
