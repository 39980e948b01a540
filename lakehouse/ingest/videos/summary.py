"""What a run of extraction did about videos."""

from collections import Counter
from dataclasses import dataclass, field

from lakehouse.errors import InputError
from lakehouse.ingest.healing import Healed
from lakehouse.ingest.problem import Problem

USABLE = ("ok", "truncated")
"""Statuses of videos that have frames with a face."""


@dataclass(slots=True)
class VideoSummary:
    """What a run of extraction did about videos.

    Attributes
    ----------
    found : int
        Videos of the dataset.
    statuses : Counter of str
        Of those worked on in this run; as in the lake's `videos`.
    already_done : int
        Videos whose rows were there already.
    by_stamp : int
        Of those, videos recognised by size and time stamp, without being read.
    usable : int
        Of those found, videos with landmarks in the lake, from this run or before.
    resumed : int
        Videos of which an interrupted run had left the first frames.
    replaced, superseded, missing, unlisted, pruned : int
        As of photographs.
    frames : int
        That were looked at in this run.
    face_frames, corrupt_frames : int
        Of those.
    video_s : float
        How long the videos last that were worked on.
    problems : list of Problem
        The first that did not end well.
    healed : tuple of Healed
        Damaged parts whose videos were extracted again.
    parts_written : int
        New ones and rewritten ones.
    seconds : float
        That were spent on videos.
    """

    found: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    already_done: int = 0
    by_stamp: int = 0
    usable: int = 0
    resumed: int = 0
    replaced: int = 0
    superseded: int = 0
    missing: int = 0
    unlisted: int = 0
    pruned: int = 0
    frames: int = 0
    face_frames: int = 0
    corrupt_frames: int = 0
    video_s: float = 0.0
    problems: list[Problem] = field(default_factory=list)
    healed: tuple[Healed, ...] = ()
    parts_written: int = 0
    seconds: float = 0.0

    @property
    def extracted(self) -> int:
        """Videos worked on in this run, to their end."""
        return self.statuses.total()


def require_faces(summary: VideoSummary | None) -> None:
    """Call a run that left no video to work with a failure.

    Raises
    ------
    InputError
        If none of the videos found has landmarks in the lake.
    """
    if summary is not None and summary.found and not summary.usable:
        raise InputError(
            f"not one of {summary.found:,} videos gave landmarks",
            fix="the column error of the table videos says why of each; see docs/video.md",
        )
