"""An import: from a tree of landmark files to committed parts of the lake."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import PhotoFile, printable
from lakehouse.errors import InputError
from lakehouse.importing.landmark_file import Reading, read_landmark_file
from lakehouse.importing.summary import ImportSummary
from lakehouse.importing.tree import Kind, LandmarkTree, kind_and_stem, read_tree
from lakehouse.ingest.lake_record import face_height, now
from lakehouse.ingest.ledger import Ledger
from lakehouse.ingest.part_writer import PartWriter
from lakehouse.ingest.plan import Plan, count_keys, make_plan
from lakehouse.ingest.progress import Progress, ProgressMeter
from lakehouse.ingest.result import Status
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import PART_PHOTOS, recover
from lakehouse.lake.photos_index import IndexedPhoto, read_photos_index
from lakehouse.lake.records import PhotoRecord, PhotoRow
from lakehouse.paths import WarehousePaths
from lakehouse.settings.model import Settings

EXTRACTOR: Final = "import"
"""`photos.extractor` of what was imported."""

_CONFLICTS_SHOWN: Final = 3


def import_landmarks(
    root: Path,
    paths: WarehousePaths,
    settings: Settings,
    *,
    layout: str | None = None,
    part_photos: int = PART_PHOTOS,
    progress: Callable[[Progress], None] | None = None,
) -> ImportSummary:
    """Take a tree of landmark files into the lake.

    What the lake already holds from files with the same content is left alone, so a run that was
    interrupted is continued by running it again.

    Parameters
    ----------
    root : Path
        The tree's folder.
    paths : WarehousePaths
        The warehouse; its lake is made if it is not there.
    layout : str, optional
        Pattern of the files' paths, instead of the settings' one.
    part_photos : int
        Photographs in a part.
    progress : callable, optional
        Is given a `Progress` after every file.

    Raises
    ------
    UsageError
        If the layout cannot mean anything.
    InputError
        If there is no landmark file, or the lake holds one of the photographs from elsewhere;
        nothing is then taken over.
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    started = time.monotonic()
    tree = read_tree(root, settings.dataset, layout=layout)
    with lake_lock(paths):
        recover(paths)
        index = read_photos_index(paths)
        _refuse_photographs(root, tree.files, index)
        # The rows of photographs are none of this run's business, missing files or not.
        imported = [photo for photo in index if photo.extractor == EXTRACTOR]
        # No model made these landmarks: whether a file is unchanged, its hash alone decides.
        plan = make_plan(tree.files, imported, model_sha256=None)
        expected = [photo.previous.part for photo in plan.photos if photo.previous]
        order = CellOrder(list(settings.dataset.expression_codes()))
        writer = PartWriter(paths, order, part_photos, expected)
        ledger = Ledger(writer)
        # First, so that no photograph is ever in two parts.
        for part, keys in plan.superseded.items():
            writer.drop(part, keys)
        meter = ProgressMeter(len(plan.photos), progress)
        for photo in plan.photos:
            status = _take_over(photo.file, photo.previous, ledger)
            meter.advance(failed=status not in (None, Status.OK))
        writer.finish()
    return _summary(tree, plan, writer, ledger, time.monotonic() - started)


def _refuse_photographs(
    root: Path, files: Iterable[PhotoFile], index: Iterable[IndexedPhoto]
) -> None:
    """Refuse to put imported landmarks in place of extracted ones."""
    others = {photo.key: photo for photo in index if photo.extractor != EXTRACTOR}
    conflicts = [file for file in files if file.key in others]
    if not conflicts:
        return
    shown = ", ".join(
        f"{file.path} ({others[file.key].extractor} from {others[file.key].path})"
        for file in conflicts[:_CONFLICTS_SHOWN]
    )
    more = f" and {len(conflicts) - _CONFLICTS_SHOWN:,} more"
    raise InputError(
        f"the lake holds landmarks of the same photographs from another source: {shown}"
        f"{more if len(conflicts) > _CONFLICTS_SHOWN else ''}",
        where=printable(str(root)),
        fix="import into a separate warehouse (--warehouse); nothing was stored",
    )


def _take_over(file: PhotoFile, previous: IndexedPhoto | None, ledger: Ledger) -> Status | None:
    """Read a file and enter it; return its status, or None if nothing is new."""
    is_error = kind_and_stem(file.path)[0] is Kind.ERROR
    known = None
    # The same bytes mean something else once an error file is called a data file.
    if previous and is_error is (previous.status == Status.NO_FACE):
        known = previous.sha256
    reading = read_landmark_file(file.absolute, is_error=is_error, known_sha256=known)
    if previous and (reading is None or _says_the_same(previous, reading)):
        ledger.keep(file, previous)
        return None
    if reading is None:
        raise TypeError("a file was recognised that the lake does not hold")
    ledger.put(_record(file, reading), previous)
    return reading.status


def _says_the_same(previous: IndexedPhoto, reading: Reading) -> bool:
    """Tell whether a file without a hash still cannot be read, so that nothing need be written."""
    return reading.sha256 is None and (reading.status, reading.error, reading.sha256) == (
        previous.status,
        previous.error,
        previous.sha256,
    )


def _record(file: PhotoFile, reading: Reading) -> PhotoRecord:
    """Lay a reading out as the lake holds it, imported now."""
    row = PhotoRow(
        participant=file.participant,
        expression=file.expression,
        supervised=file.supervised,
        photo=file.photo,
        path=file.path,
        sha256=reading.sha256,
        bytes=reading.bytes,
        status=reading.status,
        error=reading.error,
        faces={Status.OK: 1, Status.NO_FACE: 0}.get(reading.status),
        face_height=None if reading.landmarks is None else face_height(reading.landmarks),
        extractor=EXTRACTOR,
        extracted_at=now(),
    )
    return PhotoRecord(row, reading.landmarks)


def _summary(
    tree: LandmarkTree, plan: Plan, writer: PartWriter, ledger: Ledger, seconds: float
) -> ImportSummary:
    return ImportSummary(
        found=len(tree.files),
        ok=ledger.statuses[Status.OK],
        no_face=ledger.statuses[Status.NO_FACE],
        unreadable=ledger.statuses[Status.UNREADABLE],
        already_done=ledger.already_done,
        replaced=ledger.replaced,
        superseded=count_keys(plan.superseded),
        missing=count_keys(plan.missing),
        ignored=tree.ignored,
        unreadable_folders=tree.unreadable_folders,
        respelled=tree.respelled,
        problems=tuple(ledger.problems),
        parts_written=writer.parts_written,
        seconds=seconds,
        files_per_second=len(tree.files) / seconds,
    )
