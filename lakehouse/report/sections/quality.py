"""Quality: what was found, what of it is used, and whether who is left out differs."""

import math
from collections.abc import Mapping
from typing import Any

import polars as pl

from lakehouse.charts import pose, quality
from lakehouse.charts.drawing import Frames
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Listing, Section

_MOST = 0.95
"""Share of the photographs that a caption calls most."""
_BALANCED = 0.1
"""Sizes of a standardised difference below this are usually called balanced."""


def _flow_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    numbers = dict.fromkeys(words.values("stage"), words.count(None))
    numbers |= {
        stage: words.count(number)
        for stage, number in frames["quality_flow"].select("stage", "number").rows()
    }
    return numbers


def _detection_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["detection"]

    def photographs(rows: pl.Expr) -> int:
        return int(table.filter(rows)["photographs"].sum())

    at_once = pl.col("outcome") == "at_once"
    found = pl.col("found")
    everything = photographs(pl.lit(value=True))
    return {
        "n": words("number.photographs", n=words.count(everything)),
        "at_once": words.count(photographs(at_once)),
        "share": words.percent(photographs(at_once) / everything, 1),
        "otherwise": words.count(photographs(found & ~at_once)),
        "not_found": words.count(photographs(~found)),
    }


def _exclusion_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    first = frames["exclusions"].row(0, named=True)
    return {
        "reasons": words.count(len(frames["exclusions"])),
        "first": words.values("reason").get(first["reason"], first["reason"]),
        "people": words.count(first["people"]),
    }


def _balance_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["balance"]
    sizes = table["difference"].abs()
    largest = table.row(int(sizes.arg_max() or 0), named=True)
    return {
        "excluded": words.count(table["excluded_n"].max()),  # type: ignore[arg-type]
        "included": words.count(table["included_n"].max()),  # type: ignore[arg-type]
        "compared": words.count(len(table)),
        "within": words.count(int((sizes < _BALANCED).sum())),
        "largest": words.number(largest["difference"], 2),
        "name": _compared(largest, words),
        "p": words.p(largest["p"]),
    }


def _compared(row: Mapping[str, Any], words: Words) -> str:
    name = row["name"]
    called = words.instrument(name) if row["kind"] == "instrument" else name
    called = words.values("angle").get(name, called)
    return called if row["category"] == "number" else f"{called}: {row['category']}"


def _pose_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["pose"]
    limits = dict(table.group_by("angle").agg(pl.col("most").max()).rows())
    each = [
        words(
            "figures.pose.limit", angle=words.values("angle")[angle], limit=_degrees(limit, words)
        )
        for angle, limit in sorted(limits.items(), reverse=True)
        if limit is not None
    ]
    limit = (
        words("figures.pose.limits", limits=words.listed(each))
        if each
        else words("figures.pose.no_limits")
    )
    by_angle = [table.filter(pl.col("angle") == angle) for angle in limits]
    photographs = max(map(_of_photographs, by_angle))
    return {
        "n": words("number.photographs", n=words.count(photographs)),
        "limits": f"{limit}{max(_hidden(angle, words) for angle in by_angle)}",
        **{
            angle: _degrees(_reached(table.filter(pl.col("angle") == angle)), words)
            for angle in ("yaw", "pitch", "roll")
        },
    }


def _mask_pose_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    nods = frames["mask_pose"].filter(pl.col("angle") == "pitch")
    places = nods.sort("median", "expression", "supervised")
    ends = places.select("expression", "supervised", "median").rows() or [("–", False, None)]
    (low, low_cue, least), (high, high_cue, most) = ends[0], ends[-1]
    return {
        "n": words.count(frames["mask_pose"]["people"].max()),  # type: ignore[arg-type]
        "low": f"{words.number(least, 1)}°",
        "lowest": words.mask(low, low_cue),
        "high": f"{words.number(most, 1)}°",
        "highest": words.mask(high, high_cue),
    }


def _hidden(table: pl.DataFrame, words: Words) -> str:
    """Say so where there are more photographs than those of the classes that are shown."""
    if table["photographs"].sum() == _of_photographs(table):
        return ""
    return f" {words('figures.pose.few')}"


def _reached(table: pl.DataFrame) -> float:
    """Give the degrees that 95 % of the photographs do not reach, to either side."""
    far = table.select(
        "photographs", pl.max_horizontal(pl.col("low").abs(), pl.col("high").abs()).alias("far")
    ).sort("far")
    within = far.filter(far["photographs"].cum_sum() >= _MOST * _of_photographs(table))
    return float(within["far"][0]) if len(within) else math.nan


def _degrees(value: float, words: Words) -> str:
    digits = 0 if math.isnan(value) or value.is_integer() else 1
    return f"{words.number(value, digits)}°"


def _of_photographs(table: pl.DataFrame) -> int:
    """Count photographs, those too whose classes are not shown."""
    cells = [name for name in ("expression", "supervised") if name in table.columns]
    totals = table.group_by(cells).agg(pl.col("of_photographs").max())
    return int(totals["of_photographs"].sum())


def _height_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["face_height"]
    least: Any = table["least"].max()
    classes = table.group_by("low").agg(pl.col("photographs").sum()).sort("low")
    shares = classes["photographs"].cum_sum() / classes["photographs"].sum()
    width = table["high"][0] - table["low"][0]
    ends = [classes.filter(shares >= share)["low"][0] for share in (1 - _MOST, _MOST)]
    limit = (
        words("figures.face_height.no_limit")
        if least is None
        else words("figures.face_height.limit", least=words.number(least, 0))
    )
    return {
        "n": words("number.photographs", n=words.count(_of_photographs(table))),
        "width": words.number(width, 0),
        "low": words.number(ends[0], 0),
        "high": words.number(ends[1] + width, 0),
        "limit": f"{limit}{_hidden(table, words)}",
    }


QUALITY = Section(
    "quality",
    (
        Figure(
            "quality_flow",
            tables=("quality_flow",),
            draw=quality.flow,
            numbers=_flow_numbers,
            unit="counts",
            needs=(),
        ),
        Figure(
            "exclusions",
            tables=("exclusions",),
            draw=quality.exclusions,
            numbers=_exclusion_numbers,
            unit="people",
            needs=(),
        ),
        Figure(
            "balance",
            tables=("balance",),
            draw=quality.balance,
            numbers=_balance_numbers,
            unit="sd",
            needs=(),
        ),
        Figure(
            "detection",
            tables=("detection",),
            draw=quality.detection,
            numbers=_detection_numbers,
            unit="counts",
            needs=(),
        ),
        Figure(
            "pose",
            tables=("pose",),
            draw=pose.pose,
            numbers=_pose_numbers,
            unit="degrees",
            needs=(),
        ),
        Figure(
            "mask_pose",
            tables=("mask_pose",),
            draw=pose.mask_pose,
            numbers=_mask_pose_numbers,
            unit="degrees",
            needs=(),
        ),
        Figure(
            "face_height",
            tables=("face_height",),
            draw=pose.face_height,
            numbers=_height_numbers,
            unit="px",
            needs=(),
        ),
        Listing(
            "suspicions",
            table="suspicions",
            columns=("suspicion", "people", "participant"),
            numbers=lambda *_: {},
            needs=(),
            personal=True,
        ),
    ),
)
