"""BCa intervals, against SciPy's and those of R's boot."""

import subprocess

import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics.available_cases import directions
from lakehouse.statistics.bca import DRAWN_ROWS, Resamples, bca_interval
from lakehouse.statistics.correlation import pearson
from lakehouse.statistics.intervals import pearson_interval
from tests.lakehouse.reference.correlations import value_interval
from tests.lakehouse.statistics.gappy import complete_pairs, correlated, gappy_matrices
from tests.tools import require_r

SEED = 4


def interval(
    x: np.ndarray,
    y: np.ndarray,
    *,
    count: int = 2000,
    given: np.ndarray | None = None,
    fewest: int = 3,
    each_once: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    found = pearson(x, y, given=given, fewest=fewest)
    parts = directions(x, y, given=given, ranked=False)
    return bca_interval(found, parts, Resamples(len(x), count, SEED), each_once=each_once)


def _products(x: np.ndarray, y: np.ndarray, axis: int = -1) -> np.ndarray:
    x, y = (side - side.mean(axis=axis, keepdims=True) for side in (x, y))
    return (x * y).sum(axis) / np.sqrt((x**2).sum(axis) * (y**2).sum(axis))


def skewed(rows: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    latent = random.normal(size=rows)
    x = np.exp(0.5 * latent)
    y = np.maximum(np.floor(6 * np.exp(0.5 * latent + 0.5 * random.normal(size=rows)) - 4), 0)
    return x[:, None], y[:, None]


@pytest.mark.slow
@pytest.mark.parametrize("rows", [12, 50, 309])
def test_it_is_scipys_for_very_many_draws(rows: int) -> None:
    x, y = skewed(rows)
    y += np.arange(rows)[:, None] / rows
    expected = stats.bootstrap(
        (x[:, 0], y[:, 0]),
        _products,
        paired=True,
        n_resamples=20000,
        random_state=np.random.default_rng(9),
    ).confidence_interval

    low, high = interval(x, y, count=20000)

    width = expected.high - expected.low
    assert (low.item(), high.item()) == pytest.approx(tuple(expected), abs=0.03 * width)


@pytest.mark.slow
def test_it_is_that_of_rs_boot() -> None:
    rscript = require_r("boot")
    x, y = skewed(60, seed=2)
    script = """
        library(boot)
        pair <- read.table(file("stdin"))
        set.seed(1)
        drawn <- boot(pair, function(d, i) cor(d[i, 1], d[i, 2]), R = 20000)
        jackknife <- empinf(drawn, type = "jack")
        cat(boot.ci(drawn, type = "bca", L = jackknife)$bca[4:5])
    """
    text = "".join(
        f"{a!r} {b!r}\n" for a, b in zip(x[:, 0].tolist(), y[:, 0].tolist(), strict=True)
    )
    ran = subprocess.run([rscript, "-e", script], input=text, capture_output=True, check=True,
                         text=True)  # fmt: skip

    low, high = interval(x, y, count=20000)

    assert (low.item(), high.item()) == pytest.approx(
        tuple(map(float, ran.stdout.split())), abs=0.01
    )
    fisher = pearson_interval(pearson(x, y).r, pearson(x, y).df)
    assert abs(fisher[0].item() - low.item()) > 0.02


def test_whole_matrices_with_gaps_and_ties_give_what_each_pair_gives() -> None:
    x, y = gappy_matrices()
    drawn = np.random.default_rng(SEED).multinomial(40, np.full(40, 1 / 40), size=200)

    low, high = interval(x, y, count=200)

    for (a, b), first, second in complete_pairs(x, y):
        if not correlated(first, second):
            assert np.isnan([low[a, b], high[a, b]]).all()
            continue
        known = ~np.isnan(x[:, a]) & ~np.isnan(y[:, b])
        left = np.array([_r(np.delete(first, row), np.delete(second, row))
                         for row in range(len(first))])  # fmt: skip
        r = pearson(first[:, None], second[:, None]).r.item()
        expected = value_interval(r, len(first) - 2, (first, second), drawn[:, known], left)
        assert (low[a, b], high[a, b]) == pytest.approx(expected, abs=1e-9)


def _r(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.corrcoef(x, y)[0, 1]) if correlated(x, y) else np.nan


def test_pairs_above_the_diagonal_are_the_same_alone() -> None:
    x, _ = gappy_matrices()

    every, once = interval(x, x, count=100), interval(x, x, count=100, each_once=True)

    upper = np.triu_indices(x.shape[1], 1)
    for both, end in zip(every, once, strict=True):
        np.testing.assert_allclose(end[upper], both[upper], rtol=0, atol=1e-12)


def test_the_seed_decides_it_and_no_draws_give_none() -> None:
    x, y = skewed(40)
    found = pearson(x, y)

    first, again, other = (
        bca_interval(found, directions(x, y, ranked=False), Resamples(40, 300, seed))[0].item()
        for seed in (1, 1, 2)
    )

    assert first == again != other
    assert np.isnan(interval(x, y, count=0)).all()
    assert np.isnan(interval(x, y, fewest=41)).all()


@pytest.mark.parametrize("rows", [4, 9])
def test_few_rows_have_fishers(rows: int) -> None:
    x, y = skewed(rows, seed=3)
    y += np.arange(rows)[:, None] / 7
    found = pearson(x, y)

    np.testing.assert_array_equal(interval(x, y), pearson_interval(found.r, found.df))


def test_perfect_correlation_is_its_own_interval() -> None:
    x = np.arange(20.0)[:, None]

    assert [end.item() for end in interval(x, -2 * x)] == [-1, -1]


@pytest.mark.slow
def test_many_rows_have_the_interval_of_moments_which_is_that_of_drawing() -> None:
    x, y = skewed(DRAWN_ROWS + 1)

    low, high = interval(x, y)
    drawn = interval(x[:-1], y[:-1], count=20000)

    for end, other in zip((low, high), drawn, strict=True):
        assert end.item() == pytest.approx(other.item(), abs=0.01)
    found = pearson(x, y)
    fisher = pearson_interval(found.r, found.df)
    assert (high - low).item() > 1.15 * (fisher[1] - fisher[0]).item()


def test_covariates_widen_it_by_what_they_take_of_freedom() -> None:
    random = np.random.default_rng(6)
    x, y = random.normal(size=(2, 30, 1))
    given = random.normal(size=(30, 4))
    design = np.column_stack([np.ones(30), given])
    rest = [side - design @ np.linalg.lstsq(design, side, rcond=None)[0] for side in (x, y)]

    low, high = interval(x, y, given=given)

    r = pearson(*rest).r.item()
    for end, of_rest in zip((low, high), interval(*rest), strict=True):
        assert np.arctanh(end.item()) - np.arctanh(r) == pytest.approx(
            np.sqrt(29 / 25) * (np.arctanh(of_rest.item()) - np.arctanh(r))
        )
