"""A run of extraction: from a folder of photographs and videos to parts of the lake."""

import importlib.metadata
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import Listing
from lakehouse.extraction.face_model import MODEL_SHA256
from lakehouse.extraction.finding import find_photographs
from lakehouse.extraction.model_sources import fetch_model
from lakehouse.extraction.options import ExtractionOptions, Pool, VideoPool
from lakehouse.extraction.share import Share, find_share
from lakehouse.extraction.videos.plan import (
    Method,
    VideoPlan,
    damaged_videos,
    plan_videos,
    refuse_other_sources,
    remove_damaged_videos,
    sound_index,
    without_held,
)
from lakehouse.extraction.videos.run import VideoWork, extract_videos
from lakehouse.extraction.worker import Setup
from lakehouse.files.listing import present
from lakehouse.ingest.healing import Healed, remove_damaged
from lakehouse.ingest.lake_record import to_record
from lakehouse.ingest.ledger import Ledger
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.part_writer import PartWriter
from lakehouse.ingest.plan import (
    Plan,
    PlannedPhoto,
    count_keys,
    make_plan,
    says_the_same,
    with_unlisted_apart,
)
from lakehouse.ingest.progress import ProgressMeter
from lakehouse.ingest.recognition import Known, Recognition
from lakehouse.ingest.refusals import (
    refuse_mixed_models,
    refuse_pruning_blindly,
    refuse_rows_from_elsewhere,
)
from lakehouse.ingest.result import Answer, Outcome, Status, Unchanged
from lakehouse.ingest.summary import Summary
from lakehouse.ingest.videos.summary import VideoSummary
from lakehouse.lake.confidences import (
    Confidences,
    read_confidences,
    record_confidences,
    words_on_other_confidences,
)
from lakehouse.lake.inspection import Inspection, inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.origin import record_origin
from lakehouse.lake.parts import recover
from lakehouse.lake.photos_index import IndexedPhoto, read_photos_index
from lakehouse.lake.records import Key, to_tables
from lakehouse.lake.videos_index import IndexedVideo, VideoKey
from lakehouse.paths import WarehousePaths
from lakehouse.settings.model import Settings
from lakehouse.system.graphics import require_graphics


def extract(
    root: Path,
    paths: WarehousePaths,
    settings: Settings,
    options: ExtractionOptions = ExtractionOptions(),
    listeners: Listeners = Listeners(),
) -> Summary:
    """Extract the landmarks of a dataset's photographs and videos into the lake.

    What the lake already holds with the same content and the same model is left alone, so a run
    that was interrupted, by whatever, is continued by running it again. Files are not read whose
    size and time stamp are those of their last reading. The model and the workers are only sought
    where there is something for them to do.

    Where the options name a shard, its share of the photographs goes to a warehouse of its own
    below `staging`, to be merged; what the lake holds is not extracted again.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    paths : WarehousePaths
        The warehouse; its lake is made if it is not there.

    Raises
    ------
    UsageError
        If the layout cannot mean anything.
    InputError
        If there is no photograph, the manifest is refused, the lake holds landmarks of another
        model or from elsewhere, or what is gone cannot be told from what cannot be read.
    ModelError
        If there is no face model and it cannot be fetched.
    LakeError
        If the lake is in use, damaged, or cannot be written.
    LakehouseError
        If the system lacks libraries that MediaPipe needs, or the worker processes cannot start.
    """
    started = time.monotonic()
    found = find_photographs(root, settings, options.layout, options.manifest)
    share = find_share(found, root, paths, settings, options)
    share.tell_of_staging(listeners)

    @cache
    def model() -> Path:
        require_graphics("finding faces")
        return fetch_model(listeners.on_message)

    if share.has_work and not present(share.paths.lake):
        # What is missing is told before anything is made.
        model()
    with lake_lock(share.paths):
        recover(share.paths)
        share.begin()
        planned = _look_at_lake(share, root, settings, options)
        if not planned.settled:
            # Likewise before anything is taken out, and before files are read for minutes.
            model()
        run = _begin(planned, root, settings, options, listeners)
        stopped = _do(run, model, options, listeners)
        record_origin(share.paths, root)
        if options.re_extract and not stopped and not planned.leaves_some(options):
            record_confidences(share.paths, {run.confidences})
        share.end(stopped=stopped)
    seconds = time.monotonic() - started
    return _summary(run, pruned=count_keys(run.pruned), stopped=stopped, seconds=seconds)


@dataclass(frozen=True)
class _Planned:
    """What the lake holds, and what is to be done; nothing was written yet."""

    share: Share
    inspection: Inspection
    index: Sequence[IndexedPhoto]
    plan: Plan
    photos: tuple[PlannedPhoto, ...]
    damaged_videos: Mapping[str, Collection[VideoKey]]
    videos_index: Mapping[VideoKey, IndexedVideo]
    method: Method
    videos: VideoPlan

    @property
    def settled(self) -> bool:
        """Whether nothing is to be looked at, as long as no content has changed."""
        return all(photo.settled for photo in self.photos) and self.videos.settled

    def leaves_some(self, options: ExtractionOptions) -> bool:
        """Tell whether the lake keeps what this run does not look at."""
        if self.plan.unlisted or self.videos.unlisted:
            return True
        return not options.prune and bool(self.plan.missing or self.videos.missing)


@dataclass
class _Run:
    """What a run works with, and what it tells of in the end."""

    planned: _Planned
    recognition: Recognition
    writer: PartWriter
    ledger: Ledger
    healed: tuple[Healed, ...]
    healed_videos: tuple[Healed, ...]
    confidences: Confidences
    pruned: Mapping[str, Collection[Key]]
    before_first: Callable[[], None]
    filmed: VideoSummary | None = None

    @property
    def photos(self) -> tuple[PlannedPhoto, ...]:
        """Photographs to look at."""
        return self.planned.photos


def _look_at_lake(
    share: Share, root: Path, settings: Settings, options: ExtractionOptions
) -> _Planned:
    """Compare the dataset with the lake, and refuse what does not go together."""
    paths, listing = share.paths, share.listing
    inspection = inspect(paths, tables=False)
    index = read_photos_index(paths, inspection.damaged_parts)
    extracted = [photo for photo in index if _is_extracted(photo)]
    refuse_rows_from_elsewhere(listing, index)
    plan = _planned(listing, root, options, extracted)
    damaged = damaged_videos(paths, inspection)
    videos_index = sound_index(paths, damaged)
    method = Method(MODEL_SHA256, settings.video.every, options.re_extract)
    videos = plan_videos(
        listing.videos, videos_index, method, None if options.manifest is None else root
    )
    refuse_other_sources(videos, videos_index, method, prune=options.prune)
    return _Planned(
        share,
        inspection,
        index,
        plan,
        share.without_held(plan),
        damaged,
        videos_index,
        method,
        without_held(videos, share.held_videos),
    )


def _begin(
    planned: _Planned,
    root: Path,
    settings: Settings,
    options: ExtractionOptions,
    listeners: Listeners,
) -> _Run:
    """Make room for what is to come: take out what is damaged, superseded or pruned."""
    share, plan = planned.share, planned.plan
    paths, listing = share.paths, share.listing
    pruned = plan.missing if options.prune else {}
    if options.prune and (pruned or planned.videos.missing or planned.inspection.damaged):
        refuse_pruning_blindly(listing)
    healed_videos = remove_damaged_videos(
        paths, planned.inspection, planned.damaged_videos, listing, prune=options.prune
    )
    healed = remove_damaged(
        paths, planned.inspection, listing.photos, root, _is_extracted, prune=options.prune
    )
    expected = [photo.previous.part for photo in planned.photos if photo.previous]
    order = CellOrder(list(settings.dataset.expression_codes()))
    writer = PartWriter(paths, order, options.part_photos, expected)
    confidences = Confidences.of(settings.detection)
    known = planned.videos_index or any(_is_extracted(photo) for photo in planned.index)
    earlier = read_confidences(paths) if known else set()
    if not options.re_extract and (others := earlier - {confidences}):
        listeners.tell(words_on_other_confidences(others))

    def before_first() -> None:
        record_confidences(paths, earlier | {confidences})

    recognition = Recognition(paths, root, by_content=options.verify)
    ledger = Ledger(writer, before_first)
    # First, so that no photograph is ever in two parts.
    for part, keys in (*plan.superseded.items(), *pruned.items()):
        writer.drop(part, keys)
    return _Run(
        planned,
        recognition,
        writer,
        ledger,
        healed,
        healed_videos,
        confidences,
        pruned,
        before_first,
    )


def _do(
    run: _Run, model: Callable[[], Path], options: ExtractionOptions, listeners: Listeners
) -> bool:
    """Have photographs looked at, and then videos; tell whether the run was asked to stop."""

    def pool(photos: int) -> AbstractContextManager[Pool]:
        return options.workers.pool(Setup(model(), *run.confidences), photos)

    def video_pool(stretches: int) -> AbstractContextManager[VideoPool]:
        return options.workers.video_pool(Setup(model(), *run.confidences), stretches)

    planned, share = run.planned, run.planned.share
    meter = ProgressMeter(len(planned.photos), listeners.progress)
    try:
        stopped = _look_at_all(
            run, pool, meter, listeners.should_stop, at_once=options.workers.at_once
        )
        run.writer.finish()
        if not stopped and (planned.videos_index or share.listing.videos or run.healed_videos):
            work = VideoWork(
                paths=share.paths,
                plan=planned.videos,
                index=planned.videos_index,
                method=planned.method,
                confidences=run.confidences,
                recognition=run.recognition,
                pool=video_pool,
                at_once=options.workers.at_once,
                before_first=run.before_first,
                prune=options.prune,
                healed=run.healed_videos,
                part_frames=options.part_frames,
            )
            run.filmed, stopped = extract_videos(work, listeners)
    finally:
        listed = {file.path for file in (*share.listing, *share.listing.videos)}
        run.recognition.write_down(listed | {photo.path for photo in planned.index})
    return stopped


def _planned(
    listing: Listing, root: Path, options: ExtractionOptions, extracted: Sequence[IndexedPhoto]
) -> Plan:
    """Plan a run, and refuse one that would leave landmarks of two models."""
    again = options.re_extract
    plan = make_plan(
        listing.photos, extracted, MODEL_SHA256, again=again, ignored=listing.set_aside
    )
    if options.manifest is not None:
        plan = with_unlisted_apart(plan, extracted, root)
    refuse_mixed_models(plan, extracted, MODEL_SHA256, again=again, prune=options.prune)
    return plan


def _is_extracted(photo: IndexedPhoto) -> bool:
    return photo.model_sha256 is not None


def _look_at_all(
    run: _Run,
    pool: Callable[[int], AbstractContextManager[Pool]],
    meter: ProgressMeter,
    should_stop: Callable[[], bool] | None,
    *,
    at_once: int,
) -> bool:
    """Have every photograph looked at; tell whether the run was asked to stop."""
    known = set()
    for photo, how in run.recognition.look(run.photos, at_once):
        if should_stop is not None and should_stop():
            return True
        if how is not Known.NOT and photo.previous is not None:
            run.ledger.keep(photo.file, photo.previous, by_stamp=how is Known.BY_STAMP)
            meter.advance(failed=False)
            known.add(photo.file.key)
    others = [photo for photo in run.photos if photo.file.key not in known]
    return bool(others) and _work_on(others, run, pool, meter, should_stop)


def _work_on(
    photos: Sequence[PlannedPhoto],
    run: _Run,
    pool: Callable[[int], AbstractContextManager[Pool]],
    meter: ProgressMeter,
    should_stop: Callable[[], bool] | None,
) -> bool:
    """Have workers look at photographs; tell whether the run was asked to stop."""
    extractor = f"mediapipe {importlib.metadata.version('mediapipe')}"
    with pool(len(photos)) as workers:
        # Arrow loads much for its first table; later it would keep the workers waiting.
        to_tables([])
        answers = workers.map(photo.task for photo in photos)
        for photo in photos:
            if should_stop is not None and run.writer.between_parts and should_stop():
                return True
            status = _store(photo, next(answers), extractor, run)
            meter.advance(failed=status not in (None, Status.OK))
    return False


def _store(photo: PlannedPhoto, answer: Answer, extractor: str, run: _Run) -> Status | None:
    """Enter an answer; return its status, or None if nothing is new."""
    previous = photo.previous
    if isinstance(answer, Outcome):
        run.recognition.note(photo.file.path, answer.sha256, answer.stamp)
    if previous and (isinstance(answer, Unchanged) or _stays(previous, answer)):
        run.ledger.keep(photo.file, previous)
        return None
    if isinstance(answer, Unchanged):
        raise TypeError("a worker recognised a photograph that the lake does not hold")
    record = to_record(photo.file, answer, extractor=extractor, model_sha256=MODEL_SHA256)
    run.ledger.put(record, previous)
    return answer.status


def _stays(previous: IndexedPhoto, outcome: Outcome) -> bool:
    return previous.model_sha256 == MODEL_SHA256 and says_the_same(previous, outcome)


def _summary(run: _Run, *, pruned: int, stopped: bool, seconds: float) -> Summary:
    share, plan, ledger = run.planned.share, run.planned.plan, run.ledger
    listing = share.listing
    elsewhere = [
        share.held[key] for key in share.held.keys() - {each.file.key for each in run.photos}
    ]
    return Summary(
        found=len(listing),
        ok=ledger.statuses[Status.OK],
        no_face=ledger.statuses[Status.NO_FACE],
        damaged=ledger.statuses[Status.DAMAGED],
        unreadable=ledger.statuses[Status.UNREADABLE],
        unsupported=ledger.statuses[Status.UNSUPPORTED],
        crashed=ledger.statuses[Status.CRASHED],
        already_done=ledger.already_done + len(elsewhere),
        by_stamp=ledger.by_stamp + share.by_stamp,
        usable=ledger.usable + sum(photo.status == Status.OK for photo in elsewhere),
        replaced=ledger.replaced,
        superseded=count_keys(plan.superseded),
        missing=count_keys(plan.missing) - pruned,
        unlisted=count_keys(plan.unlisted),
        pruned=pruned,
        ignored=listing.ignored,
        told=listing.manifest.told if listing.manifest else (),
        respelled=listing.respelled,
        sequences=listing.sequences,
        unreadable_folders=listing.unreadable_folders,
        problems=tuple(ledger.problems),
        parts_written=run.writer.parts_written,
        healed=run.healed,
        stopped=stopped,
        seconds=seconds,
        photos_per_second=ledger.statuses.total() / seconds,
        staging=None if share.shard is None else share.paths.root,
        videos=run.filmed,
    )
