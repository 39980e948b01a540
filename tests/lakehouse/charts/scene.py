"""Charts on literal rows, and what is seen of them."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import vl_convert

from lakehouse.charts.drawing import AnyChart, Choice, Drawing
from lakehouse.charts.words import Labels, Words
from lakehouse.report.engine.draw import VEGA_LITE
from lakehouse.report.texts.read import texts

EXPRESSIONS = {"neutral": "neutral", "happiness": "happiness", "surprise": "surprise"}
INSTRUMENTS = {"dbi": "Beck Depression Inventory"}

Mark = dict[str, Any]


def drawing(width: int = 1080, chosen: Mapping[str, Choice] | None = None) -> Drawing:
    """Give what a chart is drawn with, in English."""
    labels = Labels(expressions=EXPRESSIONS, instruments=INSTRUMENTS)
    return Drawing(Words("en", texts("en"), labels), width, chosen or {})


class Scene:
    """What a chart becomes when its data are there.

    Parameters
    ----------
    chart : altair chart
        Its specification is validated.
    frames : mapping of str to polars.DataFrame
    """

    def __init__(self, chart: AnyChart, frames: Mapping[str, pl.DataFrame]) -> None:
        specification = chart.to_dict(validate=True)
        specification["datasets"] = {name: frame.to_dicts() for name, frame in frames.items()}
        graph: Any = vl_convert.vegalite_to_scenegraph(specification, vl_version=VEGA_LITE)
        self.width: float = graph["width"]
        self.marks = list(_marks(graph["scenegraph"]))

    def of(self, *kinds: str, role: str = "mark") -> list[Mark]:
        """Give the items of marks, not of axes and legends."""
        return [
            item
            for mark in self.marks
            if mark["marktype"] in kinds and mark.get("role") == role
            for item in mark["items"]
        ]

    @property
    def texts(self) -> list[str]:
        """Every text, axes' and titles' too, in the order of drawing."""
        return [
            str(item["text"])
            for mark in self.marks
            if mark["marktype"] == "text"
            for item in mark["items"]
            if item.get("text") not in (None, "")
        ]


def _marks(node: Any) -> Iterator[Mark]:
    if isinstance(node, dict):
        if "marktype" in node:
            yield node
        for child in node.get("items", ()):
            yield from _marks(child)
