"""A whole synthetic study, and whether the analysis finds what was planted in it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any, Final

import polars as pl

from lakehouse.errors import UsageError
from lakehouse.files.listing import listed
from lakehouse.files.replace import write_bytes, write_json
from lakehouse.files.sweep import remove
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic import Planted, StudyPlan, plan_study, write_photographs, write_scores
from lakehouse.synthetic.clips.clip_study import ClipStudy, PlantedLatency, plan_clips
from lakehouse.synthetic.clips.filming import Filming
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.sql_text import text_literal

_MARK = "demo.json"

CLIP_EXPRESSIONS: Final = ("disgust", "happiness", "surprise")
"""Those that move the mouth most."""

_FILMING: Final = Filming(Fraction(25), duration_s=2.5, size=(480, 576))
"""As small as faces may be for the landmarks to hold."""

_SETTINGS: Final = """\
[video]
masks = "plateau"

[quality]
photos_per_mask = "any"
"""
"""There are no photographs, so masks are made of the frames around each apex, one of each trial."""


RANKED_DYNAMICS: Final = (
    "select strongest_correlations.*, dynamics_measures.measure from strongest_correlations "
    "join dynamics_measures using (group_id) "
    "where strongest_correlations.grouping = 'dynamics' order by strongest_correlations.rank"
)
"""Correlations of the features of movement in time, the strongest first."""


@dataclass(frozen=True)
class DemoStudy:
    """Where a demo's photographs and scores lie.

    Parameters
    ----------
    plan : StudyPlan
        Who takes part and what is planted.
    photographs : Path
        Folder of the dataset.
    scores : Path
        CSV file.
    drawn : bool
        False where they were there already.
    """

    plan: StudyPlan
    photographs: Path
    scores: Path
    drawn: bool


@dataclass(frozen=True)
class DemoClips:
    """Where a demo's clips lie, and what belongs to them.

    Parameters
    ----------
    study : ClipStudy
        Who takes part and what is planted.
    clips : Path
        Folder of the dataset.
    events, scores : Path
        CSV files.
    drawn : bool
        False where they were there already.
    """

    study: ClipStudy
    clips: Path
    events: Path
    scores: Path
    drawn: bool


@dataclass(frozen=True)
class Found:
    """What the analysis says of the planted relation.

    Parameters
    ----------
    feature : str or None
        The group of points that holds the planted point, in the planted mask; None where the
        point is not above average in every mask. Of a latency, the strongest of those of the
        planted expression; None where none could be measured often enough.
    row : dict or None
        Its row in `strongest_correlations`.
    tests : int
        Tests of the grouping.
    """

    feature: str | None
    row: dict[str, Any] | None
    tests: int


def draw_study(
    paths: WarehousePaths,
    *,
    participants: int,
    photos: int,
    seed: int,
    on_photo: Callable[[int, int], None],
) -> DemoStudy:
    """Draw a synthetic study's photographs and scores into a warehouse folder of their own.

    Parameters
    ----------
    paths : WarehousePaths
        A folder that is new, empty or an earlier demo's; one of other parameters is cleared.
    participants, photos, seed : int
        As in `plan_study`.
    on_photo : callable
        Told after each photograph how many are drawn, and of how many.

    Raises
    ------
    UsageError
        If the folder holds something that is no demo.
    """
    photographs, scores = paths.root / "photographs", paths.root / "scores.csv"
    plan = plan_study(participants, photos, seed=seed)
    wanted = {"participants": participants, "photos": photos, "seed": seed}
    total = participants * len(plan.expressions) * len(plan.conditions) * photos
    with _drawing(paths, wanted) as to_draw:
        if to_draw:
            write_photographs(plan, photographs, on_photo=_counting(total, on_photo))
            write_scores(plan.scores, scores)
    return DemoStudy(plan, photographs, scores, drawn=to_draw)


def draw_clips(
    paths: WarehousePaths, *, participants: int, seed: int, on_clip: Callable[[int, int], None]
) -> DemoClips:
    """Draw a synthetic study's clips, events, scores and settings into a folder of their own.

    Parameters
    ----------
    paths : WarehousePaths
        As in `draw_study`.
    participants, seed : int
        As in `plan_clips`.
    on_clip : callable
        Told after each clip how many are drawn, and of how many.

    Raises
    ------
    UsageError
        If the folder holds something that is no demo.
    """
    # Late: what draws videos takes a while to load, and photographs do without.
    from lakehouse.synthetic.clips.clip_folder import write_clips, write_events

    clips, events = paths.root / "clips", paths.root / "events.csv"
    scores = paths.root / "scores.csv"
    study = plan_clips(participants, CLIP_EXPRESSIONS, _FILMING, seed=seed)
    with _drawing(paths, {"clips of": participants, "seed": seed}) as to_draw:
        if to_draw:
            write_clips(study, clips, on_clip=_counting(len(study.clips), on_clip))
            write_events(study, events)
            write_scores(study.scores, scores)
            write_bytes(paths.settings, _SETTINGS.encode())
    return DemoClips(study, clips, events, scores, drawn=to_draw)


@contextmanager
def _drawing(paths: WarehousePaths, wanted: dict[str, int]) -> Iterator[bool]:
    """Clear the folder for a demo and mark it as one; say whether there is anything to draw.

    Raises
    ------
    UsageError
        If the folder holds something that is no demo.
    """
    mark = paths.root / _MARK
    if mark.exists():
        if json.loads(mark.read_text()) == wanted | {"complete": True}:
            yield False
            return
        remove(paths.root)
    elif listed(paths.root, UsageError):
        raise UsageError(
            "holds files that the demo did not make",
            where=str(paths.root),
            fix="name another folder with --warehouse",
        )
    write_json(mark, wanted)
    yield True
    write_json(mark, wanted | {"complete": True})


def _counting(total: int, tell: Callable[[int, int], None]) -> Callable[[Path], None]:
    """Tell after each file how many are drawn, and of how many."""
    numbers = count(1)
    return lambda _: tell(next(numbers), total)


def find_planted(paths: WarehousePaths, planted: Planted) -> Found:
    """Look up the planted relation among the correlations.

    Parameters
    ----------
    paths : WarehousePaths
        A built warehouse.
    """
    groups = fetch(
        paths,
        "select feature_list.feature from pav_clusters "  # noqa: S608
        "join feature_list using (group_id) "
        f"where pav_clusters.point = {planted.point:d} "
        f"and feature_list.expression = {text_literal(planted.expression)} "
        f"and feature_list.supervised = {planted.supervised}",
    )
    ranked = fetch(
        paths,
        "select * from strongest_correlations where grouping not like '%_eyes' order by rank",
    )
    if groups.is_empty():
        return Found(None, None, len(ranked))
    feature: str = groups["feature"].item()
    row = ranked.filter(
        (pl.col("feature") == feature) & (pl.col("instrument") == planted.instrument)
    )
    return Found(feature, row.row(0, named=True) if len(row) else None, len(ranked))


def find_latency(paths: WarehousePaths, planted: PlantedLatency) -> Found:
    """Look up the planted relation among the correlations of times, speeds and amplitudes.

    Parameters
    ----------
    paths : WarehousePaths
        A built warehouse.
    """
    ranked = fetch(paths, RANKED_DYNAMICS)
    of_latency = ranked.filter(
        (pl.col("expression") == planted.expression)
        & (pl.col("supervised") == planted.supervised)
        & (pl.col("instrument") == planted.instrument)
        & (pl.col("measure") == "onset")
    )
    if of_latency.is_empty():
        return Found(None, None, len(ranked))
    row = of_latency.row(0, named=True)
    return Found(row["feature"], row, len(ranked))
