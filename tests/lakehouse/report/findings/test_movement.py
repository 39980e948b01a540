"""Which expression moves farthest, in words."""

from typing import Any

from lakehouse.report.findings.movement import movement
from tests.lakehouse.report.given import Given, facts, words


def mask(expression: str, distance: float) -> dict[str, Any]:
    return {"expression": expression, "supervised": True, "mean_distance": distance}


def said(*masks: dict[str, Any], points: int = 15, language: str = "en", **known: Any) -> str:
    frames = {
        "glance_movement": list(masks),
        "glance_noise": [{"noise_distance": 1.84}],
        "glance_points": [{"points": points, "point_groups": min(points, 6)}],
    }
    return movement(Given(facts(**known), frames), words(language)) or ""


MASKS = (mask("fear", 30.0), mask("neutral", 9.0), mask("anger", 7.5))


def test_farthest_least_and_neutral_are_told() -> None:
    told = said(*MASKS)

    assert told.startswith("Farthest from the neutral face lies fear with cue: 30.0 aligned px")
    assert "2.0\N{NO-BREAK SPACE}% of its height" in told
    assert "Least far lies anger with cue, 7.5 px." in told
    assert "nobody was asked to move, lies 9.0 px away" in told
    assert "seem to lie up to 1.8 px away" in told
    assert told.endswith(
        "15 points of the mesh move more than average in every mask and make 6 groups."
    )


def test_one_mask_is_not_the_least_too() -> None:
    assert "Least" not in said(MASKS[0])


def test_one_condition_is_not_named() -> None:
    assert "lies fear: 30.0" in said(*MASKS, conditions=(True,))


def test_one_point_is_said_in_the_singular() -> None:
    assert said(*MASKS, points=1, language="pt").endswith(
        "1 ponto da malha se move mais que a média em todas as máscaras e forma 1 grupo."
    )
    assert "No point" in said(*MASKS, points=0)


def test_what_is_not_known_is_told() -> None:
    assert "`lakehouse build --statistics`" in said(*MASKS, extras=frozenset())
    assert said(mask("neutral", 9.0)).startswith("There is no mask of an expression")
    assert said(included=0) == ""
