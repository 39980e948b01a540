"""A run of extraction: from a folder of photographs to committed parts of the lake."""

import importlib.metadata
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import Listing
from lakehouse.extraction.finding import find_photographs
from lakehouse.extraction.model import MODEL_SHA256
from lakehouse.extraction.model_sources import fetch_model
from lakehouse.extraction.pool import TIME_LIMIT_S, WORKER, WorkerPool
from lakehouse.extraction.worker import Setup
from lakehouse.ingest.ledger import Ledger
from lakehouse.ingest.part_writer import PartWriter
from lakehouse.ingest.plan import Plan, PlannedPhoto, count_keys, make_plan
from lakehouse.ingest.progress import Progress, ProgressMeter
from lakehouse.ingest.record import to_record
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
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.origin import record_origin
from lakehouse.lake.parts import PART_PHOTOS, recover
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.records import to_tables
from lakehouse.paths import WarehousePaths
from lakehouse.settings.model import Settings
from lakehouse.system.processors import available_cores


def extract(
    root: Path,
    paths: WarehousePaths,
    settings: Settings,
    *,
    layout: str | None = None,
    manifest: Path | None = None,
    workers: int | None = None,
    part_photos: int = PART_PHOTOS,
    time_limit_s: float = TIME_LIMIT_S,
    worker_command: Sequence[str] = WORKER,
    prune: bool = False,
    re_extract: bool = False,
    progress: Callable[[Progress], None] | None = None,
    on_message: Callable[[str], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
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
    settings : Settings
    layout : str, optional
        Pattern of the photographs' paths, instead of the settings' one.
    manifest : Path, optional
        CSV that lists the photographs; then the folder is not walked.
    workers : int, optional
        Processes; by default one for each core this process may use.
    part_photos : int
        Photographs in a part.
    time_limit_s : float
        Seconds that one photograph may take.
    worker_command : sequence of str
        The worker program.
    prune : bool
        Take the rows of photographs that are gone out of the lake.
    re_extract : bool
        Work on every photograph again, such as with another model.
    progress : callable, optional
        Is given a `Progress` after every photograph.
    on_message : callable, optional
        Is told in a line what happens before the first photograph, such as fetching the model.
    should_stop : callable, optional
        Asked between parts; once it says yes, no further part is begun.

    Returns
    -------
    Summary

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
        If the worker processes cannot start.
    """
    started = time.monotonic()
    listing = find_photographs(root, settings, layout, manifest)
    model = fetch_model(on_message)
    order = CellOrder(list(settings.dataset.expression_codes()))
    with lake_lock(paths):
        recover(paths)
        index = read_photos_index(paths)
        extracted = [photo for photo in index if photo.model_sha256 is not None]
        refuse_rows_from_elsewhere(listing, index)
        plan = make_plan(listing.photos, extracted, MODEL_SHA256, again=re_extract)
        refuse_mixed_models(plan, extracted, MODEL_SHA256, again=re_extract, prune=prune)
        pruned = plan.missing if prune else {}
        if pruned:
            refuse_pruning_blindly(listing)
        expected = [photo.previous.part for photo in plan.photos if photo.previous]
        writer = PartWriter(paths, order, part_photos, expected)
        confidences = Confidences.of(settings.detection)
        earlier = read_confidences(paths) if extracted else set()
        if on_message and not re_extract and (others := earlier - {confidences}):
            on_message(words_on_other_confidences(others))
        ledger = Ledger(writer, lambda: record_confidences(paths, earlier | {confidences}))
        # First, so that no photograph is ever in two parts.
        for part, keys in (*plan.superseded.items(), *pruned.items()):
            writer.drop(part, keys)
        setup = Setup(model, *confidences)
        size = min(workers or available_cores(), len(plan.photos))
        meter = ProgressMeter(len(plan.photos), progress)
        with WorkerPool(setup, size, time_limit_s=time_limit_s, command=worker_command) as pool:
            # Arrow loads much for its first table; later it would keep the workers waiting.
            to_tables([])
            stopped = _run(plan, pool, writer, ledger, meter, should_stop)
        writer.finish()
        record_origin(paths, root)
        all_again = re_extract and not stopped and len(pruned) == len(plan.missing)
        if all_again:
            record_confidences(paths, {confidences})
    seconds = time.monotonic() - started
    return _summary(
        listing, plan, writer, ledger, pruned=count_keys(pruned), stopped=stopped, seconds=seconds
    )


def _run(
    plan: Plan,
    pool: WorkerPool,
    writer: PartWriter,
    ledger: Ledger,
    meter: ProgressMeter,
    should_stop: Callable[[], bool] | None,
) -> bool:
    """Have every photograph looked at; tell whether the run was asked to stop."""
    extractor = f"mediapipe {importlib.metadata.version('mediapipe')}"
    answers = pool.map(photo.task for photo in plan.photos)
    for photo in plan.photos:
        if should_stop is not None and writer.between_parts and should_stop():
            return True
        status = _store(photo, next(answers), extractor, ledger)
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


def _summary(
    listing: Listing,
    plan: Plan,
    writer: PartWriter,
    ledger: Ledger,
    *,
    pruned: int,
    stopped: bool,
    seconds: float,
) -> Summary:
    return Summary(
        found=len(listing),
        ok=ledger.statuses[Status.OK],
        no_face=ledger.statuses[Status.NO_FACE],
        unreadable=ledger.statuses[Status.UNREADABLE],
        unsupported=ledger.statuses[Status.UNSUPPORTED],
        crashed=ledger.statuses[Status.CRASHED],
        already_done=ledger.already_done,
        replaced=ledger.replaced,
        superseded=count_keys(plan.superseded),
        missing=count_keys(plan.missing) - pruned,
        pruned=pruned,
        ignored=listing.ignored,
        unreadable_folders=listing.unreadable_folders,
        problems=tuple(ledger.problems),
        parts_written=writer.parts_written,
        stopped=stopped,
        seconds=seconds,
        photos_per_second=ledger.statuses.total() / seconds,
    )
