"""`render alignments`: what the choice of alignment does to the mean mask of each expression."""

from functools import partial
from pathlib import Path
from typing import Final, get_args

import numpy as np
import polars as pl

from lakehouse.figures.canvas import Indices, Pixels, Points, fitted_view
from lakehouse.figures.encode import encoded
from lakehouse.figures.mesh import draw_change
from lakehouse.figures.panels import Column, compare
from lakehouse.files.replace import write_bytes
from lakehouse.files.safe_names import safe_name
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.mask_groups import Job
from lakehouse.rendering.rendered import Progress, Rendered, no_progress
from lakehouse.rendering.selection import (
    Row,
    Selection,
    condition,
    mesh_edges,
    require_relation,
)
from lakehouse.rendering.threads import in_threads
from lakehouse.settings.movement import Alignment
from lakehouse.vocabulary import MESH_POINTS
from lakehouse.warehouse.query import fetch

METHODS: Final[tuple[str, ...]] = get_args(Alignment.model_fields["method"].annotation)
"""What the setting alignment.method can be; the default first."""

_COLUMN: Final = (900, 1140)
"""Width and height of a face in a picture, in its pixels."""

_NOTE: Final = "Black: the mean mask of all participants; grey: their mean neutral mask."

_COMPARISON: Final = """
    select
        alignment_comparison.method, alignment_comparison.expression,
        alignment_comparison.supervised, alignment_comparison.mask, expressions.code,
        alignment_comparison.participants, alignment_comparison.upper_face_size,
        alignment_comparison.chin_drop
    from alignment_comparison
    inner join expressions on alignment_comparison.expression = expressions.expression
    order by alignment_comparison.mask
"""
_MASKS: Final = """
    select
        alignment_masks.method, alignment_masks.mask, mask_labels.is_reference,
        alignment_masks.x, alignment_masks.y
    from alignment_masks
    inner join mask_labels on alignment_masks.mask = mask_labels.mask
    order by alignment_masks.method, alignment_masks.mask, alignment_masks.point
"""


def render_alignments(
    paths: WarehousePaths,
    out: Path,
    selection: Selection,
    *,
    progress: Progress = no_progress,
) -> Rendered:
    """Draw each mask's mean under the three methods beside each other, over neutral.

    Parameters
    ----------
    out : Path
        Folder to write to.
    selection : Selection
        Of expressions; the means are of all participants.

    Raises
    ------
    LakehouseError
        If there is nothing to draw, or a file cannot be written.
    """
    require_relation(paths, "alignment_comparison")
    edges = mesh_edges(paths)
    rows = selection.of(fetch(paths, _COMPARISON), "mask to compare with neutral")
    neutral, means = _faces(paths)
    jobs = [
        (out / f"{safe_name(mask)}.png", partial(_drawn, part, neutral, means, edges))
        for (mask,), part in rows.group_by("mask", maintain_order=True)
    ]
    for done, name in enumerate(in_threads(_draw, iter(jobs)), start=1):
        progress(done, len(jobs), name)
    return Rendered({"comparisons": len(jobs)}, out)


def _faces(paths: WarehousePaths) -> tuple[dict[str, Points], dict[tuple[str, str], Points]]:
    """Fetch the mean neutral mask by method, and every mean mask by method and mask."""
    answer = fetch(paths, _MASKS)
    neutral: dict[str, Points] = {}
    means: dict[tuple[str, str], Points] = {}
    points = answer.select("x", "y").to_numpy().reshape(-1, MESH_POINTS, 2)
    for row, face in zip(answer[::MESH_POINTS].iter_rows(named=True), points, strict=True):
        means[row["method"], row["mask"]] = face
        if row["is_reference"]:
            neutral[row["method"]] = face
    return neutral, means


def _draw(job: Job) -> str:
    path, draw = job
    write_bytes(path, encoded(draw()))
    return path.stem


def _drawn(
    rows: pl.DataFrame,
    neutral: dict[str, Points],
    means: dict[tuple[str, str], Points],
    edges: Indices,
) -> Pixels:
    """Draw one mask, its rows being those of the methods."""
    by_method = {row["method"]: row for row in rows.iter_rows(named=True)}
    faces = [means[method, row["mask"]] for method, row in by_method.items()]
    # One window for all, or their sizes could not be compared.
    view = fitted_view(np.concatenate([*faces, *neutral.values()]), *_COLUMN)
    columns = [
        Column(
            method,
            (draw_change(neutral[method], means[method, row["mask"]], edges, view, thickness=2),),
            _measured(row),
        )
        for method, row in ((method, by_method[method]) for method in METHODS)
    ]
    row = by_method[METHODS[0]]
    people = f"{row['participants']:,} participant{'' if row['participants'] == 1 else 's'}"
    title = f"{row['mask']} {row['expression']}, {condition(row['supervised'])}: {people}"
    return compare(title, columns, (), _NOTE)


def _measured(row: Row) -> str:
    drop = round(row["chin_drop"])
    moved = f"{abs(drop)} px {'lower' if drop > 0 else 'higher'}" if drop else "in its place"
    return f"upper face {row['upper_face_size']:.3f} of neutral; chin {moved}"
