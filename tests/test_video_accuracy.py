"""Times and sizes of movements, from drawn clips to the warehouse, against what is true.

A small part of `benchmarks/video_accuracy.py`, whose bounds hold for all of it.
"""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.video_accuracy import line, measured
from lakehouse.synthetic.clips.clip_study import plan_clips
from lakehouse.synthetic.clips.filming import Filming
from tests.once import Once

EXPRESSIONS = ("neutral", "happiness", "surprise")


@pytest.fixture(scope="session")
def rows(once: Once, face_model_path: Path) -> pl.DataFrame:
    """Somebody filmed at 30 frames a second, and somebody by a turned camera of variable rate."""
    even, uneven = (
        plan_clips((who,), EXPRESSIONS, filming, conditions=(True,), seed=4)
        for who, filming in (
            ("0101", Filming(Fraction(30), 2.5)),
            ("0102", Filming(None, 2.5, rotation_deg=90)),
        )
    )
    both = replace(
        even,
        participants=even.participants + uneven.participants,
        clips=even.clips + uneven.clips,
        scores=pl.concat([even.scores, uneven.scores]),
    )
    return once("planted", lambda folder: measured(folder, both))


def of_mouths(rows: pl.DataFrame, name: str) -> np.ndarray:
    """Errors of the mouths that move, in seconds."""
    moving = rows.filter((pl.col("group") == "mouth") & (pl.col("amplitude_true") > 0))
    return (moving[f"{name}_found"] - moving[f"{name}_true"]).to_numpy()


@pytest.mark.slow
def test_times_and_amplitudes_are_the_planted_ones(rows):
    half, tenth, back = (of_mouths(rows, name) for name in ("rise_50_s", "rise_10_s", "fall_50_s"))
    assert len(half) == 4
    assert abs(half.mean()) < 1 / 30
    assert abs(back.mean()) < 1 / 30
    assert np.sqrt((half**2).mean()) < 0.06
    assert np.sqrt((back**2).mean()) < 0.06
    given = tenth[~np.isnan(tenth)]
    assert len(given) >= 2
    assert np.sqrt((given**2).mean()) < 0.05
    moving = rows.filter((pl.col("group") == "mouth") & (pl.col("amplitude_true") > 0))
    assert moving["responded"].all()
    assert 0.9 < (moving["amplitude_found"] / moving["amplitude_true"]).mean() < 1.1


@pytest.mark.slow
def test_a_face_that_only_sways_does_not_respond(rows):
    still = rows.filter(
        (pl.col("expression") == "neutral") & pl.col("group").is_in(["face", "mouth"])
    )
    assert len(still) == 4
    assert not still["responded"].any()
    assert still["rise_50_s_found"].null_count() == 4


@pytest.mark.slow
def test_the_benchmark_counts_them(rows):
    cells = line(["mouth"], rows.filter(pl.col("group") == "mouth")).split(" | ")
    assert cells[:2] == ["| mouth", "4 of 4"]
    mean, _, spread = cells[3].partition(" / ")
    assert abs(float(mean)) <= float(spread) < 60
