"""What a run of extraction did."""

from dataclasses import dataclass

from lakehouse.dataset.listing import Ignored


@dataclass(frozen=True, slots=True)
class Problem:
    """A photograph of this run that gave no landmarks.

    Attributes
    ----------
    path, status, error : str
        As in the lake's `photos`.
    """

    path: str
    status: str
    error: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run of extraction did.

    Attributes
    ----------
    found : int
        Photographs of the dataset.
    ok, no_face, unreadable, unsupported, crashed : int
        What became of those worked on in this run.
    already_done : int
        Photographs whose rows were there already.
    replaced : int
        Of those worked on, photographs whose earlier rows were replaced.
    superseded : int
        Rows taken out because their file now has another key.
    missing : int
        Photographs of the lake whose file was not found; they stay.
    pruned : int
        Photographs of the lake whose file was not found, and whose rows were taken out.
    ignored : tuple of Ignored
        Files ignored, by reason.
    unreadable_folders : tuple of str
    respelled : int
        Files whose ids lost invisible characters.
    problems : tuple of Problem
        The first of this run's failures.
    parts_written : int
        New ones and rewritten ones.
    stopped : bool
        Whether the run was asked to stop before its end.
    seconds, photos_per_second : float
        Of the whole run; the rate counts photographs worked on.
    """

    found: int
    ok: int
    no_face: int
    unreadable: int
    unsupported: int
    crashed: int
    already_done: int
    replaced: int
    superseded: int
    missing: int
    pruned: int
    ignored: tuple[Ignored, ...]
    unreadable_folders: tuple[str, ...]
    respelled: int
    problems: tuple[Problem, ...]
    parts_written: int
    stopped: bool
    seconds: float
    photos_per_second: float

    @property
    def extracted(self) -> int:
        """Photographs worked on in this run."""
        return self.ok + self.no_face + self.unreadable + self.unsupported + self.crashed
