"""Head pose from the rotation in MediaPipe's facial transformation matrix.

The sign convention, here and in the lake, as one looks at the picture:

- yaw > 0: the face is turned towards the picture's right side (the person's own left);
- pitch > 0: the face looks up;
- roll > 0: the head is tilted clockwise.

The rotation is applied in the order roll, pitch, yaw, so that yaw and pitch are where the face
points and roll is the tilt about that direction.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Pose(NamedTuple):
    """Where a head is turned, in degrees; see the module for the signs."""

    yaw: float
    pitch: float
    roll: float


def pose_from_rotation(rotation: npt.NDArray[np.floating]) -> Pose:
    """Read yaw, pitch and roll from a rotation.

    Parameters
    ----------
    rotation : ndarray of float, shape (3, 3)
        From the canonical face to the camera: x to the picture's right, y up, z towards the
        camera. A uniform scale is divided out.

    Returns
    -------
    Pose
        Degrees; yaw and roll within ±180, pitch within ±90.
    """
    rotation = np.asarray(rotation, dtype=np.float64)
    rotation = rotation / np.cbrt(np.linalg.det(rotation))
    # The columns are where the face's own axes point: its left, its crown, its gaze.
    gaze = rotation[:, 2]
    yaw = math.atan2(gaze[0], gaze[2])
    pitch = math.asin(min(1.0, max(-1.0, gaze[1])))
    roll = math.atan2(-rotation[1, 0], rotation[1, 1])
    return Pose(math.degrees(yaw), math.degrees(pitch), math.degrees(roll))
