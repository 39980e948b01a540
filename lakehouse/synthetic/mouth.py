"""The inside of the mouth, which a warp cannot invent.

The portrait shows a row of teeth. Opened further, a warp would stretch them; closed, it
would leave a bright line. So what lies below the teeth, and the line between closed lips,
is darkened after the warp.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.opencv import cv2
from lakehouse.synthetic.mesh_points import INNER_LOWER_LIP, INNER_UPPER_LIP

Image = npt.NDArray[np.uint8]
Vectors = npt.NDArray[np.float64]

_INSIDE_RGB: Final = np.array([58, 22, 24], dtype=np.float32)
_TEETH: Final = 0.062
"""Height of the row of teeth that shows, in face heights."""
_CLOSED: Final = 0.028
"""Gap between the lips, in face heights, below which no teeth show."""
_BLUR_PX: Final = 1.4
_PAD: Final = 8
_SUBPIXEL_BITS: Final = 4


def paint_inside(image: Image, landmarks: Vectors, face_height: float) -> None:
    """Darken what is neither lip nor teeth, in place.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width, 3)
        RGB, already warped; it is changed.
    landmarks : ndarray of float64, shape (478, 2)
        Where the landmarks lie in it, in pixels.
    face_height : float
        Distance from forehead to chin in pixels.
    """
    upper, lower = landmarks[list(INNER_UPPER_LIP)], landmarks[list(INNER_LOWER_LIP)]
    outline = np.concatenate([upper, lower[::-1]])
    left, top = np.floor(outline.min(axis=0)).astype(int) - _PAD
    right, bottom = np.ceil(outline.max(axis=0)).astype(int) + _PAD
    left, top = max(left, 0), max(top, 0)
    part = image[top:bottom, left:right]
    if part.size == 0:
        return
    gap = (lower[:, 1] - upper[:, 1]) / face_height
    # Teeth come into sight as the lips part, so closed lips show none.
    shown = _TEETH * np.clip(gap.max() / _CLOSED - 1.0, 0.0, 1.0)
    edge = upper.copy()
    edge[:, 1] += np.minimum(np.maximum(gap, 0.0), shown) * face_height
    shadow = np.concatenate([edge, lower[::-1]]) - (left, top)
    mask = np.zeros(part.shape[:2], dtype=np.uint8)
    fixed = np.rint(shadow * 2**_SUBPIXEL_BITS).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 255, lineType=cv2.LINE_AA, shift=_SUBPIXEL_BITS)
    opacity = cv2.GaussianBlur(mask, (0, 0), _BLUR_PX).astype(np.float32)[..., None] * (0.9 / 255)
    part[:] = part * (1 - opacity) + _INSIDE_RGB * opacity
