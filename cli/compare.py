"""`lakehouse compare`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lakehouse.inputs.published import read_published
from lakehouse.warehouse.query import fetch

from .options import AsJson, warehouse
from .output import say, say_json

if TYPE_CHECKING:
    from lakehouse.steps.clusters.agreement import Agreement


def compare(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV with the column points_above_average and, optionally, kmean_group.",
            exists=True,
            dir_okay=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Compare points above average and their groups with a published list.

    Reports how many points are in both (Jaccard index), how far their groups agree (adjusted
    Rand index, whatever the groups are called), and which points differ.

    Example:

        lakehouse compare points_above_average.csv
    """
    # Imported here: scikit-learn takes a second to load, and most commands do not need it.
    from lakehouse.steps.clusters.agreement import compare_points

    published = read_published(file)
    own = fetch(warehouse(context), "select point, group_id from pav_clusters")
    found = compare_points(own, published)
    if as_json:
        say_json(asdict(found))
    else:
        _say_agreement(found, file.name)


def _say_agreement(found: "Agreement", name: str) -> None:
    index = "" if found.jaccard is None else f"; Jaccard index {found.jaccard:.3f}"
    say(
        f"points above average: {found.points_here} here, {found.points_there} in {name}, "
        f"{found.points_in_both} in both{index}"
    )
    _say_points("only here", found.only_here)
    _say_points(f"only in {name}", found.only_there)
    if not found.groups_there:
        say(f"groups: {name} has none")
        return
    say(
        f"groups: {found.groups_here} here, {found.groups_there} in {name}; "
        + (
            "fewer than two points in both, too few to compare"
            if found.adjusted_rand is None
            else f"adjusted Rand index {found.adjusted_rand:.3f} "
            f"over {found.points_compared} points"
        )
    )
    if found.regrouped:
        alike = ", ".join(f"{here} here is {there} there" for here, there in found.matched)
        say(f"  if {alike}, these points lie in another group:")
    for moved in found.regrouped:
        say(f"  point {moved.point}: {moved.group_here} here, {moved.group_there} there")


def _say_points(what: str, points: Sequence[int]) -> None:
    if points:
        say(f"  {what}: {', '.join(map(str, points))}")
