"""From the faces that a source shows of a photograph to what the lake takes of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.importing.coordinates import NoLandmarksError, PictureSize, in_pixels
from lakehouse.importing.foreign_points import COUNTS, refusal
from lakehouse.ingest.face_box import FaceBox, distinct
from lakehouse.ingest.pose import Pose, pose_from_rotation
from lakehouse.ingest.result import Status
from lakehouse.vocabulary import BLENDSHAPES, CHIN, FOREHEAD

NO_FACE: Final = "no face was found, says the file"

_RIGHT_EYE: Final = 33
_LEFT_EYE: Final = 263
"""Outer corners; in a picture, a person's right eye is on the left. MediaPipe has it so even in
pictures that are mirrored."""

_FRONTAL: Final = 0.3
"""Between the corners of the eyes, in heights of the face; about 0.6 from the front."""

_LARGEST: Final = 2**31 - 1
"""Pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What somebody else found in a photograph.

    Attributes
    ----------
    status : Status
        ok, no_face or unreadable.
    error : str or None
        Why there are no landmarks, if so.
    sha256, bytes : optional
        Of the photograph's file of landmarks. Where many share a file, the hash is that of
        what the reading says, and there are no bytes.
    landmarks : ndarray of float32, shape (468 or 478, 3), or None
        x, y and z in pixels; z is NaN where it is not known. Only where the status is ok.
    size : PictureSize, optional
        Of the photograph, where it is known.
    faces : int, optional
        That were found; the landmarks are the largest one's.
    blendshape_names : tuple of str
    blendshapes : ndarray of float32, or None
    pose : Pose, optional
    """

    status: Status
    error: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    landmarks: npt.NDArray[np.float32] | None = None
    size: PictureSize | None = None
    faces: int | None = None
    blendshape_names: tuple[str, ...] = ()
    blendshapes: npt.NDArray[np.float32] | None = None
    pose: Pose | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SeenFace(FaceBox):
    """A face as a source has it: points in pixels or in shares of the picture.

    Attributes
    ----------
    blendshape_names : tuple of str
    blendshapes : ndarray of float32, or None
        0 to 1.
    matrix : ndarray of float64, shape (4, 4), or None
        MediaPipe's facial transformation matrix.
    """

    blendshape_names: tuple[str, ...] = ()
    blendshapes: npt.NDArray[np.float32] | None = None
    matrix: npt.NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a source says of a photograph.

    Attributes
    ----------
    faces : sequence of SeenFace
        None where no face was found.
    size : PictureSize, optional
        Of the photograph, if the source says it.
    """

    faces: Sequence[SeenFace]
    size: PictureSize | None = None


def to_reading(seen: Seen, size: PictureSize | None) -> Reading:
    """Check what a source says, and put it into pixels.

    Parameters
    ----------
    size : PictureSize or None
        Of the photograph, if the source does not say it.

    Returns
    -------
    Reading
        Of the largest face, as extraction takes it. Its hash is that of what it says.
    """
    size = seen.size or size
    if not seen.faces:
        return Reading(Status.NO_FACE, NO_FACE, size=size, faces=0)
    try:
        faces = distinct([replace(face, points=_pixels(face.points, size)) for face in seen.faces])
        return _of_largest(faces, size)
    except NoLandmarksError as error:
        return unreadable(str(error))


def unreadable(reason: str) -> Reading:
    """Record that a photograph's landmarks cannot be read.

    Parameters
    ----------
    reason : str
        In words for the user.
    """
    return Reading(Status.UNREADABLE, reason)


def picture_size(width: float | None, height: float | None) -> PictureSize | None:
    """Make a size of what stands in a file, where anything does.

    Raises
    ------
    NoLandmarksError
        If it is no size.
    """
    given = [side for side in (width, height) if side is not None and not np.isnan(side)]
    if not given:
        return None
    if len(given) < 2 or any(not 1 <= side <= _LARGEST or side != int(side) for side in given):
        raise NoLandmarksError("width and height are no whole numbers of pixels")
    return PictureSize(int(given[0]), int(given[1]))


def require_face(landmarks: npt.NDArray[np.float64]) -> None:
    """Refuse coordinates that no face has.

    Raises
    ------
    NoLandmarksError
        With the reason.
    """
    if (np.abs(landmarks) > np.finfo(np.float32).max).any():
        raise NoLandmarksError("holds a coordinate that is too large")
    if (landmarks[FOREHEAD, :2] == landmarks[CHIN, :2]).all():
        raise NoLandmarksError("forehead (10) and chin (152) lie at the same place")
    down = landmarks[CHIN, :2] - landmarks[FOREHEAD, :2]
    right = landmarks[_LEFT_EYE, :2] - landmarks[_RIGHT_EYE, :2]
    # Turning a picture does not change the sign; of a face from the side it means little.
    turn = float(right[0] * down[1] - right[1] * down[0])
    if turn < 0 and np.hypot(*right) > _FRONTAL * np.hypot(*down):
        raise NoLandmarksError(
            "the face is mirrored: y must run down from the picture's upper edge, x from the left"
        )


def _pixels(points: npt.NDArray[np.float64], size: PictureSize | None) -> npt.NDArray[np.float64]:
    if len(points) not in COUNTS:
        raise NoLandmarksError(f"has {refusal(len(points))}")
    depthless = np.isnan(points[:, 2]).all()
    wrong = ~np.isfinite(points[:, :2] if depthless else points)
    if wrong.any():
        point, axis = np.argwhere(wrong)[0]
        raise NoLandmarksError(f"{'xyz'[axis]} of point {point} is missing, NaN or infinity")
    require_face(points)
    return in_pixels(points, size)


def _of_largest(faces: Sequence[SeenFace], size: PictureSize | None) -> Reading:
    largest = faces[0]
    reading = Reading(
        status=Status.OK,
        landmarks=largest.points.astype(np.float32),
        size=size,
        faces=len(faces),
        blendshape_names=() if largest.blendshapes is None else largest.blendshape_names,
        blendshapes=_expressive(largest),
        pose=None if largest.matrix is None else _pose(largest.matrix),
    )
    return replace(reading, sha256=_digest(reading))


def _expressive(face: SeenFace) -> npt.NDArray[np.float32] | None:
    scores = face.blendshapes
    if scores is not None and len(scores) != BLENDSHAPES:
        raise NoLandmarksError(f"has {len(scores)} blendshapes, not {BLENDSHAPES}")
    if scores is not None and not ((scores >= 0) & (scores <= 1)).all():
        raise NoLandmarksError("a blendshape's score is not between 0 and 1")
    return scores


def _pose(matrix: npt.NDArray[np.float64]) -> Pose:
    rotation = matrix[:3, :3]
    if not np.isfinite(rotation).all() or np.linalg.det(rotation) <= 0:
        raise NoLandmarksError("its facial transformation matrix holds no rotation")
    return pose_from_rotation(rotation)


def _digest(reading: Reading) -> str:
    """Hash what a reading says, so that the same is known again wherever it stands."""
    digest = hashlib.sha256()
    for values in (reading.landmarks, reading.blendshapes):
        digest.update(b"-" if values is None else np.ascontiguousarray(values).tobytes())
    said = (reading.size, reading.faces, reading.blendshape_names, reading.pose)
    digest.update(repr(said).encode())
    return digest.hexdigest()
