"""Ids of photographs within their cell, and the order in which everything runs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lakehouse.dataset.listing import PhotoFile, Reason
from lakehouse.ids import canonical

_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a photograph that is a frame.

    Attributes
    ----------
    sequence : str or None
        Its name, unique with participant, expression and condition; None where nothing names it.
    number : int
        Place in the sequence.
    problem : tuple of Reason and str, or None
        Why the sequence cannot be used, and what to show of it.
    """

    sequence: str | None
    number: int
    problem: tuple[Reason, str] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A photograph whose id is not settled yet.

    Attributes
    ----------
    file : PhotoFile
        With the id it has if nothing in its cell has the same.
    ending : str
        The file's ending with its dot, or empty.
    frame : Frame or None
        None where it is no frame of a sequence.
    """

    file: PhotoFile
    ending: str
    frame: Frame | None = None


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
        ending, because two codes mean the same expression, are told apart by their path, and by
        a number where only its bytes differ.
    """
    settled = list(candidates)
    if identity == "photo":
        people = _told_apart(settled, _participant, _participant, _with_participant)
        settled = [
            replace(candidate, file=file) for file, candidate in zip(people, settled, strict=True)
        ]
    return _told_apart(settled, _key, _photo, _with_photo)


def _told_apart(
    candidates: list[Candidate],
    key: Callable[[PhotoFile], object],
    name: Callable[[PhotoFile], str],
    renamed: Callable[[PhotoFile, str], PhotoFile],
) -> list[PhotoFile]:
    """Give files longer names, and then numbers, until no two have one key."""
    files = [candidate.file for candidate in candidates]
    for longer in (lambda candidate: name(candidate.file) + candidate.ending, _with_path):
        counts = Counter(map(key, files))
        if len(counts) == len(files):
            return files
        files = [
            renamed(file, longer(candidate)) if counts[key(file)] > 1 else file
            for file, candidate in zip(files, candidates, strict=True)
        ]
    counts, seen = Counter(map(key, files)), Counter[object]()
    for place, file in enumerate(files):
        if counts[same := key(file)] > 1:
            seen[same] += 1
            files[place] = renamed(file, f"{name(file)} #{seen[same]}")
    return files


def _key(file: PhotoFile) -> object:
    return file.key


def _participant(file: PhotoFile) -> str:
    return file.participant


def _photo(file: PhotoFile) -> str:
    return file.photo


def _with_participant(file: PhotoFile, participant: str) -> PhotoFile:
    return replace(file, participant=participant)


def _with_photo(file: PhotoFile, photo: str) -> PhotoFile:
    return replace(file, photo=photo)


def _with_path(candidate: Candidate) -> str:
    return canonical(candidate.file.path)


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
