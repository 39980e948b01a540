from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.dataset.cell_counts import CellCounts
from lakehouse.dataset.listing import PhotoFile

CELLS = st.tuples(st.sampled_from("abc"), st.sampled_from(["neutral", "fear"]), st.booleans())


def photos(cells: list[tuple[str, str, bool]]) -> list[PhotoFile]:
    return [PhotoFile(*cell, str(number), "", Path()) for number, cell in enumerate(cells)]


def test_nothing_has_no_usual_number() -> None:
    assert CellCounts.of([], "neutral") == CellCounts(0, (), (), 0, 0)


def test_what_differs_from_most_cells_is_unusual() -> None:
    neutral, fear, other = ("a", "neutral", False), ("a", "fear", False), ("b", "fear", False)
    counts = CellCounts.of(photos([neutral] * 3 + [fear] * 3 + [other]), "neutral")
    assert counts.usual == 3
    assert counts.unusual == ((other, 1),)
    assert counts.missing == (("b", "neutral", False),)
    assert (counts.participants, counts.with_neutral, counts.complete) == (2, 1, False)


def test_of_two_numbers_the_larger_is_usual() -> None:
    counts = CellCounts.of(photos([("a", "fear", False)] + [("b", "fear", False)] * 2), "neutral")
    assert (counts.usual, counts.complete) == (2, True)


@pytest.mark.parametrize(("supervised", "number"), [(False, 1), (True, 0)])
def test_a_neutral_face_is_one_without_cue(supervised: bool, number: int) -> None:
    counts = CellCounts.of(photos([("a", "neutral", supervised)]), "neutral")
    assert counts.with_neutral == number


@given(st.lists(CELLS))
def test_every_photograph_is_in_a_usual_or_an_unusual_cell(cells) -> None:
    counts = CellCounts.of(photos(cells), "neutral")
    unusual = sum(count for _, count in counts.unusual)
    usual = len(set(cells)) - len(counts.unusual)
    assert unusual + usual * counts.usual == len(cells)
    assert {cell for cell, _ in counts.unusual} <= set(cells)
    assert not set(counts.missing) & set(cells)
