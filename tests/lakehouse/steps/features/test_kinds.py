"""Correlations of features that are measured in several ways, against SciPy."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from lakehouse.steps.features.kinds import KIND_CORRELATIONS, correlate_kinds

VALUES = {
    "kind": pl.String,
    "participant": pl.String,
    "name": pl.String,
    "value": pl.Float64,
}


def values(people: int) -> pl.DataFrame:
    """Two kinds of two features, and two scores, with ties and gaps; one feature is constant."""
    random = np.random.default_rng(people)
    rows = [
        (kind, str(who), name, None if random.random() < 0.1 else value)
        for who in range(people)
        for kind, names in (("projected", "ab"), ("distance", "ab"), ("instrument", "xy"))
        for name in names
        for value in [3.0 if (kind, name) == ("distance", "b") else float(random.integers(9))]
    ]
    return pl.DataFrame(rows, schema=VALUES, orient="row").sample(fraction=1, shuffle=True, seed=1)


@pytest.mark.parametrize("people", [3, 12, 60])
def test_each_is_what_scipy_makes_of_its_pairs(people: int) -> None:
    given = values(people)

    found = correlate_kinds(given)

    assert found.schema == KIND_CORRELATIONS
    keys = found.select("kind", "feature", "instrument").rows()
    assert keys == [(k, f, i) for k in ("distance", "projected") for f in "ab" for i in "xy"]
    for kind, feature, instrument, r in found.rows():
        known = [
            dict(
                given.filter(kind=of, name=name).select("participant", "value").drop_nulls().rows()
            )
            for of, name in ((kind, feature), ("instrument", instrument))
        ]
        both = sorted(known[0].keys() & known[1].keys())
        x, y = (np.array([side[who] for who in both]) for side in known)
        if len(both) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
            assert r is None
        else:
            assert r == pytest.approx(stats.spearmanr(x, y).statistic)


def test_without_scores_or_features_there_is_a_typed_empty_table() -> None:
    every = values(9)

    for rest in (every.clear(), every.filter(kind="instrument"), every.filter(kind="distance")):
        assert correlate_kinds(rest).equals(pl.DataFrame(schema=KIND_CORRELATIONS))
