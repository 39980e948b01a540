"""Three ways to say with a number how far a point has moved."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def lengths(displacements: Array) -> Array:
    """Give the length of each displacement, the paper's distance.

    Parameters
    ----------
    displacements : ndarray of float64, shape (people, …, axes)

    Returns
    -------
    ndarray of float64, shape (people, …)
    """
    squares = displacements**2
    # Axis by axis, as the query adds them.
    total = squares[..., 0]
    for axis in range(1, squares.shape[-1]):
        total = total + squares[..., axis]
    return np.asarray(np.sqrt(total))


def projected(displacements: Array) -> Array:
    """Measure displacements along the mean direction of the others.

    Parameters
    ----------
    displacements : ndarray of float64, shape (people, …, axes)
        NaN where somebody has none.

    Returns
    -------
    ndarray of float64, shape (people, …)
        Negative against the others' direction; NaN where nobody else has a displacement, or the
        others' mean is none.
    """
    known = ~np.isnan(displacements)
    total = np.where(known, displacements, 0.0).sum(axis=0)
    others = np.where(known, total - displacements, np.nan)
    length = lengths(others)[..., None]
    alone = known.sum(axis=0) < 2
    direction = np.where(alone | (length == 0), np.nan, others / np.where(length == 0, 1, length))
    along: Array = (displacements * direction).sum(axis=-1)
    return along


def squared_unbiased(displacements: Array, noise: Array) -> Array:
    """Estimate the squares of the true displacements, without what noise adds to them.

    Parameters
    ----------
    displacements : ndarray of float64, shape (people, …, axes)
        From means of photographs to means of photographs.
    noise : ndarray of float64, shape (people, …)
        Variance of these displacements: that between the photographs of either mean, summed over
        the axes and divided by their number. NaN where it is not known.

    Returns
    -------
    ndarray of float64, shape (people, …)
        The same as the mean, over all pairs of different photographs, of the product of their
        displacements: what differs at random between photographs cancels, and little movement may
        come out below 0.
    """
    squares: Array = (displacements**2).sum(axis=-1) - noise
    return squares
