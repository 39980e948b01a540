"""From what was seen in videos to the tables of a part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lakehouse.ingest.lake_record import face_height
from lakehouse.ingest.videos.result import SeenFace
from lakehouse.lake import schemas
from lakehouse.lake.video_parts import VideoTables
from lakehouse.lake.videos_index import VideoKey


@dataclass(frozen=True, slots=True, eq=False)
class FrameRecord:
    """Everything the lake holds about a frame.

    Attributes
    ----------
    number : int
        Its place among the decoded frames.
    time_s : float
        From the container's start.
    status : str
        As in the lake's `frames`.
    faces : int or None
        How many were seen; None where the frame is corrupt.
    face : SeenFace or None
        The one that is followed.
    """

    number: int
    time_s: float
    status: str
    faces: int | None
    face: SeenFace | None


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Frames of a video that follow each other, in one part.

    Attributes
    ----------
    key : tuple of str
        Participant, video.
    frames : sequence of FrameRecord
    blendshape_names : tuple of str
    row : dict of str to object, or None
        The video's own, where it ends here.
    """

    key: VideoKey
    frames: Sequence[FrameRecord]
    blendshape_names: tuple[str, ...] = ()
    row: dict[str, Any] | None = None


def video_tables(stretches: Sequence[Stretch]) -> VideoTables:
    """Lay stretches of videos out as the tables of a part, in this order."""
    landmarks, blendshapes, frames = [], [], []
    for stretch in stretches:
        shown = [(each, each.face) for each in stretch.frames if each.face is not None]
        numbers = np.array([each.number for each, _ in shown], np.int32)
        faces = [face for _, face in shown]
        landmarks.append(_landmarks(stretch.key, numbers, faces))
        blendshapes.append(_blendshapes(stretch, numbers, faces))
        frames.append(_frames(stretch))
    videos = [stretch.row for stretch in stretches if stretch.row is not None]
    return VideoTables(
        _joined(landmarks, schemas.FRAME_LANDMARKS),
        _joined(blendshapes, schemas.FRAME_BLENDSHAPES),
        pa.Table.from_pylist(videos, schema=schemas.VIDEOS),
        _joined(frames, schemas.FRAMES),
    )


def _joined(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables(tables).combine_chunks() if tables else schema.empty_table()


def _keys(key: VideoKey, rows: int) -> list[pa.Array]:
    return [pa.repeat(pa.scalar(each, pa.string()), rows) for each in key]


def _landmarks(key: VideoKey, numbers: Any, faces: Sequence[SeenFace]) -> pa.Table:
    stacked = np.concatenate([face.landmarks for face in faces] or [np.empty((0, 3), np.float32)])
    counts = [len(face.landmarks) for face in faces]
    points = [np.arange(count, dtype=np.int16) for count in counts] or [np.empty(0, np.int16)]
    return pa.table(
        [
            *_keys(key, len(stacked)),
            np.repeat(numbers, counts) if counts else numbers,
            np.concatenate(points),
            *(pa.array(np.ascontiguousarray(stacked[:, axis])) for axis in range(3)),
        ],
        schema=schemas.FRAME_LANDMARKS,
    )


def _blendshapes(stretch: Stretch, numbers: Any, faces: Sequence[SeenFace]) -> pa.Table:
    scores = np.concatenate([face.blendshapes for face in faces] or [np.empty(0, np.float32)])
    names = stretch.blendshape_names
    return pa.table(
        [
            *_keys(stretch.key, len(scores)),
            np.repeat(numbers, len(names)),
            pa.array([*names] * len(faces), pa.string()),
            scores,
        ],
        schema=schemas.FRAME_BLENDSHAPES,
    )


def _frames(stretch: Stretch) -> pa.Table:
    frames, faces = stretch.frames, [each.face for each in stretch.frames]
    return pa.table(
        [
            *_keys(stretch.key, len(frames)),
            pa.array([each.number for each in frames], pa.int32()),
            pa.array([each.time_s for each in frames], pa.float64()),
            pa.array([each.status for each in frames], pa.string()),
            pa.array([each.faces for each in frames], pa.int32()),
            pa.array([face and face_height(face.landmarks) for face in faces], pa.float32()),
            *(
                pa.array([face and getattr(face, name) for face in faces], pa.float32())
                for name in ("yaw", "pitch", "roll")
            ),
            pa.array([face and face.retry for face in faces], pa.string()),
        ],
        schema=schemas.FRAMES,
    )
