"""The typeface has all that texts may say, under a name of its own, and nothing else is used."""

import re
import zlib
from functools import cache
from pathlib import Path

import pytest
import vl_convert
from fontTools.ttLib import TTFont

from lakehouse.report.look.fonts import FONT, FONT_STYLES, font_faces, font_folder

TEXTS = [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789",
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ «»‹›“”„‘’‚ –—…•·†‡§¶ªº°©",
    "ação, não, você, é, à, õ, ê, ô, ú, ü, Ç Ã — Łódź, Škoda, Straße, Œuvre, Ĳ, ğ, ş, ș, ț",
    "αβγδεζηθικλμνξοπρστυφχψω ΓΔΘΛΞΠΣΦΨΩ",
    "−×÷±≈≠≤≥∞∑√∂ ²³⁰¹⁴⁵⁶⁷⁸⁹⁻ ₀₁₂₃₄₅₆₇₈₉ ½¼ % ‰ €",
    "←→↑↓↔↗↘ ●○◆▲△▼■□✓",
    "r = −0.31 [−0.42, −0.19], ρ, τ, χ², η², κ, α, β, q < 0.05, n = 309\N{NO-BREAK SPACE}px",
]
every_style = pytest.mark.parametrize("style", FONT_STYLES)


def font_file(style: str, ending: str = "ttf") -> Path:
    return font_folder() / f"{FONT.replace(' ', '')}-{style}.{ending}"


@cache
def font(style: str) -> TTFont:
    return TTFont(font_file(style))


def missing(text: str) -> set[str]:
    """Give the characters of a text that some style lacks."""
    return {
        each for each in text for style in FONT_STYLES if ord(each) not in font(style).getBestCmap()
    }


@pytest.mark.parametrize("text", TEXTS)
def test_what_texts_may_say_is_there(text):
    assert missing(text) == set()


def test_what_is_not_there_is_found():
    assert missing("face 脸") == {"脸"}


@every_style
def test_figures_are_of_one_width(style):
    widths = {font(style)["hmtx"][font(style).getBestCmap()[ord(one)]][0] for one in "0123456789−"}
    assert len(widths) == 1


@every_style
def test_its_name_is_not_reserved_and_has_no_digit(style):
    names = {record.nameID: str(record) for record in font(style)["name"].names}
    shown = [names[number] for number in (1, 3, 4, 6, 16, 17)]
    assert names[16] == FONT
    assert names[17] == style
    assert not re.search(r"\d", FONT)
    assert not any("Source" in name for name in shown)
    assert font(style)["OS/2"].usWeightClass == FONT_STYLES[style][1]


@every_style
def test_the_licence_goes_along(style):
    names = {record.nameID: str(record) for record in font(style)["name"].names}
    assert "SIL Open Font License" in names[13]
    assert "Adobe" in names[0]
    licence = (font_folder() / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright 2010-2024 Adobe" in licence


@every_style
def test_files_are_small(style):
    assert font_file(style).stat().st_size < 55_000
    assert font_file(style, "woff2").stat().st_size < 24_000
    assert font_file(style, "woff2").read_bytes()[:4] == b"wOF2"


def test_the_page_brings_every_style_along():
    css = font_faces()
    assert css.count("@font-face") == len(FONT_STYLES)
    for slant, weight in FONT_STYLES.values():
        assert f'font-family:"{FONT}";font-style:{slant};font-weight:{weight};' in css
    assert set(re.findall(r"url\((\w+:[\w/]+);", css)) == {"data:font/woff2"}


def fonts_in_pdf(content: bytes) -> set[str]:
    """Give the names of the fonts that a PDF holds, without the tag of their part."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    inflated = [zlib.decompress(one) for one in streams if one[:1] == b"x"]
    found = re.findall(rb"/BaseFont\s*/([^\s/]+)", b"\n".join([content, *inflated]))
    return {name.decode().rpartition("+")[2] for name in found}


def picture(words: str) -> bytes:
    texts = [("normal", "normal"), ("normal", "600"), ("italic", "normal")]
    lines = "".join(
        f'<text y="{20 * place + 20}" font-style="{slant}" font-weight="{weight}">{words}</text>'
        for place, (slant, weight) in enumerate(texts)
    )
    vl_convert.register_font_directory(str(font_folder()))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="80" '
        f'font-family="{FONT}, sans-serif" font-size="12">{lines}</svg>'
    )
    return bytes(vl_convert.svg_to_pdf(svg))


def test_exported_files_use_this_typeface_alone():
    words = "ρ = −0.31, τ ≥ 0.2, q &lt; 0.05, η² ± ção → ●"
    own = {f"{FONT.replace(' ', '')}-{style}" for style in FONT_STYLES}
    assert fonts_in_pdf(picture(words)) == own
    assert fonts_in_pdf(picture("Ж")) - own
