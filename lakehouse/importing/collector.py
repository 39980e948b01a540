"""Taking file after file for what it is, by its name and its first bytes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from lakehouse.dataset.listing import IgnoredCounter
from lakehouse.importing import arrays, json_files
from lakehouse.importing.foreign_points import points_file_refusal
from lakehouse.importing.held import HeldSource
from lakehouse.importing.id_columns import Named
from lakehouse.importing.landmark_file import look_at_landmark_file
from lakehouse.importing.pictured import NotListedError, PhotographReader, Pictured
from lakehouse.importing.refused import RefusedError
from lakehouse.importing.sources import Look, Source, look_at_file
from lakehouse.importing.tables.batches import (
    ARROW_ENDINGS,
    TEXT_ENDINGS,
    Table,
    distinct_texts,
)
from lakehouse.importing.tables.long_table import LongTable
from lakehouse.importing.tables.table_columns import TableColumns, find_columns
from lakehouse.importing.tables.wide_columns import WideColumns, find_wide_columns
from lakehouse.importing.tables.wide_table import WideTable
from lakehouse.ingest.landmark_names import Kind, kind_and_stem
from lakehouse.inputs.text_tables import column_letters

EXTRACTOR: Final = "import"
"""`photos.extractor` of what a file of its own gave, and the beginning of all others."""

_JSON: Final = f"{EXTRACTOR} (MediaPipe JSON)"
_NUMPY: Final = f"{EXTRACTOR} (NumPy)"
_POINTS_ENDINGS: Final = (".pts",)
_MISFIT: Final = "row with more or fewer values than the header"

ERROR_BESIDE_DATA: Final = "error file of a photograph that has landmarks"
"""Why an error file is ignored: the photograph was done again, with success."""


class _File(NamedTuple):
    """A file below the folder; its path without what says that it holds landmarks."""

    path: str
    absolute: Path
    stem: str


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file that holds one photograph's landmarks.

    Attributes
    ----------
    stem : str
        Its path without what says that it holds landmarks.
    is_error : bool
        Whether by its name it stands for a photograph without a face.
    """

    pictured: Pictured
    extractor: str
    look: Look
    stem: str
    is_error: bool = False


class Collector:
    """Takes files, one after the other.

    Parameters
    ----------
    photographs : PhotographReader
        Reads which photographs files are of.
    ignored : IgnoredCounter
        Counts what is not taken.

    Attributes
    ----------
    whole_files : list of WholeFile
    sources : list of Source
        Files that hold landmarks of many photographs.
    """

    def __init__(self, photographs: PhotographReader, ignored: IgnoredCounter) -> None:
        self._photographs = photographs
        self._ignored = ignored
        self._remarks: dict[str, list[str]] = {}
        self.whole_files: list[WholeFile] = []
        self.sources: list[Source] = []

    def told(self) -> tuple[str, ...]:
        """Say what a user should know of how files were read: each once, with the first file."""
        return tuple(
            f"{first}{f' and {len(others):,} more files' if others else ''}: {remark}"
            for remark, (first, *others) in self._remarks.items()
        )

    def take(self, path: str, absolute: Path) -> None:
        """Take a file.

        Parameters
        ----------
        path : str
            Below the folder that is gone through, with ``/`` between folders.

        Raises
        ------
        RefusedError
            If it should hold landmarks, and they cannot be taken.
        """
        kind, stem = kind_and_stem(path)
        if kind in (Kind.DATA, Kind.ERROR):
            self._take_landmark_file(_File(path, absolute, stem), is_error=kind is Kind.ERROR)
            return
        ending = absolute.suffix.lower()
        take = self._takers().get(ending) if kind is Kind.OTHER else None
        if take is None or _is_empty(absolute):
            self._ignored.add(kind, path)
        else:
            take(path, absolute)

    def pass_over(self, path: str) -> None:
        """Count what is no file."""
        self._ignored.add(Kind.OTHER, path)

    def drop_overtaken_errors(self) -> None:
        """Leave out the error files of photographs that have landmarks, and count them."""
        with_landmarks = {each.stem for each in self.whole_files if not each.is_error}
        kept = []
        for each in self.whole_files:
            if each.is_error and each.stem in with_landmarks:
                self._ignored.add(ERROR_BESIDE_DATA, each.pictured.candidate.file.path)
            else:
                kept.append(each)
        self.whole_files = kept

    def _takers(self) -> dict[str, Callable[[str, Path], None]]:
        return {
            **dict.fromkeys((*TEXT_ENDINGS, *ARROW_ENDINGS), self._take_table),
            **dict.fromkeys(json_files.ENDINGS, self._take_json),
            **dict.fromkeys(json_files.LINES_ENDINGS, self._take_lines),
            **dict.fromkeys(arrays.ENDINGS, self._take_arrays),
            **dict.fromkeys(_POINTS_ENDINGS, self._refuse_points),
        }

    def _take_table(self, path: str, absolute: Path) -> None:
        table = Table(absolute)
        columns = find_columns(table.columns)
        points = find_wide_columns(table.columns)
        if points is None and not columns.is_long:
            self._ignored.add(Kind.OTHER, path)
            return
        others = _others(table, columns, points)
        named = self._photographs.ids.candidates(each.name for each in others)
        if points is None and not named and absolute.suffix.lower() in TEXT_ENDINGS:
            self._take_landmark_file(_named(path, absolute))
            return
        texts = partial(distinct_texts, table)
        found = self._photographs.ids.find(others, texts, columns.sizes)
        self._photographs.require(found.names)
        columns = replace(columns, ids=found.names)
        if points is not None:
            self.sources.append(WideTable(table, columns, points, self._photographs, self._ignored))
            self._tell(absolute, points.told)
        else:
            self.sources.append(LongTable(table, columns, self._photographs, self._ignored))
        self._tell(absolute, found.told)
        for misfit in table.misfits:
            self._ignored.add(_MISFIT, misfit)

    def _tell(self, file: Path, remarks: Iterable[str]) -> None:
        for remark in dict.fromkeys(remarks):
            self._remarks.setdefault(remark, []).append(file.name)

    def _take_json(self, path: str, absolute: Path) -> None:
        if json_files.is_of_one(absolute):
            look = look_at_file(absolute, json_files.parse_result, json_files.MAX_BYTES)
            self._add_whole(_named(path, absolute), _JSON, look)
        else:
            self._take_held(absolute, _JSON, json_files.read_entries)

    def _take_lines(self, path: str, absolute: Path) -> None:
        self._take_held(absolute, _JSON, json_files.read_lines)

    def _take_arrays(self, path: str, absolute: Path) -> None:
        if arrays.is_of_one(absolute, self._photographs.ids):
            look = look_at_file(absolute, arrays.parse_face, arrays.MAX_BYTES)
            self._add_whole(_named(path, absolute), _NUMPY, look)
        else:
            self._take_held(absolute, _NUMPY, arrays.read_archive)

    def _take_held(
        self, absolute: Path, extractor: str, read: Callable[[HeldSource], None]
    ) -> None:
        source = HeldSource(extractor, absolute, self._photographs, self._ignored)
        read(source)
        self.sources.append(source)
        self._tell(absolute, source.told)

    def _refuse_points(self, path: str, absolute: Path) -> None:
        raise RefusedError(points_file_refusal(absolute))

    def _take_landmark_file(self, file: _File, *, is_error: bool = False) -> None:
        look = look_at_landmark_file(file.absolute, is_error=is_error)
        self._add_whole(file, EXTRACTOR, look, is_error=is_error)

    def _add_whole(
        self, file: _File, extractor: str, look: Look, *, is_error: bool = False
    ) -> None:
        try:
            pictured = self._photographs.read_file(file.path, file.stem, file.absolute)
        except NotListedError as error:
            self._ignored.add(error.reason, error.example)
        else:
            whole = WholeFile(pictured, extractor, look, file.stem, is_error)
            self.whole_files.append(whole)


def _others(table: Table, columns: TableColumns, points: WideColumns | None) -> list[Named]:
    """Give the columns that hold neither landmarks nor sizes, and may be text."""
    taken = {*columns.sizes, *(points.names if points else (*columns.point, *columns.axes)), ""}
    return [
        Named(name, column_letters(place))
        for place, name in enumerate(table.columns)
        if name not in taken and name not in table.opaque
    ]


def _named(path: str, absolute: Path) -> _File:
    return _File(path, absolute, path.removesuffix(absolute.suffix))


def _is_empty(path: Path) -> bool:
    try:
        return not path.stat().st_size
    except OSError:
        return False
