"""Whether landmarks are in pixels or in shares of the picture, and pixels made of shares.

MediaPipe gives x as a share of the picture's width, y of its height, and z, roughly, of its width.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

_SHARES: Final = (-1.0, 2.0)
"""Between these lie shares; they pass 0 and 1 where the face is cut off by the picture's edge."""

_STRAYS: Final = 0.05
"""So many of a face's points, in pixels, do not lie within two pixels of the picture's corner."""

_FLAT: Final = 0.05
"""No face is that flat: depth from nose to ears, by height from forehead to chin."""

NO_FACE_PX: Final = 3.0
"""No face from forehead to chin is smaller than that in pixels; in shares, all are."""

NO_SIZE: Final = "x and y are shares of the picture (0 to 1), not pixels"
"""Why landmarks are refused as long as the picture's size is not given."""


class NoLandmarksError(ValueError):
    """The content is no table of landmarks; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Size of an upright picture in pixels."""

    width: int
    height: int


def in_pixels(points: npt.NDArray[np.float64], size: PictureSize | None) -> npt.NDArray[np.float64]:
    """Give landmarks in pixels, whichever of the two they are in.

    Parameters
    ----------
    points : ndarray, shape (points, 3)
        x, y and z, which is NaN where there is no depth.
    size : PictureSize or None
        None where it is not known.

    Returns
    -------
    ndarray, shape (points, 3)
        Depth that is the same for all points is none, and becomes NaN.

    Raises
    ------
    NoLandmarksError
        If they are shares and the size is not known, or some are shares and others pixels, or
        they are pixels beyond the picture.
    """
    points = points.copy()
    if np.ptp(points[:, 2]) == 0:
        points[:, 2] = np.nan
    # NaN where there is none, and then neither less nor more than anything.
    depth = float(np.ptp(points[:, 2]))
    low, high = _SHARES
    is_share = (points[:, :2] >= low) & (points[:, :2] <= high)
    if is_share.all():
        if size is None:
            raise NoLandmarksError(
                f"{NO_SIZE}; give --width and --height, or add columns width and height"
            )
        if depth > high - low:
            raise NoLandmarksError("x and y are shares of the picture (0 to 1), but z is not")
        return points * (size.width, size.height, size.width)
    _refuse_mixture(is_share)
    height = np.ptp(points[:, 1])
    if depth < _FLAT * height:
        raise NoLandmarksError(
            "x and y are pixels, but z is a share of the picture; multiply it by the width, or "
            "leave it out"
        )
    if size is not None and (np.median(points[:, :2], axis=0) > (size.width, size.height)).any():
        raise NoLandmarksError(
            f"x and y are pixels beyond a picture of {size.width:,} × {size.height:,}"
        )
    return points


def _refuse_mixture(is_share: npt.NDArray[np.bool_]) -> None:
    for axis, (name, other) in enumerate((("x", "y"), ("y", "x"))):
        if is_share[:, axis].all():
            raise NoLandmarksError(f"{name} is a share of the picture (0 to 1), but {other} is not")
    if is_share.all(axis=1).mean() > _STRAYS:
        raise NoLandmarksError("some points are shares of the picture (0 to 1), others pixels")
