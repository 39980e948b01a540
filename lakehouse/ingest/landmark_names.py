"""What files of landmarks are called, where each is of one photograph."""

import re
from enum import StrEnum
from typing import Final

from lakehouse.pictures.kinds import split_ending

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


_ENDINGS: Final = (".json", ".npy", ".npz", ".csv", ".tsv", ".txt", ".tab")


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


def photograph_named(path: str) -> str:
    """Give the photograph's path, if only for a picture's ending, by that of its landmarks.

    Parameters
    ----------
    path : str
        With ``/`` between folders; that of a photograph is given as it is.
    """
    kind, stem = kind_and_stem(path)
    shorter, dot, ending = path.rpartition(".")
    if kind is Kind.OTHER and f"{dot}{ending}".lower() in _ENDINGS:
        return shorter
    return stem
