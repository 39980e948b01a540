"""What a build reads from outside, as `source_…` relations: the lake's files, settings, muscles."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from lakehouse.errors import SettingsError
from lakehouse.files.listing import present
from lakehouse.inputs.muscle_file import MUSCLES, muscles_file, read_muscles
from lakehouse.inputs.shown import short_text
from lakehouse.lake.multiverse import RESULTS, has_results, results_file
from lakehouse.lake.parts import part_names
from lakehouse.lake.schemas import (
    BLENDSHAPES,
    COVARIATES,
    EVENTS,
    FRAME_BLENDSHAPES,
    FRAME_LANDMARKS,
    FRAMES,
    LANDMARKS,
    PHOTOS,
    SCORES,
    VIDEOS,
)
from lakehouse.lake.video_parts import video_part_names
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.in_sql import sql_settings
from lakehouse.settings.instrument_names import INSTRUMENT_ALIASES
from lakehouse.warehouse.models import load_models
from lakehouse.warehouse.sql_text import file_literal

_EXPRESSIONS = pa.schema([("expression", pa.string()), ("code", pa.string())])
_INSTRUMENTS = pa.schema(
    [
        ("instrument", pa.string()),
        ("name", pa.string()),
        ("aliases", pa.string()),
        ("min_score", pa.float64()),
        ("max_score", pa.float64()),
        ("reliability", pa.float64()),
        ("is_primary", pa.bool_()),
    ]
)
_MEASURES = pa.schema(
    [
        ("measure", pa.string()),
        ("kind", pa.string()),
        ("place", pa.int32()),
        ("muscle", pa.string()),
        ("label_en", pa.string()),
        ("label_pt", pa.string()),
    ]
)
_MEASURE_PARTS = pa.schema(
    [
        ("measure", pa.string()),
        ("part", pa.string()),
        ("place", pa.int32()),
        ("a", pa.int16()),
        ("b", pa.int16()),
        ("c", pa.int16()),
    ]
)
COVARIATES_HELD = "select distinct covariate from source_covariates order by covariate"
"""Asks which covariates the lake has."""

_ARROW_TYPES = {bool: pa.bool_(), int: pa.int32(), float: pa.float64(), str: pa.string()}


def register_lake(
    connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, without: Collection[str] = ()
) -> None:
    """Make the lake's files readable as `source_photos`, `source_landmarks` and so on.

    Parameters
    ----------
    paths : WarehousePaths
        By a plain name. A part counts once its photos file is there; files of an unfinished write
        are not read.
    without : collection of str
        Parts and files of tables to pass over.
    """
    parts = [part for part in part_names(paths) if part not in without]
    for name, folder, schema in (
        ("source_photos", paths.photos, PHOTOS),
        ("source_landmarks", paths.landmarks, LANDMARKS),
        ("source_blendshapes", paths.blendshapes, BLENDSHAPES),
    ):
        _register(connection, name, [folder / part for part in parts], schema)
    video_parts = [part for part in video_part_names(paths) if part not in without]
    for name, folder, schema in (
        ("source_videos", paths.videos, VIDEOS),
        ("source_frames", paths.frames, FRAMES),
        ("source_frame_landmarks", paths.frame_landmarks, FRAME_LANDMARKS),
        ("source_frame_blendshapes", paths.frame_blendshapes, FRAME_BLENDSHAPES),
    ):
        _register(connection, name, [folder / part for part in video_parts], schema)
    for name, schema in RESULTS.items():
        _register(connection, f"source_{name}", [], schema)
    for name, file, schema in (
        ("source_scores", paths.scores, SCORES),
        ("source_covariates", paths.covariates, COVARIATES),
        ("source_events", paths.events, EVENTS),
    ):
        there = file.name not in without and present(file)
        _register(connection, name, [file] if there else [], schema)


def register_multiverse(
    connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, key: str
) -> None:
    """Make what `multiverse` found with these settings readable, in the place of nothing.

    Parameters
    ----------
    paths : WarehousePaths
        By a plain name.
    key : str
        As `multiverse_key` gives it.
    """
    if not has_results(paths, key):
        return
    for name, schema in RESULTS.items():
        connection.unregister(f"source_{name}")
        _register(connection, f"source_{name}", [results_file(paths, key, name)], schema)


def register_settings(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make settings readable: `source_settings`, and a relation for each table of them.

    Raises
    ------
    SettingsError
        If permutations are to keep to a covariate that is not in the lake.
    """
    if settings.statistics.blocks is not None:
        require_blocks(
            settings, [name for (name,) in connection.execute(COVARIATES_HELD).fetchall()]
        )
    for name, table in settings_tables(settings).items():
        connection.register(name, table)


def settings_tables(settings: Settings) -> dict[str, pa.Table]:
    """Write settings as tables.

    Returns
    -------
    dict of str to pyarrow.Table
        `source_settings`, of one row, and a table for each table of them, by name.
    """
    used = sql_settings(Settings)
    row = {setting.name: setting.value(settings) for setting in used}
    schema = pa.schema([(setting.name, _ARROW_TYPES[setting.kind]) for setting in used])
    expressions = [
        {"expression": name, "code": code} for name, code in settings.expression_codes().items()
    ]
    primary = settings.statistics.primary.instruments
    instruments = [
        {
            "instrument": key,
            "name": kind.name,
            "aliases": " ".join(INSTRUMENT_ALIASES.get(key, ())) or None,
            "min_score": kind.min,
            "max_score": kind.max,
            "reliability": kind.reliability,
            "is_primary": not primary or key in primary,
        }
        for key, kind in settings.instruments.items()
    ]
    measures, parts = _measures(settings)
    return {
        "source_settings": pa.Table.from_pylist([row], schema=schema),
        "source_expressions": pa.Table.from_pylist(expressions, schema=_EXPRESSIONS),
        "source_instruments": pa.Table.from_pylist(instruments, schema=_INSTRUMENTS),
        "source_measures": measures,
        "source_measure_parts": parts,
    }


def require_blocks(settings: Settings, known: Sequence[str]) -> None:
    """Refuse permutations that are to keep to a covariate which is not in the lake.

    Parameters
    ----------
    known : sequence of str
        The lake's covariates, sorted.

    Raises
    ------
    SettingsError
        If it is none of them.
    """
    blocks = settings.statistics.blocks
    if blocks is not None and blocks not in known:
        raise SettingsError(
            f"there is no covariate {blocks}",
            where="lakehouse.toml, statistics.blocks",
            fix=f"known are {', '.join(known)}" if known else "see `lakehouse covariates`",
        )


def _measures(settings: Settings) -> tuple[pa.Table, pa.Table]:
    measures, parts = [], []
    for place, (name, measure) in enumerate(settings.measures.items()):
        row = {"measure": name, "kind": measure.kind, "place": place, "muscle": measure.muscle}
        measures.append(row | {"label_en": measure.label_en, "label_pt": measure.label_pt})
        for number, (part, points) in enumerate(measure.parts):
            named = dict(zip("abc", points, strict=False))
            parts.append({"measure": name, "part": part, "place": number, **named})
    return (
        pa.Table.from_pylist(measures, schema=_MEASURES),
        pa.Table.from_pylist(parts, schema=_MEASURE_PARTS),
    )


def register_muscles(
    connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, settings: Settings
) -> None:
    """Make the user's own muscles readable as `source_muscles`, which is empty without a file.

    Raises
    ------
    InputError, SettingsError
        As `muscles_table` does.
    """
    connection.register("source_muscles", muscles_table(paths, settings))


def muscles_table(paths: WarehousePaths, settings: Settings) -> pa.Table:
    """Read the user's own muscles.

    Returns
    -------
    pyarrow.Table
        Without rows where the settings name no file.

    Raises
    ------
    InputError
        If the file that the settings name cannot be read or is wrong.
    SettingsError
        If a measure is of a muscle that the file does not have, or of a difference of sides where
        all points lie on one.
    """
    file = muscles_file(paths, settings)
    rows, sides = MUSCLES.empty_table(), {}
    if file is not None or settings.measures:
        [mirror] = [model for model in load_models() if model.name == "mirror_points"]
        with duckdb.connect() as connection:
            found = connection.execute(f"select point, side from ({mirror.query})").fetchall()  # noqa: S608
        sides = dict(found)
    if file is not None:
        rows = read_muscles(file, sides)
    _require_points_of_measures(settings, rows, sides)
    return rows


def _require_points_of_measures(
    settings: Settings, muscles: pa.Table, sides: Mapping[int, str]
) -> None:
    """Refuse measures without points, which only muscles and the mesh tell."""
    of_muscles: dict[str, set[str]] = {}
    for row in muscles.to_pylist():
        of_muscles.setdefault(row["muscle"], set()).add(row["side"])
    for name, measure in settings.measures.items():
        where = f"lakehouse.toml, [measures.{name}]"
        lie_on = {sides[point] for _, points in measure.parts for point in points}
        if measure.muscle is not None:
            # The settings know the muscles of the atlas, each of which is on both sides.
            known = of_muscles if settings.muscles.file else {measure.muscle: {"left", "right"}}
            if measure.muscle not in known:
                raise SettingsError(
                    f"there is no muscle {short_text(measure.muscle)} in {settings.muscles.file}",
                    where=where,
                    fix=f"known are {', '.join(sorted(known))}",
                )
            lie_on = known[measure.muscle]
            needed = {"left", "right"}
        else:
            # Of points that are given, the mirror images count too.
            needed = lie_on & {"left", "right"} or {"left"}
        if measure.kind == "side_difference" and not needed <= lie_on:
            raise SettingsError(
                "a difference of sides needs points on both, and these lie on "
                f"{' and '.join(sorted(lie_on))}",
                where=where,
                fix="the relation points says where each point lies",
            )


def _register(
    connection: duckdb.DuckDBPyConnection, name: str, files: list[Path], schema: pa.Schema
) -> None:
    if files:
        listed = ", ".join(map(file_literal, files))
        # Folders' names are no columns, whatever they look like.
        whole = f"read_parquet([{listed}], hive_partitioning = false)"
        connection.execute(f"create temp view {name} as select * from {whole}")  # noqa: S608
    else:
        connection.register(name, schema.empty_table())
