"""Faces of four points, drawn as SVG, of which marks are counted."""

import re
import xml.etree.ElementTree as ET
from typing import Any

import polars as pl
import vl_convert

from lakehouse.charts.drawing import Drawing
from lakehouse.charts.words import Labels, Words
from lakehouse.report.texts.read import texts

EXPRESSIONS = {"neutral": "neutral", "happiness": "happiness", "surprise": "surprise"}
WIDE, NARROW = 1080, 348
CHOSEN = {"expression": "happiness", "supervised": False, "point": 2}

PLACES = [(1000.0, 100.0), (1500.0, 100.0), (1000.0, 900.0), (1500.0, 900.0)]
TRIANGLES = [(0, 1, 2), (1, 2, 3)]
EDGES = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]


def drawing(width: int = WIDE, language: str = "en", **chosen: Any) -> Drawing:
    """For a page in a language, with happiness without cue and point 2 chosen."""
    said = texts(language)
    labels = Labels(expressions=EXPRESSIONS, points={point: f"place {point}" for point in range(4)})
    return Drawing(Words(said["language.code"], said, labels), width, CHOSEN | chosen)


def masks(moved: dict[tuple[str, bool], float]) -> pl.DataFrame:
    """Mean masks, each moved down by so many pixels."""
    return pl.DataFrame(
        [
            {"expression": code, "supervised": cue, "point": point, "x": x, "y": y + down}
            for (code, cue), down in moved.items()
            for point, (x, y) in enumerate(PLACES)
        ]
    )


def edges() -> pl.DataFrame:
    """The sides of both triangles."""
    rows = [{"edge": edge, "point_a": a, "point_b": b} for edge, (a, b) in enumerate(EDGES)]
    return pl.DataFrame(rows)


def mesh() -> pl.DataFrame:
    """Both triangles' shapes."""
    rings = [[list(PLACES[point]) for point in (*corners, corners[0])] for corners in TRIANGLES]
    return pl.DataFrame(
        {
            "triangle": [0, 1],
            "geo": [{"type": "Polygon", "coordinates": [ring]} for ring in rings],
        }
    )


def heat(moved: dict[tuple[str, bool], float | None]) -> pl.DataFrame:
    """Both triangles of each mask, moved so far; none of the reference."""
    rows = [
        {"expression": code, "supervised": cue, "triangle": triangle, "mean_distance": distance}
        for (code, cue), distance in moved.items()
        for triangle in range(2)
    ]
    return pl.DataFrame(rows, schema_overrides={"mean_distance": pl.Float64})


def svg(chart: Any, frames: dict[str, pl.DataFrame]) -> ET.Element:
    """Draw a chart with its data, after its specification was found to be valid."""
    specification = chart.to_dict(validate=True)
    specification["datasets"] = {name: frame.to_dicts() for name, frame in frames.items()}
    return ET.fromstring(vl_convert.vegalite_to_svg(specification))


def marks(picture: ET.Element, kind: str) -> list[int]:
    """Count the marks of a kind, such as shape, in each group of them that has any."""
    counts = [
        len(list(group))
        for group in picture.iter("{http://www.w3.org/2000/svg}g")
        if {f"mark-{kind}", "role-mark"} <= set(group.get("class", "").split())
    ]
    return [count for count in counts if count]


def shapes(picture: ET.Element, part: str = "") -> list[str]:
    """Give the paths of shapes."""
    return [
        path.get("d", "")
        for group in picture.iter("{http://www.w3.org/2000/svg}g")
        if "mark-shape" in group.get("class", "") and part in group.get("class", "")
        for path in group
    ]


def written(picture: ET.Element) -> list[str]:
    """Give all texts of a picture, from above."""
    texts = picture.iter("{http://www.w3.org/2000/svg}text")
    return [text.text or "" for text in sorted(texts, key=_height)]


def _height(text: ET.Element) -> float:
    [height] = re.findall(r"translate\([^,]+,([^)]+)\)", text.get("transform", ""))[:1] or ["0"]
    return float(height)
