"""`lakehouse scores`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.scores.read import read_scores
from lakehouse.scores.store import ScoresSummary, store_scores

from .options import AsJson, ParticipantColumn, settings, warehouse
from .output import say, say_json
from .overview import say_names


def scores(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="CSV or Excel, one row per participant.", exists=True, dir_okay=False),
    ],
    participant_column: ParticipantColumn = None,
    as_json: AsJson = False,
) -> None:
    """Read questionnaire scores into the lake.

    The file replaces the scores that are in the lake. Score columns have names like dbi_score.
    The whole file is refused if a participant occurs twice, or if a score is not a number or
    outside the range of its instrument (see lakehouse.toml).

    Example:

        lakehouse scores scores.csv

        lakehouse scores scores.xlsx --participant-column Code
    """
    checked = read_scores(file, settings(context), participant_column=participant_column)
    summary = store_scores(checked, warehouse(context))
    if as_json:
        say_json(asdict(summary))
    else:
        say_summary(summary)


def say_summary(summary: ScoresSummary) -> None:
    """Print what was stored and which participants lack photographs or scores."""
    instruments = ", ".join(summary.instruments)
    say(f"{summary.participants:,} participants' scores on {instruments}")
    if summary.dropped:
        say(f"removed: {summary.dropped:,} scores of the earlier file that are not in this one")
    if missing := [f"{count:,} {name}" for name, count in summary.missing.items() if count]:
        say(f"missing: {', '.join(missing)}")
    if summary.unranged:
        say(f"not checked, because lakehouse.toml gives no range: {', '.join(summary.unranged)}")
    if summary.ignored_columns:
        say(f"columns ignored: {', '.join(summary.ignored_columns)}")
    say_names("scores but no photos", summary.without_photos)
    say_names("photos but no scores", summary.without_scores)
