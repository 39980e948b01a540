"""`lakehouse build`."""

from dataclasses import asdict
from typing import Annotated

import typer

from lakehouse.warehouse.build import BuiltModel
from lakehouse.warehouse.build import build as build_warehouse

from .options import AsJson, settings, warehouse
from .output import say, say_json


def build(
    context: typer.Context,
    force: Annotated[
        bool, typer.Option("--force", help="Build even where nothing has changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Build the database from lake, SQL and settings.

    Example:

        lakehouse build
    """
    result = build_warehouse(
        warehouse(context),
        settings(context),
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
