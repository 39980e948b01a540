"""Groups of the points above average, and how their number was chosen: figures 12 and 18."""

from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.points.cluster_choice import choice_panels, judged, takes_text
from lakehouse.charts.points.clusters import group_faces
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.tables.facts import Need

_NEEDS = (Need.PARTICIPANTS, Need.EXPRESSIONS)


def _group_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["point_groups"]
    groups = table.filter(~pl.col("with_eyelids"))
    sizes = groups.group_by("group_id", words.column("group")).len().sort("len", "group_id").rows()
    expanded = table.filter(pl.col("with_eyelids"))
    twice = expanded.group_by("point").len().filter(pl.col("len") > 1)
    names = [
        words("clusters.group", name=name, points=words.count(points))
        for _, name, points in sorted(sizes)
    ]
    return {
        "points": words.count(len(groups)),
        "groups": words.count(len(sizes)),
        "smallest": words.count(sizes[0][-1] if sizes else 0),
        "largest": words.count(sizes[-1][-1] if sizes else 0),
        "eyelids": words.count(len(expanded.filter(pl.col("is_eyelid")))),
        "twice": words.count(len(twice)),
        "names": "; ".join(names) or "–",
    }


def _choice_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["cluster_choice"]
    chosen = table.filter(pl.col("chosen"))
    row = chosen.row(0, named=True) if len(chosen) else dict.fromkeys(table.columns)
    first = table.row(0, named=True)
    said = [
        f"{words(f'choice.{criterion.name}.title')}: {takes_text(criterion, takes, words)}"
        for criterion, takes in judged(table)
    ]
    return {
        "points": words.count(first["points"]),
        "least": words.count(table["k"].min()),  # type: ignore[arg-type]
        "most": words.count(table["k"].max()),  # type: ignore[arg-type]
        "chosen": words.count(row["k"]),
        "silhouette": words.number(row["silhouette"]),
        "stability": words.number(row["stability"]),
        "stability_interval": words.interval(row["stability_low"], row["stability_high"]),
        "agreement": words.number(row["seed_agreement"]),
        "starts_at_best": words.percent(row["starts_at_best"], 1),
        "starts": words.count(first["starts"]),
        "seeds": words.count(first["seeds"]),
        "clouds": words.count(table["clouds"].max()),  # type: ignore[arg-type]
        "resamples": words.count(table["resamples"].max()),  # type: ignore[arg-type]
        "judgements": "; ".join(said),
    }


CLUSTERS = Section(
    "clusters",
    (
        Figure(
            "clusters",
            tables=("point_groups", "point_places", "mesh"),
            draw=group_faces,
            numbers=_group_numbers,
            unit="points",
            needs=_NEEDS,
            paper=("18", "12"),
        ),
        Figure(
            "cluster_choice",
            tables=("cluster_choice",),
            draw=choice_panels,
            numbers=_choice_numbers,
            unit="groups",
            needs=(*_NEEDS, Need.STATISTICS),
        ),
    ),
)
