"""Mean masks and ghosts: figures 5 and 13 to 15."""

from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.masks import enlarged, mask_grid, masks_enlarged
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.ghosts import GHOSTS
from lakehouse.report.sections.photographs import PHOTOGRAPHS
from lakehouse.report.tables.facts import Need


def people(frame: pl.DataFrame, words: Words) -> str:
    """Say how many participants the masks have: one number, or the fewest and the most.

    Parameters
    ----------
    frame : polars.DataFrame
        With column participants.
    """
    counts = sorted(set(frame["participants"].to_list()))
    return "–".join(dict.fromkeys(words.count(count) for count in (counts[0], counts[-1])))


def _grid_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    masks = frames["mask_people"]
    return {"masks": words.count(len(masks)), "n": people(masks, words)}


def _enlarged_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    shown = enlarged(frames["mean_masks"], words.labels.expressions)
    masks = frames["mask_people"].filter(pl.col("expression").is_in(shown))
    return {
        "n": people(masks, words),
        "expressions": words.listed([words.expression(code) for code in shown]),
    }


MASKS = Section(
    "masks",
    (
        Figure(
            "mean_masks",
            tables=("mean_masks", "mesh_edges", "mask_people"),
            draw=mask_grid,
            numbers=_grid_numbers,
            unit="aligned_px",
            paper=("5", "15"),
        ),
        Figure(
            "masks_enlarged",
            tables=("mean_masks", "mesh_edges", "mask_people"),
            draw=masks_enlarged,
            numbers=_enlarged_numbers,
            unit="aligned_px",
            needs=(Need.PARTICIPANTS, Need.EXPRESSIONS),
            paper=("13", "14"),
        ),
        GHOSTS,
        PHOTOGRAPHS,
    ),
)
