"""One clip: a face that moves from one state to another and back, from plan to pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lakehouse.opencv import cv2
from lakehouse.synthetic.camera import Shot
from lakehouse.synthetic.clips.filming import TICKS, Filming, Ticks
from lakehouse.synthetic.clips.time_course import TimeCourse
from lakehouse.synthetic.photo_pixels import Image, render_face

Vectors = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Face:
    """Whose face moves, and between which states.

    Attributes
    ----------
    rest, apex : ndarray of float64, shape (len(ACTION_UNITS),)
        Intensity of each action unit at rest and in the full expression.
    shape : ndarray of float64, shape (len(SHAPE_MODES),)
        In standard deviations.
    shot : Shot
        Pose, camera and light, around which the head sways.
    """

    rest: Vectors
    apex: Vectors
    shape: Vectors
    shot: Shot

    def still(self, intensity: float) -> Image:
        """Draw the face at one intensity: without sway and noise.

        Returns
        -------
        ndarray of uint8, shape (768, 640, 3)
            RGB.
        """
        return self._drawn(intensity, replace(self.shot, noise=0.0))

    def moment(self, intensity: float, sway: Vectors, grain: tuple[int, int]) -> Image:
        """Draw the face at one moment.

        Parameters
        ----------
        intensity : float
            Of the expression: 0 at rest, 1 in full.
        sway : ndarray of float64, shape (6,)
            A row of `Filming.swaying`.
        grain : tuple of int
            Where the noise is taken from, as in `Shot`.

        Returns
        -------
        ndarray of uint8, shape (768, 640, 3)
            RGB.
        """
        yaw, pitch, roll, size, right, down = sway.tolist()
        shot = self.shot
        return self._drawn(
            intensity,
            replace(
                shot,
                yaw_deg=shot.yaw_deg + yaw,
                pitch_deg=shot.pitch_deg + pitch,
                roll_deg=shot.roll_deg + roll,
                scale=float(shot.scale * np.exp(size)),
                shift_px=(shot.shift_px[0] + right, shot.shift_px[1] + down),
                noise_offset=grain,
            ),
        )

    def _drawn(self, intensity: float, shot: Shot) -> Image:
        return render_face(self.rest + intensity * (self.apex - self.rest), self.shape, shot)


@dataclass(frozen=True, eq=False)
class Clip:
    """Everything that a clip's frames depend on.

    Attributes
    ----------
    participant, expression, supervised, video
        What it is called.
    face : Face
        Who moves.
    course : TimeCourse
        When.
    cue_s : float
        When the participant is asked to, in the video's time: the onset of the trial.
    ticks : ndarray of int64, shape (frames,)
        The frames' times in 1/90,000 s.
    sway : ndarray of float64, shape (frames, 6)
        As of `Filming.swaying`.
    grain : ndarray of int64, shape (frames, 2)
        Where each frame's noise is taken from.
    filming : Filming
        Size and rotation of the pictures, and their rate.
    """

    participant: str
    expression: str
    supervised: bool
    video: str
    face: Face
    course: TimeCourse
    cue_s: float
    ticks: Ticks
    sway: Vectors
    grain: npt.NDArray[np.int64]
    filming: Filming

    @property
    def times_s(self) -> Vectors:
        """The frames' times, shape (frames,)."""
        return self.ticks / TICKS

    def pictures(self) -> Iterator[Image]:
        """Draw frame after frame.

        Yields
        ------
        ndarray of uint8, shape (height, width, 3)
            RGB, upright, of the size asked for.
        """
        intensities = self.course.intensity(self.times_s)
        for intensity, sway, (row, column) in zip(
            intensities.tolist(), self.sway, self.grain.tolist(), strict=True
        ):
            yield fitted(self.face.moment(intensity, sway, (row, column)), self.filming.size)


def fitted(picture: Image, size: tuple[int, int]) -> Image:
    """Bring a picture to a size, whole and undistorted; beside it, its edge goes on.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
    size : tuple of int
        Width and height.

    Returns
    -------
    ndarray of uint8, shape (size[1], size[0], 3)
    """
    width, height = size
    rows, columns = picture.shape[:2]
    scale = min(width / columns, height / rows)
    inner = (round(columns * scale), round(rows * scale))
    if scale != 1:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        picture = np.asarray(cv2.resize(picture, inner, interpolation=way), dtype=np.uint8)
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    right, bottom = width - inner[0] - left, height - inner[1] - top
    if not (left or right or top or bottom):
        return picture
    edged = cv2.copyMakeBorder(picture, top, bottom, left, right, cv2.BORDER_REPLICATE)
    return np.asarray(edged, dtype=np.uint8)
