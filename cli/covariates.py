"""`lakehouse covariates`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.covariates.read import read_covariates
from lakehouse.covariates.store import CovariatesSummary, store_covariates
from lakehouse.inputs.participant_files import ParticipantFileOptions
from lakehouse.inputs.shown import NAMES, short_name

from .options import AsJson, ParticipantColumn, Replace, Sheet, settings, warehouse
from .output import say, say_json
from .overview import say_names
from .summaries import say_look_alikes, say_stored


def covariates(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="CSV or Excel, one row per participant.", exists=True, dir_okay=False),
    ],
    participant_column: ParticipantColumn = None,
    sheet: Sheet = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="A column to read; can be given several times. Default: all but scores."),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="A column of category codes; can be given several times."),
    ] = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Read age, sex and other covariates of the participants into the lake.

    The file adds to the covariates that are in the lake. A value that was stored otherwise becomes
    that of the file; columns, participants and values that the file lacks stay. A column of numbers
    is numeric, any other is categorical. To hold covariates constant, list them in lakehouse.toml
    under [statistics] covariates and build; the results are in partial_correlations. The head's
    yaw, pitch and roll come from the photographs.

    Example:

        lakehouse covariates participants.csv --only age --only sex

        lakehouse covariates participants.xlsx --category education
    """
    checked = read_covariates(
        file,
        settings(context),
        ParticipantFileOptions(participant_column, sheet),
        only=only or (),
        categories=category or (),
    )
    summary = store_covariates(checked, warehouse(context), replace=replace)
    if as_json:
        say_json(asdict(summary))
    else:
        _say_summary(summary)


def _say_summary(summary: CovariatesSummary) -> None:
    say(f"{summary.participants:,} participants' covariates")
    for name, kind in list(summary.kinds.items())[:NAMES]:
        missing = summary.missing[name]
        say(f"  {short_name(name)}: {kind}{f'; {missing:,} missing' if missing else ''}")
    if len(summary.kinds) > NAMES:
        say(f"  … and {len(summary.kinds) - NAMES:,} more")
    say_stored(summary, "values")
    say_names("covariates but no photos or videos", summary.without_photos)
    say_names("photos or videos but no covariates", summary.without_covariates)
    say_look_alikes(summary, "covariates")
