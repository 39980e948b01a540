"""Alignment: what the method changes, and which is in force."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from lakehouse.charts.alignment import alignment, alignment_outlines
from lakehouse.charts.drawing import Frames
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.tables.facts import Need


def _numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["alignment"]
    in_force = next(iter(table.filter("in_force")["method"]), "")
    paper = table.filter(pl.col("method") == "paper")
    least: Any = paper.sort("upper_face_size", nulls_last=True).row(0, named=True)
    same = (pl.col("expression") == least["expression"]) & (
        pl.col("supervised") == least["supervised"]
    )
    others = {row["method"]: row for row in table.filter(same).to_dicts()}

    def of(method: str, column: str, digits: int) -> str:
        return words.number(others[method][column] if method in others else None, digits)

    return {
        "n": words.count(table["participants"].max()),  # type: ignore[arg-type]
        "method": words.values("method").get(in_force, in_force),
        "mask": words.mask(least["expression"], least["supervised"]),
        "size": words.number(least["upper_face_size"], 3),
        "size_procrustes": of("procrustes", "upper_face_size", 3),
        "ratio": words.number(least["upper_to_lower"], 2),
        "ratio_procrustes": of("procrustes", "upper_to_lower", 2),
        "drop_procrustes": of("procrustes", "chin_drop", 0),
        "drop_scale": of("neutral_scale", "chin_drop", 0),
    }


def _outline_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["alignment_outlines"]
    masks = table.filter(~pl.col("is_reference")).select("expression", "supervised").n_unique()
    return {"masks": words.count(masks)}


ALIGNMENT = Section(
    "alignment",
    (
        Figure(
            "alignment_outlines",
            tables=("alignment", "alignment_outlines"),
            draw=alignment_outlines,
            numbers=_outline_numbers,
            unit="aligned_px",
            needs=(Need.PARTICIPANTS, Need.EXPRESSIONS),
            controls=("expression", "supervised"),
        ),
        Figure(
            "alignment",
            tables=("alignment",),
            draw=alignment,
            numbers=_numbers,
            unit="aligned_px_or_ratio",
            needs=(Need.PARTICIPANTS, Need.EXPRESSIONS),
        ),
    ),
)
