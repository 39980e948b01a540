"""`lakehouse build`."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Annotated

import typer

from lakehouse.lake.staging import look_at_staging, words_on_staging
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import BuildResult, BuiltModel
from lakehouse.warehouse.build import build as build_warehouse
from lakehouse.warehouse.models import Extra

from .options import AsJson, settings, warehouse
from .output import say, say_json, tell
from .progress import StepProgress


def build(
    context: typer.Context,
    pairs: Annotated[
        bool,
        typer.Option(
            "--pairs",
            help="Also make the relations pair_…: for 300 people, about 6 s and 120 MB more.",
        ),
    ] = False,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics",
            help="Also make what takes longer: noise, reliability of features, evidence for no "
            "effect, prediction of scores, expressions taken for others, the number of groups.",
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Build even if nothing has changed, or if the lake is empty now."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Build the database from the lake, the SQL models and the settings.

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
    tell_of_staging(warehouse(context))
    if as_json:
        say_json(asdict(result))
        return
    if result.up_to_date:
        say("up to date: lake, SQL and settings have not changed (--force builds anyway)")
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
    """Build, and show each relation when it is made and the progress of long steps.

    Parameters
    ----------
    extras : collection of Extra
        What to make in addition to the relations of every build.
    force : bool
        Build even if nothing has changed.
    quiet : bool
        Show nothing.
    """
    with StepProgress(quiet=quiet) as steps:

        def on_model(model: BuiltModel) -> None:
            steps.end()
            if not quiet:
                say_model(model)

        return build_warehouse(
            paths, chosen, extras=extras, force=force, on_model=on_model, on_step=steps.report
        )


def tell_of_staging(paths: WarehousePaths) -> None:
    """Tell, aside from the result, that shards have rows which a build did not find in the lake."""
    if (staging := look_at_staging(paths)).has_unmerged:
        tell(words_on_staging(staging)[0])


def say_model(model: BuiltModel) -> None:
    """Tell of a relation that was made."""
    rows = "" if model.rows is None else f"{model.rows:,} rows"
    say(f"{model.name:32}{model.kind:6}{rows:>16}{model.seconds:>9.2f} s")
