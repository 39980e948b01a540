"""How far faces move with the cue beside how far they move without."""

from typing import Any

from lakehouse.report.findings.cue import cue
from tests.lakehouse.report.given import Given, facts, settings, words

COLUMNS = ("n", "mean_difference", "difference_low", "difference_high", "t_q")


def effect(
    expression: str, difference: float, q: float | None, grouping: str = "mesh"
) -> dict[str, Any]:
    values = (20, difference, difference - 1, difference + 1, q)
    own = dict(zip(COLUMNS, values, strict=True))
    paper = {f"paper_{name}": value for name, value in own.items()}
    return {"grouping": grouping, "expression": expression, "group_id": 0} | own | paper


def said(*effects: dict[str, Any], language: str = "en", **known: Any) -> str:
    frames = {
        "glance_cue": list(effects),
        "glance_cue_evidence": [{"grouping": "kmeans6", "tested": 18, "smaller": 1}],
    }
    return cue(Given(facts(**known), frames), words(language)) or ""


def test_directions_are_told_apart() -> None:
    told = said(
        effect("anger", 3.0, 0.01), effect("fear", -4.5, 0.02), effect("happiness", 0.2, 0.6)
    )

    assert "farther from neutral in anger (+3.0 [2.0, 4.0]); q < 0.05." in told
    assert "less far from neutral in fear (−4.5 [−5.5, −3.5]); q < 0.05." in told
    assert "No difference stands after correction in happiness (+0.2 [−0.8, 1.2])." in told
    assert "in aligned px with 95 % intervals, n = 20." in told


def test_people_may_differ_between_expressions() -> None:
    told = said(effect("anger", 3.0, 0.01), effect("fear", 3.0, 0.2) | {"n": 18})

    assert "n = 18–20" in told


def test_a_null_is_called_one() -> None:
    told = said(effect("anger", 3.0, 0.2), effect("anger", 3.0, 0.2, "kmeans6"), language="pt")

    assert "na única expressão comparada, a da face inteira não tem q < 0,05" in told
    assert "De 1 comparação de um grupo de pontos, nenhuma tem q < 0,05." in told
    assert "A maior diferença é a de anger: +3,0 px (intervalo de 95 % [2,0; 4,0]" in told
    assert "mais longe" not in told


def test_groups_are_counted_by_direction() -> None:
    groups = [
        effect("anger", difference, q, "kmeans6")
        for difference, q in ((1.0, 0.01), (2.0, 0.01), (-1.0, 0.04), (5.0, 0.051))
    ]

    assert "3 have q < 0.05: 2 farther with the cue, 1 less far." in said(*groups)


def test_the_paper_s_comparison_stands_in_where_there_is_no_other_and_says_so() -> None:
    only = effect("anger", 3.0, 0.01) | dict.fromkeys(COLUMNS)

    assert "farther from neutral in anger" in said(only)
    assert "as in the study" in said(only)


def test_nothing_compared_is_said() -> None:
    neither = effect("anger", 3.0, None)

    assert "could not be compared" in said(neither)
    assert said(effect("anger", 3.0, 0.01), conditions=(False,)).startswith("All masks are of one")


def test_the_smallest_effect_that_matters_is_told() -> None:
    known = settings(statistics={"sesoi_dz": 0.2})

    assert "shown to be smaller: 1 of 18 effects" in said(
        effect("anger", 3.0, 0.01), settings=known
    )
    assert "`statistics.sesoi_dz`" in said(effect("anger", 3.0, 0.01))


def test_the_order_of_photographs_is_never_left_out() -> None:
    assert said(effect("anger", 3.0, 0.01)).endswith("the photographs were taken.")
