"""Building the relations on a cluster, as Parquet, and the database around them."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from lakehouse.errors import BuildError, UsageError
from lakehouse.files.exchange import beside, exchanged
from lakehouse.files.folders import make_private
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import build_lock
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.spark.carry import view_name
from lakehouse.spark.choices import Finish
from lakehouse.spark.frames import empty_frame, require_file
from lakehouse.spark.relations import relation
from lakehouse.spark.session import spark_session
from lakehouse.spark.share import clusters_share
from lakehouse.spark.sources import Place, lake_parts, register_sources
from lakehouse.statistics.resampling import unheard
from lakehouse.warehouse.build import BuildResult, BuiltModel, Elsewhere, Listeners, finish
from lakehouse.warehouse.making.empty import ANY_VIDEO, types_of_videos
from lakehouse.warehouse.models import Extra, Model, load_models
from lakehouse.warehouse.provenance import DUCKDB, Provenance, current_provenance

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_RECORD = "build_info"
"""Written last: who finds it finds all the others."""


@dataclass(frozen=True)
class Cluster:
    """Where a build runs and what it reads and writes.

    Parameters
    ----------
    master : str
        As `spark_session` takes it.
    lake, out : Place
        As the cluster names them.
    config : dict of str to str
        Spark's own settings.
    """

    master: str
    lake: Place
    out: Place
    config: dict[str, str]


@dataclass(frozen=True)
class _Work:
    spark: "SparkSession"
    settings: Settings
    listeners: Listeners
    videos: bool


def build_on_spark(
    paths: WarehousePaths,
    settings: Settings,
    cluster: Cluster,
    *,
    extras: Collection[Extra] = (),
    ending: Finish = Finish.DUCKDB,
    listeners: Listeners = Listeners(),
) -> BuildResult:
    """Build the relations from a lake on a cluster.

    They are written into a new folder that takes the old one's place once it is whole. Where only
    the cluster can read it, there must be none yet, and `build_info` is written last.

    Parameters
    ----------
    paths : WarehousePaths
        Of the warehouse that has the settings, and will have the database.
    extras : collection of Extra
        To be made besides the models that belong to no extra.
    ending : Finish
        DUCKDB where the cluster makes what grows with people and points, and DuckDB the rest and
        a database of all; NONE where the cluster makes every relation, and nothing else is made.

    Raises
    ------
    BuildError
        If a model or a step fails, or something lies where the relations would be written; what
        was there before stays.
    EngineError
        If Spark is missing, or the cluster cannot be reached or read the lake.
    InputError
        If the user's file of muscles is refused.
    LakeError
        If another build is under way, or a file of the lake is damaged.
    UsageError
        If a database is wanted of relations, or of a lake, that only the cluster can read.
    """
    started = perf_counter()
    _require_readable(paths, cluster, ending)
    make_private(paths.root)
    with build_lock(paths), spark_session(cluster.master, cluster.config) as spark:
        provenance = replace(
            current_provenance(paths, settings, _digest(spark, cluster.lake), extras),
            engine=f"spark {spark.version}" + (f", {DUCKDB}" if ending is Finish.DUCKDB else ""),
        )
        with _taking_place(cluster.out) as new:
            register_sources(spark, cluster.lake, paths, settings, provenance)
            work = _Work(spark, settings, listeners, bool(spark.sql(ANY_VIDEO).collect()))
            wanted = _wanted(provenance, ending)
            built = [_made(work, model, new, ending) for model in wanted]
            if ending is Finish.NONE:
                built.append(_record(work, new, perf_counter() - started))
        seconds = perf_counter() - started
        if ending is Finish.NONE:
            return BuildResult(tuple(built), seconds)
        assert cluster.out.path is not None  # noqa: S101 - as was required
        folders = {
            made.name: folder_of(cluster.out.path, made.name)
            for made in built
            if made.kind == "table"
        }
        result = finish(paths, settings, Elsewhere(provenance, folders, seconds), listeners)
    return replace(result, seconds=perf_counter() - started)


def folder_of(out: Path, relation: str) -> Path:
    """Name the folder of a relation's Parquet files.

    Parameters
    ----------
    relation : str
        With its schema, unless that is `main`.
    """
    return out.joinpath(*_names(relation))


def _names(relation: str) -> list[str]:
    return relation.split(".")


def _require_readable(paths: WarehousePaths, cluster: Cluster, ending: Finish) -> None:
    lake = cluster.lake.path
    if lake is not None and lake.name != paths.lake.name:
        raise UsageError("is no lake", where=str(lake), fix="name the folder `lake` of a warehouse")
    if ending is Finish.NONE:
        return
    if cluster.out.path is None:
        raise UsageError(
            "is not read by this machine",
            where=cluster.out.name,
            fix="give --finish none, or an --out on a disk that machine and cluster share",
        )
    if lake is None or lake.resolve() != paths.lake.resolve():
        raise UsageError(
            f"is not the lake of {paths.root}",
            where=cluster.lake.name,
            fix="give --finish none, or name the lake's warehouse with --warehouse",
        )


def _digest(spark: "SparkSession", lake: Place) -> str:
    """Tell a lake apart; of one that this machine does not read, by the names of its parts."""
    if lake.path is None:
        names = "\n".join(lake_parts(spark, lake))
        return hashlib.sha256(names.encode()).hexdigest()
    local = WarehousePaths(lake.path.parent)
    inspection = inspect(local)
    inspection.require_sound(local)
    return inspection.digest


def _taking_place(out: Place) -> AbstractContextManager[Place]:
    return nullcontext(out) if out.path is None else _exchanged(out.path)


@contextmanager
def _exchanged(folder: Path) -> Iterator[Place]:
    make_private(folder)
    new = beside(folder)
    with exchanged(folder, new):
        yield Place(str(new))


def _wanted(provenance: Provenance, ending: Finish) -> Sequence[Model]:
    models = [
        model for model in load_models() if model.header.extra in (None, *provenance.extra_names)
    ]
    if ending is Finish.DUCKDB:
        return clusters_share(models)
    return [model for model in models if model.name != _RECORD]


def _made(work: _Work, model: Model, out: Place, ending: Finish) -> BuiltModel:
    """Make a relation, and a view of its name for those that read it."""
    started = perf_counter()
    on_model, on_step = work.listeners.on_model, work.listeners.on_step
    report = partial(on_step, model.relation) if on_step else unheard
    is_empty = model.header.videos and not work.videos
    # DuckDB makes tables without rows itself.
    is_view = ending is Finish.DUCKDB and (is_empty or model.header.materialized == "view")
    try:
        if is_empty:
            rows = empty_frame(work.spark, types_of_videos()[model.relation])
        else:
            rows = relation(work.spark, model, work.settings, report)
        if not is_view:
            folder = out.below(*_names(model.relation))
            rows.write.parquet(folder)
            if out.path is not None:
                require_file(rows, folder_of(out.path, model.relation))
            rows = work.spark.read.schema(rows.schema).parquet(folder)
        rows.createOrReplaceTempView(view_name(model.relation))
    # A step may fail in ways of its own; whichever it is, the user must learn which model it was.
    except Exception as error:
        raise BuildError(
            _said(error),
            where=f"{model.folder}/{model.name}.sql",
            fix="what was there before is unchanged",
        ) from error
    kind = "view" if is_view else "table"
    built = BuiltModel(model.relation, kind, None, perf_counter() - started)
    if on_model is not None:
        on_model(built)
    return built


def _record(work: _Work, out: Place, seconds: float) -> BuiltModel:
    from pyspark.sql import functions

    [model] = [model for model in load_models() if model.name == _RECORD]
    source = work.spark.table(f"source_{_RECORD}")
    source = source.withColumn("seconds", functions.lit(seconds))
    source.createOrReplaceTempView(f"source_{_RECORD}")
    return _made(work, model, out, Finish.NONE)


def _said(error: Exception) -> str:
    """Give the line of an error that says what happened."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    # What a worker's Python raised stands below its traceback.
    of_worker = any(line.startswith("Traceback") for line in lines)
    return lines[-1] if of_worker else lines[0]
