"""What was found in a dataset: its photographs, and what was ignored and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from lakehouse.inputs.shown import listed, short_name

_LONGEST_SHOWN: Final = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photograph and what it shows.

    Attributes
    ----------
    participant, expression, photo : str
        Whose face, showing what, and the photograph's id within its cell.
    supervised : bool
        Whether a cue was shown.
    path : str
        Relative to the dataset's root, with ``/`` between folders.
    absolute : Path
        Where the file can be opened.
    """

    participant: str
    expression: str
    supervised: bool
    photo: str
    path: str
    absolute: Path

    @property
    def cell(self) -> tuple[str, str, bool]:
        """Participant, expression and condition."""
        return self.participant, self.expression, self.supervised

    @property
    def key(self) -> tuple[str, str, bool, str]:
        """What identifies the photograph in the lake."""
        return self.participant, self.expression, self.supervised, self.photo


@dataclass(frozen=True, slots=True)
class VideoFile:
    """A video and what it shows.

    Attributes
    ----------
    participant, video : str
        Whose face, and the video's id, of which the participant has no other.
    expression : str or None
        None where the video shows several, as one of a session does.
    supervised : bool or None
        Whether a cue was shown; None where the expression is.
    path : str
        Relative to the dataset's root, with ``/`` between folders.
    absolute : Path
        Where the file can be opened.
    """

    participant: str
    expression: str | None
    supervised: bool | None
    video: str
    path: str
    absolute: Path

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the video in the lake."""
        return self.participant, self.video


class Reason(StrEnum):
    """Why a file is ignored."""

    HIDDEN = "hidden"
    NO_PHOTOGRAPH = "no photograph"
    NOT_IN_LAYOUT = "not matching the layout"
    AMBIGUOUS = "can be read in more than one way"
    UNKNOWN_EXPRESSION = "expression not listed in the settings"
    CODE_WRITTEN_OTHERWISE = "code written otherwise than in the settings"
    UNKNOWN_SUPERVISED = "supervised code not listed in the settings"
    NAME_NOT_UTF8 = "name is not UTF-8"
    NOT_A_FRAME = "not matching the layout, because its frame is no number"
    BETWEEN = "frame between the neutral face and the expression"
    UNLABELLED = "frame of a sequence without label"
    TOO_SHORT = "frame of a sequence too short for dataset.sequence"
    FRAME_TWICE = "frame of a sequence that has one number twice"
    RAW_BESIDE_PICTURE = "camera raw file beside a picture of the same name"
    NOT_IN_MANIFEST = "not listed in the manifest"


@dataclass(frozen=True, slots=True)
class Ignored:
    """Files ignored for one reason.

    Attributes
    ----------
    reason : str
        Why, in words for the user.
    count : int
        Files ignored for this reason.
    example : str
        The first such file; for codes that are not listed, the code.
    """

    reason: str
    count: int
    example: str


class IgnoredCounter:
    """Counts what is ignored, by reason, and remembers the first of each."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, str] = {}

    def add(self, reason: str, example: str) -> None:
        """Count one file.

        Parameters
        ----------
        reason : str
            Of `Reason`, or another.
        example : str
            What to show if it is the first.
        """
        self._counts[reason] = self._counts.get(reason, 0) + 1
        self._examples.setdefault(reason, printable(example))

    def result(self) -> tuple[Ignored, ...]:
        """Give the counts, in the order of `Reason`, then of the alphabet."""
        return tuple(
            Ignored(reason, self._counts[reason], self._examples[reason])
            for reason in (*Reason, *sorted(self._counts.keys() - set(Reason)))
            if reason in self._counts
        )


@dataclass(frozen=True, slots=True)
class SequencesFound:
    """What became of the sequences of a dataset.

    Attributes
    ----------
    found, used : int
        Sequences, and those of which frames are taken.
    unused : tuple of Ignored
        Sequences of which none is, by reason.
    gaps : tuple of Ignored
        Those used that leave out a number between frames, in which frames may be missing.
    labels_unused : tuple of Ignored
        Labels of sequences that are not there.
    """

    found: int
    used: int
    unused: tuple[Ignored, ...]
    gaps: tuple[Ignored, ...]
    labels_unused: tuple[Ignored, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a manifest and what it was read as.

    Attributes
    ----------
    text : str
        As it is written.
    rows : int
        That have it.
    """

    text: str
    meaning: str
    rows: int


@dataclass(frozen=True, slots=True)
class ManifestReading:
    """How a manifest was understood.

    Attributes
    ----------
    file : str
        Its name.
    columns : dict of str to str
        What a column says = its name in the file.
    not_read : tuple of str
        The other columns.
    expressions, cues : tuple of Word
        The words of two columns, the most frequent first.
    wrong_rows : int
        Rows that an extraction would refuse.
    remarks : tuple of str
        What else a user should know of how it was read.
    """

    file: str
    columns: dict[str, str]
    not_read: tuple[str, ...]
    expressions: tuple[Word, ...]
    cues: tuple[Word, ...]
    wrong_rows: int
    remarks: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """Say which columns were read under another name than their own, and all remarks."""
        others = [f"columns not read: {listed(self.not_read)}"] if self.not_read else []
        return (*words_on_renamed(self.columns.items()), *others, *self.remarks)


def words_on_renamed(columns: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Say which columns were read under another name than their own.

    Parameters
    ----------
    columns : iterable of (str, str)
        What a column says, and its name in the file.
    """
    renamed = [
        f"{short_name(column)} as {field}" for field, column in columns if column.lower() != field
    ]
    return (f"columns read: {', '.join(renamed)}",) if renamed else ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A dataset's photographs, and its videos.

    Attributes
    ----------
    photos : tuple of PhotoFile
        In cell order: participant, expression (the settings' order), supervised, photo.
    ignored : tuple of Ignored
        What was ignored.
    unreadable_folders : tuple of str
        Folders that could not be listed, with the system's reason.
    set_aside : frozenset of str
        Photographs of the dataset that are not to be used: camera raw files for the picture beside
        them, and frames of sequences; relative to the root.
    respelled : int
        Files whose ids lost invisible characters.
    sequences : SequencesFound or None
        None where the photographs are no frames.
    manifest : ManifestReading, optional
        How the table was understood that lists the photographs, if one does.
    videos : tuple of VideoFile
        In the order of participant, expression, supervised, video.
    """

    photos: tuple[PhotoFile, ...]
    ignored: tuple[Ignored, ...] = ()
    unreadable_folders: tuple[str, ...] = ()
    set_aside: frozenset[str] = frozenset()
    respelled: int = 0
    sequences: SequencesFound | None = None
    manifest: ManifestReading | None = None
    videos: tuple[VideoFile, ...] = ()

    def __iter__(self) -> Iterator[PhotoFile]:
        return iter(self.photos)

    def __len__(self) -> int:
        return len(self.photos)


def printable(name: str) -> str:
    r"""Make a name fit for a message, whatever it holds.

    Parameters
    ----------
    name : str
        Of a file or participant, possibly with surrogates, as `os` gives bytes that are not UTF-8.

    Returns
    -------
    str
        The same with such bytes as ``\xNN``, and likewise what would break the line, steer the
        terminal or be invisible; of very long names, the ends.
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )
    if len(shown) <= _LONGEST_SHOWN:
        return shown
    return f"{shown[: _LONGEST_SHOWN // 2]} … {shown[-_LONGEST_SHOWN // 2 :]}"
