"""`lakehouse covariates`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.covariates.read import read_covariates
from lakehouse.covariates.store import CovariatesSummary, store_covariates

from .options import AsJson, ParticipantColumn, settings, warehouse
from .output import say, say_json
from .overview import say_names


def covariates(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="CSV or Excel, one row per participant.", exists=True, dir_okay=False),
    ],
    participant_column: ParticipantColumn = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="A column to read; can be given several times. Default: all but scores."),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="A column of category codes; can be given several times."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read age, sex and other covariates of the participants into the lake.

    The file replaces the covariates that are in the lake. A column of numbers is numeric, any
    other is categorical. To hold covariates constant, list them in lakehouse.toml under
    [statistics] covariates and build; the results are in partial_correlations. The head's yaw,
    pitch and roll come from the photographs.

    Example:

        lakehouse covariates participants.csv --only age --only sex

        lakehouse covariates participants.xlsx --category education
    """
    checked = read_covariates(
        file,
        settings(context),
        participant_column=participant_column,
        only=only or (),
        categories=category or (),
    )
    summary = store_covariates(checked, warehouse(context))
    if as_json:
        say_json(asdict(summary))
    else:
        _say_summary(summary)


def _say_summary(summary: CovariatesSummary) -> None:
    say(f"{summary.participants:,} participants' covariates")
    for name, kind in summary.kinds.items():
        missing = summary.missing[name]
        say(f"  {name}: {kind}{f'; {missing:,} missing' if missing else ''}")
    if summary.dropped:
        say(f"removed: {summary.dropped:,} values of the earlier file that are not in this one")
    if summary.ignored_columns:
        say(f"columns ignored: {', '.join(summary.ignored_columns)}")
    say_names("covariates but no photos", summary.without_photos)
    say_names("photos but no covariates", summary.without_covariates)
