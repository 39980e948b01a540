"""The noncentrality of Student's t that puts so much of its distribution below a value."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from lakehouse.statistics.evidence.noncentral import noncentrality

Vector = npt.NDArray[np.float64]


@given(
    st.integers(1, 400),
    st.sampled_from([0.025, 0.2, 0.5, 0.975]),
    st.floats(-100, 100, allow_subnormal=False),
)
def test_so_much_of_the_distribution_is_below(n: int, below: float, t: float) -> None:
    df = float(n)

    [found] = noncentrality(np.array([df]), below, np.array([t]))

    assert below_by_integral(df, t, found) == pytest.approx(below, abs=1e-8)


def below_by_integral(df: float, t: float, noncentrality: float) -> float:
    """Sum up what is normal in t over all deviations, as its definition has it."""
    chi = stats.chi(df, scale=1 / np.sqrt(df))

    def part(deviation: Vector) -> Vector:
        of_normal: Vector = stats.norm.cdf(t * deviation - noncentrality) * chi.pdf(deviation)
        return of_normal

    ends = chi.ppf([1e-12, 1 - 1e-12])
    # Where the normal part leaves 0 for 1 it is steep if t is large.
    steep = [] if abs(t) < 1e-3 else [(noncentrality + step) / t for step in (-6.0, 0.0, 6.0)]
    places = np.unique(np.clip([*ends, *chi.ppf([0.01, 0.5, 0.99]), *steep], *ends))
    pieces = np.concatenate([np.linspace(*two, 9)[:-1] for two in pairwise(places)] + [ends[1:]])
    return sum(integrate.fixed_quad(part, *two, n=20)[0] for two in pairwise(pieces))


def test_turned_round_it_changes_its_sign() -> None:
    df = np.repeat([1.0, 2.0, 7.0, 308.0], 5)
    t = np.tile([0.0, 1e-130, 0.3, 31.0, 1e15], 4)

    assert not np.isnan(noncentrality(df, 0.975, t)).any()
    np.testing.assert_allclose(
        noncentrality(df, 0.975, t), -noncentrality(df, 0.025, -t), rtol=1e-10, atol=1e-10
    )


@pytest.mark.parametrize("df", [1.0, 2.0, 8.0, 308.0])
def test_what_is_left_out_of_a_vast_t_is_little(df: float) -> None:
    for below in (0.025, 0.2, 0.975):
        inside, beyond = noncentrality(np.full(2, df), below, np.array([1000.0, 1000.0 + 1e-9]))

        assert inside == pytest.approx(beyond, rel=3e-5)
        assert inside != pytest.approx(beyond, rel=1e-8)


def test_unknown_is_unknown() -> None:
    nan = float("nan")

    found = noncentrality(np.array([nan, 5.0, 5.0]), 0.5, np.array([1.0, nan, 1.0]))

    assert np.isnan(found).tolist() == [True, True, False]
    assert noncentrality(np.array([]), 0.5, np.array([])).shape == (0,)
