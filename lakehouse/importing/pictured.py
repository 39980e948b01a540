"""Which photograph a row or an entry of a file is about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from lakehouse.dataset.cells import Candidate
from lakehouse.dataset.listing import PhotoFile, Reason
from lakehouse.dataset.manifest_words import (
    Cues,
    Expressions,
    UnknownWordError,
    words_on_numbers,
)
from lakehouse.dataset.path_reader import PathReader
from lakehouse.dataset.sequence_labels import SequenceLabels
from lakehouse.ids import canonical, holds_invisible
from lakehouse.importing.id_columns import IdNames
from lakehouse.importing.refused import RefusedError
from lakehouse.pictures.kinds import split_ending
from lakehouse.settings.dataset import Dataset
from lakehouse.settings.manifest_columns import ManifestField

EXPECTED: Final = "participant, expression and photo (and supervised), or path"

_SAID: Final[tuple[ManifestField, ...]] = ("participant", "expression", "supervised", "photo")
_NECESSARY: Final = ("expression", "photo")

Row = Mapping[ManifestField, str | None]
"""What columns say of a photograph."""


class NotListedError(ValueError):
    """A photograph cannot be taken; the reason is one by which what is ignored is counted.

    Parameters
    ----------
    reason : str
        In words for the user.
    example : str
        What to show of it.
    """

    def __init__(self, reason: str, example: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.example = example


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photograph that a file says something of.

    Attributes
    ----------
    where : str
        The file and its row or entry, for messages.
    """

    candidate: Candidate
    where: str


class PhotographReader:
    """Reads which photographs the rows of files are about.

    Parameters
    ----------
    dataset : Dataset
        Layout and codes from the settings.
    root : Path
        The folder of the files.
    layout : str, optional
        Pattern to use instead of the settings' one.
    columns : mapping of str to str, optional
        Field = name of its column, as the user gives it.

    Attributes
    ----------
    ids : IdNames
        Finds the columns that say which photograph it is.

    Raises
    ------
    UsageError
        If the pattern cannot mean anything.
    InputError
        If labels of sequences are refused.
    """

    def __init__(
        self,
        dataset: Dataset,
        root: Path,
        layout: str | None = None,
        columns: Mapping[ManifestField, str] | None = None,
    ) -> None:
        self._alone = dataset.identity == "photo"
        self._paths = PathReader(dataset, layout, root)
        self._expressions = Expressions(dataset)
        self._cues = Cues(dataset)
        self._respelled = 0
        self.ids = IdNames(dataset, columns or {})

    @property
    def respelled(self) -> int:
        """Photographs read so far whose ids lost invisible characters."""
        return self._respelled + self._paths.respelled

    @property
    def has_frames(self) -> bool:
        """Whether the layout makes photographs frames of sequences."""
        return self._paths.has_frames

    @property
    def labels(self) -> SequenceLabels:
        """Labels of sequences; none where paths say what they show."""
        return self._paths.labels

    def told(self) -> tuple[str, ...]:
        """Say what a user should know of how words were read."""
        words = self._expressions.words(str)
        return tuple(words_on_numbers(self._expressions, words))

    def require(self, fields: Iterable[ManifestField]) -> None:
        """Refuse a file whose columns are not enough to know the photographs.

        Parameters
        ----------
        fields : iterable of str
            What columns say.

        Raises
        ------
        RefusedError
        """
        there = {*fields}
        needed = {*_NECESSARY, *([] if self._alone else ["participant"])}
        if "path" not in there and not needed <= there:
            raise RefusedError(
                f"names no photographs: {EXPECTED} were expected; --map FIELD=COLUMN names others"
            )

    def read_file(self, path: str, stem: str, absolute: Path) -> Pictured:
        """Read by the layout which photograph a file is about.

        Parameters
        ----------
        path : str
            Below the folder that is gone through.
        stem : str
            The part that the layout speaks of; it may end like a picture.
        absolute : Path
            The file.

        Raises
        ------
        NotListedError
            If the layout does not read it, or codes are not listed.
        AmbiguousPathError
            If the layout reads it in more than one way.
        """
        return self._read(path, split_ending(stem)[0], "", path, absolute)

    def _read(self, path: str, stem: str, ending: str, where: str, absolute: Path) -> Pictured:
        found = self._paths.read(path, stem, ending, absolute)
        if isinstance(found, Candidate):
            return Pictured(found, where)
        raise NotListedError(*found)

    def read_row(self, row: Row, where: str, absolute: Path) -> Pictured:
        """Read what a row says: by its ids, or else by its path.

        Raises
        ------
        NotListedError
            If something is missing or not listed.
        AmbiguousPathError
            If the layout reads the path in more than one way.
        """
        path = _tidy(row.get("path"))
        values = {name: canonical(row.get(name) or "") for name in _SAID}
        if path and not (values["expression"] and (values["participant"] or self._alone)):
            return self._read_path(path, where, absolute)
        stem, ending = split_ending(path or "")
        photo = values["photo"] or canonical(stem.rpartition("/")[2])
        participant = (stem or photo) if self._alone else values["participant"]
        needed = {"participant": participant, "expression": values["expression"], "photo": photo}
        if missing := [name for name, value in needed.items() if not value]:
            raise NotListedError(f"no {missing[0]} is given", where)
        expression = self._expression(values["expression"], where)
        supervised = self._supervised(values["supervised"], where)
        self._respelled += any(holds_invisible(value or "") for value in row.values())
        key = "/".join((participant, expression, str(supervised).lower(), photo))
        file = PhotoFile(
            *(canonical(participant), expression, supervised, photo),
            path or f"{absolute.name}#{key}",
            absolute,
        )
        # A given id must not grow an ending.
        return Pictured(Candidate(file, "" if values["photo"] else ending), where)

    def _read_path(self, path: str, where: str, absolute: Path) -> Pictured:
        """Read a path that may begin with folders of the machine on which it was written."""
        *longer, shortest = _readings(path)
        for below in longer:
            try:
                return self._read(below, *split_ending(below), where, absolute)
            except NotListedError as error:
                if error.reason != Reason.NOT_IN_LAYOUT:
                    raise
        try:
            return self._read(shortest, *split_ending(shortest), where, absolute)
        except NotListedError as error:
            if error.reason != Reason.NOT_IN_LAYOUT:
                raise
            raise NotListedError(error.reason, path) from error

    def _expression(self, text: str, where: str) -> str:
        try:
            return self._expressions.read(text)
        except UnknownWordError as error:
            raise NotListedError(Reason.UNKNOWN_EXPRESSION, error.shown) from error
        except ValueError as error:
            raise NotListedError(str(error), where) from error

    def _supervised(self, text: str, where: str) -> bool:
        try:
            return self._cues.read(text) if text else False
        except UnknownWordError as error:
            raise NotListedError(Reason.UNKNOWN_SUPERVISED, error.shown) from error
        except ValueError as error:
            raise NotListedError(str(error), where) from error


def _tidy(path: str | None) -> str:
    """Write a path of whatever system as the lake does."""
    return str(PurePosixPath(path.replace("\\", "/"))) if path else ""


def _readings(path: str) -> Iterator[str]:
    """Give a path; of one that begins at a machine's root, what follows each of its folders."""
    below = PurePosixPath(path).parts[1:]
    if not below or not (path.startswith(("/", "~/")) or PureWindowsPath(path).is_absolute()):
        yield path
        return
    for depth in range(len(below)):
        yield str(PurePosixPath(*below[depth:]))
