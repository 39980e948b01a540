"""Building the warehouse from nothing, beside the old one, and swapping it in."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter

import duckdb
import polars as pl
import pyarrow as pa

from lakehouse.errors import BuildError
from lakehouse.files.folders import make_private
from lakehouse.files.links import openable_folder, plain_name, with_first_names
from lakehouse.files.replace import put
from lakehouse.files.scratch import scratch
from lakehouse.files.sweep import remove
from lakehouse.lake.inspection import inspect, words_on_unsealed
from lakehouse.lake.lock import build_lock
from lakehouse.lake.verification import record_verification
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.steps.registry import load_step
from lakehouse.system.endings import undisturbed
from lakehouse.system.memory import physical_bytes
from lakehouse.warehouse.batches import create_in_batches, fetch_in_batches
from lakehouse.warehouse.connection import require_no_writer
from lakehouse.warehouse.macros import make_macros
from lakehouse.warehouse.making.empty import ANY_VIDEO, create_empty
from lakehouse.warehouse.making.pivots import labelled, spread
from lakehouse.warehouse.models import INTERNAL, Extra, Model, load_models
from lakehouse.warehouse.notes import build_notes, column_comment, left_out, table_comment
from lakehouse.warehouse.own.own_file import (
    OwnStatement,
    make_own,
    read_own,
    require_own_stays,
)
from lakehouse.warehouse.provenance import (
    Provenance,
    current_provenance,
    held_rows,
    recorded_provenance,
)
from lakehouse.warehouse.sources import (
    register_lake,
    register_multiverse,
    register_muscles,
    register_settings,
)
from lakehouse.warehouse.sql_text import file_literal, quoted, quoted_relation, text_literal

STORAGE_VERSION = "v1.2.0"
"""The oldest client that must be able to open the file; R and DBeaver lag behind the engine."""

MEMORY_LIMIT = 1024**3
"""Bytes that the engine takes at most, on machines with twice as much or more."""

_CATALOG = "lakehouse"

_SETTINGS = (
    # Coordinates are noise to the last bit: packing them takes a fifth of a build's time and
    # saves a sixth of their space.
    "disabled_compression_methods = 'alp,alprd,chimp,patas'",
    # Batches open the same files again and again.
    "parquet_metadata_cache = true",
    # Of tables that are not committed the engine takes keys for repeated, and would sum up what
    # has a row for each before it joins: three times the time, and more memory than there is.
    "disabled_optimizers = 'partial_aggregate_pushdown'",
)


@dataclass(frozen=True)
class BuiltModel:
    """One relation of a build.

    Parameters
    ----------
    name : str
        Of the relation.
    kind : str
        "table" or "view".
    rows : int or None
        None for views: counting theirs would be to compute what nobody has asked for.
    seconds : float
        Wall time, for a step including its Python part.
    """

    name: str
    kind: str
    rows: int | None
    seconds: float


@dataclass(frozen=True)
class BuildResult:
    """What a build did.

    Parameters
    ----------
    models : tuple of BuiltModel
        Empty where nothing was to do.
    seconds : float
        Wall time of the whole build.
    up_to_date : bool
        True where lake, SQL and settings are those of the present database.
    notes : tuple of str
        What the user should know about the result.
    """

    models: tuple[BuiltModel, ...]
    seconds: float
    up_to_date: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Elsewhere:
    """Relations that another engine has made.

    Parameters
    ----------
    provenance : Provenance
        What they were made from.
    folders : dict of str to Path
        Of Parquet files, by relation.
    seconds : float
        Wall time that it took.
    """

    provenance: Provenance
    folders: Mapping[str, Path]
    seconds: float


@dataclass(frozen=True)
class _Source:
    """What a database is built from.

    The engine knows the warehouse by its plain name. It may be one that was emptied. Whether there
    are videos, only the engine knows.
    """

    paths: WarehousePaths
    plain: WarehousePaths
    settings: Settings
    provenance: Provenance
    own: tuple[OwnStatement, ...]
    emptied: bool
    made: Elsewhere | None = None
    videos: bool = True


@dataclass(frozen=True)
class Listeners:
    """Who is told how a build comes along, as `build` says."""

    on_model: Callable[[BuiltModel], None] | None = None
    on_step: Callable[[str, int, int], None] | None = None


def build(
    paths: WarehousePaths,
    settings: Settings,
    *,
    extras: Collection[Extra] = (),
    force: bool = False,
    on_model: Callable[[BuiltModel], None] | None = None,
    on_step: Callable[[str, int, int], None] | None = None,
) -> BuildResult:
    """Build the database from the lake, the SQL models and the settings.

    It is made in a temporary file beside the old one and renamed over it, so that an open
    reader keeps what it has and nobody ever sees half a build.

    Parameters
    ----------
    extras : collection of Extra
        To be made besides the models that belong to no extra.
    force : bool
        Build even where nothing has changed, or where the lake no longer holds what the present
        database took from it.
    on_model : callable, optional
        Called with each relation as it is made.
    on_step : callable, optional
        Called during long steps with the relation's name, what is done and what there is to do.

    Raises
    ------
    BuildError
        If a model, a step or a statement of `own.sql` fails, or the new database would have no
        photographs, scores or covariates although the old one has, or not what somebody made in
        its schema `own`; the old database stays.
    InputError
        If the user's file of muscles is refused; the old database stays.
    LakeError
        If another build is under way, or a file of the lake is damaged.
    QueryError
        If another program has the old database open for writing.
    """
    started = perf_counter()
    make_private(paths.root)
    with build_lock(paths):
        inspection = inspect(paths)
        record_verification(paths, inspection)
        inspection.require_sound(paths)
        own = read_own(paths)
        provenance = current_provenance(paths, settings, inspection.digest, extras)
        recorded = recorded_provenance(paths)
        if not force and recorded is not None and provenance.satisfied_by(recorded):
            return BuildResult((), perf_counter() - started, up_to_date=True)
        require_no_writer(paths)
        if not force:
            require_own_stays(paths)
        with plain_name(paths.root) as root:
            plain = WarehousePaths(root)
            source = _Source(paths, plain, settings, provenance, own, emptied=force)
            built, notes = _swapped_in(source, Listeners(on_model, on_step))
    notes += left_out(provenance, recorded)
    if unsealed := words_on_unsealed(inspection):
        notes += (unsealed,)
    return BuildResult(tuple(built), perf_counter() - started, notes=notes)


def finish(
    paths: WarehousePaths,
    settings: Settings,
    made: Elsewhere,
    listeners: Listeners,
) -> BuildResult:
    """Build the database around relations that another engine has made.

    Only for who holds the build's lock.

    Raises
    ------
    BuildError, InputError, QueryError
        As `build` does; also if the lake is no longer what those relations were made from.
    LakeError
        If a file of the lake is damaged.
    """
    started = perf_counter()
    inspection = inspect(paths)
    inspection.require_sound(paths)
    if inspection.digest != made.provenance.lake_digest:
        raise BuildError("has changed meanwhile", where=str(paths.lake), fix="build again")
    own, recorded = read_own(paths), recorded_provenance(paths)
    require_no_writer(paths)
    require_own_stays(paths)
    with plain_name(paths.root) as root:
        source = _Source(
            *(paths, WarehousePaths(root), settings, made.provenance, own),
            emptied=False,
            made=made,
        )
        built, notes = _swapped_in(source, listeners)
    notes += left_out(made.provenance, recorded)
    return BuildResult(tuple(built), perf_counter() - started, notes=notes)


def _swapped_in(source: _Source, listeners: Listeners) -> tuple[list[BuiltModel], tuple[str, ...]]:
    """Make the database in a temporary file and rename it over the old one."""
    paths = source.paths
    # The engine lets everybody read the files that it makes; the folders do not.
    with scratch(paths.database, paths.spill, error_class=BuildError) as folders:
        home, spill = folders
        with (
            openable_folder(home, BuildError) as near,
            openable_folder(spill, BuildError) as near_spill,
        ):
            built, notes = _built(near / paths.database.name, near_spill, source, listeners)
        require_no_writer(paths)
        with undisturbed():
            # What a client wrote and did not merge belongs to the old file, not to this one.
            remove(paths.database.with_name(paths.database.name + ".wal"), BuildError)
            put(home / paths.database.name, paths.database, BuildError)
    return built, notes


def _require_rows_stay(connection: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> None:
    """Refuse to put an empty relation in the place of one that only the lake could fill again."""
    for name, rows in held_rows(paths).items():
        if rows and not _count(connection, f"source_{name}"):
            raise BuildError(
                f"has {rows:,} rows in {name}, and the lake now holds none",
                where=str(paths.database),
                fix="it stays; put the lake's files back, or build with --force",
            )


def _built(
    file: Path, spill: Path, source: _Source, listeners: Listeners
) -> tuple[list[BuiltModel], tuple[str, ...]]:
    paths, settings, provenance = source.paths, source.settings, source.provenance
    on_model, on_step = listeners.on_model, listeners.on_step
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(spill),
        # Rows have keys; the order they lie in means nothing, and keeping it costs memory.
        "preserve_insertion_order": False,
        "memory_limit": f"{_memory_limit()}B",
    }
    started = perf_counter()
    with duckdb.connect(config=config) as connection:
        try:
            for setting in _SETTINGS:
                connection.execute(f"set {setting}")
            connection.execute(
                f"attach {text_literal(str(file))} as {_CATALOG} "
                f"(storage_version '{STORAGE_VERSION}')"
            )
            register_lake(connection, source.plain)
            if not source.emptied:
                _require_rows_stay(connection, paths)
            source = replace(source, videos=bool(connection.execute(ANY_VIDEO).fetchall()))
            register_multiverse(connection, source.plain, provenance.multiverse_key)
            register_settings(connection, settings)
            register_muscles(connection, paths, settings)
            _register_provenance(connection, provenance)
            connection.execute(f"use {_CATALOG}")
            # One transaction: committed table by table, each commit would wait for the disk.
            connection.execute("begin")
            connection.execute(f"create schema {INTERNAL}")
            built = []
            for model in load_models():
                if model.header.extra not in (None, *provenance.extra_names):
                    continue
                report = partial(on_step, model.relation) if on_step else unheard
                made = _made(connection, model, source, report)
                built.append(made)
                if on_model is not None:
                    on_model(made)
            make_macros(connection)
            make_own(connection, paths, source.own)
            rows = {model.name: model.rows for model in built if model.rows is not None}
            notes = build_notes(connection, rows, settings)
            seconds = perf_counter() - started + (source.made.seconds if source.made else 0.0)
            connection.execute("update build_info set seconds = ?", [seconds])
            connection.execute("commit")
            connection.execute(f"checkpoint {_CATALOG}")
        except (duckdb.Error, OSError) as error:
            raise BuildError(
                with_first_names(str(error).splitlines()[0]),
                where=str(paths.database),
                fix="the previous database, if any, is unchanged",
            ) from error
    return built, notes


def _memory_limit() -> int:
    """Give the bytes that the engine may use: little, for what is more goes to the disk."""
    return min(MEMORY_LIMIT, physical_bytes() // 2)


def _register_provenance(connection: duckdb.DuckDBPyConnection, provenance: Provenance) -> None:
    schema = pa.schema([(name, pa.string()) for name in vars(provenance)])
    table = pa.Table.from_pylist([vars(provenance)], schema=schema)
    connection.register("source_provenance", table)
    connection.execute(
        "create temp view source_build_info as "
        "select *, cast(null as double) as seconds from source_provenance"
    )


def _made(
    connection: duckdb.DuckDBPyConnection, model: Model, source: _Source, report: Report
) -> BuiltModel:
    started, settings = perf_counter(), source.settings
    try:
        if source.made is not None and model.relation in source.made.folders:
            _take_over(connection, model, source.made.folders[model.relation])
        elif model.header.videos and not source.videos:
            create_empty(connection, model)
        else:
            _create(connection, model, settings, report)
    # A step may fail in ways of its own; whichever it is, the user must learn which model it was.
    except Exception as error:
        raise BuildError(
            with_first_names(str(error))
            if isinstance(error, duckdb.Error)
            else f"{type(error).__name__}: {error}",
            where=f"{model.folder}/{model.name}.sql",
            fix="the previous database, if any, is unchanged",
        ) from error
    seconds = perf_counter() - started
    _comment(connection, model, settings)
    rows = _count(connection, model.relation) if model.header.materialized == "table" else None
    return BuiltModel(model.relation, model.header.materialized, rows, seconds)


def _create(
    connection: duckdb.DuckDBPyConnection, model: Model, settings: Settings, report: Report
) -> None:
    header, name = model.header, quoted_relation(model.relation)
    if header.step is not None and header.batch is not None:
        frames = fetch_in_batches(connection, model.query, header.batch, _CATALOG)
        step = load_step(model.folder, header.step)
        _store(connection, name, step(frames, settings, report))
    elif header.step is not None:
        step = load_step(model.folder, header.step)
        _store(connection, name, [step(connection.sql(model.query).pl(), settings, report)])
    elif header.pivot is not None:
        spread(connection, model, header.pivot)
    elif header.batch is not None:
        create_in_batches(connection, model.relation, model.query, header.batch, _CATALOG)
    else:
        connection.execute(f"create {header.materialized} {name} as {model.query}")


def _take_over(connection: duckdb.DuckDBPyConnection, model: Model, folder: Path) -> None:
    """Make a table of what another engine has written."""
    files = ", ".join(map(file_literal, sorted(folder.glob("*.parquet"))))
    rows = f"read_parquet([{files}], hive_partitioning = false)"
    connection.execute(f"create table {quoted_relation(model.relation)} as select * from {rows}")  # noqa: S608


def _store(
    connection: duckdb.DuckDBPyConnection, name: str, results: Iterable[pl.DataFrame]
) -> None:
    opening = f"create table {name} as"
    for result in results:
        connection.register("step_result", result.to_arrow())
        connection.execute(f"{opening} select * from step_result")  # noqa: S608
        connection.unregister("step_result")
        opening = f"insert into {name}"


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    # All rows are fetched, because the engine refuses work while a result is unfinished.
    [(rows,)] = connection.execute(f"select count(*) from {quoted_relation(name)}").fetchall()  # noqa: S608
    return int(rows)


def _comment(connection: duckdb.DuckDBPyConnection, model: Model, settings: Settings) -> None:
    model = labelled(connection, model)
    name, kind = quoted_relation(model.relation), model.header.materialized
    comment = text_literal(table_comment(model, settings))
    connection.execute(f"comment on {kind} {name} is {comment}")
    for column, *_ in connection.execute(f"describe {name}").fetchall():
        comment = text_literal(column_comment(model, column, settings))
        connection.execute(f"comment on column {name}.{quoted(column)} is {comment}")
