"""Putting scores into the lake, beside the photographs they belong to."""

from dataclasses import dataclass

from lakehouse.ids import LookAlike
from lakehouse.lake.participant_tables import Destination, store_table
from lakehouse.lake.schemas import SCORES
from lakehouse.paths import WarehousePaths
from lakehouse.scores.read import Scores


@dataclass(frozen=True, slots=True)
class ScoresSummary:
    """What was stored, and how it fits the photographs.

    Attributes
    ----------
    participants : int
        With a row in the file.
    instruments : tuple of str
        In the file.
    missing : dict of str to int
        Missing scores of each instrument in the file.
    unranged, ignored_columns, told : tuple of str
        See `Scores`.
    without_photos : tuple of str
        Participants with scores and no photograph or video in the lake.
    without_scores : tuple of str
        Participants with photographs or videos and no row of scores.
    look_alikes : tuple of LookAlike
        Of those without, who would have some but for how the id is written.
    photographed : int
        Participants with photographs in the lake.
    changed : tuple of (str, str)
        Participant and instrument of scores that were stored otherwise before.
    dropped : int
        Scores that were in the lake and are not any more.
    kept : dict of str to int
        Scores of instruments that the file does not have, stored before.
    kept_participants : int
        Participants who are not in the file, with scores stored before.
    kept_blank : int
        Scores stored before, where the file has a blank.
    """

    participants: int
    instruments: tuple[str, ...]
    missing: dict[str, int]
    unranged: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    told: tuple[str, ...]
    without_photos: tuple[str, ...]
    without_scores: tuple[str, ...]
    look_alikes: tuple[LookAlike, ...]
    photographed: int
    changed: tuple[tuple[str, str], ...]
    dropped: int
    kept: dict[str, int]
    kept_participants: int
    kept_blank: int


def store_scores(scores: Scores, paths: WarehousePaths, *, replace: bool = False) -> ScoresSummary:
    """Add scores to those in the lake, or put them in their place.

    Parameters
    ----------
    paths : WarehousePaths
        The lake is made if it is not there.
    replace : bool
        Whether scores that the file does not have are dropped.

    Raises
    ------
    InputError
        If the lake has photographs or videos, and of no participant in the file. Nothing is then
        stored.
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    destination = Destination(paths, paths.scores, SCORES)
    stored = store_table(scores.table, destination, source=scores.file, replace=replace)
    return ScoresSummary(
        participants=len(scores.participants),
        instruments=scores.instruments,
        missing=scores.missing,
        unranged=scores.unranged,
        ignored_columns=scores.ignored_columns,
        told=scores.told,
        without_photos=stored.without_photos,
        without_scores=stored.not_in_table,
        look_alikes=stored.look_alikes,
        photographed=stored.photographed,
        changed=stored.addition.changed,
        dropped=stored.addition.dropped,
        kept=stored.addition.kept,
        kept_participants=stored.addition.kept_participants,
        kept_blank=stored.addition.kept_blank,
    )
