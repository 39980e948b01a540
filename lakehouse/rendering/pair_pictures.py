"""`render pairs`: how all distances between points change, a heat picture per mask."""

import math
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from lakehouse.figures.canvas import Indices, Pixels
from lakehouse.figures.encode import encoded
from lakehouse.figures.heat_maps import Band, HeatMap, draw_pair_maps
from lakehouse.figures.muscle_atlas import group_hues
from lakehouse.figures.text import GREY
from lakehouse.files.replace import write_bytes
from lakehouse.files.safe_names import safe_name
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.choices import AxisOrder
from lakehouse.rendering.muscle_pictures import atlas
from lakehouse.rendering.rendered import Progress, Rendered, no_progress
from lakehouse.rendering.selection import Row, Selection, condition
from lakehouse.vocabulary import MESH_POINTS
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.sql_text import text_literal

SHOWN: Final = 0.99
"""Share of all masks' pairs that lie within the colour scale."""

_NO_MUSCLE: Final = "no muscle"
_STEP: Final = 52
"""Points in a band where they stand by number."""

_MASKS: Final = """
    select
        pair_changes_once.mask, mask_labels.expression, mask_labels.supervised, expressions.code,
        max(pair_changes_once.participants) as participants
    from internal.pair_changes_once
    inner join mask_labels on pair_changes_once.mask = mask_labels.mask
    inner join expressions on mask_labels.expression = expressions.expression
    group by all
    order by pair_changes_once.mask
"""
_LIMITS: Final = f"""
    select
        quantile_cont(abs(mean_change), {SHOWN}) as change,
        quantile_cont(mean_abs_change, {SHOWN}) as size,
        quantile_cont(sd_change, {SHOWN}) as spread
    from internal.pair_changes_once
    where point_a <> point_b
"""  # noqa: S608
_MATRIX: Final = """
    select mean_change, mean_abs_change, sd_change
    from pair_changes
    where mask = {mask}
    order by point_a, point_b
"""


def render_pairs(
    paths: WarehousePaths,
    out: Path,
    selection: Selection,
    *,
    order: AxisOrder = AxisOrder.MUSCLES,
    progress: Progress = no_progress,
) -> Rendered:
    """Draw mean, mean size and standard deviation of the changes of all pairs in each mask.

    The colours mean the same in all pictures, whichever are chosen.

    Parameters
    ----------
    out : Path
        Folder to write to.
    selection : Selection
        Of expressions; the means are of all participants.

    Raises
    ------
    LakehouseError
        If the pairs were not built, there is nothing to draw, or a file cannot be written.
    """
    rows = selection.of(fetch(paths, _MASKS), "mask to compare with neutral")
    points, bands = _by_muscle(paths) if order is AxisOrder.MUSCLES else _by_number()
    [limits] = fetch(paths, _LIMITS).rows()
    ends = [_rounded_up(limit) for limit in limits]
    draw = partial(_drawn, paths, points=points, bands=bands, limits=ends, order=order)
    for done, row in enumerate(rows.iter_rows(named=True), start=1):
        write_bytes(out / f"{safe_name(row['mask'])}.png", encoded(draw(row)))
        progress(done, len(rows), row["mask"])
    return Rendered({"matrices of pairs": len(rows)}, out)


def _by_muscle(paths: WarehousePaths) -> tuple[Indices, list[Band]]:
    """Order points by the groups of their muscles; one of several stands in the first of them."""
    face, muscles = atlas(paths)
    groups: dict[str, list[int]] = {muscle.group: [] for muscle in muscles}
    placed: set[int] = set()
    for group, points in groups.items():
        of_group = [muscle for muscle in muscles if muscle.group == group]
        # Side by side: going from left to right in every muscle, the map would be a chequerboard.
        for side in ("right", "midline", "left"):
            for muscle in of_group:
                new = set(getattr(muscle, side).tolist()) - placed
                points += sorted(new, key=lambda point: face[point, 1])
                placed |= new
    rest = sorted(set(range(MESH_POINTS)) - placed, key=lambda point: face[point, 0])
    hues = group_hues(list(groups)) | {_NO_MUSCLE: GREY}
    every = {name: points for name, points in {**groups, _NO_MUSCLE: rest}.items() if points}
    bands = [Band(name, len(points), hues[name]) for name, points in every.items()]
    return np.concatenate([*every.values()]).astype(np.int64), bands


def _by_number() -> tuple[Indices, list[Band]]:
    firsts = range(0, MESH_POINTS, _STEP)
    bands = [Band(f"{first}-{first + _STEP - 1}", _STEP, GREY) for first in firsts]
    return np.arange(MESH_POINTS), bands


def _rounded_up(limit: float | None) -> float:
    """Give the next number that scales end with: 1, 2, 4 or 6 and zeros."""
    if not limit:
        return 1.0
    power = 10.0 ** math.floor(math.log10(limit))
    return next(power * step for step in (1, 2, 4, 6, 10) if limit <= power * step)


def _drawn(
    paths: WarehousePaths,
    row: Row,
    *,
    points: Indices,
    bands: list[Band],
    limits: list[float],
    order: AxisOrder,
) -> Pixels:
    answer = fetch(paths, _MATRIX.format(mask=text_literal(row["mask"])))
    change, size, spread = answer.to_numpy().T.reshape(3, MESH_POINTS, MESH_POINTS)[
        :, points[:, None], points
    ]
    maps = [
        HeatMap("mean change: red apart, blue together", change, limits[0], diverging=True),
        HeatMap("mean size of the change", size, limits[1], diverging=False),
        HeatMap("standard deviation over people", spread, limits[2], diverging=False),
    ]
    people = f"{row['participants']:,} participant{'' if row['participants'] == 1 else 's'}"
    title = f"{row['mask']} {row['expression']}, {condition(row['supervised'])}: {people}"
    return draw_pair_maps(title, maps, bands, _note(order))


def _note(order: AxisOrder) -> str:
    by = (
        "by the group of its muscles, the first where it has several; in each group right before "
        "left, muscle by muscle, down the face"
        if order is AxisOrder.MUSCLES
        else "by its number"
    )
    return (
        "Each cell is a pair of mesh points: their distance in the mask less that in the same "
        f"person's neutral face, aligned pixels, averaged over people, "
        f"and how it varies among them. A point stands {by}. "
        "The colours mean the same in all masks."
    )
