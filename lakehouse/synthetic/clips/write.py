"""A study of clips with all that belongs to it: events, scores and what is true."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError, UsageError
from lakehouse.files.listing import listed
from lakehouse.files.staging import staged
from lakehouse.synthetic.clips.clip_folder import write_clips, write_events
from lakehouse.synthetic.clips.clip_study import ClipStudy
from lakehouse.synthetic.clips.response import measured_faces, point_groups
from lakehouse.synthetic.clips.truth import true_dynamics, write_truth
from lakehouse.synthetic.scores import write_scores

_CLIPS: Final = "clips"
_EVENTS: Final = "events.csv"
_SCORES: Final = "scores.csv"
_TRUTH: Final = "truth.csv"


@dataclass(frozen=True, slots=True)
class ClipFiles:
    """What was written.

    Attributes
    ----------
    clips : Path
        Folder of the data set.
    events, scores, truth : Path
        CSV files.
    videos, frames : int
        How many there are.
    seconds : float
        Wall time.
    """

    clips: Path
    events: Path
    scores: Path
    truth: Path
    videos: int
    frames: int
    seconds: float


def write_clip_study(
    study: ClipStudy, folder: Path, *, on_clip: Callable[[int, int], None] | None = None
) -> ClipFiles:
    """Draw a study into an empty folder, and measure what is true of it.

    Parameters
    ----------
    folder : Path
        New or empty. Until all is drawn nothing is in it, but a folder of a temporary name, which
        the next command removes if this one is killed.
    on_clip : callable, optional
        Told after each clip how many are drawn, and of how many.

    Raises
    ------
    UsageError
        If the folder holds something.
    LakehouseError
        If something cannot be written, the face model is missing, or faces are too small to be
        found.
    """
    if folder.exists() and listed(folder, UsageError):
        raise UsageError("holds files already", where=str(folder), fix="name a new folder")
    started = time.perf_counter()
    # First, so that nothing is left of clips that are too small.
    true = true_dynamics(study, measured_faces(study), point_groups())
    done = 0

    def count(_: Path) -> None:
        nonlocal done
        done += 1
        if on_clip is not None:
            on_clip(done, len(study.clips))

    with staged(folder, LakeError, last=_TRUTH) as staging:
        write_clips(study, staging / _CLIPS, on_clip=count)
        write_events(study, staging / _EVENTS)
        write_scores(study.scores, staging / _SCORES)
        write_truth(true, staging / _TRUTH)
    return ClipFiles(
        clips=folder / _CLIPS,
        events=folder / _EVENTS,
        scores=folder / _SCORES,
        truth=folder / _TRUTH,
        videos=done,
        frames=sum(len(clip.ticks) for clip in study.clips),
        seconds=time.perf_counter() - started,
    )
