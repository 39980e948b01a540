"""Which photograph a row or an entry of a file is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from lakehouse.dataset.cells import Candidate
from lakehouse.dataset.listing import PhotoFile, Reason
from lakehouse.dataset.path_reader import PathReader
from lakehouse.ids import canonical, holds_invisible
from lakehouse.pictures.kinds import split_ending
from lakehouse.settings.dataset import Dataset

PATHS: Final = ("path", "file")
"""Names of a column that says where the photograph lies; the first wins."""

NAMES: Final = ("participant", "expression", "supervised", "photo", *PATHS)
"""Names of the columns that say which photograph it is."""

EXPECTED: Final = "participant, expression and photo (and supervised), or path"

_NECESSARY: Final = ("expression", "photo")
_TRUTH: Final = {"true": True, "false": False, "1": True, "0": False, "01": True, "00": False}

Row = Mapping[str, str | None]
"""By names of `NAMES`."""


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
    layout : str, optional
        Pattern to use instead of the settings' one.

    Raises
    ------
    UsageError
        If the pattern cannot mean anything.
    """

    def __init__(self, dataset: Dataset, layout: str | None = None) -> None:
        self._dataset = dataset
        self._alone = dataset.identity == "photo"
        self._paths = PathReader(dataset, layout)
        self._respelled = 0

    @property
    def respelled(self) -> int:
        """Photographs read so far whose ids lost invisible characters."""
        return self._respelled + self._paths.respelled

    def says_which(self, names: Iterable[str]) -> bool:
        """Tell whether columns of these names are enough to know the photograph."""
        return bool({*PATHS} & {*names}) or (
            {*_NECESSARY} < {*names} and (self._alone or "participant" in names)
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
        path = next((_tidy(row[name]) for name in PATHS if row.get(name)), None)
        values = {name: canonical(row.get(name) or "") for name in NAMES if name not in PATHS}
        if path and not (values["expression"] and (values["participant"] or self._alone)):
            return self._read(path, *split_ending(path), where, absolute)
        stem, ending = split_ending(path or "")
        photo = values["photo"] or canonical(stem.rpartition("/")[2])
        participant = (stem or photo) if self._alone else values["participant"]
        needed = {"participant": participant, "expression": values["expression"], "photo": photo}
        if missing := [name for name, value in needed.items() if not value]:
            raise NotListedError(f"no {missing[0]} is given", where)
        expression = self._expression(values["expression"])
        supervised = self._supervised(values["supervised"])
        self._respelled += any(holds_invisible(value or "") for value in row.values())
        key = "/".join((participant, expression, str(supervised).lower(), photo))
        file = PhotoFile(
            *(canonical(participant), expression, supervised, photo),
            path or f"{absolute.name}#{key}",
            absolute,
        )
        # A given id must not grow an ending.
        return Pictured(Candidate(file, "" if values["photo"] else ending), where)

    def _expression(self, text: str) -> str:
        listed = self._dataset.expressions
        if text in listed:
            return listed[text]
        if text.lower() in listed.values():
            return text.lower()
        raise NotListedError(Reason.UNKNOWN_EXPRESSION, text)

    def _supervised(self, text: str) -> bool:
        if not text:
            return False
        found = self._dataset.supervised.get(text, _TRUTH.get(text.lower()))
        if found is None:
            raise NotListedError(Reason.UNKNOWN_SUPERVISED, text)
        return found


def _tidy(path: str | None) -> str:
    """Write a path of whatever system as the lake does."""
    return str(PurePosixPath((path or "").replace("\\", "/")))
