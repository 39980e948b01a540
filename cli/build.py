"""`lakehouse build`."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Annotated

import typer

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import BuildResult, BuiltModel
from lakehouse.warehouse.build import build as build_warehouse
from lakehouse.warehouse.models import Extra

from .options import AsJson, settings, warehouse
from .output import say, say_in_passing, say_json
from .progress import StepProgress


def build(
    context: typer.Context,
    pairs: Annotated[
        bool,
        typer.Option(
            "--pairs",
            help="Make the relations pair_… too: for 300 people some 6 s more, 120 MB of database.",
        ),
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Make the statistics that take longer too.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Build even where nothing has changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Build the database from lake, SQL and settings.

    Example:

        lakehouse build

        lakehouse build --pairs
    """
    asked = {Extra.PAIRS: pairs, Extra.STATISTICS: statistics}
    result = shown_build(
        warehouse(context),
        settings(context),
        extras=[extra for extra, wanted in asked.items() if wanted],
        force=force,
        quiet=as_json,
    )
    if as_json:
        say_json(asdict(result))
        return
    if result.up_to_date:
        say("up to date: lake, SQL and settings are as they were (--force builds anyway)")
        return
    for note in result.notes:
        say(f"note: {note}")
    say(f"built {len(result.models)} relations in {result.seconds:.1f} s")


def shown_build(
    paths: WarehousePaths,
    chosen: Settings,
    *,
    extras: Collection[Extra] = (),
    force: bool = False,
    quiet: bool = False,
) -> BuildResult:
    """Build, and show relations as they are made and how far long steps have come.

    Parameters
    ----------
    paths : WarehousePaths
    chosen : Settings
    extras : collection of Extra
        To be made besides what every build makes.
    force : bool
        Build even where nothing has changed.
    quiet : bool
        Show nothing.

    Returns
    -------
    BuildResult
    """
    with StepProgress(quiet=quiet) as steps:

        def on_model(model: BuiltModel) -> None:
            steps.end()
            if not quiet:
                _say_model(model)

        return build_warehouse(
            paths, chosen, extras=extras, force=force, on_model=on_model, on_step=steps.report
        )


def _say_model(model: BuiltModel) -> None:
    rows = "" if model.rows is None else f"{model.rows:,} rows"
    say_in_passing(f"{model.name:30}{model.kind:6}{rows:>16}{model.seconds:>9.2f} s")
