"""How a run of extraction is done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.dataset.shard import Shard
from lakehouse.errors import UsageError
from lakehouse.extraction.pool import STRETCH_LIMIT_S, TIME_LIMIT_S, WORKER, WorkerPool
from lakehouse.extraction.worker import Setup
from lakehouse.ingest.result import Answer, Outcome, Task
from lakehouse.ingest.videos.result import VideoAnswer, VideoTask
from lakehouse.lake.parts import PART_PHOTOS
from lakehouse.lake.video_parts import PART_FRAMES
from lakehouse.system.processors import available_cores


class Pool(Protocol):
    """What has photographs looked at."""

    def map(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """Have tasks worked on; the answers come in the tasks' order."""


class VideoPool(Protocol):
    """What has videos looked at."""

    def work_off(
        self, more: Callable[[], VideoTask | None]
    ) -> Iterator[tuple[VideoTask, VideoAnswer | Outcome]]:
        """Have tasks worked on that come up in the course of the work."""


class Team(Protocol):
    """Who looks at photographs, and where: on this machine or on others."""

    @property
    def at_once(self) -> int:
        """Files that this machine reads at a time."""

    def pool(self, setup: Setup, photos: int) -> AbstractContextManager[Pool]:
        """Give a pool that is at work until it is left.

        Parameters
        ----------
        photos : int
            How many it will be asked to look at.
        """

    def video_pool(self, setup: Setup, stretches: int) -> AbstractContextManager[VideoPool]:
        """Give one for videos.

        Parameters
        ----------
        stretches : int
            How many it will be asked to look at, about.
        """


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes that look at photographs.

    Parameters
    ----------
    number : int, optional
        By default one for each core this process may use.
    time_limit_s : float
        Seconds that one photograph may take.
    command : sequence of str
        The worker program.
    stretch_limit_s : float
        Seconds that a stretch of a video may take.
    """

    number: int | None = None
    time_limit_s: float = TIME_LIMIT_S
    command: Sequence[str] = WORKER
    stretch_limit_s: float = STRETCH_LIMIT_S

    def __post_init__(self) -> None:
        """Refuse a number that is none."""
        if self.number is not None and self.number < 1:
            raise UsageError(f"is {self.number}", where="--workers", fix="give 1 or more")

    @property
    def at_once(self) -> int:
        """Files read at a time: one for each process."""
        return self.number or available_cores()

    def pool(self, setup: Setup, photos: int) -> WorkerPool:
        """Give a pool of no more processes than there are photographs.

        Parameters
        ----------
        photos : int
            How many it will be asked to look at.
        """
        size = min(self.at_once, photos)
        return WorkerPool(setup, size, time_limit_s=self.time_limit_s, command=self.command)

    def video_pool(self, setup: Setup, stretches: int) -> WorkerPool:
        """Give a pool of no more processes than there are stretches of video."""
        size = min(self.at_once, stretches)
        return WorkerPool(setup, size, time_limit_s=self.stretch_limit_s, command=self.command)


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """Which photographs a run looks at, and what becomes of the lake.

    Parameters
    ----------
    layout : str, optional
        Pattern of the photographs' paths, instead of the settings' one.
    manifest : ManifestFile, optional
        Table that lists the photographs; they are then not sought by the layout.
    prune : bool
        Take the rows of photographs that are gone out of the lake.
    re_extract : bool
        Work on every photograph again, such as with another model.
    verify : bool
        Read every photograph, even if its size and time stamp are those of its last reading.
    part_photos : int
        Photographs in a part.
    part_frames : int
        Frames in a part of video, and of a stretch that one process looks at.
    workers : Team
        Who does the work.
    shard : Shard, optional
        Look at this share of the photographs, into a warehouse of its own below `staging`.
    """

    layout: str | None = None
    manifest: ManifestFile | None = None
    prune: bool = False
    re_extract: bool = False
    verify: bool = False
    part_photos: int = PART_PHOTOS
    part_frames: int = PART_FRAMES
    workers: Team = Workers()
    shard: Shard | None = None

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        if self.shard is not None and (self.prune or self.re_extract):
            raise UsageError(
                "looks at a share of the photographs, and what is in the lake is all of them",
                where="--shard",
                fix=f"leave out {'--prune' if self.prune else '--re-extract'}, or give it after "
                "`lakehouse merge`, without --shard",
            )
        if self.layout is not None and self.manifest is not None:
            raise UsageError(
                "and --manifest both say what photographs show", where="--layout", fix="give one"
            )
