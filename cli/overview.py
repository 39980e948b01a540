"""What `status` prints of the lake's files, the database and the participants in it."""

from collections.abc import Iterable
from typing import Final

from lakehouse.inputs.shown import NAMES, listed
from lakehouse.overview.people import Overview, Remark
from lakehouse.preregistration.keeping import Keeping
from lakehouse.warehouse.status import Status, Videos

from .output import say

_LEFT_OUT: Final = {
    "participant": "left out",
    "photo": "some photographs left out",
    "mask": "some masks left out",
    "correlations": "left out of correlations",
}


def say_videos_held(videos: Videos) -> None:
    """Print what the lake has of videos, if there are any."""
    if videos.statuses:
        by_status = ", ".join(f"{count:,} {name}" for name, count in videos.statuses.items())
        total = f"{sum(videos.statuses.values()):,} of {videos.participants:,} participants"
        say(f"videos     {total}: {by_status}")
    if videos.frames:
        say(
            f"frames     {videos.frames:,}, {videos.face_frames:,} with a face; "
            f"{videos.seconds / 60:.1f} min"
        )
    if videos.events:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in videos.events.items())
        say(f"events     {kinds}")
    if videos.unfinished:
        say(f"unfinished {videos.unfinished:,} videos; `lakehouse extract` goes on with them")


def say_lake(found: Status) -> None:
    """Print what is damaged, what has no checksum and when all was last verified."""
    if found.verified is not None:
        damaged = f", {found.verified.damaged:,} damaged" if found.verified.damaged else ""
        say(f"verified   {found.verified.at}: {found.verified.files:,} files{damaged}")
    elif found.photos or found.videos.statuses or found.scores:
        say("verified   never; `lakehouse check` reads and verifies all files")
    for name, rows in found.emptied.items():
        say(f"gone       {rows:,} rows of {name} in the database, none in the lake; put them back")
    for damage in found.damaged[:NAMES]:
        say(f"damaged    {damage.file}: {damage.problem}; {damage.restored_by}")
    if len(found.damaged) > NAMES:
        say(f"damaged    and {len(found.damaged) - NAMES:,} more files")
    if found.unsealed:
        say(f"no checksum in {len(found.unsealed):,} files; `lakehouse compact` adds it")


def say_keeping(kept: Keeping) -> None:
    """Print what was registered when, and what departs from it."""
    when = "" if kept.before_scores else ", after scores were read"
    again = f"; replaces {kept.replaced:,} before it" if kept.replaced else ""
    if kept.registered_at:
        state = "departed from" if kept.departures else "kept"
        say(f"registered {kept.registered_at}{when}, sha256 {kept.sha256[:12]}…: {state}{again}")
    for departure in kept.departures:
        say(f"departure  {departure}")


def say_database(found: Status, seen: Overview) -> None:
    """Print the state of the database, and who has results in it."""
    if seen.trouble is not None:
        say(f"database   {seen.trouble}")
    elif found.built is None:
        say("database   none; `lakehouse build` makes it")
    elif found.up_to_date:
        say(f"database   built {found.built}, up to date")
    else:
        say(f"database   built {found.built}, out of date; `lakehouse build` updates it")
    if not seen.known:
        return
    if seen.included:
        say(f"results    of {seen.included:,} of the {seen.known:,} participants in the database")
    else:
        say(f"results    of nobody: all {seen.known:,} participants in the database are left out")
    for remark in seen.left_out:
        say_names(f"{_LEFT_OUT[remark.scope]}, {remark.word}", remark.participants)
    _say_where("exclusions", seen.left_out)
    for remark in seen.suspicions:
        say_names(f"suspicious, {remark.word}", remark.participants)
    _say_where("suspicions", seen.suspicions)


def _say_where(relation: str, remarks: Iterable[Remark]) -> None:
    if any(remarks):
        say(f"the table {relation} has the details")


def say_names(label: str, names: tuple[str, ...]) -> None:
    """Print the names that a remark concerns, if there are any.

    Parameters
    ----------
    names : tuple of str
    """
    if names:
        say(f"{label}: {len(names):,} ({listed(names)})")
