"""`lakehouse events`."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.events.columns import parsed_event_columns
from lakehouse.events.read import EventFileOptions, read_events
from lakehouse.events.store import EventsSummary, store_events
from lakehouse.ids import words_on_look_alikes
from lakehouse.inputs.shown import listed, short_path

from .options import AsJson, Sheet, settings, warehouse
from .output import say, say_json


def events(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV or Excel with a row per event, events.tsv of BIDS, an export of ELAN or "
            "BORIS; or a folder of such files.",
            exists=True,
        ),
    ],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="Names of columns, such as onset=start_ms,expression=stimulus; can be given "
            "several times. Default: known names.",
        ),
    ] = None,
    sheet: Sheet = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Drop events of videos that are not in the file.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read into the lake what happens when in the videos.

    Each event begins onset_s seconds after its video does. It is a trial of an expression; neutral,
    from which movement is measured; or one to ignore. Videos are found by id, by the name of their
    file or by their path. The events of a video that the file has replace those stored before;
    other videos keep theirs. The whole file is refused if an event begins outside its video, or a
    row is wrong otherwise. Events of videos that are not in the lake are counted and not stored.

    Example:

        lakehouse events events.csv

        lakehouse events bids/

        lakehouse events boris.tsv --replace

        lakehouse events trials.xlsx --sheet 1 --map onset=start_ms,expression=stimulus
    """
    options = EventFileOptions(parsed_event_columns(columns or ()), sheet)
    found = read_events(file, options)
    summary = store_events(found, warehouse(context), settings(context).dataset, replace=replace)
    if as_json:
        say_json(asdict(summary))
    else:
        say_summary(summary)


def say_summary(summary: EventsSummary) -> None:
    """Print what was stored, and which events are of no video in the lake."""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in summary.events.items())
    forms = ", ".join(f"{count:,} {form}" for form, count in summary.forms.items())
    say(
        f"{sum(summary.events.values()):,} events ({kinds}) of {summary.videos:,} videos and "
        f"{summary.participants:,} participants; files: {forms}"
    )
    for remark in summary.told:
        say(remark)
    if summary.without_duration:
        say(f"events that do not say how long they last: {summary.without_duration:,}")
    if summary.beyond:
        say(f"events that end after the last frame of their video: {summary.beyond:,}")
    if summary.replaced:
        say(f"events stored before in these videos, replaced: {summary.replaced:,}")
    if summary.kept:
        say(f"events stored before in other videos, kept: {summary.kept:,} (--replace drops them)")
    if summary.dropped:
        say(f"events stored before in other videos, removed: {summary.dropped:,}")
    _say_left_out("participants without videos in the lake", summary.unmatched_participants)
    _say_left_out("videos that are not in the lake", summary.unmatched_videos)
    _say_left_out("annotations of no expression", summary.other_words)
    for line in words_on_look_alikes(summary.look_alikes, "events", "videos"):
        say(line)


def _say_left_out(label: str, counts: Mapping[str, int]) -> None:
    """Print which events were not stored."""
    if counts:
        named = listed(f"{short_path(name) or 'blank'}" for name in counts)
        say(f"not stored, {sum(counts.values()):,} events of {label}: {len(counts):,} ({named})")
