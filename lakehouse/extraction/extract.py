"""A run of extraction: from a folder of photographs to committed parts of the lake."""

import importlib.metadata
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import Listing
from lakehouse.extraction.face_model import MODEL_SHA256
from lakehouse.extraction.finding import find_photographs
from lakehouse.extraction.model_sources import fetch_model
from lakehouse.extraction.options import ExtractionOptions, Pool
from lakehouse.extraction.share import Share, find_share
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
from lakehouse.lake.confidences import (
    Confidences,
    read_confidences,
    record_confidences,
    words_on_other_confidences,
)
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.origin import record_origin
from lakehouse.lake.parts import recover
from lakehouse.lake.photos_index import IndexedPhoto, read_photos_index
from lakehouse.lake.records import to_tables
from lakehouse.paths import WarehousePaths
from lakehouse.settings.model import Settings
from lakehouse.system.graphics import require_graphics


@dataclass(frozen=True)
class _Run:
    """What a run works with, and what it tells of in the end."""

    share: Share
    plan: Plan
    photos: tuple[PlannedPhoto, ...]
    recognition: Recognition
    writer: PartWriter
    ledger: Ledger
    healed: tuple[Healed, ...]


def extract(
    root: Path,
    paths: WarehousePaths,
    settings: Settings,
    options: ExtractionOptions = ExtractionOptions(),
    listeners: Listeners = Listeners(),
) -> Summary:
    """Extract the landmarks of a dataset's photographs into the lake.

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
    again = options.re_extract
    found = find_photographs(root, settings, options.layout, options.manifest)
    share = find_share(found, root, paths, settings, options)
    listing, paths = share.listing, share.paths
    share.tell_of_staging(listeners)

    @cache
    def model() -> Path:
        require_graphics("finding faces")
        return fetch_model(listeners.on_message)

    if share.has_work and not present(paths.lake):
        # What is missing is told before anything is made.
        model()
    order = CellOrder(list(settings.dataset.expression_codes()))
    with lake_lock(paths):
        recover(paths)
        share.begin()
        inspection = inspect(paths, tables=False)
        index = read_photos_index(paths, inspection.damaged_parts)
        extracted = [photo for photo in index if _is_extracted(photo)]
        refuse_rows_from_elsewhere(listing, index)
        plan = _planned(share.listing, root, options, extracted)
        photos = share.without_held(plan)
        if not all(photo.settled for photo in photos):
            # Likewise before anything is taken out, and before files are read for minutes.
            model()
        pruned = plan.missing if options.prune else {}
        if pruned or (options.prune and inspection.damaged_parts):
            refuse_pruning_blindly(listing)
        healed = remove_damaged(
            paths, inspection, listing.photos, root, _is_extracted, prune=options.prune
        )
        expected = [photo.previous.part for photo in photos if photo.previous]
        writer = PartWriter(paths, order, options.part_photos, expected)
        confidences = Confidences.of(settings.detection)
        earlier = read_confidences(paths) if extracted else set()
        if not again and (others := earlier - {confidences}):
            listeners.tell(words_on_other_confidences(others))
        ledger = Ledger(writer, lambda: record_confidences(paths, earlier | {confidences}))
        recognition = Recognition(paths, root, by_content=options.verify)
        run = _Run(share, plan, photos, recognition, writer, ledger, healed)
        # First, so that no photograph is ever in two parts.
        for part, keys in (*plan.superseded.items(), *pruned.items()):
            writer.drop(part, keys)

        def pool(photos: int) -> AbstractContextManager[Pool]:
            return options.workers.pool(Setup(model(), *confidences), photos)

        meter = ProgressMeter(len(photos), listeners.progress)
        try:
            stopped = _look_at_all(
                run, pool, meter, listeners.should_stop, at_once=options.workers.at_once
            )
        finally:
            recognition.write_down(
                {file.path for file in listing} | {photo.path for photo in index}
            )
        writer.finish()
        record_origin(paths, root)
        left = plan.unlisted or len(pruned) < len(plan.missing)
        if again and not stopped and not left:
            record_confidences(paths, {confidences})
        share.end(stopped=stopped)
    seconds = time.monotonic() - started
    return _summary(run, pruned=count_keys(pruned), stopped=stopped, seconds=seconds)


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
    share, plan, ledger = run.share, run.plan, run.ledger
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
    )
