"""Ids of photographs within their cell, and the order in which everything runs."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lakehouse.dataset.listing import PhotoFile

_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A photograph whose id is not settled yet.

    Attributes
    ----------
    file : PhotoFile
        With the id it has if nothing in its cell has the same.
    ending : str
        The file's ending with its dot, or empty.
    """

    file: PhotoFile
    ending: str


def with_unique_ids(
    candidates: Iterable[Candidate], identity: str = "participant"
) -> list[PhotoFile]:
    """Settle ids: the name without ending, or with it where two would share the name.

    Parameters
    ----------
    candidates : iterable of Candidate
    identity : str
        "photo" where each photograph is a participant of its own: then the participants' ids are
        settled in the same way.

    Returns
    -------
    list of PhotoFile
        In the order given. Ids are unique within each cell: files that even share name and
        ending, because two codes mean the same expression, are told apart by their path.
    """
    candidates = _alone(list(candidates)) if identity == "photo" else list(candidates)
    files = [candidate.file for candidate in candidates]
    for longer in (_with_ending, _with_path):
        counts = Counter(file.key for file in files)
        files = [
            replace(file, photo=longer(candidate)) if counts[file.key] > 1 else file
            for file, candidate in zip(files, candidates, strict=True)
        ]
    return files


def _alone(candidates: list[Candidate]) -> list[Candidate]:
    """Keep photographs apart that would be the same participant."""
    files = [candidate.file for candidate in candidates]
    for longer in (lambda candidate: candidate.file.participant + candidate.ending, _with_path):
        counts = Counter(file.participant for file in files)
        files = [
            replace(file, participant=longer(candidate)) if counts[file.participant] > 1 else file
            for file, candidate in zip(files, candidates, strict=True)
        ]
    return [
        replace(candidate, file=file) for file, candidate in zip(files, candidates, strict=True)
    ]


def _with_ending(candidate: Candidate) -> str:
    return candidate.file.photo + candidate.ending


def _with_path(candidate: Candidate) -> str:
    return candidate.file.path


def natural(text: str) -> tuple[object, ...]:
    """Sort key under which ``2`` comes before ``10``.

    Returns
    -------
    tuple
        Comparable with every other such key; equal only for equal texts.
    """
    pieces = _DIGITS.split(text)
    # Odd places are runs of digits, so the same place never holds two types.
    key = tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces))
    return (key, text)


class CellOrder:
    """Sort key of photographs: participant, expression, supervised, photo.

    Parameters
    ----------
    expressions : sequence of str
        The expressions in the study's order.
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        self._place = {name: place for place, name in enumerate(expressions)}

    def __call__(self, key: tuple[str, str, bool, str]) -> tuple[object, ...]:
        """Give the sort key of a photograph's key."""
        participant, expression, supervised, photo = key
        # An expression that has left the settings sorts last, by its name.
        place = self._place.get(expression, len(self._place))
        return participant, place, expression, supervised, natural(photo)
