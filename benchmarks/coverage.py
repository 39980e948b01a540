"""How often the 95 % intervals of correlations hold the truth, where there is one.

The script draws a feature and scores that follow it, of several shapes, in cohorts of several
sizes, and asks how often each interval of the product holds the correlation of a very large cohort.
Partial correlations hold three covariates constant on which both sides depend. For comparison it
also gives Fisher's interval, which the product had for Pearson's correlation before. It prints a
table of docs/calibration.md as Markdown.

    python benchmarks/coverage.py
    python benchmarks/coverage.py --cohorts 200 --sizes 20 50
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.settings import Settings
from lakehouse.statistics.available_cases import directions
from lakehouse.statistics.bca import Resamples, bca_interval
from lakehouse.statistics.correlation import pearson, spearman
from lakehouse.statistics.intervals import kendall_interval, pearson_interval, spearman_interval
from lakehouse.statistics.kendall import kendall

Matrix = npt.NDArray[np.float64]
Ends = tuple[Matrix, Matrix]

SHAPES = ("normal", "skewed", "floored", "heavy")
STRENGTHS = (0.2, 0.5)
SIZES = (20, 50, 309)
SCORES, COVARIATES = 10, 3
LARGE = 1_000_000
EFFECT = 0.3
SPREAD = np.sqrt(1 + EFFECT**2 * (COVARIATES - 1 + 0.25))
"""Of a side: its own, and what the covariates add, the first of which is 0 or 1."""
INTERVALS = {
    "fisher": "Pearson, Fisher's",
    "pearson": "Pearson",
    "spearman": "Spearman",
    "kendall": "Kendall",
    "partial_pearson": "partial Pearson",
    "partial_spearman": "partial Spearman",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cohorts", type=int, default=200)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    kinds = list(product(SHAPES, STRENGTHS, options.sizes))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        shares = list(pool.map(partial(covered, cohorts=options.cohorts), kinds))
    print(f"{options.cohorts} cohorts of each kind, {SCORES} scores in each\n")
    print(f"| shape | planted r | n | {' | '.join(INTERVALS.values())} |")
    print(f"| --- | ---: | ---: |{' ---: |' * len(INTERVALS)}")
    for (shape, strength, n), share in zip(kinds, shares, strict=True):
        listed = " | ".join(f"{100 * share[name]:.1f} %" for name in INTERVALS)
        print(f"| {shape} | {strength} | {n} | {listed} |")


def covered(kind: tuple[str, float, int], *, cohorts: int) -> dict[str, float]:
    """Give the share of cohorts in which each interval holds the truth."""
    shape, strength, n = kind
    truth = truths(shape, strength)
    held = dict.fromkeys(INTERVALS, 0)
    place = SHAPES.index(shape), round(100 * strength), n
    random = np.random.default_rng(place)
    for seed in range(cohorts):
        for name, (low, high) in intervals(*drawn(random, shape, strength, n), seed).items():
            held[name] += int(((low <= truth[name]) & (truth[name] <= high)).sum())
    return {name: count / (cohorts * SCORES) for name, count in held.items()}


def intervals(x: Matrix, y: Matrix, given: Matrix, seed: int) -> dict[str, Ends]:
    """Compute every interval of a feature with each score."""
    resamples = Resamples(len(x), Settings().statistics.correlation_resamples, seed)
    found: dict[str, Ends] = {}
    for name, held in (("", None), ("partial_", given)):
        of_values, of_ranks = pearson(x, y, given=held), spearman(x, y, given=held)
        parts = directions(x, y, given=held, ranked=False)
        found[f"{name}pearson"] = bca_interval(of_values, parts, resamples)
        found[f"{name}spearman"] = spearman_interval(of_ranks.r, of_ranks.df)
    plain, tau = pearson(x, y), kendall(x, y)
    found["fisher"] = pearson_interval(plain.r, plain.df)
    found["kendall"] = kendall_interval(tau.r, tau.df)
    return found


def truths(shape: str, strength: float) -> dict[str, float]:
    """Give the correlations of a very large cohort."""
    x, y, given = drawn(np.random.default_rng(0), shape, strength, LARGE, scores=1)
    plain = pearson(x, y).r.item()
    return {
        "fisher": plain,
        "pearson": plain,
        "spearman": spearman(x, y).r.item(),
        "kendall": float(stats.kendalltau(x[:, 0], y[:, 0]).statistic),
        "partial_pearson": pearson(x, y, given=given).r.item(),
        "partial_spearman": spearman(x, y, given=given).r.item(),
    }


def drawn(
    random: np.random.Generator, shape: str, strength: float, n: int, *, scores: int = SCORES
) -> tuple[Matrix, Matrix, Matrix]:
    """Draw a feature, scores and covariates: matrices of n rows."""
    given = random.normal(size=(n, COVARIATES))
    given[:, 0] = given[:, 0] > 0
    shared = given @ np.full((COVARIATES, 1), EFFECT)
    x = random.normal(size=(n, 1))
    y = strength * x + np.sqrt(1 - strength**2) * random.normal(size=(n, scores))
    x, y = ((side + shared) / SPREAD for side in (x, y))
    if shape == "heavy":
        # Student's t with 5 degrees of freedom: both sides share their spread.
        spread = np.sqrt(5 / random.chisquare(5, size=(n, 1)))
        return x * spread, y * spread, given
    if shape == "skewed":
        # Skewness as of the study's features and scores.
        return np.exp(0.5 * x), np.exp(0.4 * y), given
    if shape == "floored":
        # Whole numbers, of which more than half are the lowest.
        return np.exp(0.5 * x), np.maximum(np.floor(6 * np.exp(0.7 * y) - 6), 0), given
    return x, y, given


if __name__ == "__main__":
    main()
