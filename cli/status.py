"""`lakehouse status`."""

from dataclasses import asdict

import typer

from lakehouse.lake.confidences import words_on_other_confidences
from lakehouse.lake.origin import OriginState
from lakehouse.warehouse.status import status as take_stock

from .options import AsJson, settings, warehouse
from .output import say, say_json

NAMED = 10


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what the warehouse holds and whether its database is up to date.

    Example:

        lakehouse status
    """
    paths = warehouse(context)
    found = take_stock(paths, settings(context))
    if as_json:
        say_json(asdict(found))
        return
    photos = ", ".join(f"{count:,} {name}" for name, count in found.photos.items())
    scores = ", ".join(f"{count:,} {name}" for name, count in found.scores.items())
    say(f"warehouse  {paths.root}")
    total = f"{sum(found.photos.values()):,} of {found.participants:,} participants"
    none = "none; `lakehouse extract PHOTOS` adds them"
    say(f"photos     {f'{total}: {photos}' if photos else none}")
    say(f"landmarks  {found.landmarks:,}")
    say(f"scores     {scores or 'none; `lakehouse scores FILE` adds them'}")
    if found.covariates:
        known = ", ".join(f"{count:,} {name}" for name, count in found.covariates.items())
        say(f"covariates {known}")
    say_names("scores but no photos", found.without_photos)
    say_names("photos but no scores", found.without_scores)
    say_origin(found.origin)
    if found.other_confidences:
        say(words_on_other_confidences(found.other_confidences))
    if found.built is None:
        say("database   none; `lakehouse build` makes it")
    elif found.up_to_date:
        say(f"database   built {found.built}, up to date")
    else:
        say(f"database   built {found.built}, out of date; `lakehouse build` updates it")
    for remark in found.remarks:
        say(remark)


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


def say_names(label: str, names: tuple[str, ...]) -> None:
    """Print the names that a remark concerns, if there are any.

    Parameters
    ----------
    names : tuple of str
    """
    if names:
        named = ", ".join(names[:NAMED])
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        say(f"{label}: {len(names):,} ({named}{more})")
