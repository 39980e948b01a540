"""Putting scores into the lake, beside the photographs they belong to."""

from dataclasses import dataclass

import pyarrow as pa

from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import read_table
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.schemas import SCORES
from lakehouse.lake.write import write_parquet_atomically
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
    scores : Scores
    paths : WarehousePaths
        The lake is made if it is not there.

    Returns
    -------
    ScoresSummary

    Raises
    ------
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    columns = scores.table.to_dict(as_series=False)
    table = pa.table([pa.array(columns[field.name], field.type) for field in SCORES], schema=SCORES)
    with lake_lock(paths):
        dropped = _stored(paths) - set(
            zip(columns["participant"], columns["instrument"], strict=True)
        )
        write_parquet_atomically(table, paths.scores)
        photographed = {photo.key[0] for photo in read_photos_index(paths)}
    scored = set(scores.participants)
    return ScoresSummary(
        participants=len(scored),
        instruments=scores.instruments,
        missing=scores.missing,
        unranged=scores.unranged,
        ignored_columns=scores.ignored_columns,
        without_photos=tuple(sorted(scored - photographed)),
        without_scores=tuple(sorted(photographed - scored)),
        photographed=len(photographed),
        dropped=len(dropped),
    )


def _stored(paths: WarehousePaths) -> set[tuple[str, str]]:
    """Give participant and instrument of every known score in the lake."""
    if not paths.scores.exists():
        return set()
    table = read_table(paths.scores)
    known = table.filter(table["score"].is_valid())
    return set(
        zip(*(known[name].to_pylist() for name in ("participant", "instrument")), strict=True)
    )
