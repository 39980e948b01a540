"""Charts as the page holds them, against what a translation with each theme's colours gives."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from lakehouse.paths import WarehousePaths
from lakehouse.report.controls import starting
from lakehouse.report.engine.draw import VEGA_LITE
from lakehouse.report.figure import Figure, drawn
from lakehouse.report.look.colours import THEMES, colours_of, roles
from lakehouse.report.look.vega import config
from lakehouse.report.page.specifications import WIDTHS, expressions_of, undescribed
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.order import SECTIONS
from lakehouse.report.tables.tables import open_tables
from lakehouse.report.texts.read import LANGUAGES
from tests.lakehouse.report.read import data_of


def lines_of(page: Path) -> dict[str, Any]:
    text = zlib.decompress(base64.b64decode(data_of(page)["specifications"])).decode()
    pairs = (line.split(" {", 1) for line in text.split("\n"))
    return {names: json.loads("{" + rest) for names, rest in pairs}


def coloured(part: Any, colours: dict[str, str], key: str = "") -> Any:
    """Put colours in the place of their roles, where a colour may stand."""
    if isinstance(part, dict):
        return {
            name: coloured(value, colours, key if name == "value" else name)
            for name, value in part.items()
        }
    if isinstance(part, list):
        return [coloured(value, colours, key) for value in part]
    is_colour = re.search("(fill|stroke|color)$", key, re.IGNORECASE)
    return colours.get(part, part) if is_colour and isinstance(part, str) else part


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_a_chart_in_roles_is_the_chart_of_each_theme(
    report_page: Path, small_warehouse: WarehousePaths, theme: Any
) -> None:
    held, looks = lines_of(report_page), data_of(report_page)["themes"][theme]
    assert looks["colours"] == colours_of(theme)
    compared = 0
    with open_tables(small_warehouse, Privacy()) as tables:
        words = tables.words("en")
        look = undescribed(config(theme, *expressions_of({"en": words})))
        figures = [block for section in SECTIONS for block in section.blocks]
        for figure in figures:
            if not isinstance(figure, Figure) or f"{figure.name} en wide" not in held:
                continue
            frames = {name: tables.table(name) for name in figure.tables}
            chosen = starting(tables, figure.controls)
            chart = drawn(figure, frames, words, WIDTHS["wide"], chosen)
            expected = vl_convert.vegalite_to_vega(chart, vl_version=VEGA_LITE, config=look)
            assert expected.pop("config") == looks["config"], figure.name
            found = coloured(held[f"{figure.name} en wide"], looks["colours"])
            for signal in found.get("signals", []):
                signal |= {
                    key: looks["colours"].get(value, value)
                    for key, value in signal.items()
                    if isinstance(value, str)
                }
            assert found == json.loads(json.dumps(expected)), figure.name
            compared += 1
    assert compared > 30


@pytest.mark.slow
def test_every_figure_is_there_in_each_language_and_width(report_page: Path) -> None:
    names = data_of(report_page)["figures"]
    expected = {f"{name} {language} {width}" for name in names for language in LANGUAGES
                for width in WIDTHS}  # fmt: skip
    assert lines_of(report_page).keys() == expected


def test_roles_are_told_apart() -> None:
    named = roles()
    assert len(set(colours_of("light"))) == len(colours_of("light"))
    assert colours_of("light").keys() == colours_of("dark").keys()
    assert {named.ink, named.page, *named.on_heat} < colours_of("dark").keys()
