"""`lakehouse spark build`."""

from dataclasses import asdict
from typing import Annotated

import typer

from lakehouse.spark.build import Cluster, build_on_spark
from lakehouse.spark.choices import Finish
from lakehouse.spark.sources import Place
from lakehouse.warehouse.build import BuiltModel, Listeners
from lakehouse.warehouse.models import Extra

from .build import say_model, tell_of_staging
from .options import AsJson, foreign, settings, warehouse
from .output import say, say_json
from .progress import StepProgress
from .spark_options import Conf, Master, config


def build(
    context: typer.Context,
    master: Master = "local[*]",
    lake: Annotated[
        str | None,
        typer.Option(
            help="The lake's folder as the cluster names it: a path on a shared disk, or a URI. "
            "Default: the warehouse's."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            help="Folder for the relations as Parquet, replaced whole; a URI that only the "
            "cluster reads must be new. Default: spark in the warehouse's folder."
        ),
    ] = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Also make the relations pair_….")] = False,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Also make what `lakehouse build --statistics` does."),
    ] = False,
    ending: Annotated[
        Finish,
        typer.Option(
            "--finish",
            help="duckdb: the cluster makes what grows with people and points, DuckDB the rest "
            "and lakehouse.duckdb. none: the cluster makes every relation, as Parquet only.",
        ),
    ] = Finish.DUCKDB,
    conf: Conf = None,
    as_json: AsJson = False,
) -> None:
    """Build the relations on a cluster, by the same SQL and steps.

    Example:

        lakehouse spark build

        lakehouse spark build --master "local[2]" --pairs --finish none
    """
    paths = warehouse(context)
    place = Place(str(paths.spark) if out is None else out)
    if out is not None:
        foreign(context, place.path)
    asked = {Extra.PAIRS: pairs, Extra.STATISTICS: statistics}
    cluster = Cluster(master, Place(str(paths.lake) if lake is None else lake), place, config(conf))
    with StepProgress(quiet=as_json) as steps:

        def on_model(model: BuiltModel) -> None:
            steps.end()
            if not as_json:
                say_model(model)

        result = build_on_spark(
            paths,
            settings(context),
            cluster,
            extras=[extra for extra, wanted in asked.items() if wanted],
            ending=ending,
            listeners=Listeners(on_model, steps.report),
        )
    tell_of_staging(paths)
    if as_json:
        say_json(asdict(result))
        return
    for note in result.notes:
        say(f"note: {note}")
    say(f"built {len(result.models)} relations in {result.seconds:.1f} s")
    if ending is Finish.NONE:
        say(f"they are in {place.name}")
