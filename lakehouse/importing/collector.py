"""Taking file after file for what it is, by its name and its first bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from lakehouse.dataset.listing import IgnoredCounter
from lakehouse.importing import arrays, json_files
from lakehouse.importing.foreign_points import points_file_refusal
from lakehouse.importing.held import HeldSource
from lakehouse.importing.landmark_file import look_at_landmark_file
from lakehouse.importing.pictured import EXPECTED, NotListedError, PhotographReader, Pictured
from lakehouse.importing.refused import RefusedError
from lakehouse.importing.sources import Look, Source, look_at_file
from lakehouse.importing.tables.batches import ARROW_ENDINGS, TEXT_ENDINGS, Table
from lakehouse.importing.tables.long_table import LongTable
from lakehouse.importing.tables.table_columns import find_columns
from lakehouse.importing.tables.wide_columns import find_wide_columns
from lakehouse.importing.tables.wide_table import WideTable
from lakehouse.importing.tree import Kind, kind_and_stem
from lakehouse.settings.dataset import Dataset

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
    dataset : Dataset
        Layout and codes from the settings.
    layout : str or None
        Pattern to use instead of the settings' one.
    ignored : IgnoredCounter
        Counts what is not taken.

    Attributes
    ----------
    whole_files : list of WholeFile
    sources : list of Source
        Files that hold landmarks of many photographs.
    told : list of str
        What a user should know of how files were read.

    Raises
    ------
    UsageError
        If the pattern cannot mean anything.
    """

    def __init__(self, dataset: Dataset, layout: str | None, ignored: IgnoredCounter) -> None:
        self._photographs = PhotographReader(dataset, layout)
        self._ignored = ignored
        self.whole_files: list[WholeFile] = []
        self.sources: list[Source] = []
        self.told: list[str] = []

    @property
    def respelled(self) -> int:
        """Photographs whose ids lost invisible characters."""
        return self._photographs.respelled

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
        known = self._photographs.says_which(columns.ids)
        if points is None and not columns.ids and absolute.suffix.lower() in TEXT_ENDINGS:
            self._take_landmark_file(_named(path, absolute))
        elif not known:
            raise RefusedError(f"names no photographs: columns {EXPECTED} were expected")
        elif points is not None:
            self.sources.append(WideTable(table, columns, points, self._photographs, self._ignored))
            self.told += [f"{absolute.name}: {remark}" for remark in points.told]
        else:
            self.sources.append(LongTable(table, columns, self._photographs, self._ignored))
        for misfit in table.misfits:
            self._ignored.add(_MISFIT, misfit)

    def _take_json(self, path: str, absolute: Path) -> None:
        if json_files.is_of_one(absolute):
            look = look_at_file(absolute, json_files.parse_result, json_files.MAX_BYTES)
            self._add_whole(_named(path, absolute), _JSON, look)
        else:
            self._take_held(absolute, _JSON, json_files.read_entries)

    def _take_lines(self, path: str, absolute: Path) -> None:
        self._take_held(absolute, _JSON, json_files.read_lines)

    def _take_arrays(self, path: str, absolute: Path) -> None:
        if arrays.is_of_one(absolute):
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


def _named(path: str, absolute: Path) -> _File:
    return _File(path, absolute, path.removesuffix(absolute.suffix))


def _is_empty(path: Path) -> bool:
    try:
        return not path.stat().st_size
    except OSError:
        return False
