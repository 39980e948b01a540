import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics.leave_one_out import RANKED_ROWS, leave_one_out
from tests.lakehouse.statistics.gappy import complete_pairs, correlated, gappy_matrices


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("ranked", "test"), [(True, stats.spearmanr), (False, stats.pearsonr)])
def test_the_range_is_that_of_scipys_correlations_without_each_row(
    ranked: bool, test, seed: int
) -> None:
    x, y = gappy_matrices(seed, rows=24)
    low, high = leave_one_out(x, y, ranked=ranked)

    for pair, first, second in complete_pairs(x, y):
        left = [
            (np.delete(first, row), np.delete(second, row))
            for row in range(len(first))
            if correlated(first, second)
        ]
        r = [test(*columns).statistic for columns in left if correlated(*columns)]
        expected = (min(r), max(r)) if r else (np.nan, np.nan)
        np.testing.assert_allclose((low[pair], high[pair]), expected, rtol=0, atol=1e-12)


def test_a_correlation_that_hangs_on_one_row_is_seen() -> None:
    x = np.array([0, 1, 0, 1, 0, 1, 0, 1, 50.0])[:, None]
    y = np.array([0, 0, 1, 1, 0, 0, 1, 1, 50.0])[:, None]

    low, high = leave_one_out(x, y, ranked=False)

    assert low.item() == pytest.approx(0, abs=1e-12)
    assert high.item() > 0.99


@pytest.mark.parametrize("rows", [0, 1, 3])
@pytest.mark.parametrize("ranked", [True, False])
def test_three_rows_have_none_to_spare(rows: int, ranked: bool) -> None:
    x = np.arange(float(rows))[:, None]

    assert np.isnan(leave_one_out(x, x, ranked=ranked)).all()


def test_a_row_that_outweighs_all_others_costs_no_digits() -> None:
    random = np.random.default_rng(3)
    x, y = random.normal(size=(2, 30, 1))
    x[7], y[7] = 1e6, -1e6

    low, high = leave_one_out(x, y, ranked=False)

    expected = stats.pearsonr(np.delete(x[:, 0], 7), np.delete(y[:, 0], 7)).statistic
    assert high.item() == pytest.approx(expected, abs=1e-7)
    assert low.item() == pytest.approx(-1)


def test_with_many_rows_ranks_are_not_taken_anew() -> None:
    random = np.random.default_rng(4)
    x = random.normal(size=(RANKED_ROWS + 1, 1))
    y = x + random.normal(size=x.shape)

    assert np.isnan(leave_one_out(x, y, ranked=True)).all()
    assert np.isfinite(leave_one_out(x, y, ranked=False)).all()
    assert np.isfinite(leave_one_out(x[1:], y[1:], ranked=True)).all()


def test_no_row_of_many_moves_a_rank_correlation_far() -> None:
    random = np.random.default_rng(5)
    x = np.arange(float(RANKED_ROWS))[:, None]
    y = np.column_stack([x + random.normal(0, spread, size=x.shape) for spread in (1, 300, 1e6)])
    y[0], y[1] = 1e7, -1e7

    low, high = leave_one_out(x, y, ranked=True)

    whole = stats.spearmanr(x, y).statistic[0, 1:]
    assert np.all(np.abs([low[0] - whole, high[0] - whole]) <= 6.1 / RANKED_ROWS)
