"""What the user should know about a build's result besides its tables."""

from collections.abc import Iterator

import duckdb

from lakehouse.settings import Settings
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.provenance import Provenance
from lakehouse.warehouse.sql_text import text_literal


def build_notes(
    connection: duckdb.DuckDBPyConnection, rows: dict[str, int], settings: Settings
) -> tuple[str, ...]:
    """Find what is unexpected in a build that went well.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database being built.
    rows : dict of str to int
        Rows of each table.

    Returns
    -------
    tuple of str
        A sentence each; empty where all is as expected.
    """
    return (
        *_on_photographs(connection, rows, settings),
        *_on_alignment(connection, settings),
        *_on_groups(rows, settings),
        *_on_scores(connection, rows, settings),
    )


def left_out(made: Provenance, before: Provenance | None) -> tuple[str, ...]:
    """Find the extras that the database before this build had and the new one has not.

    Parameters
    ----------
    made : Provenance
        Of the new database.
    before : Provenance or None
        Of the one it replaced, if any.

    Returns
    -------
    tuple of str
        A sentence each.
    """
    lost = before.extra_names - made.extra_names if before is not None else frozenset()
    return tuple(
        f"the old database had the extra {extra}, the new one does not; `{extra.command}` adds it"
        for extra in Extra
        if extra in lost
    )


def _on_photographs(
    connection: duckdb.DuckDBPyConnection, rows: dict[str, int], settings: Settings
) -> Iterator[str]:
    if rows["photos"] and not rows["cells"]:
        yield "no photograph shows a listed expression; see dataset.expressions in lakehouse.toml"
    elif rows["cells"] and not _any(connection, "cells where mask = '00-00'"):
        yield (
            f"no photograph shows {settings.dataset.neutral} without a cue, with which all others "
            "are compared, so nobody has results; see dataset.neutral in lakehouse.toml"
        )
    elif rows["cells"] and not rows["cell_points"]:
        yield "every participant is excluded from the results; the table exclusions says why"


def _on_alignment(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[str]:
    if settings.distance.dimensions == 3 and (flat := _without_depth(connection)):
        yield (
            f"distance.dimensions is 3, but the landmarks of {flat} participants have no "
            "depth, so these participants have no distances and enter no average; set it to 2"
        )
    if settings.alignment.method == "neutral_scale" and (
        resized := _with_pictures_of_several_sizes(connection)
    ):
        yield (
            f"alignment.method is neutral_scale, but {resized} participants have photographs "
            "of several sizes in pixels, so the scale of the neutral face does not fit the "
            "others; set it to procrustes"
        )


def _on_groups(rows: dict[str, int], settings: Settings) -> Iterator[str]:
    if 0 < rows["pav_clusters"] < settings.clusters.k:
        yield (
            f"only {rows['pav_clusters']} points are above average in every mask, "
            f"fewer than the {settings.clusters.k} groups of clusters.k"
        )
    if rows["analysed_distances"] and not rows["pav_clusters"]:
        yield "no point is above average in every mask, so there are no groups of them"


def _on_scores(
    connection: duckdb.DuckDBPyConnection, rows: dict[str, int], settings: Settings
) -> Iterator[str]:
    if rows["group_distances"] and not _any(connection, "analysed_scores where score is not null"):
        yield "no included participant has a score, so there are no correlations"
    for covariate in settings.statistics.covariates:
        if not _any(connection, f"covariates where covariate = {text_literal(covariate)}"):
            yield (
                f"statistics.covariates names {covariate}, but nobody has a value of it, so there "
                "are no partial_correlations; see `lakehouse covariates`"
            )


def _any(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return bool(connection.execute(f"select 1 from {rows} limit 1").fetchall())  # noqa: S608


def _without_depth(connection: duckdb.DuckDBPyConnection) -> int:
    [(participants,)] = connection.execute(
        "select count(distinct cells.participant) from cell_displacements "
        "join cells using (cell_index) where distance_3d is null"
    ).fetchall()
    return int(participants)


def _with_pictures_of_several_sizes(connection: duckdb.DuckDBPyConnection) -> int:
    """Count participants whose aligned photographs differ in size, upright or lying alike."""
    participants = connection.execute(
        "select participant from photos join photo_alignments using (photo_index) "
        "group by participant having min(least(width, height)) < max(least(width, height)) "
        "or min(greatest(width, height)) < max(greatest(width, height))"
    ).fetchall()
    return len(participants)
