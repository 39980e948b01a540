"""Finding a dataset's photographs by a table that lists them."""

from pathlib import Path, PurePosixPath
from typing import Final

from lakehouse.dataset.cells import Candidate, CellOrder, with_unique_ids
from lakehouse.dataset.listing import Listing, PhotoFile
from lakehouse.errors import InputError
from lakehouse.inputs.text_tables import RowProblems, find_column, read_csv_as_text
from lakehouse.pictures.kinds import split_ending
from lakehouse.settings.model import Dataset

_REQUIRED: Final = ("path", "participant", "expression")
_OPTIONAL: Final = ("supervised", "photo")
_TRUTH: Final = {"true": True, "false": False, "1": True, "0": False, "01": True, "00": False}

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
    frame = read_csv_as_text(file)
    found = {name: find_column(frame.columns, [name]) for name in (*_REQUIRED, *_OPTIONAL)}
    required = [
        name for name in _REQUIRED if name != "participant" or dataset.identity == "participant"
    ]
    if missing := [name for name in required if found[name] is None]:
        raise InputError(
            f"has no column {', '.join(missing)}",
            where=file.name,
            fix=f"its columns are {', '.join(frame.columns)}",
        )
    columns = {name: column for name, column in found.items() if column is not None}
    rows: list[_Row] = [
        {name: row[column] for name, column in columns.items()} for row in frame.to_dicts()
    ]
    problems = RowProblems(file.name)
    candidates = _candidates(rows, root, dataset, problems)
    photos = with_unique_ids(
        (candidate for candidate in candidates if candidate is not None), dataset.identity
    )
    problems.refuse("correct the table; none of it was used")
    order = CellOrder(list(dict.fromkeys(dataset.expressions.values())))
    return Listing(tuple(sorted(photos, key=lambda photo: order(photo.key))))


def _candidates(
    rows: list[_Row], root: Path, dataset: Dataset, problems: RowProblems
) -> list[Candidate | None]:
    result: list[Candidate | None] = []
    given: list[object] = []
    for place, row in enumerate(rows):
        candidate = None
        if any(row.values()):
            try:
                candidate = _candidate(row, root, dataset)
            except ValueError as error:
                problems.add(place, str(error))
        result.append(candidate)
        # Ids that were not given are told apart by their endings; given ones are meant.
        given.append(candidate.file.key if candidate and row.get("photo") else None)
    paths = [candidate.file.path if candidate else None for candidate in result]
    problems.add_duplicates(enumerate(paths), "its path")
    problems.add_duplicates(enumerate(given), "its participant, expression, supervised and photo")
    return result


def _candidate(row: _Row, root: Path, dataset: Dataset) -> Candidate:
    path = _path(row["path"], root)
    stem, ending = split_ending(path)
    participant = stem if dataset.identity == "photo" else row["participant"]
    if not participant:
        raise ValueError("no participant")
    given = row.get("photo")
    file = PhotoFile(
        participant,
        _expression(row["expression"], dataset),
        _supervised(row.get("supervised"), dataset),
        given or stem.rpartition("/")[2],
        path,
        root / path,
    )
    # A given id must not grow an ending.
    return Candidate(file, "" if given else ending)


def _path(text: str | None, root: Path) -> str:
    if not text:
        raise ValueError("no path")
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{text} does not lie below the folder of photographs")
    if not (root / path).is_file():
        raise ValueError(f"{text} does not exist")
    return str(path)


def _expression(text: str | None, dataset: Dataset) -> str:
    if not text:
        raise ValueError("no expression")
    if text in dataset.expressions:
        return dataset.expressions[text]
    if text.lower() in dataset.expressions.values():
        return text.lower()
    raise ValueError(f"unknown expression {text}")


def _supervised(text: str | None, dataset: Dataset) -> bool:
    if not text:
        return False
    if text in dataset.supervised:
        return dataset.supervised[text]
    if text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    raise ValueError(f"supervised is {text}, not true or false")
