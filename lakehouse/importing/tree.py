"""Finding the landmark files of a tree, and the photograph that each stands for."""

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from lakehouse.dataset.cells import Candidate, CellOrder, with_unique_ids
from lakehouse.dataset.folders import FolderWalk
from lakehouse.dataset.listing import Ignored, IgnoredCounter, PhotoFile, printable
from lakehouse.dataset.path_reader import PathReader
from lakehouse.errors import InputError
from lakehouse.pictures.kinds import split_ending
from lakehouse.settings.dataset import Dataset

_NAME: Final = re.compile(
    r"(?:(?P<data>data-lms-)|(?P<error>error-(?:lms-)?)|(?P<mean>mean-lms-))(?P<id>.+)\.csv",
    re.IGNORECASE | re.DOTALL,
)


class Kind(StrEnum):
    """What a file of a landmark tree is, by its name."""

    DATA = "landmarks"
    ERROR = "error file"
    MEAN = "mean of several photographs"
    PICTURE = "picture"
    OTHER = "no landmark file"


_READ: Final = (Kind.DATA, Kind.ERROR)

ERROR_BESIDE_DATA: Final = "error file of a photograph that has landmarks"
"""Why an error file is ignored: the photograph was done again, with success."""


@dataclass(frozen=True, slots=True)
class LandmarkTree:
    """The landmark files of a tree.

    Attributes
    ----------
    files : tuple of PhotoFile
        The photographs that they stand for, in cell order; path and absolute are the file's.
    ignored : tuple of Ignored
    unreadable_folders : tuple of str
        Folders that could not be listed, with the system's reason.
    respelled : int
        Files whose ids lost invisible characters.
    """

    files: tuple[PhotoFile, ...]
    ignored: tuple[Ignored, ...]
    unreadable_folders: tuple[str, ...]
    respelled: int


def read_tree(root: Path, dataset: Dataset, *, layout: str | None = None) -> LandmarkTree:
    """List the landmark files below a folder.

    A photograph's file is ``data-lms-ID.csv``, or ``error-ID.csv`` where no face was found; if
    both are there, the landmarks count and the error file is ignored.

    Parameters
    ----------
    root : Path
        The tree's folder.
    dataset : Dataset
        Layout and codes from the settings.
    layout : str, optional
        Pattern to use instead of the settings' one, of the path without ending and without the
        prefix of the name.

    Raises
    ------
    InputError
        If `root` is no folder that can be listed, or holds no landmark file.
    UsageError
        If the pattern cannot mean anything.
    """
    reader = PathReader(dataset, layout)
    if not root.is_dir():
        raise InputError(
            "is not a folder",
            where=printable(str(root)),
            fix="give the folder of the landmark files",
        )
    walk = FolderWalk(root)
    found: list[tuple[Kind, str, Candidate]] = []
    for path, absolute in walk.files():
        kind, stem = kind_and_stem(path)
        if kind in _READ and not _is_regular(absolute):
            kind = Kind.OTHER
        if kind not in _READ:
            walk.ignored.add(kind, path)
            continue
        candidate = reader.read(path, stem, "", absolute)
        if isinstance(candidate, Candidate):
            found.append((kind, stem, candidate))
        else:
            walk.ignored.add(*candidate)
    if walk.root_error:
        raise InputError(f"cannot be listed ({walk.root_error})", where=printable(str(root)))
    candidates = list(_without_overtaken_errors(found, walk.ignored))
    ignored = walk.ignored.result()
    if not candidates:
        raise _empty(root, ignored)
    order = CellOrder(list(dataset.expression_codes()))
    files = sorted(with_unique_ids(candidates, dataset.identity), key=lambda file: order(file.key))
    return LandmarkTree(tuple(files), ignored, tuple(walk.unreadable), reader.respelled)


def kind_and_stem(path: str) -> tuple[Kind, str]:
    """Tell what a file of a tree is from its name.

    Parameters
    ----------
    path : str
        With ``/`` between folders.

    Returns
    -------
    str
        The path without the name's prefix and ending, where they say that the file is read.
    """
    folder, slash, name = path.rpartition("/")
    match = _NAME.fullmatch(name)
    if match is None:
        return (Kind.PICTURE if split_ending(name)[1] else Kind.OTHER), path
    kind = Kind.DATA if match["data"] else Kind.ERROR if match["error"] else Kind.MEAN
    return kind, f"{folder}{slash}{match['id']}"


def _without_overtaken_errors(
    found: Sequence[tuple[Kind, str, Candidate]], ignored: IgnoredCounter
) -> Iterator[Candidate]:
    """Leave out the error files of photographs that have landmarks, and count them."""
    with_landmarks = {stem for kind, stem, _ in found if kind is Kind.DATA}
    for kind, stem, candidate in found:
        if kind is Kind.ERROR and stem in with_landmarks:
            ignored.add(ERROR_BESIDE_DATA, candidate.file.path)
        else:
            yield candidate


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        # A broken link or the like: by its name it should have been a landmark file.
        return True


def _empty(root: Path, ignored: Sequence[Ignored]) -> InputError:
    passed_over = "; ".join(
        f"{each.count} {each.reason} (such as {each.example})" for each in ignored
    )
    return InputError(
        f"holds no landmark file to import ({passed_over or 'it is empty'})",
        where=printable(str(root)),
        fix="files are named data-lms-….csv or error-….csv; give --layout, or list the codes in "
        "lakehouse.toml",
    )
