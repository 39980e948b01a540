"""A run's videos: from what is planned to committed parts of the lake."""

import importlib.metadata
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from lakehouse.extraction.options import VideoPool
from lakehouse.extraction.videos.following import Followed, Following
from lakehouse.extraction.videos.jobs import Job, Told, chunk_frames
from lakehouse.extraction.videos.plan import Method, PlannedVideo, VideoPlan, recognised
from lakehouse.extraction.videos.rows import CORRUPT, NO_FACE, OK, video_row
from lakehouse.extraction.videos.schedule import Schedule
from lakehouse.ingest.healing import Healed
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.problem import Problem as SummaryProblem
from lakehouse.ingest.progress import VideoMeter
from lakehouse.ingest.recognition import Recognition
from lakehouse.ingest.videos.begun import BegunVideo, forget_begun, read_begun, record_begun
from lakehouse.ingest.videos.part_writer import VideoPartWriter
from lakehouse.ingest.videos.result import Chunk, LookedAt, Probed, Problem
from lakehouse.ingest.videos.summary import USABLE, VideoSummary
from lakehouse.ingest.videos.tables import FrameRecord, Stretch
from lakehouse.lake.confidences import Confidences
from lakehouse.lake.parts import read_table
from lakehouse.lake.videos_index import IndexedVideo, VideoKey, rows_of
from lakehouse.paths import WarehousePaths

_PROBLEMS_SHOWN: Final = 20
_STRETCH_BYTES: Final = 2**22
"""A minute of a video of little detail."""


@dataclass(frozen=True)
class VideoWork:
    """What a run works with.

    Attributes
    ----------
    paths : WarehousePaths
        Whose lake's lock this process holds.
    plan : VideoPlan
        What is to be done.
    index : mapping of key to IndexedVideo
        What the lake holds, videos that are not complete among it.
    method : Method
        With what it is done.
    confidences : Confidences
        With which faces are looked for.
    recognition : Recognition
        Of the run.
    pool : callable
        Gives those who look at so many videos.
    at_once : int
        How many work at a time.
    before_first : callable
        Called before the first video that was worked on is written.
    part_frames : int
        Frames of a part.
    prune : bool
        Take videos out whose file is gone.
    healed : tuple of Healed
        Damaged parts that were removed.
    """

    paths: WarehousePaths
    plan: VideoPlan
    index: Mapping[VideoKey, IndexedVideo]
    method: Method
    confidences: Confidences
    recognition: Recognition
    pool: Callable[[int], AbstractContextManager[VideoPool]]
    at_once: int
    before_first: Callable[[], None]
    part_frames: int
    prune: bool = False
    healed: tuple[Healed, ...] = ()


def extract_videos(work: VideoWork, listeners: Listeners) -> tuple[VideoSummary, bool]:
    """Do what is planned.

    Returns
    -------
    VideoSummary
    bool
        Whether the run was asked to stop before its end.

    Raises
    ------
    LakeError
        If the lake cannot be written.
    LakehouseError
        If the worker processes cannot start.
    """
    return _Run(work, listeners).run()


class _Run:
    def __init__(self, work: VideoWork, listeners: Listeners) -> None:
        self._work = work
        self._stop = listeners.should_stop or (lambda: False)
        self._writer = VideoPartWriter(work.paths, work.part_frames)
        self._meter = VideoMeter(len(work.plan.videos), listeners.progress)
        self._made_by = {
            "extractor": f"mediapipe {importlib.metadata.version('mediapipe')}",
            "model_sha256": work.method.model_sha256,
        }
        self._begun: BegunVideo | None = None
        plan = work.plan
        self._summary = VideoSummary(
            found=len(plan.videos),
            superseded=len(plan.superseded),
            missing=0 if work.prune else len(plan.missing),
            unlisted=len(plan.unlisted),
            pruned=len(plan.missing) if work.prune else 0,
            healed=work.healed,
        )

    def run(self) -> tuple[VideoSummary, bool]:
        started = time.monotonic()
        work, plan = self._work, self._work.plan
        resumed = self._resumed()
        unfinished = [
            video
            for key, video in work.index.items()
            if video.row is None and (resumed is None or key != resumed.file.key)
        ]
        # First, so that no video is ever in two places.
        self._writer.drop([*plan.superseded, *(plan.missing if work.prune else ()), *unfinished])
        if resumed is None:
            forget_begun(work.paths)
        known = self._keep(plan.videos)
        jobs = [
            resumed
            if resumed is not None and resumed.file.key == each.file.key
            else Job(each.file, each.previous, work.method.every, part_frames=work.part_frames)
            for each in plan.videos
            if each.file.key not in known
        ]
        stopped = bool(jobs) and self._look(jobs)
        self._writer.finish()
        self._summary.parts_written = self._writer.parts_written
        self._summary.seconds = time.monotonic() - started
        return self._summary, stopped

    def _keep(self, videos: Sequence[PlannedVideo]) -> set[VideoKey]:
        """Leave the videos as they are that have not changed, but for what is said of them."""
        settled = [each for each in videos if each.settled and each.previous is not None]
        changes: dict[str, dict[VideoKey, dict[str, Any]]] = {}
        known = set()
        for planned, by_stamp in recognised(settled, self._work.recognition, self._work.at_once):
            previous, file = planned.previous, planned.file
            if previous is None or previous.row is None:
                continue
            known.add(file.key)
            self._summary.already_done += 1
            self._summary.by_stamp += by_stamp
            self._summary.usable += previous.row["status"] in USABLE
            self._meter.advance(0, done=True)
            said = {
                "path": file.path,
                "expression": file.expression,
                "supervised": file.supervised,
            }
            if any(previous.row[name] != value for name, value in said.items()):
                changes.setdefault(previous.parts[-1], {})[file.key] = said
        self._writer.update(changes)
        return known

    def _resumed(self) -> Job | None:
        """Find the video that an interrupted run has begun, and what is known of it."""
        work, begun = self._work, read_begun(self._work.paths)
        if begun is None or self._begins(begun.participant, begun.video, begun.sha256) != begun:
            return None
        key = begun.participant, begun.video
        held = work.index.get(key)
        file = next((each.file for each in work.plan.videos if each.file.key == key), None)
        if held is None or held.row is not None or file is None or work.method.again:
            return None
        told, size = _told(work.paths, held, work.method.every), work.part_frames
        if told is None or len(told.times) % chunk_frames(work.method.every, size):
            return None
        self._summary.resumed += 1
        return Job(file, held, work.method.every, told, begun.sha256, size)

    def _begins(self, participant: str, video: str, sha256: str) -> BegunVideo:
        method = self._work.method
        confidences = tuple(self._work.confidences)
        return BegunVideo(
            participant, video, sha256, method.model_sha256, confidences, method.every
        )

    def _look(self, jobs: Sequence[Job]) -> bool:
        """Have workers look at videos; tell whether the run was asked to stop."""
        work = self._work
        schedule = Schedule(jobs, most_waiting=2 * work.at_once + 1)
        with work.pool(sum(map(_stretches, jobs))) as workers:
            current: _Current | None = None
            for job, answer in schedule.run(workers):
                if isinstance(answer, Probed):
                    if self._writer.between_parts and self._stop():
                        return True
                    current = self._opened(job, answer)
                elif current is not None:
                    if current.chunks and self._stop():
                        return True
                    self._take(current, answer)
        return False

    def _opened(self, job: Job, probed: Probed) -> "_Current":
        file = job.file
        if probed.sha256 is not None or probed.problem is None:
            self._work.recognition.note(file.path, probed.sha256, probed.stamp)
        if job.restarted and job.previous is not None:
            self._summary.resumed -= 1
            self._writer.drop([job.previous])
        current = _Current(job, probed, Following(job.told.last), len(job.told.times) > 0)
        if probed.problem is not None:
            self._end(current, None, ())
        return current

    def _take(self, current: "_Current", answer: Chunk | Problem) -> None:
        if isinstance(answer, Problem):
            self._end(current, answer, ())
            return
        told = current.job.told
        frames = [_followed(each, current.following) for each in answer.frames]
        told.times += [frame.time_s for frame in frames]
        told.statuses += [frame.status for frame in frames]
        self._summary.frames += len(frames)
        self._summary.face_frames += sum(frame.status == OK for frame in frames)
        self._summary.corrupt_frames += sum(frame.status == CORRUPT for frame in frames)
        if answer.ended:
            self._end(current, answer, frames)
            return
        self._begin(current)
        self._writer.add_chunk(Stretch(current.key, frames, answer.blendshape_names))
        current.chunks = True
        self._meter.advance(len(frames), done=False)

    def _begin(self, current: "_Current") -> None:
        """Make room for a video's first chunk, and remember what it is made from."""
        if current.chunks:
            return
        # What waits is before it, in whatever moment the run may be killed.
        self._writer.finish()
        self._replace(current)
        probed = current.probed
        record_begun(self._work.paths, self._begins(*current.key, probed.sha256 or ""))
        self._before_first()

    def _end(
        self,
        current: "_Current",
        end: Chunk | Problem | None,
        frames: Sequence[FrameRecord],
    ) -> None:
        job, told = current.job, current.job.told
        row = video_row(job.file, current.probed, told, end, self._made_by)
        previous = job.previous
        before = None if previous is None or current.chunks else previous.row
        if before is not None and _says_the_same(before, row):
            self._summary.already_done += 1
            self._meter.advance(0, done=True, failed=True)
            return
        names = end.blendshape_names if isinstance(end, Chunk) else ()
        last = Stretch(current.key, frames, names, row)
        self._before_first()
        if current.chunks:
            self._writer.add_chunk(last)
            forget_begun(self._work.paths)
        else:
            self._replace(current)
            self._writer.add_whole(last)
        self._count(row, told, len(frames))

    def _replace(self, current: "_Current") -> None:
        previous = current.job.previous
        if previous is not None and previous.row is not None:
            self._summary.replaced += 1
            self._writer.drop([previous])

    def _before_first(self) -> None:
        if not self._summary.statuses:
            self._work.before_first()

    def _count(self, row: dict[str, Any], told: Told, frames: int) -> None:
        summary, status = self._summary, row["status"]
        summary.statuses[status] += 1
        summary.usable += status in USABLE
        if told.times:
            summary.video_s += told.times[-1] - told.times[0] + (row["median_step_s"] or 0.0)
        if status != OK and len(summary.problems) < _PROBLEMS_SHOWN:
            summary.problems.append(SummaryProblem(row["path"], status, row["error"] or ""))
        self._meter.advance(frames, done=True, failed=status not in USABLE)


@dataclass(slots=True)
class _Current:
    """The video that is being put together.

    Attributes
    ----------
    chunks : bool
        Whether the lake has the first of its chunks.
    """

    job: Job
    probed: Probed
    following: Following
    chunks: bool

    @property
    def key(self) -> VideoKey:
        return self.job.file.key


def _stretches(job: Job) -> int:
    """Guess how many stretches a video has, so that no more workers are started than it needs."""
    with suppress(OSError):
        return 1 + job.file.absolute.stat().st_size // _STRETCH_BYTES
    return 1


def _says_the_same(previous: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Tell whether trying a failure again ended as before, so that nothing need be written."""
    compared = ("path", "expression", "supervised", "status", "error", "sha256", "model_sha256")
    return row["status"] not in (*USABLE, NO_FACE) and all(
        row[name] == previous[name] for name in compared
    )


def _followed(frame: LookedAt, following: Following) -> FrameRecord:
    """Choose a frame's face, and say what became of the frame."""
    if frame.corrupt:
        return FrameRecord(frame.number, frame.time_s, CORRUPT, None, None)
    face = following.choose(frame.faces, frame.time_s)
    status = NO_FACE if face is None else OK
    return FrameRecord(frame.number, frame.time_s, status, len(frame.faces), face)


def _told(paths: WarehousePaths, video: IndexedVideo, every: int) -> Told | None:
    """Read what the lake knows of a video's first chunks; None where they are not whole."""
    told, numbers, where = Told(), [], None
    for part in video.parts:
        frames = rows_of(read_table(paths.frames / part), {video.key}, kept=True)
        numbers += frames["frame"].to_pylist()
        told.times += frames["time_s"].to_pylist()
        told.statuses += frames["status"].to_pylist()
        shown = frames.filter(pc.equal(frames["status"], OK))
        if shown.num_rows:
            where = part, shown["frame"][-1].as_py(), shown["time_s"][-1].as_py()
    if numbers != list(range(0, len(numbers) * every, every)):
        return None
    if where is not None:
        part, number, time_s = where
        points = rows_of(read_table(paths.frame_landmarks / part), {video.key}, kept=True)
        points = points.filter(pc.equal(points["frame"], number))
        axes = [points[axis].to_numpy() for axis in ("x", "y", "z")]
        told.last = Followed.of(np.stack(axes, axis=1), time_s)
    return told
