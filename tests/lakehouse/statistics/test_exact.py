"""Exact probabilities, against R's and SciPy's and against counting."""

import subprocess
from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics.available_cases import Defined
from lakehouse.statistics.correlation import Correlations, pearson, spearman
from lakehouse.statistics.exact import concordance_p, product_p
from lakehouse.statistics.kendall import kendall
from tests.tools import require_r

TESTS = {
    pearson: lambda x, y: stats.pearsonr(x, y).statistic,
    spearman: lambda x, y: stats.spearmanr(x, y).statistic,
    kendall: lambda x, y: stats.kendalltau(x, y).statistic,
}
every = pytest.mark.parametrize("correlate", TESTS)


def one(found: Correlations) -> float:
    return float(found.p.item())


@pytest.mark.slow
@every
@pytest.mark.parametrize("rows", [3, 4, 5, 6, 7])
@pytest.mark.parametrize("tied", [False, True])
def test_p_is_the_share_of_all_orders_with_so_strong_a_correlation(
    correlate, rows: int, tied: bool
) -> None:
    random = np.random.default_rng([rows, tied])
    x, y = (random.integers(0, 4, (2, rows)) if tied else random.normal(size=(2, rows))).astype(
        float
    )
    x[0], y[0] = x[1] + 1, y[1] - 1
    statistic = TESTS[correlate]
    observed = abs(statistic(x, y))
    found = [abs(statistic(x, y[list(order)])) for order in permutations(range(rows))]

    p = one(correlate(x[:, None], y[:, None]))

    assert p == pytest.approx((np.array(found) >= observed - 1e-9).mean())


@every
@pytest.mark.parametrize(("rows", "p"), [(4, 2 / 24), (5, 2 / 120), (9, 2 / 362880)])
def test_perfect_agreement_of_few_is_not_beyond_chance(correlate, rows: int, p: float) -> None:
    x = np.arange(float(rows))[:, None]

    assert one(correlate(x, -x)) == pytest.approx(p)


def test_without_ties_it_is_rs_exact_test() -> None:
    rscript = require_r()
    random = np.random.default_rng(3)
    pairs = [random.normal(size=(2, rows)) for rows in (4, 6, 8, 9, 9)]
    script = """
        lines <- lapply(strsplit(readLines(file("stdin")), " "), as.numeric)
        for (at in seq(1, length(lines), 2)) for (method in c("spearman", "kendall"))
          cat(format(cor.test(lines[[at]], lines[[at + 1]], method = method, exact = TRUE)$p.value,
            digits = 15), "")
    """
    lines = [side for pair in pairs for side in pair.tolist()]
    text = "".join(" ".join(map(repr, side)) + "\n" for side in lines)
    ran = subprocess.run([rscript, "-e", script], input=text, capture_output=True, check=True,
                         text=True)  # fmt: skip

    found = [one(of(x[:, None], y[:, None])) for x, y in pairs for of in (spearman, kendall)]
    assert found == pytest.approx([float(p) for p in ran.stdout.split()])


def test_counting_and_the_distribution_of_untied_ranks_agree() -> None:
    random = np.random.default_rng(1)
    x, y = (random.permuted(np.tile(np.arange(8.0), (5, 1)), axis=1).T for _ in range(2))
    unit = [(side - 3.5) / np.linalg.norm(side[:, 0] - 3.5) for side in (x, y)]

    np.testing.assert_allclose(product_p(*unit), spearman(x, y).p)
    np.testing.assert_allclose(concordance_p(x, y), kendall(x, y).p)


@every
def test_one_row_more_takes_the_approximation(correlate) -> None:
    random = np.random.default_rng(0)
    x, y = random.integers(0, 5, (2, 10, 1)).astype(float)
    approximate = {pearson: stats.pearsonr, spearman: stats.spearmanr, kendall: stats.kendalltau}

    found = approximate[correlate](x[:, 0], y[:, 0])

    assert one(correlate(x, y)) == pytest.approx(found.pvalue)


@every
def test_with_fewer_than_are_asked_for_there_is_r_and_no_test(correlate) -> None:
    x = np.random.default_rng(0).normal(size=(12, 3))
    x[:3, 1], x[:, 2] = np.nan, 1

    found = correlate(x, x[:, :1], fewest=10)

    assert found.defined[:, 0].tolist() == [Defined.YES, Defined.UNTESTED, Defined.X_CONSTANT]
    assert np.isnan(found.p[:, 0]).tolist() == [False, True, True]
    assert np.isnan(found.r[:, 0]).tolist() == [False, False, True]


@pytest.mark.parametrize("correlate", [pearson, spearman])
def test_with_covariates_few_rows_have_no_test(correlate) -> None:
    random = np.random.default_rng(0)
    x, y = random.normal(size=(2, 10, 1))
    given = random.normal(size=(10, 1))

    assert np.isnan(one(correlate(x, y, given=given)))
    assert not np.isnan(one(correlate(x, y, given=np.ones((10, 1)))))
    x, y, given = (np.concatenate([side, -side[:1]]) for side in (x, y, given))
    assert not np.isnan(one(correlate(x, y, given=given)))
