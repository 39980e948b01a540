"""Paired comparisons, against SciPy and pingouin column by column."""

import numpy as np
import pingouin as pg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import optimize, stats

from lakehouse.statistics.paired_tests import Compared, compared, paired_t, signed_ranks


def gappy_pairs(rows: int, seed: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Two values of each participant, with gaps, ties and zeros.

    Column 3 differs by the same for all, column 4 by nothing; of column 5 one participant has
    both, of column 6 nobody.
    """
    random = np.random.default_rng(seed)
    first, second = random.normal(20, 5, (2, rows, 8))
    first[:, 1] = np.round(first[:, 1] / 4)
    second[:, 1] = np.round(second[:, 1] / 4)
    first[:, 2] += 30
    second[:, 3] = first[:, 3] = 8
    first[:, 3] += 0.5
    second[:, 4] = first[:, 4]
    second[1:, 5] = np.nan
    first[:, 6] = np.nan
    first[random.random(rows) < 0.3, 0] = np.nan
    second[random.random(rows) < 0.3, 0] = np.nan
    return first, second


def complete(first: np.ndarray, second: np.ndarray, column: int) -> tuple[np.ndarray, np.ndarray]:
    both = ~np.isnan(first[:, column]) & ~np.isnan(second[:, column])
    return first[both, column], second[both, column]


TESTABLE = (0, 1, 2, 7)


@pytest.mark.parametrize("rows", [12, 45, 309])
def test_t_and_dz_are_those_of_scipy_and_pingouin(rows: int) -> None:
    first, second = gappy_pairs(rows)

    found = paired_t(first - second)

    for column in TESTABLE:
        x, y = complete(first, second, column)
        expected = stats.ttest_rel(x, y)
        interval = expected.confidence_interval(0.95)
        assert found["n"][column] == len(x)
        assert found["mean_difference"][column] == pytest.approx((x - y).mean())
        assert found["sd_difference"][column] == pytest.approx((x - y).std(ddof=1))
        assert found["t"][column] == pytest.approx(expected.statistic)
        assert found["t_p"][column] == pytest.approx(expected.pvalue, rel=1e-9)
        assert found["difference_low"][column] == pytest.approx(interval.low)
        assert found["difference_high"][column] == pytest.approx(interval.high)
        assert found["cohen_dz"][column] == pytest.approx(
            pg.compute_effsize(x - y, 0, eftype="cohen")
        )


@pytest.mark.parametrize("rows", [2, 5, 45, 309])
def test_the_interval_of_dz_is_where_the_noncentral_t_has_its_tails(rows: int) -> None:
    differences = np.random.default_rng(rows).normal(0.4, 1, (rows, 3))

    found = paired_t(differences)

    for column in range(3):
        t, root = found["t"][column], np.sqrt(rows)
        for name, tail in (("dz_low", 0.975), ("dz_high", 0.025)):
            noncentrality = optimize.brentq(
                lambda nc, t=t, tail=tail: stats.nct.cdf(t, rows - 1, nc) - tail,
                -5 - 3 * abs(t),
                5 + 3 * abs(t),
            )
            assert found[name][column] == pytest.approx(noncentrality / root, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("rows", [9, 45, 309])
def test_ranks_are_those_of_scipy_and_pingouin(rows: int) -> None:
    first, second = gappy_pairs(rows)

    found = signed_ranks(first - second)

    for column in (*TESTABLE, 3):
        x, y = complete(first, second, column)
        expected = stats.wilcoxon(x, y, zero_method="pratt")
        assert found["wilcoxon_p"][column] == pytest.approx(expected.pvalue)
        kerby = pg.wilcoxon(x, y)["RBC"].item()
        assert found["rank_biserial"][column] == pytest.approx(kerby)
    assert found["rank_biserial"][2] == 1
    assert ((first - second)[:, 1] == 0).sum() > 0


def test_what_cannot_be_compared_says_why() -> None:
    first, second = gappy_pairs(20)

    differences = first - second
    t, ranks = paired_t(differences), signed_ranks(differences)

    assert compared(differences).tolist() == [
        *[Compared.YES] * 3,
        *(Compared.CONSTANT, Compared.ALL_ZERO, Compared.TOO_FEW, Compared.TOO_FEW),
        Compared.YES,
    ]
    for name in ("t", "t_p", "cohen_dz", "dz_low", "dz_high", "difference_low", "difference_high"):
        assert np.isnan(t[name][3:7]).all()
    assert t["n"].tolist()[3:7] == [20, 20, 1, 0]
    assert t["mean_difference"].tolist()[3:5] == [0.5, 0]
    assert t["mean_difference"][5] == differences[0, 5]
    assert np.isnan(t["mean_difference"][6])
    assert np.isnan(t["sd_difference"][5:7]).all()
    assert ranks["wilcoxon_p"][3] < 0.001
    assert np.isnan(ranks["wilcoxon_p"][4:7]).all()


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_nothing_to_compare_gives_empty_or_null_columns(shape: tuple[int, int]) -> None:
    differences = np.empty(shape)

    columns = paired_t(differences) | signed_ranks(differences)

    assert {column.shape for column in columns.values()} == {(shape[1],)}
    assert np.isnan(columns["t"]).all()


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(arrays(float, (6, 2), elements=st.floats(-1e6, 1e6, allow_subnormal=False)))
def test_turned_round_everything_changes_sign(differences: np.ndarray) -> None:
    forth, back = (
        paired_t(sign * differences) | signed_ranks(sign * differences) for sign in (1.0, -1.0)
    )

    for name in ("mean_difference", "t", "cohen_dz", "rank_biserial"):
        np.testing.assert_allclose(forth[name], -back[name], rtol=1e-9)
    for name in ("t_p", "wilcoxon_p", "sd_difference"):
        np.testing.assert_allclose(forth[name], back[name], rtol=1e-9)
    np.testing.assert_allclose(forth["dz_low"], -back["dz_high"], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("n", [30, 50, 51, 90])
def test_columns_tested_at_once_are_as_if_alone(n: int) -> None:
    differences = np.random.default_rng(n).normal(0.3, 1, (n, 6))
    differences[:, 1:3] = differences[:, 1:3].round(0)
    differences[:3, 2:5] = np.nan
    differences[:9, 5] = 0.0

    found = signed_ranks(differences)["wilcoxon_p"]

    for column, p in zip(differences.T, found, strict=True):
        alone = stats.wilcoxon(column[~np.isnan(column)], zero_method="pratt")
        assert p == pytest.approx(alone.pvalue, rel=1e-12)


@pytest.mark.parametrize("sign", [1, -1])
def test_differences_that_hardly_differ_have_an_interval_at_once(sign: int) -> None:
    found = paired_t(sign * np.array([[1.0, 1.0], [1.0 + 1e-9, 1.0 + 1e-2]]))

    # Of two participants the deviation may be a 32nd of what it should be, or 2.24 times as much.
    ends = np.sqrt(stats.chi2.ppf([0.025, 0.975], 1))
    for low, high, dz in zip(found["dz_low"], found["dz_high"], found["cohen_dz"], strict=True):
        assert sorted([low / dz, high / dz]) == pytest.approx(ends, rel=2e-3)
