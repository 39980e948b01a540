"""`lakehouse multiverse`."""

from dataclasses import asdict
from typing import Annotated, Any

import polars as pl
import typer

from lakehouse.multiverse.run import MultiverseResult, walk
from lakehouse.multiverse.specification import some_of, specifications
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.provenance import recorded_provenance

from .build import shown_build
from .options import AsJson, Quiet, settings, warehouse
from .output import say, say_json, show
from .progress import progress


def multiverse(
    context: typer.Context,
    list_only: Annotated[
        bool, typer.Option("--list", help="Show the specifications and make none.")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(help="Make so many, chosen at random by statistics.seed.", min=1),
    ] = None,
    permutations: Annotated[
        int, typer.Option(help="Random orders of the participants.", min=0, max=100_000)
    ] = 999,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make the analysis in every defensible way, and test all ways together.

    The ways are all combinations of alignment, dimensions, kind of feature, number of groups,
    starts of k-means, covariates and exclusions. A run that was stopped goes on where it was. At
    the end the database is built with the results: specifications, specification_hypotheses and
    specification_curve.

    Example:

        lakehouse multiverse --list --limit 5

        lakehouse multiverse --limit 8 --permutations 99
    """
    paths, chosen = warehouse(context), settings(context)
    if list_only:
        rows = [each.choices() for each in some_of(specifications(chosen), limit, chosen)]
        say_json(rows) if as_json else show(pl.DataFrame(rows))
        return
    with progress("specifications", quiet=quiet or as_json) as update:
        result = walk(
            paths,
            chosen,
            limit=limit,
            permutations=permutations,
            report=lambda done, total: update(done, total, ""),
        )
    shown_build(paths, chosen, extras=_extras(paths), quiet=True)
    if as_json:
        say_json(asdict(result))
        return
    _say(result)


def _extras(paths: WarehousePaths) -> list[Extra]:
    """Give the extras of the present database, which the next one is to have too."""
    recorded = recorded_provenance(paths)
    names: Any = recorded.extra_names if recorded else ()
    return [extra for extra in Extra if extra.value in names]


def _say(result: MultiverseResult) -> None:
    show(pl.DataFrame(result.curve, infer_schema_length=None))
    resumed = f", {result.resumed:,} of them by an earlier run" if result.resumed else ""
    say(f"made {len(result.specifications):,} specifications{resumed}")
    say("p counts the search through all of them; `lakehouse sql` shows each in specifications")
