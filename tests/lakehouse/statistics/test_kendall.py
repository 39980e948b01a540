import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics.available_cases import Defined
from lakehouse.statistics.kendall import kendall
from tests.lakehouse.statistics.gappy import complete_pairs, correlated, gappy_matrices


def assert_same_as_scipy(x: np.ndarray, y: np.ndarray) -> None:
    found = kendall(x, y)
    for pair, first, second in complete_pairs(x, y):
        assert found.n[pair] == len(first)
        if not correlated(first, second):
            assert np.isnan([found.r[pair], found.p[pair]]).all()
            assert found.defined[pair] != Defined.YES
            continue
        expected = stats.kendalltau(first, second)
        assert found.r[pair] == pytest.approx(expected.statistic, abs=1e-12)
        tied = len(set(first)) < len(first) or len(set(second)) < len(second)
        # Of few rows with ties p is exact, and SciPy's is not: test_exact.py counts it.
        if len(first) > 9 or not tied:
            assert found.p[pair] == pytest.approx(expected.pvalue, rel=1e-8, abs=1e-14)
        assert found.defined[pair] == Defined.YES


@pytest.mark.parametrize("seed", range(3))
def test_whole_matrices_give_what_scipy_gives_pair_by_pair(seed: int) -> None:
    assert_same_as_scipy(*gappy_matrices(seed))


@pytest.mark.parametrize("rows", [3, 4, 5, 12, 24, 33, 34, 60])
def test_without_ties_few_rows_have_their_exact_p(rows: int) -> None:
    random = np.random.default_rng(rows)
    x, y = random.normal(size=(rows, 4)), random.normal(size=(rows, 4))
    y[:, 0], y[:, 1] = x[:, 0], -x[:, 1]
    y[:, 2] = np.sort(x[:, 2])  # and x in order but for one pair of neighbours
    x[:, 2] = np.sort(x[:, 2])
    x[[0, 1], 2] = x[[1, 0], 2]

    assert_same_as_scipy(x, y)


@pytest.mark.parametrize("rows", [4000, 4001])
def test_many_rows_are_not_lost_in_single_precision(rows: int) -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(rows, 1))
    y = np.round(x + random.normal(size=(rows, 2)), 1)
    y[:, 1] = 7.0

    assert_same_as_scipy(x, y)


@pytest.mark.parametrize("shapes", [((5, 0), (5, 2)), ((0, 1), (0, 1)), ((2, 1), (2, 1))])
def test_too_little_gives_an_empty_matrix_or_nothing(
    shapes: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    found = kendall(np.ones(shapes[0]), np.ones(shapes[1]))

    assert found.r.shape == found.p.shape == (shapes[0][1], shapes[1][1])
    assert np.isnan(found.r).all()
