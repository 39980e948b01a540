"""The configuration's colours, sizes and styles arrive in what is drawn."""

import json
import re
from typing import Any

import altair as alt
import pytest
import vl_convert

from lakehouse.report.look.colours import PALETTES, THEMES
from lakehouse.report.look.fonts import FONT
from lakehouse.report.look.marks import MEANINGS, styles
from lakehouse.report.look.vega import BOLD, config

every_theme = pytest.mark.parametrize("theme", THEMES)


def drawn(theme: str, chart: dict[str, Any], **words: Any) -> str:
    """Draw a chart of five rows, as SVG."""
    rows = [{"x": n, "y": n, "word": f"w{n}"} for n in range(5)]
    whole = {"data": {"values": rows}, "config": config(theme, **words)} | chart
    return str(vl_convert.vegalite_to_svg(json.dumps(whole)))


def marked(theme: str, mark: str, style: str, **channels: Any) -> str:
    """Draw one kind of mark in a style, and give the elements that are its marks."""
    place = {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "ordinal"}}
    svg = drawn(theme, {"mark": {"type": mark, "style": style}, "encoding": place | channels})
    return marks_of(svg)


def marks_of(svg: str) -> str:
    """Give what is drawn for rows, without axes, legends and titles."""
    return "".join(re.findall(r'<g class="mark-\w+ role-mark[^"]*"[^>]*>(.*?)</g>', svg))


@every_theme
def test_every_style_has_a_meaning_and_a_look(theme):
    assert list(styles(PALETTES[theme])) == list(MEANINGS)


@every_theme
def test_altair_takes_the_configuration(theme):
    assert alt.Config.from_dict(config(theme)).to_dict() == config(theme)


@pytest.mark.slow
@every_theme
def test_styles_are_drawn(theme):
    palette = PALETTES[theme]
    fill, edge = palette.on_heat
    text = {"text": {"field": "word"}}
    assert f'stroke="{palette.guide}"' in marked(theme, "rule", "guide")
    assert f'stroke="{palette.ink}"' in marked(theme, "line", "fit")
    assert f'fill="{palette.ink_soft}"' in marked(theme, "text", "note", **text)
    assert f'fill="{palette.ink}"' in marked(theme, "text", "label", **text)
    assert f'stroke="{palette.page}"' in marked(theme, "rect", "tile")
    for style in ("survivor", "ring"):
        survivors = marked(theme, "point", style)
        assert f'fill="{fill}"' in survivors
        assert f'stroke="{edge}"' in survivors
    hollow = marked(theme, "point", "hollow")
    assert "fill=" not in hollow
    assert f'stroke="{palette.mark}"' in hollow
    assert f'fill="{palette.mark}"' in marked(theme, "point", "cue")
    assert f'stroke="{palette.ink}"' in marked(theme, "point", "chosen")
    assert 'opacity="0.3"' in marked(theme, "point", "pale")
    assert 'opacity="0.55"' in marked(theme, "point", "people")


def test_a_ring_has_a_hole():
    def pieces(style: str) -> int:
        outlines = re.findall(r' d="([^"]*)"', marked("light", "point", style))
        assert len(outlines) == 5
        return outlines[0].count("M")

    assert (pieces("ring"), pieces("survivor")) == (2, 1)


@every_theme
def test_a_chart_can_ask_for_what_lies_behind(theme):
    mark = {"type": "point", "style": "hollow", "fill": {"expr": "page"}}
    svg = drawn(theme, {"mark": mark, "encoding": {"x": {"field": "x", "type": "quantitative"}}})
    assert svg.count(f'fill="{PALETTES[theme].page}"') == 5


def test_an_encoded_colour_goes_before_a_style():
    colour = {"color": {"field": "word", "type": "nominal"}}
    hollow = marked("light", "point", "hollow", **colour)
    for expected in list(PALETTES["light"].expressions.values())[:5]:
        assert f'stroke="{expected}"' in hollow


@every_theme
def test_numbers_in_cells_are_read_on_every_colour(theme):
    cell = "scale('color', datum.x)"
    pale = f"contrast({cell}, page) > contrast({cell}, ink)"
    colour = {
        "condition": {"test": pale, "value": {"expr": "page"}},
        "value": {"expr": "ink"},
    }
    place = {"x": {"field": "x", "type": "ordinal"}}
    heat = {"field": "x", "type": "quantitative"}
    numbers = {"text": {"field": "x"}, "color": colour}
    layers = [
        {"mark": {"type": "rect", "style": "tile"}, "encoding": place | {"color": heat}},
        {"mark": {"type": "text", "style": "value"}, "encoding": place | numbers},
    ]
    numbers = marks_of(drawn(theme, {"layer": layers}))
    fills = re.findall(r'<text[^>]* fill="(#\w+)"[^>]*>\d</text>', numbers)
    palette = PALETTES[theme]
    assert fills == [palette.ink, palette.ink, fills[2], palette.page, palette.page]


@every_theme
def test_a_mesh_is_outlines_alone(theme):
    triangle = {"type": "Polygon", "coordinates": [[[0, 0], [0, 9], [9, 9], [0, 0]]]}
    svg = drawn(
        theme,
        {
            "data": {"values": [{"type": "Feature", "geometry": triangle}]},
            "mark": {"type": "geoshape", "style": "mesh"},
            "projection": {"type": "identity"},
        },
    )
    assert f'Z" stroke="{PALETTES[theme].mesh}" stroke-width="0.5"' in svg


@pytest.mark.slow
@every_theme
def test_each_kind_of_colour_has_its_range(theme):
    def bars(kind: str, **scale: Any) -> str:
        field = {"nominal": "word", "ordinal": "word"}.get(kind, "x")
        return marked(theme, "bar", "cue", color={"field": field, "type": kind, **scale})

    palette = PALETTES[theme]
    for colour in list(palette.expressions.values())[:5]:
        assert f'fill="{colour}"' in bars("nominal")
    for colour in palette.groups[:5]:
        assert f'fill="{colour}"' in bars("ordinal")
    around_two = {"range": "diverging", "domain": [0, 4]}
    for stops, picture in (
        (palette.heat, bars("quantitative", scale={"domain": [0, 4]})),
        (palette.diverging, bars("quantitative", scale=around_two)),
    ):
        for stop in (stops[0], stops[len(stops) // 2], stops[-1]):
            red, green, blue = (int(stop[at : at + 2], 16) for at in (1, 3, 5))
            if len(stops) % 2:
                assert f'fill="rgb({red}, {green}, {blue})"' in picture


def test_a_datasets_own_words_have_colours_of_their_own():
    colour = {"color": {"field": "word", "type": "nominal"}}
    words = {"words": ["w0", "w1", "surprise"], "neutral": "w0"}
    chart = {"mark": "point", "encoding": {"x": {"field": "x"}, **colour}}
    svg = drawn("light", chart, **words)
    palette = PALETTES["light"]
    expected = (palette.expressions["neutral"], palette.groups[0], palette.expressions["surprise"])
    assert config("light", **words)["range"]["category"] == list(expected)
    assert all(f'fill="{each}"' in svg for each in expected)


@every_theme
def test_words_are_set_in_the_typeface_and_no_line_frames_the_view(theme):
    svg = drawn(theme, {"mark": "point", "title": "A title", "encoding": {"x": {"field": "word"}}})
    fonts = set(re.findall(r'font-family="([^"]*)"', svg))
    assert fonts == {f"{FONT}, sans-serif"}
    assert f'font-weight="{BOLD}"' in svg
    assert not re.search(r'class="background"[^>]*stroke="#', svg)
    [title] = re.findall(r"<text[^>]*>A title<", svg)
    assert f'fill="{PALETTES[theme].ink}"' in title
