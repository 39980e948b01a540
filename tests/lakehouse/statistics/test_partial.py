"""Correlations with covariates held constant."""

import numpy as np
import pandas as pd
import pingouin
import pytest
import statsmodels.api as sm
from scipy import stats

from lakehouse.statistics.available_cases import Defined
from lakehouse.statistics.correlation import joined, pearson, spearman
from lakehouse.statistics.intervals import pearson_interval
from tests.lakehouse.statistics.gappy import gappy_matrices

METHODS = {"pearson": pearson, "spearman": spearman}
both = pytest.mark.parametrize("method", METHODS)


@pytest.fixture
def covariates() -> np.ndarray:
    """A number with ties and gaps, a number, and a category of two."""
    random = np.random.default_rng(5)
    given = np.column_stack(
        [random.integers(18, 30, 40), random.normal(size=40), random.integers(0, 2, 40)]
    ).astype(float)
    given[[6, 20, 33], 0] = np.nan
    return given


@both
def test_partial_correlations_are_pingouins(method: str, covariates: np.ndarray) -> None:
    x, y = gappy_matrices()
    x, y = x[:, :7], y[:, [0, 1, 2]]
    y[:, 0] += 2 * covariates[:, 1]
    found = METHODS[method](x, y, given=covariates)
    low, high = pearson_interval(found.r, found.df)

    for a in range(x.shape[1]):
        for b in range(y.shape[1]):
            frame = pd.DataFrame(np.column_stack([x[:, a], y[:, b], covariates]))
            frame.columns = ["x", "y", *"abc"]
            expected = pingouin.partial_corr(frame, "x", "y", list("abc"), method=method)
            assert found.n[a, b] == expected["n"].item()
            assert found.df[a, b] == found.n[a, b] - 5
            assert found.r[a, b] == pytest.approx(expected["r"].item(), abs=1e-10)
            assert found.p[a, b] == pytest.approx(expected["p_val"].item(), rel=1e-6)
            if method == "pearson":
                interval = (low[a, b], high[a, b])
                assert interval == pytest.approx(tuple(expected["CI95"].item()), abs=0.0051)


def test_p_is_that_of_the_covariates_in_a_linear_model(covariates: np.ndarray) -> None:
    random = np.random.default_rng(6)
    x = random.normal(size=(40, 1)) + np.nan_to_num(covariates[:, :1])
    y = 0.4 * x + random.normal(size=(40, 1))

    found = pearson(x, y, given=covariates)

    known = ~np.isnan(covariates[:, 0])
    design = sm.add_constant(np.column_stack([x, covariates]))[known]
    fitted = sm.OLS(y[known, 0], design).fit()
    assert found.p.item() == pytest.approx(fitted.pvalues[1])
    assert found.df.item() == fitted.df_resid


@both
def test_covariates_that_say_nothing_new_cost_no_degree_of_freedom(
    method: str, covariates: np.ndarray
) -> None:
    x, y = gappy_matrices()
    redundant = np.column_stack([covariates, 7 - covariates[:, :1], np.full(40, 3.0)])

    once, twice = (METHODS[method](x, y, given=given) for given in (covariates, redundant))

    np.testing.assert_array_equal(once.df, twice.df)
    np.testing.assert_allclose(once.r, twice.r, atol=1e-9)


@both
def test_no_covariates_are_no_change(method: str) -> None:
    x, y = gappy_matrices()

    plain, given = METHODS[method](x, y), METHODS[method](x, y, given=np.empty((40, 0)))

    np.testing.assert_array_equal(plain.r, given.r)


@both
def test_reasons_are_told_apart(method: str) -> None:
    random = np.random.default_rng(2)
    given = random.normal(size=(20, 2))
    constant, gaps = np.full(20, 2.0), np.where(np.arange(20) < 4, 1.0, np.nan)
    x = np.column_stack([3 * given[:, 0] - 1, constant, gaps * given[:, 1], random.normal(size=20)])
    y = np.column_stack([-given[:, 1], constant, random.normal(size=20)])

    found = METHODS[method](x, y, given=given)

    expected = np.array(
        [
            3 * [Defined.X_EXPLAINED],
            3 * [Defined.X_CONSTANT],
            3 * [Defined.TOO_FEW],
            [Defined.Y_EXPLAINED, Defined.Y_CONSTANT, Defined.YES],
        ]
    )
    np.testing.assert_array_equal(found.defined, expected)
    assert (np.isnan(found.r) == (expected != Defined.YES)).all()
    assert (np.isnan(found.p) == (expected != Defined.YES)).all()


@both
def test_a_covariate_that_nobody_has_leaves_nobody(method: str) -> None:
    x, y = gappy_matrices()

    found = METHODS[method](x, y, given=np.full((40, 1), np.nan))

    assert (found.n == 0).all()
    assert (found.defined == Defined.TOO_FEW).all()


@both
def test_parts_are_joined_in_the_order_of_their_columns(method: str) -> None:
    x, y = gappy_matrices()
    places = [np.array([4, 1, 8]), np.array([0, 2, 3, 5, 6, 7])]

    found = joined(places, [METHODS[method](x[:, columns], y) for columns in places])

    np.testing.assert_allclose(found.r, METHODS[method](x, y).r, atol=1e-12)
    np.testing.assert_array_equal(found.n, METHODS[method](x, y).n)


def test_holding_the_common_cause_constant_takes_the_correlation_away() -> None:
    random = np.random.default_rng(1)
    cause = random.normal(size=(2000, 1))
    x, y = (cause + random.normal(size=(2000, 1)) for _ in range(2))

    assert stats.pearsonr(x[:, 0], y[:, 0]).statistic > 0.4
    assert abs(pearson(x, y, given=cause).r.item()) < 0.06
