"""MediaPipe's Face Landmarker, in a worker process whose network is closed."""

import io
import zipfile
from types import TracebackType
from typing import Final, Self

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from lakehouse.extraction.results import arrays, faces
from lakehouse.extraction.sighting import Pixels, Sighting

MAX_FACES: Final = 4
"""Faces that are looked for, so that photographs with more than one can be told. The landmarks
of a single face do not depend on it."""

_DETECTOR: Final = "face_detector.tflite"
_LEAST_LIKENESS: Final = 0.2
"""Confidences below it are taken for 0: they are many, and each costs time."""


class _Task:
    """Something of MediaPipe's that holds memory of its own until it is closed."""

    _task: vision.FaceLandmarker | vision.FaceDetector

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._task.close()


class FaceLandmarker(_Task):
    """The landmarks of the faces in a picture.

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
        self._task = vision.FaceLandmarker.create_from_options(options)

    def detect(self, pixels: Pixels) -> list[Sighting]:
        """Find the faces of a picture.

        Parameters
        ----------
        pixels : ndarray of uint8, shape (height, width, 3)
            RGB, contiguous, upright.

        Returns
        -------
        list of Sighting
            `MAX_FACES` at most.
        """
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels)
        with arrays():
            found = faces(self._task.detect(image))
        height, width = pixels.shape[:2]
        # z comes in the scale of x.
        scale = np.array([width, height, width], dtype=np.float64)
        return [
            Sighting(
                points=face.points * scale,
                blendshape_names=face.names,
                blendshapes=face.scores,
                rotation=face.matrix[:3, :3],
            )
            for face in found
        ]


class FaceUprightness(_Task):
    """By how much a picture looks more like a face than it does upside down.

    Use as a context manager. The landmarker's own detector is asked, whose confidence the
    landmarker does not tell.

    Parameters
    ----------
    model : bytes
        Content of ``face_landmarker.task``, which holds the detector's model too.
    """

    def __init__(self, model: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(model)) as archive:
            detector = archive.read(_DETECTOR)
        options = vision.FaceDetectorOptions(
            base_options=BaseOptions(model_asset_buffer=detector),
            running_mode=vision.RunningMode.IMAGE,
            min_detection_confidence=_LEAST_LIKENESS,
        )
        self._task = vision.FaceDetector.create_from_options(options)

    def __call__(self, pixels: Pixels) -> float:
        """Compare a picture with itself upside down.

        Parameters
        ----------
        pixels : ndarray of uint8, shape (side, side, 3)
            RGB.

        Returns
        -------
        float
            The detector's confidence, 0 to 1, that the picture shows a face, less that for the
            picture turned by 180 degrees.
        """
        side = pixels.shape[1]
        # Side by side, so that one look, which takes a millisecond, answers for both.
        pair = np.ascontiguousarray(np.hstack([pixels, pixels[::-1, ::-1]]))
        likeness = [0.0, 0.0]
        for found in self._task.detect(mp.Image(mp.ImageFormat.SRGB, pair)).detections:
            box = found.bounding_box
            half = int(box.origin_x + box.width / 2 >= side)
            likeness[half] = max(likeness[half], float(found.categories[0].score))
        return likeness[0] - likeness[1]
