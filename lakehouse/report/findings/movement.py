"""Which expression moves farthest, and beside how much noise."""

from typing import Final

from lakehouse.charts.words import Words
from lakehouse.report.findings.names import first_row, joined, mask_name
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

FACE_HEIGHT: Final = 1500
"""Aligned pixels from forehead to chin."""


def movement(tables: Tables, words: Words) -> str | None:
    """Say how far faces move."""
    facts = tables.facts
    masks = tables.table("glance_movement").to_dicts()
    moved = [row for row in masks if row["expression"] in facts.expressions]
    if not moved:
        return words("glance.no_expression_moves") if facts.included else None
    most, least = moved[0], moved[-1]
    share = most["mean_distance"] / FACE_HEIGHT
    said = [
        words(
            "glance.farthest",
            mask=mask_name(words, facts, most),
            distance=words.number(most["mean_distance"], 1),
            share=words.percent(share, 1),
        )
    ]
    if least is not most:
        said.append(
            words(
                "glance.least_far",
                mask=mask_name(words, facts, least),
                distance=words.number(least["mean_distance"], 1),
            )
        )
    neutral = [row for row in masks if row["expression"] not in facts.expressions]
    said += [
        words("glance.neutral_again", distance=words.number(row["mean_distance"], 1))
        for row in neutral
    ]
    return joined([*said, _noise(tables, words), _points(tables, words)])


def points_above_average(tables: Tables) -> tuple[int, int]:
    """Count the points above average in every mask, and the groups that they make."""
    [row] = tables.table("glance_points").to_dicts()
    return row["points"], row["point_groups"]


def _noise(tables: Tables, words: Words) -> str | None:
    if tables.missing((Need.STATISTICS,)):
        return words("glance.noise_unknown")
    row = first_row(tables.table("glance_noise"))
    if row is None:
        return None
    return words("glance.noise", distance=words.number(row["noise_distance"], 1))


def _points(tables: Tables, words: Words) -> str:
    points, groups = points_above_average(tables)
    if points == 0:
        return words("glance.no_points")
    return words.plural("glance.points", points, groups=words.plural("glance.groups", groups))
