"""Putting scores into the lake, beside the photographs they belong to."""

from dataclasses import dataclass

from lakehouse.lake.participant_tables import replace_table
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
    missing : dict of str to int
        Missing scores of each instrument.
    unranged, ignored_columns : tuple of str
        See `Scores`.
    without_photos : tuple of str
        Participants with scores and no photograph in the lake.
    without_scores : tuple of str
        Participants with photographs and no row of scores.
    photographed : int
        Participants with photographs in the lake.
    dropped : int
        Scores that were in the lake and are not in the new table.
    """

    participants: int
    instruments: tuple[str, ...]
    missing: dict[str, int]
    unranged: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    without_photos: tuple[str, ...]
    without_scores: tuple[str, ...]
    photographed: int
    dropped: int


def store_scores(scores: Scores, paths: WarehousePaths) -> ScoresSummary:
    """Write scores into the lake, in place of those there.

    Parameters
    ----------
    paths : WarehousePaths
        The lake is made if it is not there.

    Raises
    ------
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    replaced = replace_table(scores.table, SCORES, paths.scores, paths)
    return ScoresSummary(
        participants=len(scores.participants),
        instruments=scores.instruments,
        missing=scores.missing,
        unranged=scores.unranged,
        ignored_columns=scores.ignored_columns,
        without_photos=replaced.without_photos,
        without_scores=replaced.not_in_table,
        photographed=replaced.photographed,
        dropped=replaced.dropped,
    )
