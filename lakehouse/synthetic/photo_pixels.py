"""One synthetic photograph, from plan to pixels."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.opencv import cv2
from lakehouse.synthetic.camera import Shot, Tone
from lakehouse.synthetic.mouth import paint_inside
from lakehouse.synthetic.movable_face import load_face_model
from lakehouse.synthetic.portrait import MARGIN, PHOTO_HEIGHT, PHOTO_WIDTH
from lakehouse.synthetic.study import StudyPlan
from lakehouse.synthetic.warp import STEP, Grid, sampled, source_positions

Image = npt.NDArray[np.uint8]
Vectors = npt.NDArray[np.float64]

_NOISE_SIDE: Final = 1024
_NOISE_SEED: Final = 20210601


def render_photo(
    plan: StudyPlan, participant: str, expression: str, supervised: bool, photo: int
) -> Image:
    """Render one photograph of a planned study.

    Parameters
    ----------
    plan : StudyPlan
        The study.
    participant, expression, supervised
        The mask.
    photo : int
        Number of the photograph in its mask, from 1.

    Returns
    -------
    ndarray of uint8, shape (768, 640, 3)
        RGB.
    """
    intensities, shape, shot = plan.photo(participant, expression, supervised, photo)
    return render_face(intensities, shape, shot)


def render_face(intensities: Vectors, shape: Vectors, shot: Shot) -> Image:
    """Render a face with given movements under given conditions.

    Parameters
    ----------
    intensities : ndarray of float64, shape (len(ACTION_UNITS),)
        Intensity of each action unit.
    shape : ndarray of float64, shape (len(SHAPE_MODES),)
        Coefficients of the face's shape in standard deviations.
    shot : Shot
        Pose, camera, light and noise.

    Returns
    -------
    ndarray of uint8, shape (768, 640, 3)
        RGB.
    """
    face = load_face_model()
    field, landmarks = face.deform(intensities, shape, shot.yaw_deg, shot.pitch_deg)
    camera = _camera(shot)
    positions = _enlarged(source_positions(field, _seen_by(camera)))
    image = sampled(face.portrait.image, positions)
    in_photo = landmarks @ camera[:, :2].T + camera[:, 2]
    paint_inside(image, in_photo, face.portrait.face_height * shot.scale)
    return _exposed(image, shot)


def _camera(shot: Shot) -> Vectors:
    """Affine map from the portrait's pixels to the photograph's, shape (2, 3)."""
    middle = (MARGIN + PHOTO_WIDTH / 2, MARGIN + PHOTO_HEIGHT / 2)
    camera = np.array(cv2.getRotationMatrix2D(middle, shot.roll_deg, shot.scale), dtype=np.float64)
    camera[:, 2] += np.array(shot.shift_px) - MARGIN
    return camera


def _seen_by(camera: Vectors) -> Grid:
    """Portrait positions of a coarse grid over the photograph.

    The nodes are centres of blocks of `STEP` x `STEP` pixels, with one block more on
    every side, so that enlarging the grid interpolates up to the edge.
    """
    columns = (np.arange(-1, PHOTO_WIDTH // STEP + 1) + 0.5) * STEP - 0.5
    rows = (np.arange(-1, PHOTO_HEIGHT // STEP + 1) + 0.5) * STEP - 0.5
    inverse = cv2.invertAffineTransform(camera)
    seen = (
        columns[None, :, None] * inverse[:, 0] + rows[:, None, None] * inverse[:, 1] + inverse[:, 2]
    )
    return np.asarray(seen, dtype=np.float32)


def _enlarged(coarse: Grid) -> Grid:
    """Interpolate positions from the coarse grid to every pixel of the photograph."""
    size = (PHOTO_WIDTH + 2 * STEP, PHOTO_HEIGHT + 2 * STEP)
    fine = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(fine[STEP:-STEP, STEP:-STEP], dtype=np.float32)


def _exposed(image: Image, shot: Shot) -> Image:
    """Apply light, colour and noise."""
    light = cv2.LUT(image, _tone_curve(shot.tone)).astype(np.float32)
    across = 1 + shot.shade[0] * np.linspace(-1, 1, PHOTO_WIDTH, dtype=np.float32)
    along = 1 + shot.shade[1] * np.linspace(-1, 1, PHOTO_HEIGHT, dtype=np.float32)
    light *= (along[:, None] * across)[..., None]
    row, column = shot.noise_offset
    grain = _noise_plane()[row : row + PHOTO_HEIGHT, column : column + PHOTO_WIDTH]
    light += (grain * np.float32(shot.noise))[..., None]
    return cv2.convertScaleAbs(np.maximum(light, 0, out=light)).astype(np.uint8, copy=False)


def _tone_curve(tone: Tone) -> Image:
    """Output value of each channel's 256 input values, shape (1, 256, 3)."""
    value = (np.arange(256) / 255)[:, None] ** tone.gamma
    gains = tone.exposure * np.array([tone.warmth, 1.0, 1 / tone.warmth])
    return np.clip(np.rint(255 * value * gains), 0, 255).astype(np.uint8)[None]


@lru_cache(maxsize=1)
def _noise_plane() -> Grid:
    """Draw the noise that every photograph takes a part of, for speed."""
    rng = np.random.default_rng(_NOISE_SEED)
    return rng.standard_normal((_NOISE_SIDE, _NOISE_SIDE), dtype=np.float32)
