"""Mean masks and ghosts: figures 5 and 13 to 15."""

from collections.abc import Mapping

from lakehouse.charts.drawing import Frames
from lakehouse.charts.masks import enlarged, mask_grid, masks_enlarged
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.ghosts import GHOSTS
from lakehouse.report.sections.photographs import PHOTOGRAPHS


def _grid_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    people = frames["mask_people"]["participants"]
    fewest, most = people.min(), people.max()
    return {
        "masks": words.count(len(people)),
        "n": words.count(most) if fewest == most else f"{words.count(fewest)}–{words.count(most)}",
    }


def _enlarged_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    shown = enlarged(frames["mean_masks"], list(words.labels.expressions))
    return {"expressions": words.listed([words.expression(code) for code in shown])}


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
            tables=("mean_masks", "mesh_edges"),
            draw=masks_enlarged,
            numbers=_enlarged_numbers,
            unit="aligned_px",
            paper=("13", "14"),
        ),
        GHOSTS,
        PHOTOGRAPHS,
    ),
)
