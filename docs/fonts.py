"""Cut the report's typeface down from Source Sans 3: `python docs/fonts.py FOLDER`.

FOLDER is what `tar -xzf` makes of `npm pack source-sans@3.52.0`, the designers' own package of
release 3.052. The fonts lie in `lakehouse/report/look/typeface`; run this again when that release
or the characters change. The Open Font License reserves the name Source, so what is cut down is
called otherwise.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Lakehouse Sans"
FOLDER = Path(__file__).parents[1] / "lakehouse" / "report" / "look" / "typeface"
STYLES = {"Regular": "Regular", "Italic": "It", "SemiBold": "Semibold"}
"""The files' names here and there."""

RANGES = (
    (0x20, 0x7E),  # Latin
    (0xA0, 0x17F),  # of all Europe
    (0x218, 0x21B),
    (0x2C6, 0x2DD),
    (0x386, 0x3CE),  # Greek
    (0x2009, 0x2015),  # spaces, hyphens and dashes
    (0x2018, 0x2026),  # quotes, daggers, bullet, ellipsis
    (0x202F, 0x203A),
    (0x2070, 0x208E),  # raised and lowered figures
)
OTHERS = "⁄€™←↑→↓↔↕↖↗↘↙∂∆∏∑−∕∙√∞∫≈≠≤≥■□▲△▶▷▼▽◀◁◆◊○●✓"

LAYOUT = ["kern"]
"""Figures are of one width without a feature, as columns and axes want them."""

DESCRIPTION = "Source Sans 3 with fewer characters, under another name."


def characters() -> set[int]:
    """Give the code points that texts of the report may use."""
    return {ord(each) for each in OTHERS}.union(*(range(low, high + 1) for low, high in RANGES))


def cut(source: Path, style: str) -> TTFont:
    """Give a font of these characters only, under its new name."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        layout_features=LAYOUT, hinting=False, name_IDs=[0, 13, 14], name_languages=[0x409]
    )
    options.drop_tables += ["DSIG", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    rename(font, style)
    return font


def rename(font: TTFont, style: str) -> None:
    """Name a font: a family of four for programs that know no more, and the whole family."""
    names = font["name"]
    linked = style in ("Regular", "Italic")
    file_name = f"{FAMILY.replace(' ', '')}-{style}"
    for number, text in {
        1: FAMILY if linked else f"{FAMILY} {style}",
        2: style if linked else "Regular",
        3: f"{file_name} {font['head'].fontRevision:.3f}",
        4: f"{FAMILY} {style}",
        5: f"Version {font['head'].fontRevision:.3f}",
        6: file_name,
        10: DESCRIPTION,
        16: FAMILY,
        17: style,
    }.items():
        names.setName(text, number, 3, 1, 0x409)


def write(fonts: Iterable[tuple[str, TTFont]]) -> None:
    """Write each twice: for drawing without a browser, and for the page."""
    for style, font in fonts:
        name = f"{FAMILY.replace(' ', '')}-{style}"
        font.save(FOLDER / f"{name}.ttf")
        font.flavor = "woff2"
        font.save(FOLDER / f"{name}.woff2")


if __name__ == "__main__":
    package = Path(sys.argv[1])
    write(
        (style, cut(package / f"TTF/SourceSans3-{file}.ttf", style))
        for style, file in STYLES.items()
    )
    licence = (package / "LICENSE.md").read_text(encoding="utf-8")
    (FOLDER / "OFL.txt").write_text(licence, encoding="utf-8")
