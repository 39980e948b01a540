"""Against scikit-learn's ridge on the rows themselves, fold by fold."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, Ridge, RidgeCV
from sklearn.model_selection import GridSearchCV, LeaveOneOut, PredefinedSplit

from lakehouse.statistics.prediction.nested_ridge import (
    PENALTIES,
    nested_ridge,
    residual_operator,
    spared,
    varies,
)

NOBODY = np.empty((40, 0))


def people(seed: int, n: int = 40, width: int = 90) -> tuple[np.ndarray, np.ndarray]:
    """Movement, and scores of which one depends on it, one not, and one is mostly 0."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 5)) @ rng.normal(size=(5, width)) + rng.normal(3, 1, (n, width))
    related = x[:, :20].mean(axis=1) + rng.normal(0, 1, n)
    floored = np.maximum(rng.integers(-9, 5, n), 0)
    return x, np.column_stack([related, rng.normal(50, 9, n), floored, -2.5 * related])


def dealt(n: int, *, folds: int = 5, repeats: int = 1, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(n) % folds for _ in range(repeats)])


def sizes(x: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Penalties for rows of which the mean and the covariates are taken out."""
    left = x - LinearRegression().fit(given, x).predict(given) if given.size else x - x.mean(axis=0)
    return PENALTIES * (left**2).sum() / len(x)


@pytest.mark.parametrize("seed", range(4))
def test_without_covariates_it_is_scikit_learns(seed: int) -> None:
    x, y = people(seed)
    [folds] = dealt(len(x), seed=seed)

    found = nested_ridge(x @ x.T, NOBODY, y, folds[None])

    for column in range(y.shape[1]):
        for number, (train, test) in enumerate(PredefinedSplit(folds).split()):
            fitted = RidgeCV(alphas=sizes(x[train], NOBODY[train])).fit(x[train], y[train, column])
            mean = y[train, column].mean()
            np.testing.assert_allclose(
                found.predicted[test, column], fitted.predict(x[test]) - mean, atol=1e-9, rtol=1e-9
            )
            np.testing.assert_allclose(found.left[test, column], y[test, column] - mean, atol=1e-9)
            size = sizes(x[train], NOBODY[train])[0] / PENALTIES[0]
            assert found.penalties[number, column] == pytest.approx(fitted.alpha_ / size)


def test_of_two_penalties_nearly_as_good_the_better_is_taken() -> None:
    x, y = people(7)
    [folds] = dealt(len(x))
    train = folds != 0

    def turned(angle: float) -> np.ndarray:
        turn = np.cos(angle) * y[:, 0] / y[:, 0].std() + np.sin(angle) * y[:, 1] / y[:, 1].std()
        return 1e6 + turn

    def best(angle: float) -> float:
        fitted = RidgeCV(alphas=sizes(x[train], NOBODY[train])).fit(x[train], turned(angle)[train])
        return float(fitted.alpha_)

    # Where the better penalty changes, both are as good.
    low, high = 0.0, np.pi / 2
    first, last = best(low), best(high)
    assert first != last
    while high - low > 2e-8:
        middle = (low + high) / 2
        low, high = (middle, high) if best(middle) == first else (low, middle)

    columns = np.column_stack([turned(low), turned(high)])
    found = nested_ridge(x @ x.T, NOBODY, columns, folds[None])
    size = sizes(x[train], NOBODY[train])[0] / PENALTIES[0]
    assert found.penalties[0] * size == pytest.approx([best(low), best(high)])
    assert found.penalties[0, 0] != found.penalties[0, 1]


@pytest.mark.slow
def test_it_is_a_search_that_leaves_out_one_after_the_other() -> None:
    x, y = people(9, n=15, width=20)
    [folds] = dealt(len(x), folds=4)

    found = nested_ridge(x @ x.T, NOBODY[:15], y, folds[None])

    for train, test in PredefinedSplit(folds).split():
        for column in range(y.shape[1]):
            search = GridSearchCV(
                Ridge(solver="svd"),
                {"alpha": sizes(x[train], NOBODY[train])},
                scoring="neg_mean_squared_error",
                cv=LeaveOneOut(),
            ).fit(x[train], y[train, column])
            expected = search.predict(x[test]) - y[train, column].mean()
            np.testing.assert_allclose(found.predicted[test, column], expected, atol=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_covariates_are_taken_out_as_the_rows_learnt_from_have_them(seed: int) -> None:
    x, y = people(seed, n=15, width=30)
    rng = np.random.default_rng(seed)
    # A number, one that says the same again, a category of which one level is rare.
    age = rng.normal(2000, 3, 15)
    given = np.column_stack([age, 2 * age - 5, rng.random(15) < 0.4, np.arange(15) == 3])
    y = y + np.outer(age - 2000, [1.0, 2.0, 0.0, 3.0])
    [folds] = dealt(15, folds=3, seed=seed)

    found = nested_ridge(x @ x.T, given, y, folds[None])

    for train, test in PredefinedSplit(folds).split():
        alphas = sizes(x[train], given[train])
        for column in range(y.shape[1]):
            errors = [
                _left_out_errors(x[train], given[train], y[train, column], alpha)
                for alpha in alphas
            ]
            alpha = alphas[int(np.argmin(errors))]
            baseline, foretold = _foretold(x, given, y[:, column], train, test, alpha)
            np.testing.assert_allclose(
                found.predicted[test, column], foretold, atol=1e-9, rtol=1e-8
            )
            left = y[test, column] - baseline
            np.testing.assert_allclose(found.left[test, column], left, atol=1e-9)


def _left_out_errors(x: np.ndarray, given: np.ndarray, y: np.ndarray, alpha: float) -> float:
    """Squared errors where one after the other is left out, everything being fitted anew."""
    errors = []
    for at in range(len(x)):
        others = np.flatnonzero(np.arange(len(x)) != at)
        if np.ptp(given[others], axis=0).min() == 0 and np.ptp(given, axis=0).min() > 0:
            # Who alone has a level is fitted by it alone.
            continue
        baseline, foretold = _foretold(x, given, y, others, np.array([at]), alpha)
        errors.append((y[at] - baseline - foretold) ** 2)
    return float(np.sum(errors))


def _foretold(
    x: np.ndarray,
    given: np.ndarray,
    y: np.ndarray,
    train: np.ndarray,
    test: np.ndarray,
    alpha: float,
) -> tuple[np.ndarray, np.ndarray]:
    of_x = LinearRegression().fit(given[train], x[train])
    of_y = LinearRegression().fit(given[train], y[train])
    ridge = Ridge(alpha=alpha, fit_intercept=False, solver="svd")
    ridge.fit(x[train] - of_x.predict(given[train]), y[train] - of_y.predict(given[train]))
    return of_y.predict(given[test]), ridge.predict(x[test] - of_x.predict(given[test]))


def test_what_is_foretold_is_the_mean_over_the_times() -> None:
    x, y = people(1)
    folds = dealt(len(x), repeats=3)
    products = x @ x.T

    found = nested_ridge(products, NOBODY, y, folds)

    alone = [nested_ridge(products, NOBODY, y, of_rows[None]) for of_rows in folds]
    np.testing.assert_allclose(found.predicted, np.mean([one.predicted for one in alone], axis=0))
    np.testing.assert_allclose(found.left, np.mean([one.left for one in alone], axis=0))
    assert found.penalties.shape == (15, 4)


def test_each_column_is_foretold_by_itself() -> None:
    x, y = people(2)
    folds = dealt(len(x))

    together = nested_ridge(x @ x.T, NOBODY, y, folds)

    for column in range(y.shape[1]):
        alone = nested_ridge(x @ x.T, NOBODY, y[:, [column]], folds)
        np.testing.assert_allclose(together.predicted[:, [column]], alone.predicted, atol=1e-12)


def test_nothing_of_the_row_to_judge_is_learnt_from() -> None:
    x, y = people(3)
    folds = dealt(len(x))
    before = nested_ridge(x @ x.T, NOBODY, y, folds).predicted

    y[7] += 1000

    after = nested_ridge(x @ x.T, NOBODY, y, folds).predicted
    np.testing.assert_array_equal(before[7], after[7])
    assert not np.allclose(before, after)


def test_rows_that_are_all_alike_foretell_nothing() -> None:
    x = np.ones((10, 3))
    y = np.arange(10.0)[:, None]

    found = nested_ridge(x @ x.T, NOBODY[:10], y, dealt(10))

    np.testing.assert_allclose(found.predicted, 0, atol=1e-12)
    assert not varies(x @ x.T, NOBODY[:10])
    assert varies(np.eye(10), NOBODY[:10])
    # What one covariate says of all rows is nothing beyond it.
    line = np.arange(10.0)[:, None]
    assert not varies(line @ line.T, line)


def test_rows_to_spare_are_counted_in_the_smallest_split() -> None:
    given = np.column_stack([np.arange(10.0), np.arange(10) == 0, np.zeros(10)])

    # Eight rows, less the mean, the number and, where it varies, the rare level.
    assert spared(given, (np.arange(10) % 5)[None]) == 5
    assert spared(NOBODY[:3], np.arange(3)[None]) == 1


def test_what_is_left_is_what_least_squares_leaves() -> None:
    rng = np.random.default_rng(0)
    given, y = rng.normal(size=(12, 2)), rng.normal(size=(12, 3))

    left = residual_operator(given) @ y

    np.testing.assert_allclose(left, y - LinearRegression().fit(given, y).predict(given))
    np.testing.assert_allclose(residual_operator(NOBODY[:12]) @ y, y - y.mean(axis=0))
