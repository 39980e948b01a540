"""Ids of photographs within their cell and of videos, and the order in which everything runs."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lakehouse.dataset.listing import PhotoFile, Reason, VideoFile
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


@dataclass(frozen=True, slots=True)
class VideoCandidate:
    """A video whose id is not settled yet.

    Attributes
    ----------
    file : VideoFile
        With the id it has if its participant has no other of the same.
    ending : str
        The file's ending with its dot, or empty.
    """

    file: VideoFile
    ending: str


def with_unique_video_ids(
    candidates: Iterable[VideoCandidate], identity: str = "participant"
) -> list[VideoFile]:
    """Settle ids of videos: the name without ending, or more where a participant has it twice.

    Videos of one name that show different things have their expression before it, and
    `supervised` or `unsupervised` where that alone tells them apart; what is then still the same
    has its ending, its path, or a number.

    Parameters
    ----------
    candidates : iterable of VideoCandidate
    identity : str
        "photo" where each file is a participant of its own: then the participants' ids are
        settled likewise, by ending and path.

    Returns
    -------
    list of VideoFile
        In the order given; no two have the same key.
    """
    settled = list(candidates)
    files = [candidate.file for candidate in settled]
    if identity == "photo":
        for longer in (_with_own_ending, _with_own_path):
            people = Counter(file.participant for file in files)
            files = [
                longer(file, candidate) if people[file.participant] > 1 else file
                for file, candidate in zip(files, settled, strict=True)
            ]
    for words in (_cell_words, _ending_words, _path_words, _number_words):
        together: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, file in enumerate(files):
            together[file.key].append(place)
        for places in together.values():
            if len(places) > 1:
                names = words([files[place] for place in places], [settled[p] for p in places])
                for place, name in zip(places, names, strict=True):
                    files[place] = replace(files[place], video=name)
    return files


def _with_own_ending(file: VideoFile, candidate: VideoCandidate) -> VideoFile:
    return replace(file, participant=file.participant + candidate.ending)


def _with_own_path(file: VideoFile, candidate: VideoCandidate) -> VideoFile:
    return replace(file, participant=canonical(candidate.file.path))


def _cell_words(files: list[VideoFile], _: list[VideoCandidate]) -> list[str]:
    expressions = {file.expression for file in files}
    cues = {file.supervised for file in files} - {None}
    words = []
    for file in files:
        shown = [file.expression] if file.expression and len(expressions) > 1 else []
        if file.supervised is not None and len(cues) > 1:
            shown.append("supervised" if file.supervised else "unsupervised")
        words.append("_".join([*shown, file.video]))
    return words


def _ending_words(files: list[VideoFile], candidates: list[VideoCandidate]) -> list[str]:
    return [file.video + each.ending for file, each in zip(files, candidates, strict=True)]


def _path_words(files: list[VideoFile], _: list[VideoCandidate]) -> list[str]:
    return [canonical(file.path) for file in files]


def _number_words(files: list[VideoFile], _: list[VideoCandidate]) -> list[str]:
    return [f"{file.video} #{number}" for number, file in enumerate(files, start=1)]


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


class VideoOrder:
    """Sort key of videos: participant, expression (sessions last), supervised, video.

    Parameters
    ----------
    expressions : sequence of str
        The expressions in the study's order.
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        self._place = {name: place for place, name in enumerate(expressions)}

    def __call__(self, file: VideoFile) -> tuple[object, ...]:
        """Give the sort key of a video."""
        place = self._place.get(file.expression or "", len(self._place))
        return file.participant, place, bool(file.supervised), natural(file.video)
