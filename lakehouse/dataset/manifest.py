"""Finding a dataset's photographs by a table that lists them."""

from pathlib import Path, PurePosixPath
from typing import Final

from lakehouse.dataset.cells import Candidate, CellOrder, with_unique_ids
from lakehouse.dataset.listing import Listing, PhotoFile
from lakehouse.errors import InputError
from lakehouse.ids import canonical, look_alikes
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import short_name, short_text
from lakehouse.inputs.text_tables import TextTable, read_text_table
from lakehouse.pictures.kinds import split_ending
from lakehouse.settings.dataset import Dataset
from lakehouse.system.names_below import NamesBelow

_REQUIRED: Final = ("path", "participant", "expression")
_OPTIONAL: Final = ("supervised", "photo")
_TRUTH: Final = {"true": True, "false": False, "1": True, "0": False, "01": True, "00": False}

_SHOWN_PATH: Final = 40

_Row = dict[str, str | None]


def read_manifest(file: Path, root: Path, dataset: Dataset) -> Listing:
    """List the photographs that a table names.

    Parameters
    ----------
    file : Path
        CSV with the columns path (relative to `root`), participant, expression (a code or a
        name of the settings) and, if wanted, supervised (true, false, 1, 0 or a code) and photo.
        Other columns are ignored, and so is participant where each photograph is one.
    root : Path
        The dataset's folder.
    dataset : Dataset
        Codes from the settings.

    Returns
    -------
    Listing
        In cell order.

    Raises
    ------
    InputError
        If a column is missing or any row is wrong; the message names the rows, and nothing of
        the table is taken over.
    """
    table = read_text_table(file)
    rows = _rows(table, dataset.identity)
    problems = RowProblems(file.name)
    candidates = _candidates(rows, _Reader(root, dataset), problems)
    photos = with_unique_ids(
        (candidate for candidate in candidates if candidate is not None), dataset.identity
    )
    problems.refuse("correct the table; none of it was used")
    order = CellOrder(list(dict.fromkeys(dataset.expressions.values())))
    ids = [column for column in table.columns if column.key in (*_REQUIRED[1:], *_OPTIONAL)]
    return Listing(
        tuple(sorted(photos, key=lambda photo: order(photo.key))),
        respelled=sum(column.invisible for column in ids),
    )


def _rows(table: TextTable, identity: str) -> list[tuple[int, _Row]]:
    found = {name: table.find([name]) for name in (*_REQUIRED, *_OPTIONAL)}
    required = [name for name in _REQUIRED if name != "participant" or identity == "participant"]
    if missing := [name for name in required if found[name] is None]:
        raise InputError(
            f"has no column {', '.join(missing)}", where=table.name, fix=table.columns_there
        )
    columns = {name: column for name, column in found.items() if column is not None}
    # Paths are what the file system says, to the byte; everything else has one spelling.
    values = [column.cells if name == "path" else column.values for name, column in columns.items()]
    return [
        (number, dict(zip(columns, row, strict=True)))
        for number, row in zip(table.rows, zip(*values, strict=True), strict=True)
    ]


def _candidates(
    rows: list[tuple[int, _Row]], reader: "_Reader", problems: RowProblems
) -> list[Candidate | None]:
    result: list[Candidate | None] = []
    given: list[object] = []
    for number, row in rows:
        candidate = None
        if any(row.values()):
            try:
                candidate = reader.candidate(row)
            except ValueError as error:
                problems.add(number, str(error))
        result.append(candidate)
        # Ids that were not given are told apart by their endings; given ones are meant.
        given.append(candidate.file.key if candidate and row.get("photo") else None)
    numbers = [number for number, _ in rows]
    paths = [candidate.file.path if candidate else None for candidate in result]
    problems.add_duplicates(zip(numbers, paths, strict=True), "its path")
    problems.add_duplicates(
        zip(numbers, given, strict=True), "its participant, expression, supervised and photo"
    )
    return result


class _Reader:
    """Reads rows of a manifest; the errors that it raises say what is wrong with one."""

    def __init__(self, root: Path, dataset: Dataset) -> None:
        self._root = root
        self._dataset = dataset
        self._names = NamesBelow(root)

    def candidate(self, row: _Row) -> Candidate:
        path = self._path(row["path"])
        stem, ending = split_ending(path)
        alone = self._dataset.identity == "photo"
        participant = canonical(stem) if alone else row["participant"]
        if not participant:
            raise ValueError("no participant")
        given = row.get("photo")
        file = PhotoFile(
            participant,
            _expression(row["expression"], self._dataset),
            _supervised(row.get("supervised"), self._dataset),
            given or canonical(stem.rpartition("/")[2]),
            path,
            self._root / path,
        )
        # A given id must not grow an ending.
        return Candidate(file, "" if given else ending)

    def _path(self, text: str | None) -> str:
        if not text:
            raise ValueError("no path")
        path = PurePosixPath(text)
        shown = text if len(text) <= _SHOWN_PATH else f"…{text[1 - _SHOWN_PATH :]}"
        if path.is_absolute() or ".." in path.parts or "\0" in text:
            raise ValueError(f"{shown} does not lie below the folder of photographs")
        try:
            found = self._names.find(path)
            there = found is not None and (self._root / found).is_file()
        except OSError as error:
            raise ValueError(f"{shown} cannot be looked for ({error.strerror})") from error
        if not there:
            raise ValueError(f"{shown} does not exist")
        return str(found)


def _expression(text: str | None, dataset: Dataset) -> str:
    if not text:
        raise ValueError("no expression")
    if text in dataset.expressions:
        return dataset.expressions[text]
    if text.lower() in dataset.expressions.values():
        return text.lower()
    for pair in look_alikes([text], {*dataset.expressions, *dataset.expressions.values()}):
        raise ValueError(
            f"unknown expression {short_text(text)}, which differs from {short_name(pair.there)} "
            f"in {pair.differ_in}"
        )
    raise ValueError(f"unknown expression {short_name(text)}")


def _supervised(text: str | None, dataset: Dataset) -> bool:
    if not text:
        return False
    if text in dataset.supervised:
        return dataset.supervised[text]
    if text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    raise ValueError(f"supervised is {short_text(text)}, not true or false")
