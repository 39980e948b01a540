"""How often the tests of 540 correlations err, and find a relation that exists, without faces.

Features are skewed as the study's and correlated over masks and groups. Scores are distributed as
the study's, with its floors. Some values are missing. In cohorts of the first kind, nothing is
related. In the others, one score follows one feature; the planted correlation is that before the
score is made whole numbers. The functions behind the relation correlations compute p, and what is
adjusted for the number of tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.statistics.available_cases import directions
from lakehouse.statistics.correlation import spearman
from lakehouse.statistics.multiplicity import benjamini_hochberg, bonferroni
from lakehouse.statistics.permutation import Permutations, permutation_p
from lakehouse.synthetic.study_scores import STUDY, TIED, latent_scores, shaped

Matrix = npt.NDArray[np.float64]

PARTICIPANTS, MASKS, GROUPS, INSTRUMENTS = 309, 15, 6, len(STUDY)
TESTED = MASKS * GROUPS * INSTRUMENTS
PLANTED_INSTRUMENT, PLANTED_FEATURE = list(STUDY).index(TIED), 50
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
# Of the features' logarithms: the median skewness of 309 people is then the study's, 1.65.
SPREAD = 0.5


@dataclass(frozen=True)
class Outcome:
    """Findings at 5 % in one cohort, by the column that is read.

    Attributes
    ----------
    false, true : dict of str to int
        Numbers of findings among unrelated and among related pairs.
    planted : dict of str to bool
        Whether the planted pair is among the findings.
    """

    false: dict[str, int]
    true: dict[str, int]
    planted: dict[str, bool]


def tables(pool: Executor, seeds: int, permutations: int) -> dict[str, list[str]]:
    """Simulate cohorts of each kind and lay out what was found."""
    outcomes = {}
    for rho in (0.0, *PLANTED):
        one = partial(outcome, rho=rho, permutations=permutations)
        outcomes[rho] = list(pool.map(one, range(seeds), chunksize=5))
    return {"families": null_table(outcomes.pop(0.0)), "power": planted_table(outcomes)}


def null_table(outcomes: Sequence[Outcome]) -> list[str]:
    """Lay out how many cohorts without any relation have a finding."""
    seeds = len(outcomes)
    low, high = stats.binom.interval(0.95, seeds, LEVEL)
    lines = [
        f"| read at {LEVEL} | cohorts with a false finding | 5 % would be | findings per cohort |",
        "| --- | ---: | ---: | ---: |",
    ]
    for test in TESTS:
        found = [one.false[test] for one in outcomes]
        wrong = sum(number > 0 for number in found)
        lines.append(
            f"| `{test}` | {wrong} of {seeds} ({100 * wrong / seeds:.1f} %) | "
            f"{low:.0f} to {high:.0f} | {np.mean(found):.2f} |"
        )
    return lines


def planted_table(outcomes: dict[float, list[Outcome]]) -> list[str]:
    """Lay out how often the planted pair is found, and how many findings are false."""
    lines = [
        "| planted r | Spearman's r | read at 0.05 | found | expected | false among findings |",
        "| ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    for rho, of_cohorts in outcomes.items():
        r, expected = expected_power(rho)
        for test in TESTS[:-1]:
            found = np.mean([one.planted[test] for one in of_cohorts])
            shares = [
                one.false[test] / max(1, one.false[test] + one.true[test]) for one in of_cohorts
            ]
            wanted = f"{100 * expected[test]:.0f} %" if test in expected else ""
            lines.append(
                f"| {rho} | {r:.3f} | `{test}` | {100 * found:.0f} % | {wanted} | "
                f"{100 * np.mean(shares):.1f} % |"
            )
    return lines


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
    columns = {
        "spearman_p": ranked.p,
        "spearman_bonferroni": bonferroni(ranked.p),
        "spearman_q": benjamini_hochberg(ranked.p),
        "spearman_q_instrument": np.column_stack(
            [benjamini_hochberg(p[:, None]) for p in ranked.p.T]
        ),
    }
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
    return Outcome(
        false={test: int(called[~related].sum()) for test, called in found.items()},
        true={test: int(called[related].sum()) for test, called in found.items()},
        planted={
            test: bool(called[PLANTED_FEATURE, PLANTED_INSTRUMENT])
            for test, called in found.items()
        },
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
    features = 20 * np.exp(SPREAD * latent)
    # A participant lacks whole masks, not single features.
    for place in GAPPY_MASKS:
        features[random.random(participants) < MISSING, place] = np.nan
    features = features.reshape(participants, -1)
    scored = latent_scores(participants, random)
    followed = latent.reshape(participants, -1)[:, PLANTED_FEATURE]
    own_share = np.sqrt(1 - rho**2)
    scored[:, PLANTED_INSTRUMENT] = rho * followed + own_share * scored[:, PLANTED_INSTRUMENT]
    scores = shaped(scored, STUDY)
    for place in GAPPY_INSTRUMENTS:
        scores[random.random(participants) < MISSING, place] = np.nan
    return features, scores
