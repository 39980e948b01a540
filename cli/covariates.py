"""`lakehouse covariates`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.covariates.read import read_covariates
from lakehouse.covariates.store import CovariatesSummary, store_covariates

from .options import AsJson, ParticipantColumn, settings, warehouse
from .output import say, say_json
from .status import say_names


def covariates(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="CSV or Excel, a row per participant.", exists=True, dir_okay=False),
    ],
    participant_column: ParticipantColumn = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="A column to take; may be repeated. By default all but scores."),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="A column whose numbers are codes of categories; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read age, sex and whatever else is known of the participants into the lake.

    They replace those that are there. Numbers are taken as such, anything else as categories.
    Name those to hold constant in lakehouse.toml, [statistics] covariates, and build: they
    stand in partial_correlations. Yaw, pitch and roll of the head come from the photographs.

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
        say(f"replaced: {summary.dropped:,} values of the earlier file are not in this one")
    if summary.ignored_columns:
        say(f"columns passed over: {', '.join(summary.ignored_columns)}")
    say_names("covariates but no photos", summary.without_photos)
    say_names("photos but no covariates", summary.without_covariates)
