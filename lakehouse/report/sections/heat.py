"""Where faces move: heat maps, figures 11 and 16."""

from collections.abc import Mapping

from lakehouse.charts.drawing import Frames
from lakehouse.charts.heat import heat_grid
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.tables.facts import Need


def _heat_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    heat = frames["heat"]
    most = heat.sort("mean_distance", descending=True, nulls_last=True).row(0, named=True)
    return {
        "masks": words.count(heat.select("expression", "supervised").n_unique()),
        "most": words.number(most["mean_distance"], 1),
        "mask": words.mask(most["expression"], most["supervised"]),
    }


HEAT = Section(
    "heat",
    (
        Figure(
            "heat",
            tables=("heat", "mesh"),
            draw=heat_grid,
            numbers=_heat_numbers,
            unit="aligned_px",
            needs=(Need.PARTICIPANTS, Need.EXPRESSIONS),
            paper=("11", "16"),
        ),
    ),
)
