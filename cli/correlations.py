"""`lakehouse correlations`."""

from typing import Annotated

import polars as pl
import typer

from lakehouse.errors import UsageError
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.sql_text import text_literal

from .options import AsJson, warehouse
from .output import say, say_json, show


def correlations(
    context: typer.Context,
    rows: Annotated[int, typer.Option(help="How many to show.", min=1)] = 10,
    grouping: Annotated[
        str | None, typer.Option(help="Grouping of the points. Default: the first, kmeans6.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the strongest correlations with scores.

    The table has the form of the paper's Table 1, with n and q added.

    Example:

        lakehouse correlations --rows 5
    """
    paths = warehouse(context)
    families = fetch(
        paths,
        "select grouping, count(*) as tests from correlations "
        "where spearman_p is not null group by grouping order by grouping",
    )
    if families.is_empty():
        untested = fetch(paths, "select 1 from correlations where spearman_r is not null limit 1")
        say_json([]) if as_json else say(
            "no correlations: they need scores and points above average; see `lakehouse status`"
            if untested.is_empty()
            else "no correlation has participants enough for a test (statistics.fewest); the "
            "relation correlations has r of all"
        )
        return
    known = families["grouping"].to_list()
    chosen = grouping or known[0]
    if chosen not in known:
        raise UsageError(f"there is no grouping {chosen}", fix=f"choose one of {', '.join(known)}")
    strongest = fetch(
        paths,
        "select rank, comparison, feature, instrument, spearman_p, spearman_r, pearson_p, "  # noqa: S608
        "pearson_r, n, spearman_q, pearson_q from strongest_correlations "
        f"where grouping = {text_literal(chosen)} order by rank limit {rows}",
    )
    if as_json:
        say_json(strongest.to_dicts())
        return
    show(strongest.drop("rank", "instrument"))
    tests = families.filter(pl.col("grouping") == chosen)["tests"].item()
    say(
        f"{chosen}: the strongest of {tests:,} tests by permutation p, then Spearman's p. "
        "q is p adjusted for that many tests (Benjamini-Hochberg); read q, not p."
    )
