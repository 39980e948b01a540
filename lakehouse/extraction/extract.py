"""A run of extraction: from a folder of photographs to committed parts of the lake."""

import importlib.metadata
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import Listing
from lakehouse.extraction.face_model import MODEL_SHA256
from lakehouse.extraction.finding import find_photographs
from lakehouse.extraction.model_sources import fetch_model
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.extraction.pool import WorkerPool
from lakehouse.extraction.worker import Setup
from lakehouse.ingest.healing import Healed, remove_damaged
from lakehouse.ingest.lake_record import to_record
from lakehouse.ingest.ledger import Ledger
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.part_writer import PartWriter
from lakehouse.ingest.plan import Plan, PlannedPhoto, count_keys, make_plan
from lakehouse.ingest.progress import ProgressMeter
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
from lakehouse.system.processors import available_cores


@dataclass(frozen=True)
class _Run:
    """What a run works with, and what it tells of in the end."""

    listing: Listing
    plan: Plan
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
    that was interrupted, by whatever, is continued by running it again.

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
    again, on_message = options.re_extract, listeners.on_message
    listing = find_photographs(root, settings, options.layout, options.manifest)
    require_graphics("finding faces")
    model = fetch_model(on_message)
    order = CellOrder(list(settings.dataset.expression_codes()))
    with lake_lock(paths):
        recover(paths)
        inspection = inspect(paths, tables=False)
        index = read_photos_index(paths, inspection.damaged_parts)
        extracted = [photo for photo in index if _is_extracted(photo)]
        refuse_rows_from_elsewhere(listing, index)
        plan = make_plan(
            listing.photos, extracted, MODEL_SHA256, again=again, ignored=listing.set_aside
        )
        refuse_mixed_models(plan, extracted, MODEL_SHA256, again=again, prune=options.prune)
        pruned = plan.missing if options.prune else {}
        if pruned or (options.prune and inspection.damaged_parts):
            refuse_pruning_blindly(listing)
        healed = remove_damaged(
            paths, inspection, listing.photos, root, _is_extracted, prune=options.prune
        )
        expected = [photo.previous.part for photo in plan.photos if photo.previous]
        writer = PartWriter(paths, order, options.part_photos, expected)
        confidences = Confidences.of(settings.detection)
        earlier = read_confidences(paths) if extracted else set()
        if on_message and not again and (others := earlier - {confidences}):
            on_message(words_on_other_confidences(others))
        ledger = Ledger(writer, lambda: record_confidences(paths, earlier | {confidences}))
        run = _Run(listing, plan, writer, ledger, healed)
        # First, so that no photograph is ever in two parts.
        for part, keys in (*plan.superseded.items(), *pruned.items()):
            writer.drop(part, keys)
        meter = ProgressMeter(len(plan.photos), listeners.progress)
        with _pool(options.workers, Setup(model, *confidences), len(plan.photos)) as pool:
            # Arrow loads much for its first table; later it would keep the workers waiting.
            to_tables([])
            stopped = _look_at_all(run, pool, meter, listeners.should_stop)
        writer.finish()
        record_origin(paths, root)
        all_again = again and not stopped and len(pruned) == len(plan.missing)
        if all_again:
            record_confidences(paths, {confidences})
    seconds = time.monotonic() - started
    return _summary(run, pruned=count_keys(pruned), stopped=stopped, seconds=seconds)


def _is_extracted(photo: IndexedPhoto) -> bool:
    return photo.model_sha256 is not None


def _pool(workers: Workers, setup: Setup, photos: int) -> WorkerPool:
    size = min(workers.number or available_cores(), photos)
    return WorkerPool(setup, size, time_limit_s=workers.time_limit_s, command=workers.command)


def _look_at_all(
    run: _Run, pool: WorkerPool, meter: ProgressMeter, should_stop: Callable[[], bool] | None
) -> bool:
    """Have every photograph looked at; tell whether the run was asked to stop."""
    extractor = f"mediapipe {importlib.metadata.version('mediapipe')}"
    answers = pool.map(photo.task for photo in run.plan.photos)
    for photo in run.plan.photos:
        if should_stop is not None and run.writer.between_parts and should_stop():
            return True
        status = _store(photo, next(answers), extractor, run.ledger)
        meter.advance(failed=status not in (None, Status.OK))
    return False


def _store(photo: PlannedPhoto, answer: Answer, extractor: str, ledger: Ledger) -> Status | None:
    """Enter an answer; return its status, or None if nothing is new."""
    previous = photo.previous
    if previous and (isinstance(answer, Unchanged) or _says_the_same(photo, answer)):
        ledger.keep(photo.file, previous)
        return None
    if isinstance(answer, Unchanged):
        raise TypeError("a worker recognised a photograph that the lake does not hold")
    record = to_record(photo.file, answer, extractor=extractor, model_sha256=MODEL_SHA256)
    ledger.put(record, previous)
    return answer.status


def _says_the_same(photo: PlannedPhoto, outcome: Outcome) -> bool:
    """Tell whether trying a failure again ended as before, so that nothing need be written."""
    previous = photo.previous
    return (
        previous is not None
        and outcome.status is not Status.OK
        and previous.model_sha256 == MODEL_SHA256
        and (outcome.status, outcome.error, outcome.sha256)
        == (previous.status, previous.error, previous.sha256)
    )


def _summary(run: _Run, *, pruned: int, stopped: bool, seconds: float) -> Summary:
    listing, plan, ledger = run.listing, run.plan, run.ledger
    return Summary(
        found=len(listing),
        ok=ledger.statuses[Status.OK],
        no_face=ledger.statuses[Status.NO_FACE],
        damaged=ledger.statuses[Status.DAMAGED],
        unreadable=ledger.statuses[Status.UNREADABLE],
        unsupported=ledger.statuses[Status.UNSUPPORTED],
        crashed=ledger.statuses[Status.CRASHED],
        already_done=ledger.already_done,
        usable=ledger.usable,
        replaced=ledger.replaced,
        superseded=count_keys(plan.superseded),
        missing=count_keys(plan.missing) - pruned,
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
    )
