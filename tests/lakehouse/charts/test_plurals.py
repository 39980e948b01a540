"""Texts for one and for others, and numbers with their sign."""

import pytest

from lakehouse.charts.words import Words

WORDS = Words(
    "pt-BR",
    {
        "people.one": "{n} pessoa de {where}",
        "people.other": "{n} pessoas de {where}",
        "number.decimal": ",",
        "number.thousands": ".",
    },
)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 pessoas de lá"),
        (1, "1 pessoa de lá"),
        (2, "2 pessoas de lá"),
        (1234, "1.234 pessoas de lá"),
    ],
)
def test_one_is_said_otherwise_than_others(count: int, said: str) -> None:
    assert WORDS.plural("people", count, where="lá") == said


@pytest.mark.parametrize(
    ("value", "written"), [(1.24, "+1,2"), (-1.24, "−1,2"), (0.04, "0,0"), (-0.04, "0,0")]
)
def test_a_number_has_its_sign(value: float, written: str) -> None:
    assert WORDS.signed(value, 1) == written
