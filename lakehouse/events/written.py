"""Events as a file has them, not yet compared with anything."""

from dataclasses import dataclass

from lakehouse.inputs.row_problems import RowProblems


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEvent:
    """An event of a file.

    Attributes
    ----------
    row : int
        Its number in a spreadsheet.
    participants : tuple of str
        What the participant may be called, likeliest first.
    videos : tuple of str
        What may name its video: an id, a file's name, a path; likeliest first.
    event : str or None
        Its id, where the file gives one.
    onset_s, duration_s : float or None
        None where it is missing or wrong.
    words : tuple of str
        What may say its expression or its kind, likeliest first.
    cue, kind : str or None
    """

    row: int
    participants: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    event: str | None = None
    onset_s: float | None
    duration_s: float | None = None
    words: tuple[str, ...] = ()
    cue: str | None = None
    kind: str | None = None


@dataclass(frozen=True, eq=False)
class EventFile:
    """The events of a file.

    Attributes
    ----------
    name : str
        The file's name.
    form : str
        In words, such as "BORIS".
    events : tuple of WrittenEvent
    problems : RowProblems
        What is wrong with its rows so far.
    says_people : bool
        Whether its participants are meant as such; otherwise they are guesses, which count where
        the lake knows them.
    names_files : bool
        Whether its videos are only named like the file, so that a video whose name goes on after
        that is meant too.
    annotated : bool
        Whether it may hold events of other things than expressions, which are left out.
    told : tuple of str
        What a user should know of how it was read.
    """

    name: str
    form: str
    events: tuple[WrittenEvent, ...]
    problems: RowProblems
    says_people: bool = False
    names_files: bool = False
    annotated: bool = False
    told: tuple[str, ...] = ()
