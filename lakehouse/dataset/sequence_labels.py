"""Labels of sequences: expressions that stand in a table, or in text files of their own."""

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Final

from lakehouse.dataset.folders import FolderWalk
from lakehouse.dataset.layout import PathFields
from lakehouse.dataset.listing import Ignored, IgnoredCounter, printable
from lakehouse.errors import InputError
from lakehouse.ids import canonical, one_spelling
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import short_text
from lakehouse.system.regular_files import SETTINGS_BYTES, read_regular

_COLUMNS: Final = ("participant", "sequence", "expression")
_ENDING: Final = ".txt"
_SUFFIX: Final = "_emotion"

_WHERE: Final = "dataset.sequence.labels"
_OF_NONE: Final = "label of no sequence"

Parse = Callable[[str], PathFields | None]
"""Reads a path without ending by the dataset's layout."""


class SequenceLabels:
    """What sequences show, by participant and sequence.

    Parameters
    ----------
    labels : dict of tuple to str
        Participant and sequence = code or name of an expression.
    strays : list of str
        Files of labels that the layout cannot read.
    """

    def __init__(
        self, labels: dict[tuple[str, str], str] | None = None, strays: list[str] | None = None
    ) -> None:
        self._labels = labels or {}
        self._strays = strays or []
        self._asked: set[tuple[str, str]] = set()

    def of(self, participant: str, sequence: str) -> str | None:
        """Give a sequence's label, None where it has none."""
        self._asked.add((participant, sequence))
        return self._labels.get((participant, sequence))

    def unused(self) -> tuple[Ignored, ...]:
        """Give the labels that nothing was asked of."""
        counter = IgnoredCounter()
        for participant, sequence in self._labels:
            if (participant, sequence) not in self._asked:
                counter.add(_OF_NONE, f"sequence {sequence} of participant {participant}")
        for stray in self._strays:
            counter.add(_OF_NONE, stray)
        return counter.result()


def read_labels(path: Path, parse: Parse) -> SequenceLabels:
    """Read the labels of sequences.

    Parameters
    ----------
    path : Path
        A table with the columns participant, sequence and expression; or a folder of text files,
        each named after a frame of its sequence, with ``_emotion`` behind it or not, that hold a
        code or a name of an expression. CK+ has such a folder; its codes are numbers.
    parse : callable
        Reads paths of frames.

    Raises
    ------
    InputError
        If it is not there, cannot be read, or does not say what each sequence shows.
    """
    if path.is_dir():
        return _of_folder(path, parse)
    if not path.exists():
        raise InputError(
            f"{printable(str(path))} is not there",
            where=_WHERE,
            fix="its path is relative to the folder of the photographs",
        )
    return _of_table(path)


def _of_table(path: Path) -> SequenceLabels:
    # Late, because it brings a library for tables along that a folder needs nothing of.
    from lakehouse.inputs.text_tables import read_text_table

    table = read_text_table(path)
    columns = [table.find([name]) for name in _COLUMNS]
    cells = [column.values for column in columns if column is not None]
    if len(cells) < len(_COLUMNS):
        lacking = [name for name, column in zip(_COLUMNS, columns, strict=True) if not column]
        raise InputError(
            f"has no column {', '.join(lacking)}", where=table.name, fix=table.columns_there
        )
    problems = RowProblems(table.name)
    labels = {}
    keys: list[tuple[int, object]] = []
    for row, participant, sequence, expression in zip(table.rows, *cells, strict=True):
        if participant and sequence and expression:
            labels[participant, sequence] = expression
        elif expression:
            problems.add(row, "no participant or no sequence")
        keys.append((row, (participant, sequence) if participant and sequence else None))
    problems.add_duplicates(keys, "its participant and sequence")
    problems.refuse("correct the table; nothing was extracted")
    return SequenceLabels(labels)


def _of_folder(root: Path, parse: Parse) -> SequenceLabels:
    walk = FolderWalk(root)
    labels: dict[tuple[str, str], str] = {}
    strays = []
    for path, absolute in walk.files():
        if not path.lower().endswith(_ENDING):
            continue
        fields = _fields(root, path[: -len(_ENDING)], parse)
        if fields is None:
            strays.append(path)
            continue
        key = (canonical(fields.participant or ""), canonical(fields.sequence or ""))
        label = _content(absolute)
        if labels.setdefault(key, label) != label:
            raise InputError(
                f"says {short_text(label)}, and another label of the same sequence "
                f"{short_text(labels[key])}",
                where=printable(str(absolute)),
                fix="remove one of them",
            )
    if walk.root_error or walk.unreadable:
        raise InputError(
            f"cannot be listed ({walk.root_error or walk.unreadable[0]})",
            where=printable(str(root)),
        )
    if not labels:
        raise InputError(
            f"holds no text file ({_ENDING}) that is named after a frame, as the layout has it",
            where=printable(str(root)),
            fix="set dataset.sequence.labels to the folder or the table of labels",
        )
    return SequenceLabels(labels, strays)


def _fields(root: Path, stem: str, parse: Parse) -> PathFields | None:
    """Read a label file's path as that of a frame, with as many folders as the layout wants."""
    name = stem.removesuffix(_SUFFIX)
    above = PurePath(root.absolute()).parts[1:]
    for folders in range(len(above) + 1):
        path = "/".join((*above[len(above) - folders :], name))
        if fields := parse(one_spelling(path)):
            return fields
    return None


def _content(file: Path) -> str:
    try:
        text = read_regular(file, at_most=SETTINGS_BYTES).decode("utf-8-sig").strip()
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=printable(str(file))
        ) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", where=printable(str(file))) from error
    if not text or "\n" in text:
        raise InputError(
            "is not one code or name of an expression",
            where=printable(str(file)),
            fix="correct or remove it",
        )
    return canonical(text)


def code_of(label: str) -> str:
    """Write a number as people write codes: ``7`` for ``7.0000000e+00``; else the text itself."""
    try:
        number = float(label)
    except ValueError:
        return label
    return str(int(number)) if number.is_integer() else label
