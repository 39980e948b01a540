"""pandas, with text columns as categories and integers as keys of photographs and cells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.dataset as ds

from contenders.answers import Answers, groups_of, results_folder
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings

KEY = ["participant", "expression", "supervised", "photo"]
MESH, POINTS = 468, 478


def work(paths: WarehousePaths, settings: Settings) -> None:
    folder = results_folder(paths, "pandas")
    points, photos = numbered(paths, settings)
    masks = cell_masks(points, photos)
    del points
    masks.to_parquet(folder / "masks.parquet", index=False, compression="zstd")
    cells = photos.drop_duplicates("cell").set_index("cell").sort_index()
    distances = neutral_distances(masks, cells)
    distances.to_parquet(folder / "distances.parquet", index=False, compression="zstd")
    answers(masks, distances, cells).save(folder)


def numbered(paths: WarehousePaths, settings: Settings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the landmarks, with an integer in place of the four columns that name a photograph."""
    table = ds.dataset(paths.landmarks, partitioning=None).to_table()
    for number, field in enumerate(table.schema):
        if field.type == "string":
            table = table.set_column(number, field.name, table[field.name].dictionary_encode())
    points = table.to_pandas(self_destruct=True, split_blocks=True)
    del table
    codes = settings.dataset.expression_codes()
    points["expression"] = points["expression"].cat.rename_categories(codes)
    # Combined from the categories' own numbers: a groupby over four columns takes seconds.
    sizes = [len(points[name].cat.categories) for name in ("participant", "expression", "photo")]
    ranks = [
        points[name].cat.reorder_categories(sorted(points[name].cat.categories)).cat.codes
        for name in ("participant", "expression", "photo")
    ]
    person, expression, photo = (rank.to_numpy(np.int32) for rank in ranks)
    cell = (person * sizes[1] + expression) * 2 + points["supervised"].to_numpy(np.int32)
    points["cell"], points["number"] = cell, cell * sizes[2] + photo
    photos = points.loc[points["point"] == 0, [*KEY, "cell", "number"]].set_index("number")
    return points[["number", "cell", "point", "x", "y", "z"]], photos


def cell_masks(points: pd.DataFrame, photos: pd.DataFrame) -> pd.DataFrame:
    anchors = {
        point: points.loc[points["point"] == point, ["number", "x", "y", "z"]]
        .set_index("number")
        .astype(np.float64)
        .reindex(photos.index)
        for point in (10, 133, 152, 362)
    }
    forehead, chin, right, left = (anchors[point] for point in (10, 152, 133, 362))
    roll = np.arctan2(left["y"] - right["y"], left["x"] - right["x"])
    scale = 1500 / np.hypot(chin["x"] - forehead["x"], chin["y"] - forehead["y"])
    # Rows taken by position are several times as fast as a merge.
    row = photos.index.get_indexer(points["number"])
    x, y, z = (points[axis].to_numpy(np.float64) - forehead[axis].to_numpy()[row] for axis in "xyz")
    cos, sin = ((scale * turn(roll)).to_numpy()[row] for turn in (np.cos, np.sin))
    aligned = pd.DataFrame(
        {
            "place": points["cell"].to_numpy() * POINTS + points["point"].to_numpy(np.int32),
            "x": 1250 + cos * x + sin * y,
            "y": 25 - sin * x + cos * y,
            "z": scale.to_numpy()[row] * z,
        }
    )
    grouped = aligned.groupby("place")
    masks = grouped[["x", "y", "z"]].mean()
    masks["photos"] = grouped.size()
    masks.insert(0, "cell", masks.index // POINTS)
    masks.insert(1, "point", masks.index % POINTS)
    return masks.reset_index(drop=True)


def neutral_distances(masks: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    is_neutral = (cells["expression"] == "00") & ~cells["supervised"]
    neutral_of = cells[is_neutral].reset_index().set_index("participant")["cell"]
    neutral_cell = cells["participant"].map(neutral_of).astype(np.int64)
    mesh = masks[masks["point"] < MESH]
    neutral = mesh["cell"].isin(cells.index[is_neutral])
    places = mesh[neutral].set_index(
        mesh.loc[neutral, "cell"] * POINTS + mesh.loc[neutral, "point"]
    )
    moved = mesh[~neutral]
    wanted = neutral_cell.reindex(moved["cell"]).to_numpy() * POINTS + moved["point"].to_numpy()
    row = places.index.get_indexer(wanted)
    dx, dy = (moved[axis].to_numpy() - places[axis].to_numpy()[row] for axis in "xy")
    return pd.DataFrame(
        {
            "cell": moved["cell"].to_numpy(),
            "point": moved["point"].to_numpy(),
            "distance": np.sqrt(dx * dx + dy * dy),
        }
    )


def answers(masks: pd.DataFrame, distances: pd.DataFrame, cells: pd.DataFrame) -> Answers:
    mask = cells["expression"].astype(str) + cells["supervised"].map({False: "-00", True: "-01"})
    label = pd.Series(pd.Categorical(mask).codes.astype(np.int64), index=cells.index)
    keyed = label.reindex(distances["cell"]).to_numpy() * POINTS + distances["point"].to_numpy()
    averages = distances["distance"].groupby(keyed).agg(["mean", "std"])
    averages["mask"], averages["point"] = averages.index // POINTS, averages.index % POINTS
    mean = averages.groupby("mask")["mean"].transform("mean")
    above = (averages["mean"] > mean).groupby(averages["point"]).all()
    pav = above.index[above].to_numpy()
    chosen = distances[distances["point"].isin(pav)]
    pav_means = chosen.groupby("cell")["distance"].mean()
    neutral = cells.loc[cells["expression"] == "00", "supervised"]
    faces = masks[masks["cell"].isin(neutral.index) & masks["point"].isin(pav)]
    each = faces.groupby([neutral.reindex(faces["cell"]).to_numpy(), "point"])[["x", "y"]].mean()
    places = each.groupby(level="point").mean()
    group = pd.Series(groups_of(places.to_numpy()), index=places.index)
    keys = [chosen["cell"], group.reindex(chosen["point"]).to_numpy()]
    return Answers(
        averages=averages["mean"].to_numpy(),
        spreads=averages["std"].to_numpy(),
        pav=pav,
        pav_means=pav_means.to_numpy(),
        group_means=chosen["distance"].groupby(keys).mean().to_numpy(),
    )
