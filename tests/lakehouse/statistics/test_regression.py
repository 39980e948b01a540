import numpy as np
import pytest
import statsmodels.api as sm

from lakehouse.statistics.regression import independent, regression


def data(seed: int, rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Correlated columns of very different sizes, rounded, and errors that grow with the first."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, columns)) + random.normal(size=(rows, 1))
    x = np.round(x, 1) * 10.0 ** np.arange(columns) + 1000
    y = 0.3 * x[:, 0] + random.normal(size=rows) * (1 + np.abs(x[:, 0] - 1000))
    return x, y


@pytest.mark.parametrize(("rows", "columns"), [(309, 4), (309, 1), (12, 3), (5, 3)])
def test_slopes_and_robust_errors_are_those_of_statsmodels(rows: int, columns: int) -> None:
    x, y = data(rows, rows, columns)

    found = regression(x, y)

    expected = sm.OLS(y, sm.add_constant(x)).fit(cov_type="HC3", use_t=True)
    assert found.slopes == pytest.approx(expected.params[1:])
    assert found.errors == pytest.approx(expected.bse[1:])
    assert found.df == expected.df_resid
    assert found.expected == pytest.approx(expected.fittedvalues)
    assert found.r_squared == pytest.approx(expected.rsquared)


def test_a_slope_that_one_row_determines_has_no_error() -> None:
    x, y = data(1, 9, 2)
    x[:, 1] = 0
    x[4, 1] = 1

    found = regression(x, y)

    assert found.slopes == pytest.approx(sm.OLS(y, sm.add_constant(x)).fit().params[1:])
    assert np.isnan(found.errors).all()


def test_a_straight_line_leaves_nothing() -> None:
    x = np.arange(6.0)[:, None]

    found = regression(x, 2 * x[:, 0] + 1)

    assert found.slopes == pytest.approx([2])
    assert found.errors == pytest.approx([0], abs=1e-12)
    assert found.r_squared == pytest.approx(1)


def test_a_constant_has_no_share_to_be_explained() -> None:
    x, _ = data(2, 8, 2)

    found = regression(x, np.full(8, 3.0))

    assert found.slopes == pytest.approx([0, 0])
    assert np.isnan(found.r_squared)


def test_columns_that_others_or_a_constant_explain_are_not_picked() -> None:
    random = np.random.default_rng(3)
    a, b = random.normal(size=(2, 10))
    columns = [np.full(10, 0.1), a, a * 1e-6 + 3, np.zeros(10), b, a - 2 * b + 1]

    assert independent(np.column_stack(columns)) == [1, 4]
    assert independent(np.empty((10, 0))) == []


def test_no_more_columns_are_picked_than_rows_can_tell_apart() -> None:
    assert independent(np.random.default_rng(4).normal(size=(3, 4))) == [0, 1]
