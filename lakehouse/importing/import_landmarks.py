"""An import: from a tree of landmark files to committed parts of the lake."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import PhotoFile, printable
from lakehouse.errors import InputError
from lakehouse.importing.coordinates import NO_FACE_PX, NO_SIZE, PictureSize
from lakehouse.importing.landmark_file import Reading, read_landmark_file
from lakehouse.importing.options import ImportOptions
from lakehouse.importing.summary import ImportSummary
from lakehouse.importing.tree import Kind, LandmarkTree, kind_and_stem, read_tree
from lakehouse.ingest.healing import Healed, remove_damaged
from lakehouse.ingest.lake_record import face_height, now
from lakehouse.ingest.ledger import Ledger
from lakehouse.ingest.part_writer import PartWriter
from lakehouse.ingest.plan import Plan, count_keys, make_plan
from lakehouse.ingest.progress import Progress, ProgressMeter
from lakehouse.ingest.result import Status
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import recover
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
    options: ImportOptions = ImportOptions(),
    *,
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
    tree = read_tree(root, settings.dataset, layout=options.layout)
    with lake_lock(paths):
        recover(paths)
        inspection = inspect(paths, tables=False)
        index = read_photos_index(paths, inspection.damaged_parts)
        _refuse_photographs(root, tree.files, index)
        healed = remove_damaged(paths, inspection, tree.files, root, _is_imported)
        # The rows of photographs are none of this run's business, missing files or not.
        imported = [photo for photo in index if _is_imported(photo)]
        # No model made these landmarks: whether a file is unchanged, its hash alone decides.
        plan = make_plan(tree.files, imported, model_sha256=None)
        expected = [photo.previous.part for photo in plan.photos if photo.previous]
        order = CellOrder(list(settings.dataset.expression_codes()))
        writer = PartWriter(paths, order, options.part_photos, expected)
        ledger = Ledger(writer)
        # First, so that no photograph is ever in two parts.
        for part, keys in plan.superseded.items():
            writer.drop(part, keys)
        meter = ProgressMeter(len(plan.photos), progress)
        for photo in plan.photos:
            status = _take_over(photo.file, photo.previous, ledger, options.size)
            meter.advance(failed=status not in (None, Status.OK))
        writer.finish()
    seconds = time.monotonic() - started
    return _summary(tree, plan, writer, ledger, healed=healed, seconds=seconds)


def _is_imported(photo: IndexedPhoto) -> bool:
    return photo.extractor == EXTRACTOR


def _refuse_photographs(
    root: Path, files: Iterable[PhotoFile], index: Iterable[IndexedPhoto]
) -> None:
    """Refuse to put imported landmarks in place of extracted ones."""
    others = {photo.key: photo for photo in index if photo.extractor != EXTRACTOR}
    conflicts = [file for file in files if file.key in others]
    if not conflicts:
        return
    shown = ", ".join(
        f"{printable(file.path)} ({others[file.key].extractor} from "
        f"{printable(others[file.key].path)})"
        for file in conflicts[:_CONFLICTS_SHOWN]
    )
    more = f" and {len(conflicts) - _CONFLICTS_SHOWN:,} more"
    raise InputError(
        f"the lake holds landmarks of the same photographs from another source: {shown}"
        f"{more if len(conflicts) > _CONFLICTS_SHOWN else ''}",
        where=printable(str(root)),
        fix="import into a separate warehouse (--warehouse); nothing was stored",
    )


def _take_over(
    file: PhotoFile, previous: IndexedPhoto | None, ledger: Ledger, size: PictureSize | None
) -> Status | None:
    """Read a file and enter it; return its status, or None if nothing is new."""
    is_error = kind_and_stem(file.path)[0] is Kind.ERROR
    known = None
    if previous and _would_mean_the_same(previous, size, is_error=is_error):
        known = previous.sha256
    reading = read_landmark_file(file.absolute, is_error=is_error, known_sha256=known, size=size)
    if previous and (reading is None or _says_the_same(previous, reading)):
        ledger.keep(file, previous)
        return None
    if reading is None:
        raise TypeError("a file was recognised that the lake does not hold")
    ledger.put(_record(file, reading), previous)
    return reading.status


def _would_mean_the_same(
    previous: IndexedPhoto, size: PictureSize | None, *, is_error: bool
) -> bool:
    """Tell whether the bytes that the lake knows would be read as they were."""
    if is_error is not (previous.status == Status.NO_FACE):
        return False
    if previous.status != Status.OK:
        return not (previous.error or "").startswith(NO_SIZE)
    # Shares of the picture that were taken for pixels, or made pixels by another size.
    mistaken = previous.face_height is not None and previous.face_height < NO_FACE_PX
    return not mistaken and (size is None or _size(previous) in (None, size))


def _size(photo: IndexedPhoto) -> PictureSize | None:
    if photo.width is None or photo.height is None:
        return None
    return PictureSize(photo.width, photo.height)


def _says_the_same(previous: IndexedPhoto, reading: Reading) -> bool:
    """Tell whether a file that was read again says what the lake holds, so that it may stay."""
    return (reading.status, reading.error, reading.sha256, reading.size) == (
        *(previous.status, previous.error, previous.sha256),
        _size(previous),
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
        width=None if reading.size is None else reading.size.width,
        height=None if reading.size is None else reading.size.height,
        status=reading.status,
        error=reading.error,
        faces={Status.OK: 1, Status.NO_FACE: 0}.get(reading.status),
        face_height=None if reading.landmarks is None else face_height(reading.landmarks),
        extractor=EXTRACTOR,
        extracted_at=now(),
    )
    return PhotoRecord(row, reading.landmarks)


def _summary(
    tree: LandmarkTree,
    plan: Plan,
    writer: PartWriter,
    ledger: Ledger,
    *,
    healed: tuple[Healed, ...],
    seconds: float,
) -> ImportSummary:
    return ImportSummary(
        found=len(tree.files),
        ok=ledger.statuses[Status.OK],
        no_face=ledger.statuses[Status.NO_FACE],
        unreadable=ledger.statuses[Status.UNREADABLE],
        already_done=ledger.already_done,
        usable=ledger.usable,
        replaced=ledger.replaced,
        superseded=count_keys(plan.superseded),
        missing=count_keys(plan.missing),
        ignored=tree.ignored,
        unreadable_folders=tree.unreadable_folders,
        respelled=tree.respelled,
        problems=tuple(ledger.problems),
        parts_written=writer.parts_written,
        healed=healed,
        seconds=seconds,
        files_per_second=len(tree.files) / seconds,
    )
