"""What an import of landmarks did."""

from dataclasses import dataclass

from lakehouse.dataset.listing import Ignored, SequencesFound
from lakehouse.ingest.healing import Healed
from lakehouse.ingest.problem import Problem


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import of landmarks did.

    Attributes
    ----------
    found : int
        Photographs of which files say something, if only that there is no face.
    tables : int
        Files that hold landmarks of many photographs.
    ok, no_face, unreadable : int
        What became of those read in this run.
    already_done : int
        Files whose rows were there already.
    usable : int
        Of those found, photographs with landmarks in the lake, from this run or before.
    replaced : int
        Of those read, files whose earlier rows were replaced.
    superseded : int
        Rows taken out because their file now has another key.
    missing : int
        Imported photographs of the lake whose file was not found; they stay.
    ignored : tuple of Ignored
        Files ignored, by reason.
    unreadable_folders : tuple of str
    respelled : int
        Photographs whose ids lost invisible characters.
    sequences : SequencesFound or None
        None where the photographs are no frames.
    told : tuple of str
        What a user should know of how files were read.
    problems : tuple of Problem
        The first files of this run that gave no landmarks.
    parts_written : int
        New ones and rewritten ones.
    healed : tuple of Healed
        Damaged parts whose files were read again.
    seconds, files_per_second : float
        Of the whole run; the rate counts every photograph found, whatever its file.
    """

    found: int
    tables: int
    ok: int
    no_face: int
    unreadable: int
    already_done: int
    usable: int
    replaced: int
    superseded: int
    missing: int
    ignored: tuple[Ignored, ...]
    unreadable_folders: tuple[str, ...]
    respelled: int
    sequences: SequencesFound | None
    told: tuple[str, ...]
    problems: tuple[Problem, ...]
    parts_written: int
    healed: tuple[Healed, ...]
    seconds: float
    files_per_second: float
