"""The report's typeface: Source Sans 3, cut down and renamed, in three styles.

It has Latin of all Europe, Greek, arrows and the signs of statistics; figures are of one width. The
program that cuts it is `docs/fonts.py`, the licence `typeface/OFL.txt`.
"""

from base64 import b64encode
from pathlib import Path
from typing import Final

FONT: Final = "Lakehouse Sans"
"""No digit is in it: a canvas would take the rest for a size."""

FONT_STYLES: Final = {
    "Regular": ("normal", 400),
    "Italic": ("italic", 400),
    "SemiBold": ("normal", 600),
}
"""Slant and weight of each file, by the end of its name."""


def font_folder() -> Path:
    """Give the folder of the fonts, as TrueType for who draws without a browser, and as WOFF2."""
    return Path(__file__).with_name("typeface")


def font_faces() -> str:
    """Give the CSS that brings the typeface along, inside the page."""
    return "\n".join(_face(style) for style in FONT_STYLES)


def _face(style: str) -> str:
    slant, weight = FONT_STYLES[style]
    content = (font_folder() / f"{FONT.replace(' ', '')}-{style}.woff2").read_bytes()
    return (
        f'@font-face{{font-family:"{FONT}";font-style:{slant};font-weight:{weight};'
        f"font-display:block;src:url(data:font/woff2;base64,{b64encode(content).decode()})"
        ' format("woff2")}'
    )
