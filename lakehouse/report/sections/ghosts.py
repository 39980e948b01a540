"""Ghosts: everybody's masks over each other, figure 15."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

import numpy as np
import polars as pl

from lakehouse.charts.words import Words
from lakehouse.figures.canvas import Pixels, Points, View, close_view
from lakehouse.figures.mesh import draw_ghost
from lakehouse.files.safe_names import safe_name
from lakehouse.report.figure import Picture, Pictures
from lakehouse.report.languages import said
from lakehouse.report.tables.tables import Tables
from lakehouse.vocabulary import MESH_POINTS

WIDTH: Final = 400
"""Of a picture, pixels; on a page of eight columns about three for each of the screen's."""
_THICKNESS: Final = 1

Mask = tuple[str, bool]
"""Expression, and whether the cue was shown."""


def grid_places(masks: list[Mask]) -> dict[Mask, tuple[int, int]]:
    """Put masks into a grid: a row for each condition, a column for each expression.

    Parameters
    ----------
    masks : list of Mask
        In the study's order.

    Returns
    -------
    dict
        Row and column, from 1.
    """
    rows = sorted({supervised for _, supervised in masks})
    columns = list(dict.fromkeys(expression for expression, _ in masks))
    return {mask: (rows.index(mask[1]) + 1, columns.index(mask[0]) + 1) for mask in masks}


@dataclass(frozen=True)
class _Ghosts:
    """Pictures of masks, and of how many points each is; the points themselves are not kept."""

    pictures: dict[Mask, Pixels]
    points: list[int]


@lru_cache(maxsize=1)
def _drawn(tables: Tables) -> _Ghosts:
    edges = tables.table("mesh_edges").select("point_a", "point_b").to_numpy().astype(np.int64)
    points = tables.passing("ghosts")
    view = _view(points)
    pictures = {
        mask: draw_ghost(faces, edges, view, _THICKNESS)
        for mask, faces in _faces_of_masks(points, tables.table("mask_people"))
    }
    return _Ghosts(pictures, points["mask_place"].value_counts()["count"].to_list())


def _faces_of_masks(points: pl.DataFrame, masks: pl.DataFrame) -> Iterator[tuple[Mask, Points]]:
    """Give each mask's faces, one mask after the other: all at once would take much memory."""
    for place, row in enumerate(masks.iter_rows(named=True)):
        faces = points.filter(pl.col("mask_place") == place).select("x", "y").to_numpy()
        yield (row["expression"], row["supervised"]), faces.reshape(-1, MESH_POINTS, 2)


def _view(faces: pl.DataFrame) -> View:
    """Show all masks in one window, so that they can be compared."""
    corners = pl.concat([faces.select("x", "y").min(), faces.select("x", "y").max()])
    return close_view(corners.to_numpy().astype(np.float64), WIDTH)


def _pictures(tables: Tables, languages: Mapping[str, Words]) -> list[Picture]:
    drawn = _drawn(tables).pictures
    places = grid_places(list(drawn))
    return [
        Picture(
            file_name(mask),
            said(languages, partial(mask_label, mask)),
            pixels,
            *places[mask],
        )
        for mask, pixels in drawn.items()
    ]


def mask_label(mask: Mask, words: Words) -> str:
    """Name a mask."""
    return words.mask(*mask)


def file_name(mask: Mask) -> str:
    """Name the file of a mask's picture, without its ending."""
    expression, supervised = mask
    return f"{safe_name(expression)}-{'with' if supervised else 'without'}"


def _numbers(tables: Tables, words: Words) -> Mapping[str, str]:
    points = _drawn(tables).points
    everybody, drawn = _most(tables.table("mask_people")), max(points) // MESH_POINTS
    n = words.count(drawn)
    return {
        "n": n,
        "masks": words.count(len(points)),
        "who": words("figures.ghosts.everybody", n=n)
        if drawn == everybody
        else words("figures.ghosts.some", n=n, all=words.count(everybody)),
    }


def _most(masks: pl.DataFrame) -> int:
    return int(max(masks["participants"].to_list()))


GHOSTS = Pictures(
    "ghosts",
    tables=("ghosts", "mesh_edges"),
    draw=_pictures,
    numbers=_numbers,
    paper=("15",),
    personal=True,
    ink=True,
)
