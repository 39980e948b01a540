"""One video, or a stretch of it, in a worker: opened, decoded, its faces found.

Only one frame is held at a time.
"""

import math
from pathlib import Path
from typing import Final

import av
import numpy as np

from lakehouse.extraction.frame_faces import Found, FrameFaces
from lakehouse.extraction.retries import FaceFinder
from lakehouse.ingest.pose import pose_from_rotation
from lakehouse.ingest.reading import read_hash
from lakehouse.ingest.videos.result import (
    Chunk,
    ChunkTask,
    LookedAt,
    Probed,
    ProbeTask,
    Problem,
    SeenFace,
    Times,
    VideoAnswer,
    VideoTask,
)
from lakehouse.video.decoding import Frame, Place, open_video
from lakehouse.video.facts import Facts
from lakehouse.video.opening import container_of, opened
from lakehouse.video.problems import VideoProblemError, VideoStatus

_PREDICTABLE: Final = frozenset({"mov", "matroska", "avi"})
"""Containers whose frames can be sought, so that several workers can look at one video."""

_STEPS: Final = 16
"""Landmarks are rounded to so many parts of a pixel."""


def look_at_video(task: VideoTask, finder: FaceFinder) -> VideoAnswer:
    """Do what the parent asks for; damage is an answer too, never an exception."""
    return _probed(task) if isinstance(task, ProbeTask) else _looked_at(task, finder)


def _probed(task: ProbeTask) -> Probed:
    path = Path(task.path)
    read = read_hash(path)
    if isinstance(read, str):
        return Probed(problem=Problem(str(VideoStatus.UNREADABLE), read))
    try:
        video = open_video(path)
        times = _expected_times(path)
    except VideoProblemError as error:
        problem = Problem(str(error.status), error.reason)
        return Probed(read.sha256, read.stamp, error.facts or Facts(), problem=problem)
    return Probed(read.sha256, read.stamp, video.facts, times)


def _expected_times(path: Path) -> Times | None:
    """Tell from a video's packets when its frames are to be expected."""
    container = container_of(path)
    if container not in _PREDICTABLE:
        return None
    with opened(path, container) as source:
        if source.in_decoding_order:
            return None
        try:
            stamps = [
                packet.pts
                for packet in source.container.demux(source.stream)
                if packet.pts is not None and packet.size
            ]
        except (av.FFmpegError, OSError):
            # It will be seen where frames end.
            return None
        return np.array([source.time_s(stamp) for stamp in sorted(stamps)], np.float64)


def _looked_at(task: ChunkTask, finder: FaceFinder) -> Chunk:
    looked: list[LookedAt] = []
    names: tuple[str, ...] = ()
    try:
        video = open_video(Path(task.path))
        frames = video.frames(None if task.behind is None else Place(*task.behind))
        faces, second = FrameFaces(finder), -math.inf
        try:
            for frame in frames:
                if frame.number % task.every:
                    continue
                if len(looked) == task.frames:
                    return Chunk(tuple(looked), names)
                if (now := math.floor(frame.time_s)) != second:
                    faces.begin_second()
                    second = now
                found = [] if frame.corrupt else faces.find(frame.pixels())
                if frame.number >= task.first:
                    names = names or (found[0].sighting.blendshape_names if found else ())
                    looked.append(_as_seen(frame, found))
        finally:
            frames.close()
    except VideoProblemError as error:
        return Chunk(tuple(looked), names, None, Problem(str(error.status), error.reason))
    ending = frames.ending
    if ending is None:
        raise RuntimeError("the decoder did not say how the video ended")
    problem = None
    if ending.status is not VideoStatus.OK or ending.error:
        problem = Problem(str(ending.status), ending.error or "")
    return Chunk(tuple(looked), names, ending.frames, problem)


def _as_seen(frame: Frame, found: list[Found]) -> LookedAt:
    return LookedAt(frame.number, frame.time_s, frame.corrupt, tuple(map(_seen, found)))


def _seen(found: Found) -> SeenFace:
    pose = pose_from_rotation(found.sighting.rotation)
    return SeenFace(
        landmarks=(np.round(found.sighting.points * _STEPS) / _STEPS).astype(np.float32),
        blendshapes=found.sighting.blendshapes,
        yaw=pose.yaw,
        pitch=pose.pitch,
        roll=pose.roll,
        retry=found.retry,
    )
