"""Polars, lazy, on its streaming engine, grouped by the lake's own text keys."""

from __future__ import annotations

import polars as pl

from contenders.polars_lazy import CELL, PHOTO, aligned, work_with
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings


def work(paths: WarehousePaths, settings: Settings) -> None:
    work_with(cell_masks, paths, settings, name="polars_texts")


def cell_masks(points: pl.LazyFrame, faces: pl.DataFrame) -> pl.DataFrame:
    numbers = faces.lazy().select(*CELL, "cell").unique()
    return (
        points.join(faces.lazy(), on=PHOTO)
        .select(*CELL, "point", **aligned())
        .group_by(*CELL, "point")
        .agg(pl.col("x", "y", "z").mean(), photos=pl.len())
        .join(numbers, on=CELL)
        .select("cell", "point", "x", "y", "z", "photos")
        .collect(engine="streaming")
    )
