"""Charts that take the page's colour and the ink's from the look, and are seen without it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tests.lakehouse.charts.scene import Scene

PAGE, INK = "#ffffff", "#000000"


def seen(chart: Any, frames: Mapping[str, pl.DataFrame]) -> Scene:
    """Draw a chart on white in black ink."""
    colours = [{"name": "page", "value": PAGE}, {"name": "ink", "value": INK}]
    return Scene(chart.configure(params=colours), frames)
