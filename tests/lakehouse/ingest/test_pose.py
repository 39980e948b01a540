import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from lakehouse.ingest.pose import pose_from_rotation


def matrix(yaw: float, pitch: float, roll: float, scale: float = 1.0) -> np.ndarray:
    # Camera axes: x right, y up, z to the viewer. Right-handed turns about y take the gaze to the
    # right, about x take it down, about z are anticlockwise as seen.
    rotation = Rotation.from_euler("YXZ", [yaw, -pitch, -roll], degrees=True)
    return scale * rotation.as_matrix()


@given(st.floats(-179, 179), st.floats(-89, 89), st.floats(-179, 179), st.floats(0.5, 2))
def test_angles_are_read_back(yaw: float, pitch: float, roll: float, scale: float) -> None:
    pose = pose_from_rotation(matrix(yaw, pitch, roll, scale))
    assert pose == pytest.approx((yaw, pitch, roll), abs=1e-5)


def test_the_signs_are_those_promised() -> None:
    def gaze_and_crown(**angles: float) -> tuple[np.ndarray, np.ndarray]:
        turned = matrix(**{"yaw": 0, "pitch": 0, "roll": 0, **angles})
        return turned[:3, 2], turned[:3, 1]

    assert gaze_and_crown(yaw=20)[0][0] > 0  # to the picture's right
    assert gaze_and_crown(pitch=20)[0][1] > 0  # up
    assert gaze_and_crown(roll=20)[1][0] > 0  # the crown goes right: clockwise
