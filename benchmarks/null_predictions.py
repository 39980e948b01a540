"""How often score_prediction errs if nothing is related, and finds a relation that exists.

The script simulates many cohorts. Movement has a few common directions and noise, in many more
columns than there are people. Scores are correlated, skewed whole numbers with many people at the
floor. In cohorts of the first kind, scores have nothing to do with movement. In the others, one
score follows all of the movement along one direction, which no single column shows well. The
functions behind the relation foretell each cohort's scores, and everything from folds to penalties
is done again for each permutation. The script prints how p values are distributed, as Markdown.

    python benchmarks/null_predictions.py
    python benchmarks/null_predictions.py --cohorts 50 --participants 50
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from lakehouse.settings.statistics import Statistics
from lakehouse.steps.prediction.scores import predict_scores

Matrix = npt.NDArray[np.float64]

INSTRUMENTS, DIRECTIONS, COLUMNS = 6, 40, 600
PLANTED = (0.0, 0.22, 0.4)
LEVELS = (0.05, 0.2, 0.5)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cohorts", type=int, default=200)
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--permutations", type=int, default=99)
    options = parser.parse_args()
    print(f"{options.cohorts} cohorts of each kind, {options.participants} participants, ")
    print(f"{INSTRUMENTS} questionnaires, {options.permutations} permutations.\n")
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for rho in PLANTED:
            one = partial(
                p_values,
                rho=rho,
                participants=options.participants,
                permutations=options.permutations,
            )
            show(rho, np.array(list(pool.map(one, range(options.cohorts), chunksize=5))))


def show(rho: float, found: Matrix) -> None:
    """Print how often the least p of a cohort, and that of its first score, are how small."""
    for at, name in enumerate(("permutation_p, any", "permutation_p, first", "alone, first")):
        shares = ", ".join(f"{np.mean(found[:, at] <= level):.3f} ≤ {level}" for level in LEVELS)
        print(f"planted {rho}: {name}: {shares}")
    if rho == 0:
        counts = np.histogram(found[:, 2], bins=np.linspace(0, 1, 11) + 1e-9)[0]
        print(f"alone, in tenths: {counts.tolist()}; chi² p {stats.chisquare(counts).pvalue:.2f}")
    print(f"r of the first: mean {found[:, 3].mean():.3f}, R² {found[:, 4].mean():.4f}\n")


def p_values(seed: int, *, rho: float, participants: int, permutations: int) -> list[float]:
    """Draw a cohort and foretell its scores.

    Returns
    -------
    list of float
        The least permutation_p, that of the first score, its permutation_p_alone, r and R².
    """
    x, scores = cohort(seed, rho, participants)
    chosen = Statistics(permutations=10 * permutations, bootstraps=0, seed=seed)
    found = predict_scores(long_table(x, scores), statistics=chosen)
    first = found.row(0, named=True)
    least = found["permutation_p"].to_numpy().min()
    names = ("permutation_p", "permutation_p_alone", "r", "r_squared")
    return [float(least), *(first[name] for name in names)]


def cohort(seed: int, rho: float, participants: int) -> tuple[Matrix, Matrix]:
    """Draw movement and scores, the first of which may follow movement."""
    rng = np.random.default_rng([seed, round(100 * rho)])
    strengths = 1 / np.sqrt(np.arange(1, DIRECTIONS + 1))
    people = rng.normal(size=(participants, DIRECTIONS))
    x = (people * strengths) @ rng.normal(size=(DIRECTIONS, COLUMNS))
    x += rng.normal(size=x.shape)
    latent = rng.normal(size=(participants, INSTRUMENTS)) + rng.normal(size=(participants, 1))
    latent /= np.sqrt(2)
    latent[:, 0] = rho * people[:, 3] + np.sqrt(1 - rho**2) * latent[:, 0]
    return x, np.maximum(np.rint(8 * np.exp(0.6 * latent) - 4), 0)


def long_table(x: Matrix, scores: Matrix) -> pl.DataFrame:
    """Give products of movement, and scores, as the build does."""
    who = pl.Series([f"{number:04d}" for number in range(len(x))])
    a, b = np.triu_indices(len(x))
    products = (x @ x.T)[a, b]
    tables = [_rows("product", who.gather(a), who.gather(b), products)]
    for number, column in enumerate(scores.T):
        tables.append(_rows("instrument", who, f"q{number}", column))
    return pl.concat(tables)


def _rows(kind: str, who: pl.Series, name: pl.Series | str, values: Matrix) -> pl.DataFrame:
    return pl.DataFrame({"participant": who, "value": values}).select(
        pl.lit(kind).alias("kind"),
        "participant",
        (pl.lit(name) if isinstance(name, str) else name).alias("name"),
        pl.lit(None, pl.String).alias("level"),
        "value",
    )


if __name__ == "__main__":
    main()
