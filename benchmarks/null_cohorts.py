"""How often the tests of correlations err if nothing is related, and find a relation that exists.

The script simulates many cohorts. Features are skewed and correlated over masks and groups. Scores
are correlated, skewed whole numbers with many people at the floor. Some values are missing. In
cohorts of the first kind, nothing is related. In the others, one score follows one feature; the
planted correlation is that before the score is rounded. The functions behind the relation
correlations compute each cohort's correlations, adjusted p values and permutations. The script
prints the tables of docs/calibration.md as Markdown.

    python benchmarks/null_cohorts.py
    python benchmarks/null_cohorts.py --seeds 50 --permutations 199
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.statistics.available_cases import directions
from lakehouse.statistics.correlation import pearson, spearman
from lakehouse.statistics.permutation import Permutations, permutation_p
from lakehouse.steps.correlations.columns import adjusted_columns, coefficient_columns

Matrix = npt.NDArray[np.float64]

PARTICIPANTS, MASKS, GROUPS, INSTRUMENTS = 309, 15, 6, 6
TESTED = MASKS * GROUPS * INSTRUMENTS
PLANTED_INSTRUMENT, PLANTED_FEATURE = 1, 50
PLANTED = (0.22, 0.3)
LEVEL = 0.05
LARGE = 50_000
TESTS = (
    "spearman_p",
    "spearman_bonferroni",
    "permutation_p",
    "spearman_q",
    "spearman_q_instrument",
)
MISSING = 0.02
GAPPY_MASKS, GAPPY_INSTRUMENTS = (3, 11), (0, 1, 4)
# Shares of a feature's variance: of the person, the mask, the group, and its own.
SHARES = (0.45, 0.35, 0.1, 0.1)


@dataclass(frozen=True)
class Outcome:
    """Findings at 5 % in one cohort, by the column that is read.

    Attributes
    ----------
    false, true : dict of str to int
        Numbers of findings among unrelated and among related pairs.
    planted : dict of str to bool
        Whether the planted pair is among the findings.
    covered : float
        Share of the unrelated pairs whose 95 % interval of Spearman's r contains 0.
    """

    false: dict[str, int]
    true: dict[str, int]
    planted: dict[str, bool]
    covered: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--permutations", type=int, default=999)
    options = parser.parse_args()
    outcomes = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for rho in (0.0, *PLANTED):
            one = partial(outcome, rho=rho, permutations=options.permutations)
            outcomes[rho] = list(pool.map(one, range(options.seeds), chunksize=5))
    print(f"{options.seeds} cohorts of each kind, {PARTICIPANTS} participants, {TESTED} tests, ")
    print(f"{options.permutations} permutations.\n")
    print_null(outcomes.pop(0.0))
    print_planted(outcomes)


def print_null(outcomes: Sequence[Outcome]) -> None:
    """Print how many cohorts without any relation have a finding."""
    seeds = len(outcomes)
    low, high = stats.binom.interval(0.95, seeds, LEVEL)
    print(
        f"| read at {LEVEL} | cohorts with a false finding | 5 % would be | findings per cohort |"
    )
    print("| --- | ---: | ---: | ---: |")
    for test in TESTS:
        found = [one.false[test] for one in outcomes]
        wrong = sum(number > 0 for number in found)
        print(
            f"| `{test}` | {wrong} of {seeds} ({wrong / seeds:.1%}) | {low:.0f} to {high:.0f} | "
            f"{np.mean(found):.2f} |"
        )
    print(f"\n95 % intervals that hold 0: {np.mean([one.covered for one in outcomes]):.1%}\n")


def print_planted(outcomes: dict[float, list[Outcome]]) -> None:
    """Print how often the planted pair is found, and how many findings are false."""
    print("| planted r | Spearman's r | read at 0.05 | found | expected | false among findings |")
    print("| ---: | ---: | --- | ---: | ---: | ---: |")
    for rho, of_cohorts in outcomes.items():
        r, expected = expected_power(rho)
        for test in TESTS[:-1]:
            found = np.mean([one.planted[test] for one in of_cohorts])
            shares = [
                one.false[test] / max(1, one.false[test] + one.true[test]) for one in of_cohorts
            ]
            wanted = f"{expected[test]:.0%}" if test in expected else ""
            print(
                f"| {rho} | {r:.3f} | `{test}` | {found:.0%} | {wanted} | {np.mean(shares):.1%} |"
            )


def expected_power(rho: float) -> tuple[float, dict[str, float]]:
    """Give Spearman's r of the planted pair in a very large cohort, and the power it implies.

    Power follows from the normal distribution of atanh r with Bonett and Wright's variance, over
    the participants who have both values.
    """
    x, y = cohort(10**6, rho, participants=LARGE)
    pair = np.stack([x[:, PLANTED_FEATURE], y[:, PLANTED_INSTRUMENT]], axis=1)
    pair = pair[~np.isnan(pair).any(axis=1)]
    r = float(stats.spearmanr(pair).statistic)
    n = PARTICIPANTS * len(pair) / LARGE
    power = {}
    for test, tests in (("spearman_p", 1), ("spearman_bonferroni", TESTED)):
        t = stats.t.isf(LEVEL / tests / 2, n - 2)
        least = t / np.sqrt(n - 2 + t**2)
        error = np.sqrt((1 + r**2 / 2) / (n - 3))
        power[test] = float(stats.norm.sf((np.arctanh(least) - np.arctanh(r)) / error))
    return r, power


def outcome(seed: int, *, rho: float, permutations: int) -> Outcome:
    """Draw a cohort, correlate it and count the findings."""
    x, y = cohort(seed, rho)
    ranked = spearman(x, y)
    # Of intervals only Spearman's are asked for; benchmarks/coverage.py is about all.
    nothing = np.full(ranked.r.shape, np.nan)
    columns = coefficient_columns(pearson(x, y), ranked, (nothing, nothing))
    columns |= adjusted_columns(columns)
    [columns["permutation_p"]] = permutation_p(
        ranked,
        directions(x, y, ranked=True),
        np.ones((1, x.shape[1]), dtype=np.bool_),
        Permutations(len(x), permutations, seed),
    )
    # Every feature shares something with the planted one, and so is related to the score too.
    related = np.zeros(ranked.r.shape, dtype=np.bool_)
    related[:, PLANTED_INSTRUMENT] = rho > 0
    found = {test: columns[test] <= LEVEL for test in TESTS}
    holds = (columns["spearman_low"] <= 0) & (columns["spearman_high"] >= 0)
    return Outcome(
        false={test: int(called[~related].sum()) for test, called in found.items()},
        true={test: int(called[related].sum()) for test, called in found.items()},
        planted={
            test: bool(called[PLANTED_FEATURE, PLANTED_INSTRUMENT])
            for test, called in found.items()
        },
        covered=float(holds[~related].mean()),
    )


def cohort(seed: int, rho: float, *, participants: int = PARTICIPANTS) -> tuple[Matrix, Matrix]:
    """Draw features, shape (participants, 90), and scores, shape (participants, 6)."""
    random = np.random.default_rng([seed, round(100 * rho)])
    person = random.normal(0, 1, (participants, 1, 1))
    mask = random.normal(0, 1, (participants, MASKS, 1))
    group = random.normal(0, 1, (participants, 1, GROUPS))
    own = random.normal(0, 1, (participants, MASKS, GROUPS))
    parts = zip(SHARES, (person, mask, group, own), strict=True)
    latent = sum(np.sqrt(share) * part for share, part in parts)
    features = 40 * np.exp(0.35 * latent)
    # A participant lacks whole masks, not single features.
    for place in GAPPY_MASKS:
        features[random.random(participants) < MISSING, place] = np.nan
    features = features.reshape(participants, -1)
    distress = random.normal(0, 1, (participants, 1))
    specific = random.normal(0, 1, (participants, INSTRUMENTS))
    shared = np.sqrt(0.6) * distress + np.sqrt(0.4) * specific
    followed = latent.reshape(participants, -1)[:, PLANTED_FEATURE]
    own_share = np.sqrt(1 - rho**2)
    shared[:, PLANTED_INSTRUMENT] = rho * followed + own_share * shared[:, PLANTED_INSTRUMENT]
    # Skewed whole numbers; on the last scale more than half of the people have the lowest score.
    scores = np.maximum(np.floor(6 * np.exp(0.7 * shared) - np.arange(1, INSTRUMENTS + 1)), 0)
    for place in GAPPY_INSTRUMENTS:
        scores[random.random(participants) < MISSING, place] = np.nan
    return features, scores


if __name__ == "__main__":
    main()
