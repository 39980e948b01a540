"""`lakehouse scores`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.inputs.participant_files import ParticipantFileOptions
from lakehouse.inputs.shown import listed
from lakehouse.scores.read import read_scores
from lakehouse.scores.store import ScoresSummary, store_scores

from .options import AsJson, ParticipantColumn, Replace, Sheet, settings, warehouse
from .output import say, say_json
from .overview import say_names
from .summaries import say_look_alikes, say_stored


def scores(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="CSV or Excel, one row per participant.", exists=True, dir_okay=False),
    ],
    participant_column: ParticipantColumn = None,
    sheet: Sheet = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Read questionnaire scores into the lake.

    The file adds to the scores that are in the lake. A score that was stored otherwise becomes
    that of the file; instruments, participants and scores that the file lacks stay. Score columns
    have names like dbi_score, dbi or BDI. The whole file is refused if a participant occurs twice,
    if a score is not a number or outside the range of its instrument (see lakehouse.toml), or if
    nobody in it has photographs although others do.

    Example:

        lakehouse scores scores.csv

        lakehouse scores scores.xlsx --sheet 1 --participant-column Code

        lakehouse scores scores.csv --replace
    """
    options = ParticipantFileOptions(participant_column, sheet)
    checked = read_scores(file, settings(context), options)
    summary = store_scores(checked, warehouse(context), replace=replace)
    if as_json:
        say_json(asdict(summary))
    else:
        say_summary(summary)


def say_summary(summary: ScoresSummary) -> None:
    """Print what was stored and which participants lack photographs or scores."""
    say(f"{summary.participants:,} participants' scores on {listed(summary.instruments)}")
    if missing := [f"{count:,} {name}" for name, count in summary.missing.items() if count]:
        say(f"missing: {listed(missing)}")
    if summary.unranged:
        say(f"not checked, because lakehouse.toml gives no range: {listed(summary.unranged)}")
    say_stored(summary, "scores")
    say_names("scores but no photos or videos", summary.without_photos)
    say_names("photos or videos but no scores", summary.without_scores)
    say_look_alikes(summary, "scores")
