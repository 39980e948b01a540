"""A stand-in for the workers: a made-up face for every content, at once and always the same."""

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from lakehouse.ingest.reading import read_hash, read_photograph
from lakehouse.ingest.result import Face, Outcome, Status, Task
from lakehouse.ingest.videos.result import (
    Chunk,
    ChunkTask,
    LookedAt,
    Probed,
    ProbeTask,
    Problem,
    SeenFace,
    VideoAnswer,
    VideoTask,
)
from lakehouse.video.facts import Facts

POINTS: Final = 478
SHAPES: Final = tuple(f"shape{number}" for number in range(52))


def made_up(content: bytes) -> Face:
    """Draw a face from a content's hash."""
    rng = np.random.default_rng(list(hashlib.sha256(content).digest()))
    return Face(
        faces=1,
        landmarks=rng.uniform(100, 900, (POINTS, 3)).astype(np.float32),
        blendshape_names=SHAPES,
        blendshapes=rng.uniform(0, 1, len(SHAPES)).astype(np.float32),
        yaw=0.0,
        pitch=0.0,
        roll=0.0,
        retry=None,
    )


def examined(task: Task) -> Outcome:
    """Look at a file: one that begins with "nobody" shows no face, with "damaged" is damaged."""
    read = read_photograph(Path(task.path))
    if isinstance(read, Outcome):
        return read
    said = {"sha256": read.sha256, "bytes": len(read.content), "stamp": read.stamp}
    if read.content.startswith(b"damaged"):
        return Outcome(Status.DAMAGED, "it is cut off", **said)  # type: ignore[arg-type]
    size = {"width": 1000, "height": 1000, "orientation": 1}
    if read.content.startswith(b"nobody"):
        return Outcome(Status.NO_FACE, "no face was found", **said, **size)  # type: ignore[arg-type]
    return Outcome(Status.OK, **said, **size, face=made_up(read.content))  # type: ignore[arg-type]


FRAME_S: Final = 0.04


def probed(task: ProbeTask) -> Probed:
    """Open what stands for a video: `video 40 gone 5 9`, `video 40 unforeseen`, `broken`."""
    read = read_hash(Path(task.path))
    if isinstance(read, str):
        return Probed(problem=Problem("unreadable", read))
    kind, *words = Path(task.path).read_text(encoding="utf-8").split()
    if kind != "video":
        return Probed(read.sha256, read.stamp, problem=Problem("unreadable", "it is broken"))
    times = np.arange(int(words[0])) * FRAME_S
    if "unforeseen" in words:
        # Packets that say something else than what frames then show.
        times = times[: len(times) // 2] + 1
    facts = Facts(codec="none", width=1000, height=1000, header_frames=int(words[0]))
    return Probed(read.sha256, read.stamp, facts, times)


def looked_at(task: ChunkTask) -> Chunk | Outcome:
    """Look at a stretch of it: one with the word `crash` ends the worker behind frame 20."""
    content = Path(task.path).read_text(encoding="utf-8")
    words = content.split()
    frames = int(words[1])
    gone = range(*map(int, words[3:5])) if "gone" in words else range(0)
    if "crash" in words and task.first >= 20:
        return Outcome(Status.CRASHED, "the worker ended by signal 9")
    asked = range(task.first, frames, task.every)[: task.frames]
    looked = tuple(
        LookedAt(each, each * FRAME_S, False, () if each in gone else (_face(content, each),))
        for each in asked
    )
    ended = not asked or asked[-1] + task.every >= frames
    return Chunk(looked, SHAPES, frames if ended else None)


def _face(content: str, frame: int) -> SeenFace:
    face = made_up(f"{content} {frame}".encode())
    points = np.round(face.landmarks * 16) / 16
    return SeenFace(points.astype(np.float32), face.blendshapes, 1.0, 2.0, 3.0, None)


class StandIn:
    """Takes the place of a `WorkerPool`, in this process."""

    started = 0
    """How many there have been."""

    seed = 0
    """Of the order in which stretches of videos are done."""

    size = 0
    """Of the last one."""

    def __init__(self, _: Any, size: int, **__: Any) -> None:
        type(self).started += 1
        type(self).size = size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Answer each task."""
        return map(examined, tasks)

    def work_off(
        self, more: Callable[[], VideoTask | None]
    ) -> Iterator[tuple[VideoTask, VideoAnswer | Outcome]]:
        """Answer tasks in an order that hangs on the seed."""
        order, out = random.Random(self.seed), list[VideoTask]()
        while True:
            while len(out) < 3 and (task := more()) is not None:
                out.append(task)
            if not out:
                return
            task = out.pop(order.randrange(len(out)))
            yield task, probed(task) if isinstance(task, ProbeTask) else looked_at(task)
