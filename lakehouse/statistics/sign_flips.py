"""Tests of whole maps of differences by flipping the signs of participants."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from lakehouse.statistics.paired_tests import Compared, Matrix, compared, in_own_units
from lakehouse.statistics.resampling import Report, familywise_p, unheard
from lakehouse.statistics.threads import one_thread

_BLOCK_ENTRIES = 2**17
_UNIT = 2.0**-24
"""Of single precision: the largest error of rounding once, in relation to what is rounded."""

_CLOSE = 4
"""Columns of a map, on average, that are added again; where more are close, all are."""


def sign_flips(n: int, count: int, seed: int) -> Iterator[Matrix]:
    """Draw random signs for n things, many times.

    Parameters
    ----------
    n : int
        Things that get a sign.
    count : int
        Draws wanted.
    seed : int
        The same seed gives the same signs.

    Yields
    ------
    ndarray of float64, shape (some, n)
        1 or -1; as many rows as fit a modest amount of memory.
    """
    random = np.random.default_rng(seed)
    block = max(1, _BLOCK_ENTRIES // max(n, 1))
    for first in range(0, count, block):
        rows = min(block, count - first)
        yield random.choice(np.array([-1.0, 1.0]), size=(rows, n))


def flipped(
    maps: Matrix, *, count: int, seed: int, report: Report = unheard
) -> tuple[Matrix, Matrix]:
    """Say how strong maps of differences are, and how strong by chance.

    If nothing differs, a participant's differences are as likely to be of the other sign. So
    all differences of a participant, in every map, change sign together or not at all. The
    statistic is ``|Σd| / √Σd²``, whose standard deviation under flips is 1 whatever the number of
    participants; among points known of the same participants it grows with the paired test's |t|.

    Parameters
    ----------
    maps : ndarray of float64, shape (n, maps, points)
        Differences; NaN where a participant has none, which does not take part there.
    count : int
        Flips.
    report : callable, optional
        Told how many flips are done.

    Returns
    -------
    observed : ndarray of float64, shape (maps, points)
        The statistic; NaN where a point cannot be compared (`compared`).
    maxima : ndarray of float64, shape (maps, count)
        The largest of a map under each of the flips, which are the same for any maps of so many
        participants.
    """
    n, number, points = maps.shape
    columns = maps.reshape(n, number * points)
    tested = compared(columns) == Compared.YES
    filled = np.where(tested, in_own_units(columns)[0], 0.0)
    scaled = filled / np.where(tested, np.sqrt((filled**2).sum(axis=0)), 1.0)
    observed = np.where(tested, np.abs(scaled.sum(axis=0)), np.nan).reshape(number, points)
    maxima = np.zeros((number, count))
    done, rows = 0, np.ascontiguousarray(scaled.T)
    single = rows.astype(np.float32)
    with one_thread():
        for signs in sign_flips(n, count, seed):
            now = slice(done, done + len(signs))
            maxima[:, now] = _maxima(signs, rows, single, number)
            done = now.stop
            report(done, count)
    return observed, maxima


def _maxima(signs: Matrix, rows: Matrix, single: npt.NDArray[np.float32], maps: int) -> Matrix:
    """Give the largest |sum| of each map's rows under each draw of signs, shape (maps, draws).

    In single precision, which takes half the time, and again in double for the rows that come as
    close to the largest as rounding may have brought them.
    """
    points, n = len(rows) // max(maps, 1), len(signs[0])
    rough = signs.astype(np.float32) @ single.T
    np.abs(rough, out=rough)
    of_maps = rough.reshape(len(signs), maps, points)
    # Rows are as long as 1, and so the absolute values of one add up to √n at most.
    rounding = np.float32(2 * _UNIT * (n + 1) * np.sqrt(n))
    least = of_maps.max(axis=2, initial=0.0) - rounding
    close = np.flatnonzero(of_maps >= least[..., None])
    if len(close) > _CLOSE * least.size:
        exact = np.abs(signs @ rows.T).reshape(of_maps.shape)
        of_all: Matrix = exact.max(axis=2, initial=0.0).T
        return of_all
    draw, row = np.divmod(close, len(rows))
    sums = np.einsum("ij,ij->i", signs[draw], rows[row])
    largest = np.zeros(least.shape)
    np.maximum.at(largest, (draw, row // points), np.abs(sums))
    return largest.T


def sign_flip_p(observed: Matrix, maxima: Matrix) -> tuple[Matrix, Matrix]:
    """Test maps of differences by max-T, each map as a family and all maps as one.

    Parameters
    ----------
    observed : ndarray of float64, shape (maps, points)
    maxima : ndarray of float64, shape (maps, count)
        As `flipped` gives them; with a count of 0 there are no probabilities.

    Returns
    -------
    of_map, of_all : ndarray of float64, shape (maps, points)
        Probability that the strongest point of the map, or of all maps, is at least so strong
        where nothing differs; NaN where a point cannot be compared.

    References
    ----------
    Nichols & Holmes (2002). Nonparametric permutation tests for functional neuroimaging. Human
    Brain Mapping 15, 1-25.
    Westfall & Young (1993). Resampling-based multiple testing. Wiley; single-step max-T.
    """
    of_map = [
        familywise_p(strong, largest) for strong, largest in zip(observed, maxima, strict=True)
    ]
    of_all = familywise_p(observed, maxima.max(axis=0, initial=0.0))
    return np.array(of_map).reshape(observed.shape), of_all
