"""Which video of the lake an event is of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import unquote

from lakehouse.events.written import EventFile, WrittenEvent
from lakehouse.ids import canonical

_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_ADDRESS: Final = re.compile(r"file:/{0,3}", re.IGNORECASE)


class LakeVideo(NamedTuple):
    """A video of the lake; the duration in seconds, None where it is not known."""

    participant: str
    video: str
    path: str
    duration_s: float | None
    expression: str | None
    supervised: bool | None


class UnmatchedError(Exception):
    """An event is of no video of the lake.

    Parameters
    ----------
    name : str
        The participant or the video that is not there.
    participant : bool
        Whether the lake has no video of its participant at all.
    """

    def __init__(self, name: str, *, participant: bool) -> None:
        super().__init__(name)
        self.name = name
        self.participant = participant


class LakeVideos:
    """Finds videos by their id, their file's name or the end of their path."""

    def __init__(self, videos: Iterable[LakeVideo]) -> None:
        self._all = tuple(videos)
        self._of: dict[str, list[LakeVideo]] = defaultdict(list)
        self._named: dict[str, list[LakeVideo]] = defaultdict(list)
        for video in self._all:
            self._of[video.participant].append(video)
            for name in {*_names(video.path), *_names(video.video)}:
                self._named[name].append(video)

    def __len__(self) -> int:
        return len(self._all)

    @property
    def participants(self) -> set[str]:
        """Those of whom there are videos."""
        return set(self._of)

    def find(self, event: WrittenEvent, file: EventFile) -> LakeVideo:
        """Find the video of an event.

        Raises
        ------
        UnmatchedError
            If there is none.
        ValueError
            If several may be meant, or none is named; it says so.
        """
        who = next((each for each in event.participants if each in self._of), None)
        if who is None and event.participants and file.says_people:
            raise UnmatchedError(event.participants[0], participant=True)
        for name in event.videos:
            if found := self._called(name, who, goes_on=file.names_files):
                return _only(found, name)
        theirs = self._of[who] if who is not None else []
        if len(theirs) == 1 and (file.names_files or not event.videos):
            return theirs[0]
        if event.videos:
            raise UnmatchedError(event.videos[0], participant=False)
        if who is None:
            raise ValueError("no participant and no video")
        raise ValueError(f"no video, and its participant has {len(theirs):,}")

    def _called(self, name: str, who: str | None, *, goes_on: bool) -> list[LakeVideo]:
        for part in _ends(name):
            named = self._named.get(part, ())
            if found := [each for each in named if who in (None, each.participant)]:
                return found
        if not goes_on:
            return []
        begins = f"{_spelled(name)}_"
        return [
            each
            for each in (self._all if who is None else self._of[who])
            if _spelled(each.path).rpartition("/")[2].startswith(begins)
            or _spelled(each.video).startswith(begins)
        ]


def _only(found: list[LakeVideo], name: str) -> LakeVideo:
    if len(found) > 1:
        people = len({each.participant for each in found})
        of = f"{people:,} participants" if people > 1 else "its participant"
        raise ValueError(f"{len(found):,} videos of {of} are called {name[-24:]}")
    return found[0]


def _names(path: str) -> Iterator[str]:
    """Give what a video may be called: its path, and every end of it, with and without ending."""
    for part in _ends(path):
        yield part
        yield _ENDING.sub("", part)


def _ends(text: str) -> Iterator[str]:
    """Give a path and every end of it, the longest first, with its ending and without."""
    for spelled in dict.fromkeys((_spelled(text), _spelled(unquote(text)))):
        parts = [part for part in spelled.split("/") if part not in ("", ".")]
        ends = ["/".join(parts[place:]) for place in range(len(parts))]
        for end in ends:
            yield end
        for end in ends:
            yield _ENDING.sub("", end)


def _spelled(text: str) -> str:
    return _ADDRESS.sub("", canonical(text).replace("\\", "/")).casefold()
