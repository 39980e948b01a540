"""Recipes of expressions and the influence of the cue."""

from __future__ import annotations

import pytest

from lakehouse.synthetic.action_units import ACTION_UNITS
from lakehouse.synthetic.expressions import EXPRESSIONS, KNOWN_EXPRESSIONS, mean_intensities


@pytest.mark.parametrize("expression", KNOWN_EXPRESSIONS)
@pytest.mark.parametrize("supervised", [False, True])
def test_recipes_name_action_units(expression: str, supervised: bool) -> None:
    intensities = mean_intensities(expression, supervised)
    assert set(intensities) <= set(ACTION_UNITS)
    assert all(0 < level <= 1 for level in intensities.values())


def test_eight_expressions_in_the_order_of_their_codes() -> None:
    assert EXPRESSIONS[0] == "neutral"
    assert EXPRESSIONS[5] == "happiness"
    assert len(EXPRESSIONS) == 8
    assert mean_intensities("neutral", False) == {}


def test_cue_takes_from_happiness_and_adds_to_surprise() -> None:
    def total(expression: str, supervised: bool) -> float:
        return sum(mean_intensities(expression, supervised).values())

    assert total("happiness", True) < total("happiness", False)
    assert total("surprise", True) > total("surprise", False)


def test_contempt_is_one_sided() -> None:
    contempt = mean_intensities("contempt", False)
    assert contempt["14R"] > 3 * contempt["14L"]


def test_unknown_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="no recipe for the expression 'boredom'"):
        mean_intensities("boredom", False)
