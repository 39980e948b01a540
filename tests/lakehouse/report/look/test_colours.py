import re
from dataclasses import fields

import numpy as np
import pytest

from lakehouse.report.look.colours import PALETTES, THEMES, expression_colours, group_colours
from lakehouse.settings.dataset import STUDY_EXPRESSIONS

from .sight import contrast, lab, least_between, least_distance, rgb, sights

every_theme = pytest.mark.parametrize("theme", THEMES)


@every_theme
def test_expressions_are_told_apart_by_everybody(theme):
    colours = list(PALETTES[theme].expressions.values())
    distances = {kind: least_distance(seen) for kind, seen in sights(colours).items()}
    assert len(distances) == 7
    assert min(distances.values()) >= 14, distances


def test_colours_that_some_confuse_are_found():
    red_and_green = sights(["#D62728", "#8C7A1B"])
    assert least_distance(red_and_green["normal"]) > 40
    assert least_distance(red_and_green["deuteranopia, Machado"]) < 14
    blue_and_green = sights(["#7071F4", "#29A2A8"])
    assert least_distance(blue_and_green["normal"]) > 20
    assert least_distance(blue_and_green["tritanopia, Brettel"]) < 10


@every_theme
def test_neutral_is_grey(theme):
    [colour] = rgb([PALETTES[theme].expressions["neutral"]])
    assert len(set(colour)) == 1


@every_theme
def test_groups_are_told_apart(theme):
    groups = list(PALETTES[theme].groups)
    assert len(set(groups)) == 12
    assert min(map(least_distance, sights(groups[:8]).values())) >= 14
    assert min(map(least_distance, sights(groups).values())) >= 8
    assert least_between(groups, list(PALETTES[theme].expressions.values())) >= 8


@every_theme
def test_data_and_text_are_seen_on_what_lies_behind(theme):
    palette = PALETTES[theme]
    data = [*palette.expressions.values(), *palette.groups, palette.mark, palette.guide]
    text = [palette.ink, palette.ink_soft, palette.accent]
    text += [palette.good, palette.warning, palette.bad]
    for behind in (palette.page, palette.raised):
        assert min(contrast(colour, behind) for colour in data) >= 3
        assert min(contrast(colour, behind) for colour in text) >= 4.5
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.005)


@every_theme
def test_heat_rises_in_equal_steps_of_lightness(theme):
    lightness = lab(rgb(list(PALETTES[theme].heat)))[:, 0]
    steps = np.diff(lightness)
    away_from_the_page = steps if theme == "dark" else -steps
    assert away_from_the_page.min() > 0
    assert away_from_the_page.max() < 2 * away_from_the_page.min()
    assert abs(lightness[-1] - lightness[0]) > 75


@every_theme
def test_the_least_heat_is_not_the_page(theme):
    palette = PALETTES[theme]
    assert least_between([palette.heat[0]], [palette.page]) > 10


@every_theme
def test_differences_are_symmetric_about_zero(theme):
    colours = list(PALETTES[theme].diverging)
    assert len(colours) % 2 == 1
    lightness = lab(rgb(colours))[:, 0]
    half = len(colours) // 2
    assert np.abs(lightness - lightness[::-1]).max() < 11
    away = np.diff(lightness[half:]) if theme == "dark" else -np.diff(lightness[half:])
    assert away.min() > 0
    for seen in sights([colours[2], colours[-3]]).values():
        assert least_distance(seen) > 14


@every_theme
def test_small_differences_are_seen_beside_none_and_none_on_the_page(theme):
    palette = PALETTES[theme]
    half = len(palette.diverging) // 2
    none = palette.diverging[half]
    for place in (half - 1, half + 1):
        for seen in sights([none, palette.diverging[place]]).values():
            assert least_distance(seen) > 5
    assert least_between([none], [palette.page]) > 5


@every_theme
def test_marks_of_survivors_are_seen_on_every_cell(theme):
    palette = PALETTES[theme]
    fill, edge = palette.on_heat
    assert contrast(fill, edge) > 7
    for cell in (*palette.heat, *palette.diverging):
        assert max(contrast(fill, cell), contrast(edge, cell)) >= 3


@every_theme
def test_numbers_are_read_on_every_cell(theme):
    palette = PALETTES[theme]
    for cell in (*palette.heat, *palette.diverging):
        assert max(contrast(palette.page, cell), contrast(palette.ink, cell)) >= 3.9


@every_theme
def test_every_colour_is_written_in_one_way(theme):
    for field in fields(PALETTES[theme]):
        value = getattr(PALETTES[theme], field.name)
        several = value.values() if isinstance(value, dict) else value
        text = value if isinstance(value, str) else " ".join(several)
        assert re.fullmatch("#[0-9A-F]{6}( #[0-9A-F]{6})*", text), field.name


@every_theme
def test_words_of_the_study_keep_their_colours(theme):
    own = PALETTES[theme].expressions
    assert expression_colours(theme) == dict(own)
    assert list(expression_colours(theme)) == list(STUDY_EXPRESSIONS.values())
    few = expression_colours(theme, ["neutral", "wink", "happiness", "sleepy"])
    groups = PALETTES[theme].groups
    assert few == {
        "neutral": own["neutral"],
        "wink": groups[0],
        "happiness": own["happiness"],
        "sleepy": groups[1],
    }


def test_the_one_that_all_are_compared_with_is_grey():
    grey = PALETTES["light"].expressions["neutral"]
    assert expression_colours("light", ["rest", "happiness"], "rest")["rest"] == grey
    assert expression_colours("light", ["anger"], "rest") == {
        "anger": PALETTES["light"].expressions["anger"]
    }


def test_more_words_than_colours_begin_again():
    words = [f"word {number}" for number in range(100)]
    colours = list(expression_colours("light", words).values())
    assert colours == group_colours("light", 100)
    assert len(set(colours)) == 12
    assert colours[12:24] == colours[:12]
