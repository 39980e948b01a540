"""Polars, lazy, on its streaming engine, with integers instead of text as keys."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from contenders.answers import Answers, groups_of, results_folder
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings

CELL = ["participant", "expression", "supervised"]
PHOTO = [*CELL, "photo"]
ANCHORS = (10, 133, 152, 362)
MESH, POINTS = 468, 478


def work(paths: WarehousePaths, settings: Settings) -> None:
    work_with(cell_masks, paths, settings, name="polars")


def work_with(
    masks_of: Callable[[pl.LazyFrame, pl.DataFrame], pl.DataFrame],
    paths: WarehousePaths,
    settings: Settings,
    *,
    name: str,
) -> None:
    """Do the work with one way of averaging photographs, and save it by a name."""
    folder = results_folder(paths, name)
    codes = settings.dataset.expression_codes()
    # Integers for photographs and cells: grouped by text, the masks alone take 1.5 times as long.
    photos = (
        pl.read_parquet(paths.photos / "*.parquet", columns=PHOTO)
        .with_columns(code=pl.col("expression").replace_strict(codes))
        .sort("participant", "code", "supervised", "photo")
        .with_columns(cell=pl.struct("participant", "code", "supervised").rle_id().cast(pl.Int32))
    )
    cells = photos.group_by("cell").agg(pl.col(*CELL, "code").first()).sort("cell")
    points = pl.scan_parquet(paths.landmarks / "*.parquet")
    faces = photos.join(alignments(points), on=PHOTO)
    masks = masks_of(points, faces)
    masks.write_parquet(folder / "masks.parquet")
    distances = neutral_distances(masks, cells)
    distances.write_parquet(folder / "distances.parquet")
    answers(masks, distances, cells).save(folder)


def alignments(points: pl.LazyFrame) -> pl.DataFrame:
    """Find the rotation, scale and shift of each photograph's face."""
    places = [
        pl.col(axis)
        .filter(pl.col("point") == point)
        .first()
        .cast(pl.Float64)
        .alias(axis + str(point))
        for point in ANCHORS
        for axis in "xyz"
    ]
    roll = pl.arctan2(pl.col("y362") - pl.col("y133"), pl.col("x362") - pl.col("x133"))
    height = ((pl.col("x152") - pl.col("x10")) ** 2 + (pl.col("y152") - pl.col("y10")) ** 2).sqrt()
    return (
        points.filter(pl.col("point").is_in(ANCHORS))
        .group_by(PHOTO)
        .agg(places)
        .with_columns(scale=1500 / height, roll=roll)
        .select(
            *PHOTO,
            "scale",
            "x10",
            "y10",
            "z10",
            cos=pl.col("scale") * pl.col("roll").cos(),
            sin=pl.col("scale") * pl.col("roll").sin(),
        )
        .collect(engine="streaming")
    )


def aligned() -> dict[str, pl.Expr]:
    """Place a face's points on the canvas."""
    x, y, z = (pl.col(axis) - pl.col(f"{axis}10") for axis in "xyz")
    return {
        "x": 1250 + pl.col("cos") * x + pl.col("sin") * y,
        "y": 25 - pl.col("sin") * x + pl.col("cos") * y,
        "z": pl.col("scale") * z,
    }


def cell_masks(points: pl.LazyFrame, faces: pl.DataFrame) -> pl.DataFrame:
    return (
        points.join(faces.lazy(), on=PHOTO)
        # One number for cell and point is grouped a little faster than two.
        .select(place=pl.col("cell") * POINTS + pl.col("point"), **aligned())
        .group_by("place")
        .agg(pl.col("x", "y", "z").mean(), photos=pl.len())
        .select(
            (pl.col("place") // POINTS).alias("cell"),
            (pl.col("place") % POINTS).alias("point"),
            "x",
            "y",
            "z",
            "photos",
        )
        .collect(engine="streaming")
    )


def neutral_distances(masks: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    is_neutral = (pl.col("code") == "00") & ~pl.col("supervised")
    neutral_cells = cells.filter(is_neutral).select("participant", neutral="cell")
    compared = cells.filter(~is_neutral).join(neutral_cells, on="participant")
    mesh = masks.lazy().filter(pl.col("point") < MESH).select("cell", "point", "x", "y")
    neutral = mesh.join(neutral_cells.lazy(), left_on="cell", right_on="neutral", how="semi")
    return (
        mesh.join(compared.lazy().select("cell", "neutral"), on="cell")
        .join(neutral, left_on=["neutral", "point"], right_on=["cell", "point"], suffix="_neutral")
        .select(
            "cell",
            "point",
            distance=(
                (pl.col("x") - pl.col("x_neutral")) ** 2 + (pl.col("y") - pl.col("y_neutral")) ** 2
            ).sqrt(),
        )
        .collect(engine="streaming")
    )


def answers(masks: pl.DataFrame, distances: pl.DataFrame, cells: pl.DataFrame) -> Answers:
    labels = cells.lazy().select("cell", mask=pl.struct("code", "supervised").rank("dense"))
    moved = distances.lazy()
    averages = (
        moved.join(labels, on="cell")
        .group_by("mask", "point")
        .agg(mean=pl.col("distance").mean(), sd=pl.col("distance").std())
        .collect(engine="streaming")
        .with_columns(above=pl.col("mean") > pl.col("mean").mean().over("mask"))
        .sort("mask", "point")
    )
    pav = averages.group_by("point").agg(pl.col("above").all()).filter("above").select("point")
    pav_means = (
        moved.join(pav.lazy(), on="point", how="semi")
        .group_by("cell")
        .agg(pl.col("distance").mean())
        .collect(engine="streaming")
        .sort("cell")
    )
    neutral_cells = cells.lazy().filter(pl.col("code") == "00").select("cell", "supervised")
    places = (
        masks.lazy()
        .join(pav.lazy(), on="point", how="semi")
        .join(neutral_cells, on="cell")
        .group_by("supervised", "point")
        .agg(pl.col("x", "y").mean())
        .group_by("point")
        .agg(pl.col("x", "y").mean())
        .sort("point")
        .collect(engine="streaming")
    )
    groups = places.select("point", group=groups_of(places.select("x", "y").to_numpy()))
    group_means = (
        moved.join(groups.lazy(), on="point")
        .group_by("cell", "group")
        .agg(pl.col("distance").mean())
        .collect(engine="streaming")
        .sort("cell", "group")
    )
    return Answers(
        averages=averages["mean"].to_numpy(),
        spreads=averages["sd"].to_numpy(),
        pav=pav["point"].sort().to_numpy(),
        pav_means=pav_means["distance"].to_numpy(),
        group_means=group_means["distance"].to_numpy(),
    )
