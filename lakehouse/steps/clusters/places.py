"""Places as k-means takes them."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_DECIMALS = 6


def to_be_grouped(places: Array) -> Array:
    """Round places to a millionth of a pixel.

    Averages differ in their last bits where they are summed up in another order, as they are from
    run to run and on another engine, and by a last bit a start of k-means may end elsewhere. A
    camera tells a thousandth of a pixel at best.

    Parameters
    ----------
    places : ndarray of float64, shape (n, 2)
        In aligned pixels.

    Returns
    -------
    ndarray of float64, shape (n, 2)
    """
    return np.round(places, _DECIMALS)
