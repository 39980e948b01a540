"""The build of this project."""

from __future__ import annotations

import time
from typing import Any

import duckdb

from contenders.answers import Answers, results_folder
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import BuiltModel, build
from lakehouse.warehouse.query import fetch

SAME_WORK = frozenset(
    (
        *("settings", "expressions", "photos", "procrustes_basis", "internal.photo_anchors"),
        *("internal.photo_verdicts", "internal.cells", "mask_labels", "exclusions", "participants"),
        *(
            "internal.photo_similarities",
            "internal.photo_alignments",
            "internal.cell_points",
            "mean_masks",
        ),
        *("internal.canonical_face", "internal.reference_faces", "internal.neutral_face"),
        *(
            "internal.compared_cells",
            "internal.analysed_distances",
            "point_averages",
            "mask_averages",
        ),
        *("points_above_average", "pav_mask_means", "pav_clusters", "eyelid_points", "pav_groups"),
        "group_distances",
    )
)
"""Models that lead from the lake to the contenders' answers, with everything they read. This
includes quality rules and two more methods of alignment, which the contenders do not compute."""

QUERIES = {
    "one participant's distances": "from neutral_distances where participant = '0042'",
    "averages of one mask": "from point_averages where mask = '05-00'",
    "PAV means by expression": (
        "select expression, supervised, avg(mean_distance), stddev_samp(mean_distance) "
        "from pav_mask_means group by all order by all"
    ),
    "strongest correlations": "from strongest_correlations order by rank limit 20",
}
"""Typical queries of an analyst."""


def work(paths: WarehousePaths, settings: Settings) -> dict[str, Any]:
    """Build, and give the times of each model; CPU time includes counting its rows."""
    models: dict[str, dict[str, float]] = {}
    before: float | None = None

    def on_model(model: BuiltModel) -> None:
        nonlocal before
        now = time.process_time()
        # Time before the first model belongs to no model.
        models[model.name] = {"wall": model.seconds, "cpu": now - (before or now)}
        before = now

    build(paths, settings, force=True, on_model=on_model)
    return {"models": models}


def save_answers(paths: WarehousePaths) -> None:
    """Read the answers from the database; this is not part of the measured work."""
    with duckdb.connect(str(paths.database), read_only=True) as connection:

        def column(query: str) -> object:
            [values] = connection.sql(query).fetchnumpy().values()
            return values

        Answers(
            averages=column("select mean_distance from point_averages order by mask, point"),
            spreads=column("select sd_distance from point_averages order by mask, point"),
            pav=column("select point from points_above_average order by point"),
            pav_means=column("select mean_distance from pav_mask_means order by participant, mask"),
            group_means=column(
                "select mean_distance from group_distances where grouping = 'kmeans6' "
                "order by participant, mask, group_id"
            ),
        ).save(results_folder(paths, "build"))


def ask(paths: WarehousePaths, query: str) -> int:
    """Ask as the command `sql` does, from opening the database to the table; give its rows."""
    return len(fetch(paths, query))
