"""Any text stays a text in Vega's expressions."""

import re
from typing import Any

import altair as alt
import polars as pl
import pytest
import vl_convert

from lakehouse.charts.drawing import label_expr, named
from lakehouse.charts.literals import literal, readable
from lakehouse.report.engine.draw import VEGA_LITE
from tests.lakehouse.charts.scene import Scene

ODD = [
    "constructor",
    "toString",
    "__proto__",
    "</script>",
    "'\"\\",
    "{braces}",
    "\u202e\u2028",
    "a",
]


def shown(expression: str, values: list[str]) -> list[str]:
    frame = pl.DataFrame({"value": values})
    chart = alt.Chart(named("given")).transform_calculate(said=expression)
    marks = Scene(chart.mark_text().encode(text="said:N"), {"given": frame})
    return [str(mark["text"]) for mark in marks.of("text")]


def test_a_text_is_itself() -> None:
    assert shown(f"indexof({literal(ODD)}, datum.value)", ODD) == [str(n) for n in range(len(ODD))]


def test_labels_are_found_whatever_codes_and_labels_are() -> None:
    labels = {code: label for code, label in zip(ODD, reversed(ODD), strict=True)
              if code != "__proto__"}  # fmt: skip
    expected = [labels.get(code, code) for code in ODD]

    assert shown(label_expr(labels, "datum.value"), ODD) == expected


def test_a_code_without_label_is_shown_as_it_is() -> None:
    assert shown(label_expr({"b": "B"}, "datum.value"), ODD) == ODD


@pytest.mark.parametrize("channel", ["x", "facet"])
def test_what_every_object_has_can_be_put_into_an_order(channel: str) -> None:
    frame = pl.DataFrame({"value": ["a", "constructor", "b"]})
    order = ["b", "constructor", "a"]
    chart = alt.Chart(named("given")).mark_point()
    kind: Any = {"x": alt.X, "facet": alt.Facet}[channel]
    encoded = chart.encode(**{channel: kind("value:N", sort=order)})
    specification = readable(encoded.to_dict(validate=False))
    specification["datasets"] = {"given": frame.to_dicts()}

    drawn = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert [text for text in texts if text in order] == order


@pytest.mark.parametrize("title", ["toString", ["a", "constructor"]])
def test_what_every_object_has_can_be_a_title(title: str | list[str]) -> None:
    chart = alt.Chart(named("given")).mark_point().properties(title=alt.Title(title))
    specification = readable(chart.to_dict(validate=False))
    specification["datasets"] = {"given": [{"value": 1}]}

    drawn = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    lines = [title] if isinstance(title, str) else title
    assert [line for line in lines if f">{line}</" in drawn] == lines


def test_other_parts_of_a_specification_stay() -> None:
    other = {"sort": "ascending", "domain": ["a", 1, None], "field": "constructor"}
    assert readable(other) == other
