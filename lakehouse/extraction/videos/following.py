"""Following one face through a video, by where it was.

It is followed by place and not by size, so that whoever comes nearer to the camera does not take
its rows. All is decided by what the lake holds, so that a run that was resumed decides the same.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from lakehouse.ingest.face_box import FaceBox, overlap
from lakehouse.ingest.videos.result import SeenFace

_SAME: Final = 0.1
"""Overlap, in parts of what both boxes cover, from which on a face may be the one that is
followed; of those that reach it, the one with the largest is."""

_PATIENCE_S: Final = 1.0
"""How long a place is kept for a face that is gone; then the largest is followed instead."""


class Followed(NamedTuple):
    """The face that is followed, as it was last seen."""

    box: FaceBox
    time_s: float

    @classmethod
    def of(cls, landmarks: npt.NDArray[np.float32], time_s: float) -> Self:
        """Take it from rows of the lake; landmarks have the shape (478, 3)."""
        return cls(FaceBox(landmarks.astype(np.float64)), time_s)


class Following:
    """Chooses in each frame the face that is followed.

    Parameters
    ----------
    last : Followed or None
        As it was before the first frame.
    """

    def __init__(self, last: Followed | None = None) -> None:
        self._last = last

    def choose(self, faces: Sequence[SeenFace], time_s: float) -> SeenFace | None:
        """Choose the face of the next frame.

        Parameters
        ----------
        faces : sequence of SeenFace
            All that were seen.

        Returns
        -------
        SeenFace or None
            None if none was seen, or those that were are others.
        """
        boxes = [Followed.of(face.landmarks, time_s) for face in faces]
        place = self._place([each.box for each in boxes], time_s)
        if place is None:
            return None
        self._last = boxes[place]
        return faces[place]

    def _place(self, boxes: Sequence[FaceBox], time_s: float) -> int | None:
        if not boxes:
            return None
        if self._last is not None:
            common = [overlap(box, self._last.box) for box in boxes]
            if (most := max(common)) >= _SAME:
                return common.index(most)
            if time_s - self._last.time_s <= _PATIENCE_S:
                return None
        areas = [box.area for box in boxes]
        return areas.index(max(areas))
