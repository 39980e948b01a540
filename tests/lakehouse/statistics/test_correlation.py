from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from lakehouse.statistics.correlation import Correlations, pearson, spearman
from tests.lakehouse.statistics.gappy import complete_pairs, correlated, gappy_matrices

Correlate = Callable[[np.ndarray, np.ndarray], Correlations]

both = pytest.mark.parametrize("correlate", [pearson, spearman])
REFERENCES = {pearson: stats.pearsonr, spearman: stats.spearmanr}

values = arrays(
    np.float64,
    st.tuples(st.integers(3, 12), st.just(4)),
    # Whole numbers have ties; thousandths keep columns from being constant but for rounding.
    elements=st.one_of(
        st.integers(-5, 5).map(float),
        st.integers(-(10**6), 10**6).map(lambda thousandths: thousandths / 1000),
        st.just(np.nan),
    ),
)
quick = settings(max_examples=40, deadline=None, derandomize=True)


def column(*entries: float) -> np.ndarray:
    return np.array(entries, dtype=float)[:, None]


def one(found: Correlations) -> tuple[int, float, float]:
    return found.n.item(), found.r.item(), found.p.item()


def exact(statistic: Callable[..., float], x: np.ndarray, y: np.ndarray) -> float:
    """The share of all orders in which a correlation is as strong."""
    found = [abs(statistic(x, y[list(order)])) for order in permutations(range(len(x)))]
    return float((np.array(found) >= found[0] - 1e-9).mean())


def pair_by_pair(correlate: Correlate, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, ...]:
    """The same, as a loop over SciPy's functions for two columns."""
    shape = (x.shape[1], y.shape[1])
    n, r, p = np.zeros(shape, dtype=np.int32), np.full(shape, np.nan), np.full(shape, np.nan)
    for pair, first, second in complete_pairs(x, y):
        n[pair] = len(first)
        if correlated(first, second):
            r[pair], p[pair] = REFERENCES[correlate](first, second)
            if len(first) < 10:
                p[pair] = exact(lambda a, b: REFERENCES[correlate](a, b).statistic, first, second)
    return n, r, p


@pytest.fixture
def gappy() -> tuple[np.ndarray, np.ndarray]:
    return gappy_matrices()


@both
def test_whole_matrices_give_what_scipy_gives_pair_by_pair(
    correlate: Correlate, gappy: tuple[np.ndarray, np.ndarray]
) -> None:
    found = correlate(*gappy)
    n, r, p = pair_by_pair(correlate, *gappy)

    np.testing.assert_array_equal(found.n, n)
    np.testing.assert_allclose(found.r, r, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.p, p, rtol=1e-8, atol=1e-14)
    assert found.n.dtype == np.int32


@both
def test_a_strong_correlation_of_many_rows_has_scipys_tiny_p(correlate: Correlate) -> None:
    random = np.random.default_rng(2)
    x = random.normal(size=(300, 1))
    y = x + 0.2 * random.normal(size=(300, 1))

    _, r, p = one(correlate(x, y))

    expected = REFERENCES[correlate](x[:, 0], y[:, 0])
    assert r == pytest.approx(expected.statistic, abs=1e-12)
    assert 0 < p < 1e-100
    assert p == pytest.approx(expected.pvalue, rel=1e-6)


def test_pearson_by_hand() -> None:
    # Centred: (-1, 0, 1) and (-1, 1, 0): r = 1 / 2; of six orders each is as strong.
    n, r, p = one(pearson(column(1, 2, 3), column(1, 3, 2)))

    assert (n, r) == (3, pytest.approx(0.5))
    assert p == 1


def test_spearman_by_hand_with_a_tie() -> None:
    # Ranks (1, 2, 3, 4) and (1, 2.5, 2.5, 4): r = 4.5 / sqrt(5 * 4.5).
    n, r, _ = one(spearman(column(1, 20, 300, 4000), column(-7, 0, 0, 1)))

    assert (n, r) == (4, pytest.approx(4.5 / np.sqrt(22.5)))


def test_ranks_are_taken_over_the_rows_that_both_columns_have() -> None:
    x, y = column(1, 2, 3, 4, 100), column(10, 30, 20, 40, np.nan)

    assert one(spearman(x, y)) == pytest.approx(one(spearman(x[:4], y[:4])))


@both
@pytest.mark.parametrize("sign", [1, -1])
def test_perfect_correlation_is_one_and_not_chance(correlate: Correlate, sign: int) -> None:
    x = column(*np.random.default_rng(0).permutation(20))

    n, r, p = one(correlate(x, sign * (3 * x + 1)))

    assert (n, r) == (20, pytest.approx(sign, abs=1e-12))
    assert 0 <= p < 1e-50


@both
def test_a_constant_column_has_no_correlation_and_gives_no_warning(correlate: Correlate) -> None:
    x = np.column_stack([np.full(5, 0.1), np.arange(5.0), [2, 2, 2, 2, np.nan]])

    found = correlate(x, column(1, 5, 2, 4, 3))

    assert np.isnan(found.r[[0, 2], 0]).all()
    assert np.isnan(found.p[[0, 2], 0]).all()
    assert found.n[:, 0].tolist() == [5, 5, 4]
    assert not np.isnan(found.r[1, 0])


@both
def test_a_column_that_is_constant_only_where_both_are_known_has_none(correlate: Correlate) -> None:
    x, y = column(7, 7, 7, 1, 2), column(1, 2, 3, np.nan, np.nan)

    n, r, p = one(correlate(x, y))

    assert n == 3
    assert np.isnan([r, p]).all()


@both
@pytest.mark.parametrize("rows", [0, 1, 2])
def test_fewer_than_three_rows_have_no_correlation(correlate: Correlate, rows: int) -> None:
    x = np.arange(float(rows))[:, None]

    n, r, p = one(correlate(x, x))

    assert n == rows
    assert np.isnan([r, p]).all()


@both
def test_fewer_than_three_common_rows_have_no_correlation(correlate: Correlate) -> None:
    n, r, p = one(correlate(column(1, 2, 3, 4, np.nan), column(np.nan, np.nan, 5, 6, 7)))

    assert n == 2
    assert np.isnan([r, p]).all()


@both
@pytest.mark.parametrize("shapes", [((5, 0), (5, 2)), ((5, 2), (5, 0)), ((0, 0), (0, 0))])
def test_no_columns_give_an_empty_matrix(
    correlate: Correlate, shapes: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    found = correlate(np.ones(shapes[0]), np.ones(shapes[1]))

    assert found.r.shape == found.p.shape == found.n.shape == (shapes[0][1], shapes[1][1])


@both
def test_very_small_values_do_not_vanish(correlate: Correlate) -> None:
    x, y = column(1, 2, 3, 5), column(2, 1, 4, 9)

    assert one(correlate(x * 1e-200, y)) == pytest.approx(one(correlate(x, y)))


@both
@quick
@given(x=values)
def test_r_lies_between_one_and_minus_one_and_p_is_a_probability(
    correlate: Correlate, x: np.ndarray
) -> None:
    found = correlate(x, x)

    known = ~np.isnan(found.r)
    assert (np.abs(found.r[known]) <= 1).all()
    assert ((found.p[known] >= 0) & (found.p[known] <= 1)).all()
    assert (np.isnan(found.p) == np.isnan(found.r)).all()


@both
@quick
@given(x=values)
def test_correlation_is_symmetric(correlate: Correlate, x: np.ndarray) -> None:
    forth, back = correlate(x[:, :2], x[:, 2:]), correlate(x[:, 2:], x[:, :2])

    np.testing.assert_array_equal(forth.n, back.n.T)
    np.testing.assert_allclose(forth.r, back.r.T, rtol=0, atol=1e-12)


@pytest.mark.slow
@both
@quick
@given(x=values)
def test_turning_a_column_round_turns_the_sign(correlate: Correlate, x: np.ndarray) -> None:
    np.testing.assert_allclose(correlate(-x, x).r, -correlate(x, x).r, rtol=0, atol=1e-9)


@pytest.mark.slow
@both
@quick
@given(x=values, seed=st.integers(0, 9))
def test_the_order_of_the_rows_does_not_matter(
    correlate: Correlate, x: np.ndarray, seed: int
) -> None:
    shuffled = np.random.default_rng(seed).permutation(x)

    found, expected = correlate(shuffled, shuffled), correlate(x, x)

    np.testing.assert_array_equal(found.n, expected.n)
    np.testing.assert_allclose(found.r, expected.r, rtol=0, atol=1e-9)


@pytest.mark.slow
@quick
@given(
    x=arrays(
        np.float64,
        st.tuples(st.integers(3, 12), st.just(4)),
        elements=st.one_of(st.integers(-5, 5).map(float), st.just(np.nan)),
    )
)
def test_spearman_sees_ranks_only(x: np.ndarray) -> None:
    found = spearman(np.exp(x), x**3)

    np.testing.assert_allclose(found.r, spearman(x, x).r, rtol=0, atol=1e-12)
