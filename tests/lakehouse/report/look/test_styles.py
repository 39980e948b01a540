import re

import pytest

from lakehouse.report.look.colours import PALETTES, THEMES
from lakehouse.report.look.fonts import FONT
from lakehouse.report.look.styles import css_variables


def declared(text: str) -> dict[str, str]:
    return dict(re.fullmatch(r"([\w-]+):(.+);", line).groups() for line in text.splitlines())


@pytest.mark.parametrize("theme", THEMES)
def test_css_has_the_palettes_colours(theme):
    palette, css = PALETTES[theme], declared(css_variables(theme))
    assert css["color-scheme"] == theme
    assert css["--ink-soft"] == palette.ink_soft
    assert css["--page"] == palette.page
    assert css["--font"] == f'"{FONT}",sans-serif'
    assert [css[f"--expression-{place}"] for place in range(8)] == [*palette.expressions.values()]
    assert [css[f"--group-{place}"] for place in range(12)] == list(palette.groups)
    assert css["--heat"].split(",") == list(palette.heat)
    assert css["--diverging"].split(",") == list(palette.diverging)


def test_words_of_ones_own_never_become_css():
    css = css_variables("light", ["neutral", "};*{display:none"])
    assert "display" not in css
    assert declared(css)["--expression-1"] == PALETTES["light"].groups[0]


def test_both_themes_declare_the_same():
    light, dark = (declared(css_variables(theme)) for theme in THEMES)
    assert light.keys() == dark.keys()
