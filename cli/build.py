"""`lakehouse build`."""

from dataclasses import asdict
from typing import Annotated

import typer

from lakehouse.warehouse.build import BuiltModel
from lakehouse.warehouse.build import build as build_warehouse
from lakehouse.warehouse.models import Part

from .options import AsJson, settings, warehouse
from .output import say, say_json


def build(
    context: typer.Context,
    pairs: Annotated[bool, typer.Option("--pairs", help="Make the relations pair_… too.")] = False,
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
    asked = {Part.PAIRS: pairs, Part.STATISTICS: statistics}
    result = build_warehouse(
        warehouse(context),
        settings(context),
        parts=[part for part, wanted in asked.items() if wanted],
        force=force,
        on_model=None if as_json else show_model,
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


def show_model(model: BuiltModel) -> None:
    """Print the line of one relation as it is made.

    Parameters
    ----------
    model : BuiltModel
    """
    say(f"{model.name:26}{model.kind:6}{model.rows:>13,} rows{model.seconds:>9.2f} s")
