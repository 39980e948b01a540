"""What a run of extraction did."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lakehouse.dataset.listing import Ignored, SequencesFound
from lakehouse.errors import InputError
from lakehouse.ingest.healing import Healed
from lakehouse.ingest.problem import Problem
from lakehouse.ingest.videos.summary import VideoSummary


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run of extraction did.

    Attributes
    ----------
    found : int
        Photographs of the dataset.
    ok, no_face, damaged, unreadable, unsupported, crashed : int
        What became of those worked on in this run.
    already_done : int
        Photographs whose rows were there already.
    by_stamp : int
        Of those, photographs recognised by size and time stamp, without being read.
    usable : int
        Of those found, photographs with landmarks in the lake, from this run or before.
    replaced : int
        Of those worked on, photographs whose earlier rows were replaced.
    superseded : int
        Rows taken out because their file now has another key or is ignored now.
    missing : int
        Photographs of the lake whose file was not found; they stay.
    unlisted : int
        Photographs of the lake that the manifest does not list, and whose file is there; they
        stay.
    pruned : int
        Photographs of the lake whose file was not found, and whose rows were taken out.
    ignored : tuple of Ignored
        Files ignored, by reason.
    told : tuple of str
        What a user should know of how the manifest was read.
    unreadable_folders : tuple of str
    respelled : int
        Files whose ids lost invisible characters.
    sequences : SequencesFound or None
        None where the photographs are no frames.
    problems : tuple of Problem
        The first of this run's failures.
    parts_written : int
        New ones and rewritten ones.
    healed : tuple of Healed
        Damaged parts whose photographs were extracted again.
    stopped : bool
        Whether the run was asked to stop before its end.
    seconds, photos_per_second : float
        Of the whole run; the rate counts photographs worked on.
    staging : Path or None
        The warehouse that took the rows of a shard, to be merged; None where there was no shard.
    videos : VideoSummary, optional
        What was done about videos; None where there are none.
    """

    found: int
    ok: int
    no_face: int
    damaged: int
    unreadable: int
    unsupported: int
    crashed: int
    already_done: int
    by_stamp: int
    usable: int
    replaced: int
    superseded: int
    missing: int
    unlisted: int
    pruned: int
    ignored: tuple[Ignored, ...]
    told: tuple[str, ...]
    unreadable_folders: tuple[str, ...]
    respelled: int
    sequences: SequencesFound | None
    problems: tuple[Problem, ...]
    parts_written: int
    healed: tuple[Healed, ...]
    stopped: bool
    seconds: float
    photos_per_second: float
    staging: Path | None = None
    videos: VideoSummary | None = None

    @property
    def extracted(self) -> int:
        """Photographs worked on in this run."""
        failed = self.no_face + self.damaged + self.unreadable + self.unsupported + self.crashed
        return self.ok + failed


class Counted(Protocol):
    """What tells how many photographs a run found, and how many have landmarks in the lake."""

    @property
    def found(self) -> int:
        """Photographs."""

    @property
    def usable(self) -> int:
        """Of those, the ones with landmarks, from this run or before."""


def require_landmarks(summary: Counted) -> None:
    """Call a run that left nothing to work with a failure.

    Raises
    ------
    InputError
        If none of the photographs found has landmarks in the lake.
    """
    if summary.found and not summary.usable:
        raise InputError(
            f"not one of {summary.found:,} photographs gave landmarks",
            fix="the column error of the table photos says why of each; see docs/problems.md",
        )
