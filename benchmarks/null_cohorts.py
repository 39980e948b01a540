"""How often the tests of correlations err where nothing is related, and find what is.

Cohorts are drawn over and over: features that go together (over masks and groups) and are
skewed, scores that go together, are whole numbers, skewed and with many at the floor, and some
values missing. In the first kind nothing is related; in the others one score follows one mask's
movement, with the correlation given before the score is rounded. Each cohort goes through the
step that makes the relation correlations. Prints Markdown tables for docs/calibration.md.

    python benchmarks/null_cohorts.py
    python benchmarks/null_cohorts.py --seeds 50 --permutations 199
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import stats

from lakehouse.steps.correlation_tables import correlate_features

Vectors = npt.NDArray[np.float64]

PARTICIPANTS, MASKS, GROUPS = 309, 15, 6
INSTRUMENTS = ("asrsa", "asrsb", "bai", "dbi", "oci", "srq")
PLANTED_INSTRUMENT, PLANTED_FEATURE = "asrsb", "05-00_2"
PLANTED = (0.22, 0.3, 0.4)
LEVEL = 0.05
TESTS = (
    "spearman_p",
    "spearman_bonferroni",
    "permutation_p",
    "spearman_q",
    "spearman_q_instrument",
)
# What is common to all a person's features, to those of a mask, and to those of a group.
SHARED = {"person": 0.45, "mask": 0.35, "group": 0.1}


@dataclass(frozen=True)
class Outcome:
    """What was called a finding at 5 % in one cohort, by the column that was read.

    Attributes
    ----------
    false, true : dict of str to int
        Pairs that are not, and are, related.
    planted : dict of str to bool
        Whether the pair that was planted is among them.
    covered : float
        Share of the unrelated pairs whose 95 % interval of Spearman's r holds 0.
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
    tests = MASKS * GROUPS * len(INSTRUMENTS)
    print(f"{options.seeds} cohorts of each kind, {PARTICIPANTS} participants, {tests} tests, ")
    print(f"{options.permutations} permutations.\n")
    print_null(outcomes.pop(0.0))
    print_planted(outcomes)


def print_null(outcomes: Sequence[Outcome]) -> None:
    """Print how often cohorts in which nothing is related have any finding."""
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

    From the normal distribution of atanh r with Bonett and Wright's variance, over those who
    have both values.
    """
    frame = cohort(10**6, rho, participants=100_000, only_planted=True)
    wide = frame.pivot("name", index="participant", values="value").drop_nulls()
    found = stats.spearmanr(wide[PLANTED_FEATURE], wide[PLANTED_INSTRUMENT])
    r = float(found.statistic)
    n = PARTICIPANTS * len(wide) / 100_000
    power = {}
    for test, tests in (("spearman_p", 1), ("spearman_bonferroni", MASKS * GROUPS * 6)):
        t = stats.t.isf(LEVEL / tests / 2, n - 2)
        least = t / np.sqrt(n - 2 + t**2)
        error = np.sqrt((1 + r**2 / 2) / (n - 3))
        power[test] = float(stats.norm.sf((np.arctanh(least) - np.arctanh(r)) / error))
    return r, power


def outcome(seed: int, *, rho: float, permutations: int) -> Outcome:
    """Draw a cohort, correlate it and count what is called a finding."""
    found = correlate_features(cohort(seed, rho), permutations=permutations, seed=seed)
    # Every feature shares something with the planted one, and so is related to the score too.
    related = (pl.col("instrument") == PLANTED_INSTRUMENT) if rho else pl.lit(False)
    unrelated = found.filter(~related)
    false = {test: int((unrelated[test] <= LEVEL).sum()) for test in TESTS}
    true = {test: int((found.filter(related)[test] <= LEVEL).sum()) for test in TESTS}
    [planted] = found.filter(
        (pl.col("instrument") == PLANTED_INSTRUMENT) & (pl.col("feature") == PLANTED_FEATURE)
    ).iter_rows(named=True)
    holds = (unrelated["spearman_low"] <= 0) & (unrelated["spearman_high"] >= 0)
    return Outcome(
        false, true, {test: planted[test] <= LEVEL for test in TESTS}, float(holds.mean())
    )


def cohort(
    seed: int, rho: float, *, participants: int = PARTICIPANTS, only_planted: bool = False
) -> pl.DataFrame:
    """Draw features and scores as the step takes them; the score follows the feature by rho."""
    random = np.random.default_rng([seed, round(100 * rho)])
    person = random.normal(0, 1, participants)
    masks = random.normal(0, 1, (participants, MASKS))
    groups = random.normal(0, 1, (participants, GROUPS))
    own = np.sqrt(1 - sum(SHARED.values()))
    names = [f"{mask // 2 + 1:02d}-{mask % 2:02d}_{group}" for mask, group in CELLS]
    latent = {
        name: np.sqrt(SHARED["person"]) * person
        + np.sqrt(SHARED["mask"]) * masks[:, mask]
        + np.sqrt(SHARED["group"]) * groups[:, group]
        + own * random.normal(0, 1, participants)
        for name, (mask, group) in zip(names, CELLS, strict=True)
        if not only_planted or name == PLANTED_FEATURE
    }
    distress = random.normal(0, 1, participants)
    tables = [
        listed("feature", name, gappy(40 * np.exp(0.35 * values), 0.01, random))
        for name, values in latent.items()
    ]
    for place, instrument in enumerate(INSTRUMENTS):
        common = latent[PLANTED_FEATURE] if instrument == PLANTED_INSTRUMENT else None
        if only_planted and common is None:
            continue
        specific = random.normal(0, 1, participants)
        shared = np.sqrt(0.6) * distress + np.sqrt(0.4) * specific
        if common is not None:
            shared = rho * common + np.sqrt(1 - rho**2) * shared
        # Skewed whole numbers; on some scales a third of the people have the lowest.
        score = np.maximum(np.floor(6 * np.exp(0.7 * shared) - (1 + place)), 0)
        tables.append(listed("instrument", instrument, gappy(score, 0.02, random)))
    return pl.concat(tables)


CELLS = tuple(product(range(MASKS), range(GROUPS)))


def gappy(values: Vectors, share: float, random: np.random.Generator) -> Vectors:
    """Leave a share of the values out."""
    return np.where(random.random(len(values)) < share, np.nan, values)


def listed(kind: str, name: str, values: Vectors) -> pl.DataFrame:
    """List one variable of all participants."""
    return pl.DataFrame(
        {
            "kind": kind,
            "grouping": "kmeans6" if kind == "feature" else None,
            "participant": [f"{number:06d}" for number in range(len(values))],
            "name": name,
            "value": values,
        },
        schema_overrides={"grouping": pl.String},
    ).with_columns(pl.col("value").fill_nan(None))


if __name__ == "__main__":
    main()
