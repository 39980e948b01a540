import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from statsmodels.stats.multitest import multipletests

from lakehouse.statistics.multiplicity import benjamini_hochberg, bonferroni

quick = settings(max_examples=40, deadline=None, derandomize=True)


def test_false_discovery_rate_by_hand() -> None:
    p = np.array([[0.01, 0.04], [0.03, 0.9]])

    # Sorted .01 .03 .04 .9 times 4/1, 4/2, 4/3, 4/4: .04 .06 .0533 .9, then never falling.
    q = benjamini_hochberg(p)

    np.testing.assert_allclose(q, [[0.04, 0.16 / 3], [0.16 / 3, 0.9]])


@given(p=arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1, allow_subnormal=False)))
@quick
def test_false_discovery_rate_is_scipys_and_never_below_p(p: np.ndarray) -> None:
    q = benjamini_hochberg(p)

    np.testing.assert_allclose(q, stats.false_discovery_control(p))
    assert (q >= p).all()
    assert (q <= 1).all()


def test_pairs_that_were_not_tested_do_not_count_in_the_family() -> None:
    q = benjamini_hochberg(np.array([0.01, np.nan, 0.5]))

    np.testing.assert_allclose(q, [0.02, np.nan, 0.5])


def test_a_family_without_a_test_has_no_q() -> None:
    assert np.isnan(benjamini_hochberg(np.full((2, 3), np.nan))).all()
    assert benjamini_hochberg(np.empty((0, 3))).shape == (0, 3)


@pytest.mark.parametrize(
    ("adjust", "method"), [(benjamini_hochberg, "fdr_bh"), (bonferroni, "bonferroni")]
)
def test_adjusted_probabilities_are_those_of_statsmodels(adjust, method: str) -> None:
    random = np.random.default_rng(4)
    p = random.uniform(0, 1, (30, 6)) ** 3
    p[random.random(p.shape) < 0.1] = np.nan
    known = ~np.isnan(p)

    found = adjust(p)

    np.testing.assert_allclose(found[known], multipletests(p[known], method=method)[1])
    assert (np.isnan(found) == ~known).all()


def test_bonferroni_of_the_papers_best_correlation() -> None:
    p = np.full(540, 0.5)
    p[0] = 6.888895152022905e-05

    assert bonferroni(p)[0] == pytest.approx(0.0372, abs=1e-4)
    assert bonferroni(p)[1] == 1.0
