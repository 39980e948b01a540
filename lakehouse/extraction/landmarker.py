"""MediaPipe's Face Landmarker, in a worker process whose network is closed."""

from types import TracebackType
from typing import Any, Final, Self

import mediapipe as mp
import numpy as np
import numpy.typing as npt
from mediapipe.tasks.python import BaseOptions, vision

from lakehouse.extraction.pose import pose_from_matrix
from lakehouse.extraction.result import Face

MAX_FACES: Final = 4
"""Faces that are looked for, so that photographs with more than one can be told. The landmarks
of a single face do not depend on it."""


class FaceLandmarker:
    """The landmarks of the largest face in a picture.

    Use as a context manager.

    Parameters
    ----------
    model : bytes
        Content of ``face_landmarker.task``.
    min_detection_confidence, min_presence_confidence : float
        0 to 1; what falls below is no face.
    """

    def __init__(
        self, model: bytes, *, min_detection_confidence: float, min_presence_confidence: float
    ) -> None:
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=model),
            running_mode=vision.RunningMode.IMAGE,
            num_faces=MAX_FACES,
            min_face_detection_confidence=min_detection_confidence,
            min_face_presence_confidence=min_presence_confidence,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
        self._landmarker = vision.FaceLandmarker.create_from_options(options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._landmarker.close()

    def detect(self, pixels: npt.NDArray[np.uint8]) -> Face | None:
        """Find the largest face.

        Parameters
        ----------
        pixels : ndarray of uint8, shape (height, width, 3)
            RGB, contiguous, upright.

        Returns
        -------
        Face or None
            None if no face was found.
        """
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels)
        result = self._landmarker.detect(image)
        if not result.face_landmarks:
            return None
        height, width = pixels.shape[:2]
        # z comes in the scale of x.
        scale = np.array([width, height, width], dtype=np.float64)
        faces = [_points(landmarks) * scale for landmarks in result.face_landmarks]
        largest = max(range(len(faces)), key=lambda place: _area(faces[place]))
        blendshapes = result.face_blendshapes[largest]
        pose = pose_from_matrix(result.facial_transformation_matrixes[largest])
        return Face(
            faces=len(faces),
            landmarks=faces[largest].astype(np.float32),
            blendshape_names=tuple(category.category_name for category in blendshapes),
            blendshapes=np.array([category.score for category in blendshapes], dtype=np.float32),
            yaw=pose.yaw,
            pitch=pose.pitch,
            roll=pose.roll,
        )


def _points(landmarks: list[Any]) -> npt.NDArray[np.float64]:
    return np.array([(point.x, point.y, point.z) for point in landmarks], dtype=np.float64)


def _area(points: npt.NDArray[np.float64]) -> float:
    width, height = np.ptp(points[:, :2], axis=0)
    return float(width * height)
