"""The worker program: photographs and stretches of videos in, landmarks out, over a pipe.

It is started with ``python -m`` and is no copy of its parent, so that MediaPipe and OpenCV load
into a clean interpreter whose network is closed, and so that the script or notebook which called
the library is not run again in every worker.
"""

import gc
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lakehouse.extraction.lean_import import put_off_unused
from lakehouse.extraction.network import close_network
from lakehouse.extraction.protocol import Work
from lakehouse.ingest.result import Answer, Task
from lakehouse.ingest.videos.result import VideoAnswer, VideoTask


@dataclass(frozen=True, slots=True)
class Setup:
    """How a worker looks for faces.

    Attributes
    ----------
    model : Path
        The face model's file; its hash is checked again.
    min_detection_confidence, min_presence_confidence : float
        0 to 1.
    """

    model: Path
    min_detection_confidence: float
    min_presence_confidence: float


def start(setup: Setup, serve: Callable[[Work], None]) -> None:
    """Load the model and answer tasks.

    Parameters
    ----------
    serve : callable
        From `run_worker`.
    """
    close_network()
    put_off_unused()
    # Only now, behind closed doors.
    import cv2

    from lakehouse.extraction.face_model import read_model
    from lakehouse.extraction.landmarker import FaceLandmarker, FaceUprightness
    from lakehouse.extraction.photograph import examine
    from lakehouse.extraction.retries import RETRY_DETECTION_CONFIDENCE, FaceFinder

    # Every core has a worker of its own.
    cv2.setNumThreads(1)
    model = read_model(setup.model)
    with ExitStack() as landmarkers:

        def landmarker(min_detection_confidence: float) -> FaceLandmarker:
            return landmarkers.enter_context(
                FaceLandmarker(
                    model,
                    min_detection_confidence=min_detection_confidence,
                    min_presence_confidence=setup.min_presence_confidence,
                )
            )

        @cache
        def strict() -> FaceLandmarker:
            # Most runs need it sooner or later, but a run that does not saves its memory.
            return landmarker(max(RETRY_DETECTION_CONFIDENCE, setup.min_detection_confidence))

        finder = FaceFinder(
            landmarker(setup.min_detection_confidence),
            strict,
            landmarkers.enter_context(FaceUprightness(model)),
        )
        # What is there now stays, and need not be gone through after every few photographs.
        gc.freeze()

        def work(task: Task | VideoTask) -> Answer | VideoAnswer:
            if isinstance(task, Task):
                return examine(task, finder)
            # Photographs need no decoder of videos.
            from lakehouse.extraction.film import look_at_video

            return look_at_video(task, finder)

        serve(work)
