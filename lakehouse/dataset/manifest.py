"""Finding a dataset's photographs and videos by a table that lists them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from lakehouse.dataset.cells import (
    Candidate,
    CellOrder,
    VideoCandidate,
    VideoOrder,
    with_unique_ids,
    with_unique_video_ids,
)
from lakehouse.dataset.folders import FolderWalk
from lakehouse.dataset.listing import (
    Ignored,
    IgnoredCounter,
    Listing,
    ManifestReading,
    PhotoFile,
    Reason,
    VideoFile,
)
from lakehouse.dataset.manifest_columns import FieldColumns, field_columns
from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.dataset.manifest_paths import ManifestPaths
from lakehouse.dataset.manifest_words import Cues, Expressions, words_on_numbers
from lakehouse.dataset.walk import is_photo, is_video
from lakehouse.ids import canonical, words_on_alike
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import listed, short_path
from lakehouse.inputs.text_tables import Column, TextTable, read_text_table
from lakehouse.pictures.kinds import split_ending
from lakehouse.settings.dataset import Dataset
from lakehouse.settings.manifest_columns import ManifestField
from lakehouse.video.kinds import without_ending

_MOST_UNLISTED: Final = 100_000
"""Files beside those listed that are looked at; a folder may hold whole disks."""

_Row = dict[ManifestField, str | None]


def read_manifest(
    manifest: ManifestFile, root: Path, dataset: Dataset, *, tolerant: bool = False
) -> Listing:
    """List the photographs and videos that a table names.

    Parameters
    ----------
    manifest : ManifestFile
        A table with the columns path (of a file below `root`), participant, expression (a code or
        a name of the settings, or a word for it; videos need none) and, if wanted, supervised
        (yes, no or a code), photo and video, by these names or others; see
        `lakehouse.dataset.manifest_columns`. Other columns are ignored, and so is participant
        where each photograph is one.
    root : Path
        The dataset's folder.
    dataset : Dataset
        Codes and names of columns from the settings.
    tolerant : bool
        Leave wrong rows out and count them, instead of refusing the table.

    Returns
    -------
    Listing
        In cell order.

    Raises
    ------
    InputError
        If a column is missing or any row is wrong; the message names the rows, and nothing of
        the table is taken over.
    UsageError
        If a sheet is named of a file that has none.
    """
    table = read_text_table(manifest.file, spreadsheets=True, sheet=manifest.sheet)
    fields = field_columns(table, manifest, dataset)
    problems = table.problems()
    reader = _Reader(root, dataset)
    rows = _rows(table, fields, problems)
    candidates, shown = _parted(reader.candidates(rows, problems))
    unlisted = _unlisted(root, reader.paths.found)
    if not tolerant:
        problems.refuse(_fix(reader, unlisted))
    photos = with_unique_ids(candidates, dataset.identity)
    videos = with_unique_video_ids(shown, dataset.identity)
    names = list(dict.fromkeys(dataset.expressions.values()))
    order = CellOrder(names)
    if not videos:
        fields = _without_video(fields)
    expressions = reader.expressions.words(str)
    return Listing(
        tuple(sorted(photos, key=lambda photo: order(photo.key))),
        unlisted,
        respelled=sum(
            column.invisible for field, column in fields.columns.items() if field != "path"
        ),
        manifest=ManifestReading(
            table.name,
            {field: column.name for field, column in fields.columns.items()},
            fields.not_read,
            expressions,
            reader.cues.words(lambda cue: "with cue" if cue else "without cue"),
            len(problems.rows),
            (
                *table.told,
                *fields.told,
                *words_on_numbers(reader.expressions, expressions),
                *_words_on_rows(rows, reader, dataset),
            ),
        ),
        videos=tuple(sorted(videos, key=VideoOrder(names))),
    )


def _parted(
    candidates: list[Candidate | VideoCandidate],
) -> tuple[list[Candidate], list[VideoCandidate]]:
    photos = [each for each in candidates if isinstance(each, Candidate)]
    return photos, [each for each in candidates if isinstance(each, VideoCandidate)]


def _without_video(fields: FieldColumns) -> FieldColumns:
    """Leave out the column that names videos, of which there are none."""
    if "video" not in fields.columns:
        return fields
    columns: dict[ManifestField, Column] = {
        field: column for field, column in fields.columns.items() if field != "video"
    }
    return FieldColumns(columns, (*fields.not_read, fields.columns["video"].name), fields.told)


@dataclass(frozen=True)
class _Rows:
    """The rows of a table in which anything is written that is read."""

    rows: tuple[tuple[int, _Row], ...]
    skipped: tuple[int, ...]

    def __iter__(self) -> Iterator[tuple[int, _Row]]:
        return iter(self.rows)


def _rows(table: TextTable, fields: FieldColumns, problems: RowProblems) -> _Rows:
    # Paths are what the file system says, to the byte; everything else has one spelling.
    values = [
        column.cells if field == "path" else tuple(column.values)
        for field, column in fields.columns.items()
    ]
    for column in fields.columns.values():
        # Notes the cells whose value is not known.
        list(table.values(column, problems))
    faulty = problems.rows
    rows, skipped = [], []
    for number, cells in zip(table.rows, zip(*values, strict=True), strict=True):
        if any(cells) or number in faulty:
            rows.append((number, dict(zip(fields.columns, cells, strict=True))))
        else:
            skipped.append(number)
    return _Rows(tuple(rows), tuple(skipped))


class _Reader:
    """Reads the rows of a manifest and notes what is wrong with them."""

    def __init__(self, root: Path, dataset: Dataset) -> None:
        self._root = root
        self._dataset = dataset
        self.paths = ManifestPaths(root)
        self.expressions = Expressions(dataset)
        self.cues = Cues(dataset)

    def candidates(self, rows: _Rows, problems: RowProblems) -> list[Candidate | VideoCandidate]:
        faulty = problems.rows
        found = self.paths.find_all([row["path"] for _, row in rows])
        result: list[tuple[int, Candidate | VideoCandidate, bool]] = []
        for (number, row), path in zip(rows, found, strict=True):
            if number in faulty:
                continue
            try:
                candidate = self._candidate(row, path)
            except ValueError as error:
                problems.add(number, str(error))
            else:
                id_field: ManifestField = "photo" if isinstance(candidate, Candidate) else "video"
                result.append((number, candidate, bool(row.get(id_field))))
        before = problems.rows
        problems.add_duplicates(
            ((number, candidate.file.path) for number, candidate, _ in result), "its path"
        )
        # Ids that were not given are told apart by their endings; given ones are meant.
        problems.add_duplicates(
            (
                (number, candidate.file.key if given else None)
                for number, candidate, given in result
            ),
            "its participant, expression, supervised and photo, or its participant and video",
        )
        twice = problems.rows - before
        return [candidate for number, candidate, _ in result if number not in twice]

    def _candidate(self, row: _Row, path: str | ValueError) -> Candidate | VideoCandidate:
        if isinstance(path, ValueError):
            raise path
        stem, ending = split_ending(path)
        if not is_photo(self._root / path, ending) and is_video(self._root / path):
            return self._video(row, path)
        alone = self._dataset.identity == "photo"
        participant = canonical(stem) if alone else row["participant"]
        if not participant:
            raise ValueError("no participant")
        expression = row.get("expression")
        if not expression:
            raise ValueError("no expression")
        given, cue = row.get("photo"), row.get("supervised")
        file = PhotoFile(
            participant,
            self.expressions.read(expression),
            self.cues.read(cue) if cue else False,
            given or canonical(stem.rpartition("/")[2]),
            path,
            self._root / path,
        )
        # A given id must not grow an ending.
        return Candidate(file, "" if given else ending)

    def _video(self, row: _Row, path: str) -> VideoCandidate:
        stem, ending = without_ending(path)
        alone = self._dataset.identity == "photo"
        participant = canonical(stem) if alone else row["participant"]
        if not participant:
            raise ValueError("no participant")
        expression, given, cue = row.get("expression"), row.get("video"), row.get("supervised")
        shown = self.expressions.read(expression) if expression else None
        file = VideoFile(
            participant,
            shown,
            (self.cues.read(cue) if cue else False) if shown else None,
            given or canonical(stem.rpartition("/")[2]),
            path,
            self._root / path,
        )
        return VideoCandidate(file, "" if given else ending)


def _fix(reader: _Reader, unlisted: tuple[Ignored, ...]) -> str:
    fix = "correct the table; none of it was used"
    if unlisted and not reader.paths.found:
        fix += f"; paths begin in the folder of photographs, as in {unlisted[0].example}"
    if reader.expressions.unknown:
        fix += f"; expressions in the settings are {reader.expressions.known()}"
    return fix


def _words_on_rows(rows: _Rows, reader: _Reader, dataset: Dataset) -> Iterator[str]:
    if rows.skipped:
        shown = listed(map(str, rows.skipped))
        yield f"rows skipped, in which none of these columns holds anything: {shown}"
    if reader.paths.foreign is not None:
        yield f"{short_path(reader.paths.foreign)} in paths stands for the folder of photographs"
    if other := sorted(reader.paths.in_other_case):
        yield f"files in another letter case than in the table: {len(other):,} (such as {other[0]})"
    blank = sum("supervised" in row and not row["supervised"] for _, row in rows)
    if blank and blank < len(rows.rows):
        yield f"supervised is blank, so that no cue was shown: {blank:,} rows"
    if dataset.identity == "participant":
        ids = (row["participant"] for _, row in rows)
        yield from words_on_alike(each for each in ids if each)


def _unlisted(root: Path, listed_paths: Collection[str]) -> tuple[Ignored, ...]:
    """Count the photographs and videos below a folder, by endings, that a table does not list."""
    counter = IgnoredCounter()
    for path, _ in islice(FolderWalk(root).files(), _MOST_UNLISTED + len(listed_paths)):
        if path not in listed_paths and (split_ending(path)[1] or without_ending(path)[1]):
            counter.add(Reason.NOT_IN_MANIFEST, path)
    return counter.result()
