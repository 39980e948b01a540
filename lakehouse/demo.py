"""A whole synthetic study, and whether the analysis finds what was planted in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from lakehouse.errors import UsageError
from lakehouse.files.listing import listed
from lakehouse.files.replace import write_json
from lakehouse.files.sweep import remove
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic import Planted, StudyPlan, plan_study, write_photographs, write_scores
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.sql_text import text_literal

_MARK = "demo.json"


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
class Found:
    """What the analysis says of the planted relation.

    Parameters
    ----------
    feature : str or None
        The group of points that holds the planted point, in the planted mask; None where the
        point is not above average in every mask.
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
    mark = paths.root / _MARK
    if mark.exists():
        if json.loads(mark.read_text()) == wanted | {"complete": True}:
            return DemoStudy(plan, photographs, scores, drawn=False)
        remove(paths.root)
    elif listed(paths.root, UsageError):
        raise UsageError(
            "holds files that the demo did not make",
            where=str(paths.root),
            fix="name another folder with --warehouse",
        )
    write_json(mark, wanted)
    total = participants * len(plan.expressions) * len(plan.conditions) * photos
    done = 0

    def count(_: Path) -> None:
        nonlocal done
        done += 1
        on_photo(done, total)

    write_photographs(plan, photographs, on_photo=count)
    write_scores(plan.scores, scores)
    write_json(mark, wanted | {"complete": True})
    return DemoStudy(plan, photographs, scores, drawn=True)


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
