"""Which expressions are regular and which ambiguous, in words."""

from typing import Any

from lakehouse.report.findings.expressions import expressions
from tests.lakehouse.report.given import Given, facts, words


def mask(expression: str, cosine: float | None) -> dict[str, Any]:
    ends = {"cosine_low": None, "cosine_high": None}
    if cosine is not None:
        ends = {"cosine_low": cosine - 0.02, "cosine_high": cosine + 0.02}  # type: ignore[dict-item]
    return {"expression": expression, "supervised": True, "mean_cosine": cosine} | ends


def judged(classifier: str, accuracy: float | None) -> dict[str, Any]:
    return {
        "classifier": classifier,
        "condition": "both",
        "balanced_accuracy": accuracy,
        "chance": 1 / 3,
    }


def pair(classifier: str, confusion: float) -> dict[str, Any]:
    names = {"expression_a": "anger", "expression_b": "fear"}
    return {"classifier": classifier, "condition": "both", "confusion": confusion} | names


def said(*masks: dict[str, Any], accuracy: float | None = 0.8, **known: Any) -> str:
    frames = {
        "glance_regularity": list(masks),
        "glance_accuracy": [judged("shrinkage_lda", accuracy), judged("nearest_centroid", None)],
        "glance_confused": [pair("nearest_centroid", 0.4), pair("shrinkage_lda", 0.125)],
    }
    return expressions(Given(facts(**known), frames), words()) or ""


MASKS = (mask("fear", 0.9), mask("anger", 0.5), mask("neutral", 0.1), mask("happiness", None))


def test_the_neutral_face_and_what_is_unknown_are_not_ranked() -> None:
    told = said(*MASKS)

    assert "Shown most alike is fear with cue" in told
    assert "0.90 [0.88, 0.92]" in told
    assert "Shown least alike is anger with cue, 0.50 [0.48, 0.52]." in told


def test_the_better_classifier_is_told_with_its_own_confusion() -> None:
    told = said(*MASKS)

    plain = told.replace("\N{NO-BREAK SPACE}", " ")
    assert "named 80 % of the expressions rightly, where blind guesses would name 33 %." in plain
    assert "took anger and fear most often for one another, in 12.5 % of their masks." in plain


def test_what_could_not_be_judged_is_said() -> None:
    assert "No classifier could be tried" in said(*MASKS, accuracy=None)
    assert "one expression only" in said(*MASKS, expressions=("fear",))
    assert said(mask("fear", None)).startswith("Too few people")
    assert said(*MASKS, extras=frozenset()).endswith("`lakehouse build --statistics`.")
    assert said(*MASKS, included=0) == ""
