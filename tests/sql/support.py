"""Running one model on literal rows, and a small lake to build whole warehouses from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from lakehouse.files.parquet import write_parquet
from lakehouse.lake.multiverse import RESULTS
from lakehouse.lake.schemas import BLENDSHAPES, LANDMARKS, PHOTOS, SCORES
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.in_sql import sql_settings
from lakehouse.warehouse.models import load_models, relations_read
from lakehouse.warehouse.sources import register_lake, register_muscles, register_settings
from tests.blendshapes import units_of_blendshapes

Row = dict[str, Any]
Types = Mapping[str, Mapping[str, str]]
RunModel = Callable[..., list[tuple[Any, ...]]]

STUDY_SETTINGS: Row = {
    setting.name: setting.value(Settings()) for setting in sql_settings(Settings)
}


def table(columns: str, *rows: tuple[Any, ...]) -> list[Row]:
    """Write rows compactly: the columns' names, separated by blanks, then the values."""
    return [dict(zip(columns.split(), row, strict=True)) for row in rows]


def photographed(points: Sequence[Row]) -> dict[str, list[Row]]:
    """Give landmarks keyed by photo_index as the tables that models read them from."""
    photos = [{"photo_index": photo} | key for photo, key in _keys(points).items()]
    return {"photos": photos, "photo_points": list(points)}


def in_the_lake_alone(points: Sequence[Row]) -> dict[str, list[Row]]:
    """Give them as where the setting database.landmarks is false: in the lake's files."""
    keys = _keys(points)
    landmarks = [
        keys[row["photo_index"]] | {name: row[name] for name in ("point", "x", "y", "z")}
        for row in points
    ]
    return photographed(points) | {"photo_points": [], "source_landmarks": landmarks}


def _keys(points: Sequence[Row]) -> dict[int, Row]:
    return {
        row["photo_index"]: {
            "participant": f"of photo {row['photo_index']}",
            "expression": "any",
            "supervised": False,
            "photo": "1",
        }
        for row in points
    }


SIMILARITY = "scale scaled_cos scaled_sin offset_x offset_y offset_z"


def alignments(*cells: tuple[int, int], flat: Collection[int] = ()) -> list[Row]:
    """Photographs and their cells, aligned by leaving them as they are; flat ones have no depth."""
    return table(
        f"photo_index cell_index {SIMILARITY}",
        *(
            (photo, cell, 1.0, 1.0, 0.0, 0.0, 0.0, None if photo in flat else 0.0)
            for photo, cell in cells
        ),
    )


def settings_row(**changed: Any) -> list[Row]:
    return [{**STUDY_SETTINGS, **changed}]


def relation_types(database: Path) -> dict[str, dict[str, str]]:
    """Read the type of every column of a warehouse and of what a build reads from outside."""
    types: dict[str, dict[str, str]] = {"source_build_info": {}}
    with duckdb.connect(database, read_only=True) as connection:
        for relation, column, kind in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where not internal order by table_name, column_index"
        ).fetchall():
            types.setdefault(relation, {})[column] = kind
    types["source_build_info"] = types["build_info"]
    with duckdb.connect() as connection:
        nowhere = WarehousePaths(database.parent / "no such folder")
        register_lake(connection, nowhere)
        register_settings(connection, Settings())
        register_muscles(connection, nowhere, Settings())
        for source in (
            *("photos", "landmarks", "blendshapes", "scores", "covariates", *RESULTS),
            *("videos", "frames", "frame_landmarks", "frame_blendshapes", "events"),
        ):
            types[f"source_{source}"] = _described(connection, f"source_{source}")
        for source in (
            *("settings", "expressions", "instruments", "muscles"),
            *("measures", "measure_parts"),
        ):
            types[f"source_{source}"] = _described(connection, f"source_{source}")
    # Formulas are tested more finely than the lake's single precision would let them.
    for source in ("source_landmarks", "source_frame_landmarks"):
        types[source] |= dict.fromkeys("xyz", "DOUBLE")
    types["source_frame_blendshapes"] |= {"score": "DOUBLE"}
    return types


def run_model(
    connection: duckdb.DuckDBPyConnection,
    types: Types,
    name: str,
    columns: str = "*",
    **tables: Sequence[Row],
) -> list[tuple[Any, ...]]:
    """Run a model's query on the tables given, each other table it reads being empty.

    Columns that a table's rows leave out are null; `settings` has the study's values where it is
    not given. The rows come back sorted, and nothing stays in the connection's database.
    """
    query, read = _read(name)
    unread = tables.keys() - read.keys()
    assert not unread, f"{name} does not read {unread}"
    given = {"settings": settings_row(), **tables}
    connection.execute("begin")
    try:
        connection.execute("create schema internal")
        for name, relation in read.items():
            listed = ", ".join(f'"{column}" {kind}' for column, kind in types[name].items())
            connection.execute(f"create table {relation} ({listed})")
            for names, rows in groupby(given.get(name, ()), key=tuple):
                values = [list(row.values()) for row in rows]
                marks = ", ".join([f"({', '.join('?' * len(names))})"] * len(values))
                connection.execute(
                    f"insert into {relation} ({', '.join(names)}) values {marks}",
                    list(chain.from_iterable(values)),
                )
        return connection.execute(f"select {columns} from ({query}) order by all").fetchall()
    finally:
        connection.execute("rollback")


@cache
def _read(name: str) -> tuple[str, dict[str, str]]:
    """Give a model's query, and by their bare names the relations that it reads."""
    [query] = [model.query for model in load_models() if model.name == name]
    with duckdb.connect() as connection:
        relations = relations_read(connection, query)
    return query, {relation.rpartition(".")[2]: relation for relation in relations}


def _described(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    described = connection.execute(f"describe {relation}").fetchall()
    return {column: kind for column, kind, *_ in described}


# A lake that keeps every rule: four included participants, one excluded for a photograph without
# a face, one with scores only, and a photograph of an expression that is not in the list.
INCLUDED = ("001", "002", "003", "004")
EXCLUDED = "005"
SCORES_ONLY = "006"
CELLS = (("neutral", False), ("neutral", True), ("happiness", False), ("surprise", True))
MOVEMENT = {CELLS[0]: 0.0, CELLS[1]: 1.0, CELLS[2]: 8.0, CELLS[3]: 5.0}
MOVING_POINTS = range(200, 260)
ANCHORS = {10: (100.0, 10.0), 152: (100.0, 210.0), 133: (80.0, 70.0), 362: (120.0, 70.0)}


def write_lake(paths: WarehousePaths) -> None:
    """Write the small lake, always the same, as one part."""
    random = np.random.default_rng(5)
    face = random.uniform(20, 200, (478, 3))
    for point, place in ANCHORS.items():
        face[point, :2] = place
    photos: list[Row] = []
    landmarks: list[pa.Table] = []
    for participant in (*INCLUDED, EXCLUDED):
        strength = random.uniform(0.5, 1.5)
        for cell in CELLS:
            moved = face + MOVEMENT[cell] * strength * _movement(random)
            for number in "123":
                key = (participant, *cell, number)
                seen = (participant, number) != (EXCLUDED, "2")
                photos.append(photo_row(key, "ok" if seen else "no_face"))
                if seen:
                    landmarks.append(landmark_rows(key, _photographed(moved, random)))
    unlisted = ("001", "sleepy", False, "1")
    photos.append(photo_row(unlisted, "ok"))
    landmarks.append(landmark_rows(unlisted, _photographed(face, random)))
    first = ("001", *CELLS[0], "1")
    for folder in (paths.photos, paths.landmarks, paths.blendshapes):
        folder.mkdir(parents=True)
    part = "part-000001.parquet"
    write_parquet(pa.Table.from_pylist(photos, schema=PHOTOS), paths.photos / part)
    write_parquet(pa.concat_tables(landmarks), paths.landmarks / part)
    write_parquet(blendshape_rows(first), paths.blendshapes / part)
    write_scores(paths, random.integers(0, 60, (6, 2)).astype(float).tolist())


def write_scores(paths: WarehousePaths, values: list[list[float]]) -> None:
    scores = [
        {
            "participant": participant,
            "instrument": instrument,
            "score": None if (participant, instrument) == ("003", "bai") else score,
        }
        for participant, row in zip((*INCLUDED, EXCLUDED, SCORES_ONLY), values, strict=True)
        for instrument, score in zip(("bai", "dbi"), row, strict=True)
    ]
    write_parquet(pa.Table.from_pylist(scores, schema=SCORES), paths.scores)


def photo_row(key: tuple[str, str, bool, str], status: str) -> Row:
    names = ("participant", "expression", "supervised", "photo")
    found = {"faces": 1, "face_height": 200.0} if status == "ok" else {"faces": 0}
    return {
        **dict.fromkeys(PHOTOS.names),
        **dict(zip(names, key, strict=True)),
        **found,
        "path": "/".join(map(str, key)) + ".jpg",
        "status": status,
        "extractor": "by hand",
        "extracted_at": "2026-01-01T00:00:00+00:00",
    }


def landmark_rows(key: tuple[str, str, bool, str], face: np.ndarray) -> pa.Table:
    keys = [[value] * len(face) for value in key]
    points = np.arange(len(face), dtype=np.int16)
    axes = [face[:, axis].astype(np.float32) for axis in range(3)]
    return pa.table([*keys, points, *axes], schema=LANDMARKS)


def blendshape_rows(key: tuple[str, str, bool, str]) -> pa.Table:
    keys = [[value] * 52 for value in key]
    names = list(units_of_blendshapes())
    scores = np.linspace(0, 1, 52, dtype=np.float32)
    return pa.table([*keys, names, scores], schema=BLENDSHAPES)


def _movement(random: np.random.Generator) -> np.ndarray:
    moved = random.normal(0, 0.02, (478, 3))
    moved[MOVING_POINTS, :2] += (1.0, 0.5)
    moved[list(ANCHORS)] = 0
    return moved


def _photographed(face: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Tilt a face, move it and bring it nearer, as no two photographs are alike."""
    tilt, size = random.uniform(-0.2, 0.2), random.uniform(0.8, 1.3)
    turn = size * np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    placed = face * size
    placed[:, :2] = face[:, :2] @ turn.T + random.uniform(50, 100, 2)
    return placed
