"""What `status` prints of the database and of the participants in it."""

from collections.abc import Iterable
from typing import Final

from lakehouse.dataset.listing import printable
from lakehouse.overview.people import Overview, Remark
from lakehouse.warehouse.status import Status

from .output import say

NAMED = 10

_LEFT_OUT: Final = {
    "participant": "left out",
    "photo": "some photographs left out",
    "mask": "some masks left out",
    "correlations": "left out of correlations",
}


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
        named = ", ".join(map(printable, names[:NAMED]))
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        say(f"{label}: {len(names):,} ({named}{more})")
