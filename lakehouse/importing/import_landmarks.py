"""An import: from files of landmarks to committed parts of the lake."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import PhotoFile, printable
from lakehouse.errors import InputError
from lakehouse.importing.collector import EXTRACTOR
from lakehouse.importing.coordinates import PictureSize
from lakehouse.importing.finding import FoundLandmarks, Shown, find_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.importing.readings import Reading
from lakehouse.importing.refused import RefusedError
from lakehouse.importing.sources import Question
from lakehouse.importing.summary import ImportSummary
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

_CONFLICTS_SHOWN: Final = 3


def import_landmarks(
    root: Path,
    paths: WarehousePaths,
    settings: Settings,
    options: ImportOptions = ImportOptions(),
    *,
    progress: Callable[[Progress], None] | None = None,
) -> ImportSummary:
    """Take landmarks that somebody else has extracted into the lake.

    What the lake already holds with the same content is left alone, so a run that was
    interrupted is continued by running it again.

    Parameters
    ----------
    root : Path
        Their folder, or the file that holds those of many photographs.
    paths : WarehousePaths
        The warehouse; its lake is made if it is not there.
    progress : callable, optional
        Is given a `Progress` after every photograph.

    Raises
    ------
    UsageError
        If the layout cannot mean anything.
    InputError
        If there are no landmarks, or the lake holds one of the photographs from elsewhere;
        nothing is then taken over.
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    started = time.monotonic()
    dataset = settings.dataset
    found = find_landmarks(
        root, dataset, layout=options.layout, columns=options.columns, without=paths.root
    )
    with lake_lock(paths):
        recover(paths)
        inspection = inspect(paths, tables=False)
        index = read_photos_index(paths, inspection.damaged_parts)
        _refuse_photographs(root, found.files, index)
        healed = remove_damaged(paths, inspection, found.files, root, _is_imported)
        # The rows of photographs are none of this run's business, missing files or not.
        imported = [photo for photo in index if _is_imported(photo)]
        # No model made these landmarks: whether a file is unchanged, its hash alone decides.
        plan = make_plan(found.files, imported, model_sha256=None, ignored=found.set_aside)
        expected = [photo.previous.part for photo in plan.photos if photo.previous]
        order = CellOrder(list(dataset.expression_codes()))
        writer = PartWriter(paths, order, options.part_photos, expected)
        ledger = Ledger(writer)
        # First, so that no photograph is ever in two parts.
        for part, keys in plan.superseded.items():
            writer.drop(part, keys)
        meter = ProgressMeter(len(plan.photos), progress)
        previous = {photo.file.key: photo.previous for photo in plan.photos}
        try:
            for shown in found.shown():
                status = _take_over(shown, previous[shown.file.key], ledger, options.size)
                meter.advance(failed=status not in (None, Status.OK))
        except RefusedError as error:
            raise InputError(
                str(error), where=printable(str(root)), fix="mend the file, and import it again"
            ) from error
        writer.finish()
    seconds = time.monotonic() - started
    return _summary(found, plan, writer, ledger, healed=healed, seconds=seconds)


def _is_imported(photo: IndexedPhoto) -> bool:
    return photo.extractor.split(" ")[0] == EXTRACTOR


def _refuse_photographs(
    root: Path, files: Iterable[PhotoFile], index: Iterable[IndexedPhoto]
) -> None:
    """Refuse to put imported landmarks in place of extracted ones."""
    others = {photo.key: photo for photo in index if not _is_imported(photo)}
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
    shown: Shown, previous: IndexedPhoto | None, ledger: Ledger, size: PictureSize | None
) -> Status | None:
    """Look at a photograph and enter it; return its status, or None if nothing is new."""
    reading = shown.look(Question(previous, size))
    if previous and (reading is None or _says_the_same(previous, reading)):
        ledger.keep(shown.file, previous)
        return None
    if reading is None:
        raise TypeError("a file was recognised that the lake does not hold")
    ledger.put(_record(shown, reading), previous)
    return reading.status


def _says_the_same(previous: IndexedPhoto, reading: Reading) -> bool:
    """Tell whether a file that was read again says what the lake holds, so that it may stay."""
    return (reading.status, reading.error, reading.sha256, reading.size) == (
        *(previous.status, previous.error, previous.sha256),
        Question(previous).previous_size,
    )


def _record(shown: Shown, reading: Reading) -> PhotoRecord:
    """Lay a reading out as the lake holds it, imported now."""
    file, pose = shown.file, reading.pose
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
        faces=reading.faces,
        face_height=None if reading.landmarks is None else face_height(reading.landmarks),
        yaw=pose.yaw if pose else None,
        pitch=pose.pitch if pose else None,
        roll=pose.roll if pose else None,
        extractor=shown.extractor,
        extracted_at=now(),
    )
    return PhotoRecord(row, reading.landmarks, reading.blendshape_names, reading.blendshapes)


def _summary(
    found: FoundLandmarks,
    plan: Plan,
    writer: PartWriter,
    ledger: Ledger,
    *,
    healed: tuple[Healed, ...],
    seconds: float,
) -> ImportSummary:
    return ImportSummary(
        found=len(found.files),
        tables=found.tables,
        ok=ledger.statuses[Status.OK],
        no_face=ledger.statuses[Status.NO_FACE],
        unreadable=ledger.statuses[Status.UNREADABLE],
        already_done=ledger.already_done,
        usable=ledger.usable,
        replaced=ledger.replaced,
        superseded=count_keys(plan.superseded),
        missing=count_keys(plan.missing),
        ignored=found.ignored,
        unreadable_folders=found.unreadable_folders,
        respelled=found.respelled,
        sequences=found.sequences,
        told=found.told,
        problems=tuple(ledger.problems),
        parts_written=writer.parts_written,
        healed=healed,
        seconds=seconds,
        files_per_second=len(found.files) / seconds,
    )
