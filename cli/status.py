"""`lakehouse status`."""

from dataclasses import asdict

import typer

from lakehouse.ids import look_alikes, words_on_look_alikes
from lakehouse.lake.confidences import words_on_other_confidences
from lakehouse.lake.origin import OriginState
from lakehouse.lake.staging import words_on_staging
from lakehouse.overview.people import overview
from lakehouse.preregistration.keeping import keeping
from lakehouse.warehouse.status import Status
from lakehouse.warehouse.status import status as take_stock

from .options import AsJson, settings, warehouse
from .output import say, say_json
from .overview import say_database, say_keeping, say_lake, say_names, say_videos_held


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what the warehouse holds, whether its database is up to date, and who is left out.

    Every file of the lake is verified; exits with 1 if one is damaged or gone.

    Example:

        lakehouse status
    """
    paths = warehouse(context)
    found, seen = take_stock(paths, settings(context)), overview(paths)
    kept = keeping(paths, settings(context), found.photographs_digest)
    if as_json:
        registered = None if kept is None else asdict(kept)
        say_json(asdict(found) | {"database": asdict(seen), "preregistration": registered})
        raise typer.Exit(0 if found.sound else 1)
    photos = ", ".join(f"{count:,} {name}" for name, count in found.photos.items())
    scores = ", ".join(f"{count:,} {name}" for name, count in found.scores.items())
    say(f"warehouse  {paths.root}")
    total = f"{sum(found.photos.values()):,} of {found.participants:,} participants"
    none = "none; `lakehouse extract PHOTOS` adds them"
    say(f"photos     {f'{total}: {photos}' if photos else none}")
    if found.sequences is not None:
        sequence = settings(context).dataset.sequence
        say(
            f"sequences  {found.sequences:,}: first frames {sequence.neutral} neutral, "
            f"last {sequence.apex} the expression"
        )
    say_videos_held(found.videos)
    say(f"landmarks  {found.landmarks:,}")
    say(f"scores     {scores or 'none; `lakehouse scores FILE` adds them'}")
    if found.covariates:
        known = ", ".join(f"{count:,} {name}" for name, count in found.covariates.items())
        say(f"covariates {known}")
    say_lake(found)
    for line in words_on_staging(found.staging):
        say(line)
    say_unmatched(found)
    say_origin(found.origin)
    if found.other_confidences:
        say(words_on_other_confidences(found.other_confidences))
    say_database(found, seen)
    if kept is not None:
        say_keeping(kept)
    for remark in found.remarks:
        say(remark)
    if not found.sound:
        raise typer.Exit(1)


def say_unmatched(found: Status) -> None:
    """Print whose scores or photographs lack the other, unless files are damaged or gone."""
    if not found.sound:
        return
    say_names("scores but no photos or videos", found.without_photos)
    say_names("photos or videos but no scores", found.without_scores)
    alike = look_alikes(found.without_photos, found.without_scores)
    for line in words_on_look_alikes(alike, "scores", "the lake"):
        say(line)


def say_origin(origin: OriginState | None) -> None:
    """Print which photographs have changed or vanished since they were extracted.

    Parameters
    ----------
    origin : OriginState or None
    """
    if origin is None:
        return
    if not origin.there:
        say(f"photographs were extracted from {origin.root}, which no longer exists")
    if origin.gone:
        say_names("gone since they were extracted (extract --prune removes them)", origin.gone)
    if origin.resized:
        say_names("changed since they were extracted (extract again)", origin.resized)
    if origin.hidden:
        say_names("cannot be looked at (their folder cannot be read)", origin.hidden)
