"""Putting events into the lake, each with the video that it happens in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lakehouse.errors import InputError
from lakehouse.events.matching import LakeVideo, LakeVideos, UnmatchedError
from lakehouse.events.meaning import TRIAL, Meaning, Meanings
from lakehouse.events.written import EventFile, WrittenEvent
from lakehouse.ids import LookAlike, look_alikes, words_on_look_alikes
from lakehouse.inputs.shown import listed
from lakehouse.lake.events import Event, EventKey, read_lake_events, write_lake_events
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import read_table
from lakehouse.lake.video_parts import video_part_names
from lakehouse.paths import WarehousePaths
from lakehouse.settings.dataset import Dataset

SLACK_S: Final = 1.0
"""Events may end so much after their video, as those do that end with its last frame."""


@dataclass(frozen=True, slots=True)
class EventsSummary:
    """What was stored, and how it fits the videos.

    Attributes
    ----------
    forms : dict of str to int
        Files of each form, such as BORIS.
    events : dict of str to int
        Events of the files by kind.
    participants, videos : int
        Of these events.
    unmatched_participants, unmatched_videos : dict of str to int
        Rows of participants without a video in the lake, and of videos that are not in the lake;
        they were not stored.
    look_alikes : tuple of LookAlike
        Participants who would have videos but for how the id is written.
    other_words : dict of str to int
        Annotations of other things than expressions, which were not stored.
    beyond : int
        Events that end after their video does.
    without_duration : int
        Events that do not say how long they last.
    replaced : int
        Events stored before in the videos of the files.
    kept : int
        Events stored before in other videos.
    dropped : int
        Events stored before in other videos that are not in the lake any more.
    told : tuple of str
        Remarks on how the files were read.
    """

    forms: dict[str, int]
    events: dict[str, int]
    participants: int
    videos: int
    unmatched_participants: dict[str, int] = field(default_factory=dict)
    unmatched_videos: dict[str, int] = field(default_factory=dict)
    look_alikes: tuple[LookAlike, ...] = ()
    other_words: dict[str, int] = field(default_factory=dict)
    beyond: int = 0
    without_duration: int = 0
    replaced: int = 0
    kept: int = 0
    dropped: int = 0
    told: tuple[str, ...] = ()


def store_events(
    files: Sequence[EventFile], paths: WarehousePaths, dataset: Dataset, *, replace: bool = False
) -> EventsSummary:
    """Add events to the lake; those of its videos that the files have are replaced.

    Parameters
    ----------
    files : sequence of EventFile
        As `lakehouse.events.read_events` gives them.
    paths : WarehousePaths
        Of a lake with videos.
    dataset : Dataset
        The codes of expressions and cues.
    replace : bool
        Whether events of other videos are dropped.

    Raises
    ------
    InputError
        If a row is wrong, or an event begins outside its video or ends well after it; or if the
        lake has no video, or none that the files have. Nothing is then stored.
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    with lake_lock(paths):
        videos = LakeVideos(_lake_videos(paths))
        resolver = _Resolver(videos, Meanings(dataset))
        for file in files:
            resolver.resolve(file)
        resolver.refuse(files)
        new = resolver.events
        earlier = read_lake_events(paths)
        touched = {key[:2] for key in new}
        replaced = [key for key in earlier if key[:2] in touched]
        others = {key: event for key, event in earlier.items() if key[:2] not in touched}
        write_lake_events(paths, new if replace else {**others, **new})
    remarks = [remark for file in files for remark in file.told]
    return EventsSummary(
        forms=dict(Counter(file.form for file in files)),
        events=dict(Counter(event.kind for event in new.values())),
        participants=len({key[0] for key in new}),
        videos=len(touched),
        unmatched_participants=dict(resolver.unmatched[True]),
        unmatched_videos=dict(resolver.unmatched[False]),
        look_alikes=look_alikes(resolver.unmatched[True], videos.participants),
        other_words=dict(resolver.meanings.left_out.most_common()),
        beyond=resolver.beyond,
        without_duration=sum(event.duration_s is None for event in new.values()),
        replaced=len(replaced),
        kept=0 if replace else len(others),
        dropped=len(others) if replace else 0,
        told=tuple(dict.fromkeys([*remarks, *resolver.meanings.told()])),
    )


def _lake_videos(paths: WarehousePaths) -> Iterable[LakeVideo]:
    for part in video_part_names(paths):
        table = read_table(paths.videos / part, LakeVideo._fields)
        columns = [table[name].to_pylist() for name in LakeVideo._fields]
        yield from map(LakeVideo._make, zip(*columns, strict=True))


@dataclass(frozen=True, slots=True)
class _Resolved:
    row: int
    written: WrittenEvent
    video: LakeVideo
    event: Event


class _Resolver:
    """Turns what files say into events of the lake's videos."""

    def __init__(self, videos: LakeVideos, meanings: Meanings) -> None:
        self._videos = videos
        self.meanings = meanings
        self.unmatched: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        self.beyond = 0
        self.events: dict[EventKey, Event] = {}

    def resolve(self, file: EventFile) -> None:
        """Add the events of a file, and note what is wrong with its rows."""
        found: dict[tuple[str, str], list[_Resolved]] = defaultdict(list)
        for written in file.events:
            if written.onset_s is None or written.row in file.problems.rows:
                continue
            try:
                meaning = self.meanings.read(written, annotated=file.annotated)
                if meaning is None:
                    continue
                video = self._videos.find(written, file)
                event = self._event(written, meaning, video)
            except UnmatchedError as error:
                self.unmatched[error.participant][error.name] += 1
            except ValueError as error:
                file.problems.add(written.row, str(error))
            else:
                found[video[:2]].append(_Resolved(written.row, written, video, event))
        for key, events in found.items():
            self._number(key, events, file)

    def _event(self, written: WrittenEvent, meaning: Meaning, video: LakeVideo) -> Event:
        onset, duration = written.onset_s or 0.0, written.duration_s
        if onset < 0:
            raise ValueError(f"onset is {onset:g} s, before its video begins")
        if duration is not None and duration < 0:
            raise ValueError("ends before it begins")
        # An event without length is a moment, after which it goes on for as long as it does.
        duration = duration or None
        if video.duration_s is not None:
            lasts = f"its video lasts {video.duration_s:.2f} s"
            if onset >= video.duration_s:
                raise ValueError(f"onset is {onset:g} s, and {lasts}")
            end = onset + (duration or 0)
            if end > video.duration_s + SLACK_S:
                raise ValueError(f"ends at {end:g} s, and {lasts}")
            self.beyond += end > video.duration_s
        expression, supervised = meaning.expression, meaning.supervised
        if meaning.kind == TRIAL and expression is None and video.expression is None:
            raise ValueError("no expression, and its video is of several")
        if supervised is None and video.supervised is None:
            # As where photographs do not say whether a cue was shown.
            supervised = False
        return Event(onset, duration, expression, supervised, meaning.kind)

    def _number(self, key: tuple[str, str], events: list[_Resolved], file: EventFile) -> None:
        """Give the events of a video their ids, and add them."""
        named = [each for each in events if each.written.event]
        if named and len(named) < len(events):
            for each in events:
                if not each.written.event:
                    file.problems.add(each.row, "no event, though others of its video have one")
            return
        taken = sum(there[:2] == key for there in self.events)
        ordered = events if named else sorted(events, key=lambda each: each.event.onset_s)
        keys = [
            (each.row, (*key, each.written.event or f"{taken + place:03d}"))
            for place, each in enumerate(ordered, start=1)
        ]
        file.problems.add_duplicates(keys, "its participant, video and event")
        for each, (_, whole) in zip(ordered, keys, strict=True):
            if whole in self.events:
                file.problems.add(each.row, "its participant, video and event are in another file")
            self.events[whole] = each.event

    def refuse(self, files: Sequence[EventFile]) -> None:
        """Raise if anything was wrong, or no event is of a video of the lake."""
        for file in files:
            file.problems.refuse("correct the file; nothing was stored")
        if self.events:
            return
        where = listed(file.name for file in files)
        if not len(self._videos):
            raise InputError(
                "the lake has no videos that events could be of",
                where=where,
                fix="extract the videos first; nothing was stored",
            )
        if not any(self.unmatched.values()):
            words = self.meanings.left_out
            said = f" (it has {listed(word or 'blanks' for word in words)})" if words else ""
            raise InputError(
                f"holds no event of an expression{said}",
                where=where,
                fix=f"expressions in the settings are {self.meanings.known()}",
            )
        raise InputError(
            "; ".join(self._words_on_unmatched()),
            where=where,
            fix=("correct the names, or extract the videos first; nothing was stored"),
        )

    def _words_on_unmatched(self) -> list[str]:
        people, videos = self.unmatched[True], self.unmatched[False]
        said = ["none of its events is of a video in the lake"]
        if people:
            said.append(f"participants without videos: {len(people):,} ({listed(people)})")
        if videos:
            said.append(f"videos that are not there: {len(videos):,} ({listed(videos)})")
        pairs = look_alikes(people, self._videos.participants)
        return [*said, *words_on_look_alikes(pairs, "the file", "the videos")]
