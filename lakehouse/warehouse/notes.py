"""What the user should know about a build's result besides its tables."""

from collections.abc import Iterator
from typing import Final

import duckdb

from lakehouse.settings import Settings
from lakehouse.warehouse.models import INTERNAL, Extra, Model
from lakehouse.warehouse.provenance import Provenance
from lakehouse.warehouse.sql_text import text_literal

_FACES: Final = "reference_faces"
"""The relation on which every movement rests."""

_NAMES: Final = {
    "mean": "the mean neutral face of the others",
    "canonical": "MediaPipe's canonical face",
}
_OF_REPEATED_FACES: Final = frozenset(
    {
        *("photo_group_distances", "cell_noise", "alignment_comparison", "photo_movements"),
        *("expression_predictions", "supervision_effects", "supervision_point_effects"),
        "split_halves",
    }
)
"""Relations for which a person must be in several photographs, as what rests on them."""

_EMPTY_ALONE: Final = frozenset({"photo_pairs", "photo_measures"})
"""The same, but what rests on them is there without: masks have measures."""

_NOBODY_REPEATED: Final = (
    " Under the setting dataset.identity = photo nobody is known to be in several photographs; "
    "what needs that here is empty or null."
)
_PLACES: Final = frozenset({"x", "y", "z", "mean_x", "mean_y", "mean_z", "noise_distance"})
"""Columns in aligned pixels that are no movement."""

_BUILD: Final = "holds the build of the face where participants.compared_with is not own"

_UNPAIRED: Final = (
    "photo_pairs, photo_group_distances and reliability are empty: nobody has a photograph of a "
    "mask and one of their own neutral face"
)
_UNCOMPARED: Final = (
    "there are no distances: nobody has a mask to compare with a face that quality.reference allows"
)
_NO_MEAN: Final = (
    "quality.reference is mean, but no participant that could be included has a usable neutral "
    'photograph to make a mean of; "canonical" needs none'
)
_NO_CUED_NEUTRAL: Final = (
    "no participant has a usable neutral photograph with a cue, so supervision_effects compares "
    "nobody with the neutral face of their own condition; its columns paper_ measure both "
    "conditions from the neutral face without a cue"
)
_ALONE: Final = (
    "dataset.identity is photo: each photograph counts as a participant, though several may show "
    "the same person, so p values are too small and intervals too narrow; reliability, noise, "
    "classifiers and the effect of the cue need repeated faces, so they have no results"
)


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
        *comparison_remarks(connection),
        *_on_alignment(connection, settings),
        *_on_groups(rows, settings),
        *_on_cue(connection, rows),
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


def comparison_remarks(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Tell of a database whom it compares with what, and what it therefore cannot hold.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database.

    Returns
    -------
    tuple of str
        A sentence each; none where everybody is compared with their own neutral face.
    """
    [(reference, identity)] = connection.execute(
        "select reference_face, identity from settings"
    ).fetchall()
    remarks: list[str] = []
    if identity == "photo":
        remarks += [_ALONE, *_on_repeated_participants(connection)]
    if reference != "own":
        remarks += _on_compared(connection, reference)
    if remarks and _any(connection, "internal.cells"):
        remarks += _on_empty(connection)
    return tuple(remarks)


def table_comment(model: Model, settings: Settings) -> str:
    """Say what a relation is, and what the settings make of it.

    Movement may hold the build of a face, and what needs repeated faces may be empty.

    Returns
    -------
    str
        For the catalogue.
    """
    comment = model.comment
    known = {model.name, *model.rests_on}
    if settings.dataset.identity == "photo" and (
        model.name in _EMPTY_ALONE or _OF_REPEATED_FACES & known
    ):
        comment += _NOBODY_REPEATED
    if not _rests_on_other_faces(model, settings):
        return comment
    other = _NAMES[settings.quality.reference]
    return (
        f"{comment} Participants without a neutral face of their own are compared with "
        f"{other} (setting quality.reference), so their movement holds the build of their face "
        "too; participants.compared_with says who they are."
    )


def column_comment(model: Model, column: str, settings: Settings) -> str:
    """Say what a column holds, and where it holds the build of a face besides movement.

    Returns
    -------
    str
        For the catalogue.

    Raises
    ------
    BuildError
        If the header does not describe the column.
    """
    moves = column not in _PLACES and "[aligned px" in model.column_comment(column)
    aside = _BUILD if moves and _rests_on_other_faces(model, settings) else ""
    return model.column_comment(column, aside)


def _rests_on_other_faces(model: Model, settings: Settings) -> bool:
    # In videos everybody is compared with a neutral stretch of their own.
    others = settings.quality.reference != "own" and model.folder != "dynamics"
    return others and _FACES in model.rests_on


def _on_photographs(
    connection: duckdb.DuckDBPyConnection, rows: dict[str, int], settings: Settings
) -> Iterator[str]:
    if rows["photos"] and not rows["internal.cells"]:
        yield "no photograph shows a listed expression; see dataset.expressions in lakehouse.toml"
    elif (
        rows["internal.cells"]
        and settings.quality.reference != "canonical"
        and not _any(connection, "internal.cells where mask = '00-00'")
    ):
        yield (
            f"no photograph shows {settings.dataset.neutral} without a cue, with which all others "
            "are compared, so nobody has results; see dataset.neutral in lakehouse.toml"
        )
    elif rows["internal.cells"] and not rows["internal.cell_points"]:
        yield "every participant is excluded from the results; the table exclusions says why"


def _on_compared(connection: duckdb.DuckDBPyConnection, reference: str) -> Iterator[str]:
    if reference == "mean" and not _any(connection, f"{INTERNAL}.{_FACES} where neutral_index = 0"):
        yield _NO_MEAN
    counts = dict(
        connection.execute(
            "select compared_with, count(*) from participants where included group by compared_with"
        ).fetchall()
    )
    others, everybody = counts.get(reference, 0), sum(counts.values())
    if others:
        yield (
            f"{others:,} of {everybody:,} participants have no neutral face of their own and are "
            f"compared with {_NAMES[reference]}, so their movement holds the build of their face"
        )
    if 0 < others < everybody:
        yield (
            "averages, groups and correlations mix them with those who are compared with their own "
            "neutral face; participants.compared_with tells them apart"
        )


def _on_repeated_participants(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    [(several,)] = connection.execute(
        "select count(*) from participants where photos > 1"
    ).fetchall()
    if several:
        yield (
            f"dataset.identity is photo, but {several:,} participants have several photographs, "
            "because they were extracted under another setting; extract them again"
        )


def _on_empty(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    if not _any(connection, "internal.analysed_distances"):
        yield _UNCOMPARED
    elif not _any(connection, "internal.photo_pairs"):
        yield _UNPAIRED
    if not _any(connection, "alignment_comparison"):
        yield "alignment_comparison is empty: nobody has a mask and a neutral face of their own"


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
    if rows["internal.analysed_distances"] and not rows["pav_clusters"]:
        yield "no point is above average in every mask, so there are no groups of them"


def _on_cue(connection: duckdb.DuckDBPyConnection, rows: dict[str, int]) -> Iterator[str]:
    cued = "mask_labels where supervised and not starts_with(mask, '00')"
    if rows["supervision_effects"] and not rows["internal.cued_cells"] and _any(connection, cued):
        yield _NO_CUED_NEUTRAL


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
    yield from _on_tests(connection, settings)


def _on_tests(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[str]:
    fewest, blocks = settings.statistics.fewest, settings.statistics.blocks
    [(few,)] = connection.execute(
        "select count(*) from correlations where spearman_r is not null and spearman_p is null"
    ).fetchall()
    if few:
        yield (
            f"{few} correlations are of fewer than {fewest} participants, so they have no p and no "
            "interval and enter no family of tests; see statistics.fewest"
        )
    if blocks is not None:
        [(unknown,)] = connection.execute(
            "select count(*) from participants where included and participant not in "
            "(select participant from covariates where covariate = ? "
            "and (category is not null or value is not null))",
            [blocks],
        ).fetchall()
        if unknown:
            yield (
                f"{unknown} included participants have no {blocks}, so permutations keep them in "
                "a block of their own; see statistics.blocks"
            )


def _any(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return bool(connection.execute(f"select 1 from {rows} limit 1").fetchall())  # noqa: S608


def _without_depth(connection: duckdb.DuckDBPyConnection) -> int:
    [(participants,)] = connection.execute(
        "select count(distinct cells.participant) from internal.cell_displacements "
        "join internal.cells using (cell_index) where distance_3d is null"
    ).fetchall()
    return int(participants)


def _with_pictures_of_several_sizes(connection: duckdb.DuckDBPyConnection) -> int:
    """Count participants whose aligned photographs differ in size, upright or lying alike."""
    participants = connection.execute(
        "select participant from photos join internal.photo_alignments using (photo_index) "
        "group by participant having min(least(width, height)) < max(least(width, height)) "
        "or min(greatest(width, height)) < max(greatest(width, height))"
    ).fetchall()
    return len(participants)
