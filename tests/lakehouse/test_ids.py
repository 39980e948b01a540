"""Ids that look alike are alike, or are told."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.ids import (
    LookAlike,
    canonical,
    folded,
    holds_invisible,
    look_alikes,
    one_spelling,
    words_on_alike,
    words_on_look_alikes,
)

INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff"
)


@pytest.mark.slow
@given(st.text())
def test_one_spelling_is_final_and_nfc(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not holds_invisible(once)
    assert one_spelling(once) == once


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1))
def test_an_id_is_one_in_nfd_and_with_what_nobody_sees(text: str) -> None:
    told = canonical(text)
    assert canonical(unicodedata.normalize("NFD", text)) == told
    for character in INVISIBLE:
        noisy = character + character.join(text) + character
        assert canonical(noisy) == told
        assert holds_invisible(noisy)
    assert canonical(f"\u00a0{text}\u202f \u2003") == told


def test_a_no_break_space_is_a_space() -> None:
    assert canonical("Ana\u00a0Maria") == "Ana Maria"


@pytest.mark.parametrize("text", ["0101", "ação", "P 1", "日本", "x" * 1000, "", "a\tb"])
def test_plain_ids_stay_as_they_are(text: str) -> None:
    assert canonical(text) == text
    assert not holds_invisible(text)


@pytest.mark.parametrize(
    ("here", "there", "difference"),
    [
        ("101", "0101", "leading zeros"),
        ("P7", "P007", "leading zeros"),
        ("p1", "P1", "letter case"),
        ("P 1", "P1", "spaces or punctuation"),
        ("P-1", "P_1", "spaces or punctuation"),
        ("870.0", "870", "a fraction of zero"),
        ("870,00", "870", "a fraction of zero"),
        ("１２", "12", "wide or other forms of characters"),
        ("p-1", "P001", "leading zeros and letter case and spaces or punctuation"),
        ("870.0", "0870", "a fraction of zero and leading zeros"),
    ],
)
def test_what_nearly_matches_is_paired(here: str, there: str, difference: str) -> None:
    assert look_alikes([here], [there]) == (LookAlike(here, there, difference),)
    assert look_alikes([there], [here]) == (LookAlike(there, here, difference),)


@pytest.mark.parametrize(
    ("here", "there"),
    [("1", "10"), ("10", "1"), ("a", "b"), ("-", "."), ("", "-"), ("1.5", "16.0"), ("100", "1")],
)
def test_what_differs_in_more_is_not(here: str, there: str) -> None:
    assert look_alikes([here], [there]) == ()


def test_ids_of_both_sides_are_nobodys_look_alike() -> None:
    assert look_alikes(["1", "01"], ["1", "01", "001"]) == ()
    assert look_alikes(["1", "2"], ["01", "2", "02"]) == (LookAlike("1", "01", "leading zeros"),)


def test_words_name_the_first_few_and_count_the_rest() -> None:
    here = [str(number) for number in range(10, 17)]
    [line] = words_on_look_alikes(
        look_alikes(here, [f"0{name}" for name in here]), "scores", "photographs"
    )
    assert line.startswith(
        "would match but for leading zeros: 7 (10 in scores is 010 in photographs, "
    )
    assert line.endswith("14 in scores is 014 in photographs, and 2 more)")


def test_long_ids_are_cut() -> None:
    [line] = words_on_look_alikes(look_alikes(["x" * 500], ["X" * 500]), "scores", "photographs")
    assert len(line) < 120


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (" User.ID ", "userid"),
        ("face_id", "faceid"),
        ("Código", "codigo"),
        ("co\u0301digo", "codigo"),
        ("GROSSE", "grosse"),
        ("Größe", "grosse"),
        ("ＶＰ", "vp"),
        ("Ücretli-\u200bkişi", "ucretlikisi"),
        ("и", "и"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_folded_word_has_no_case_accents_or_punctuation(text: str, word: str) -> None:
    assert folded(text) == word


@given(st.text())
def test_folding_is_final(text: str) -> None:
    once = folded(text, " ")
    assert folded(once, " ") == once


def test_between_words_stands_what_is_asked_for() -> None:
    assert folded(" En_colère,  très!", " ") == "en colere tres"


def test_ids_of_one_list_that_look_alike_are_told() -> None:
    assert words_on_alike(["1", "2", "10", "1"]) == ()
    assert words_on_alike(["-", "…"]) == ()
    assert words_on_alike(["1", "001", "B", "01", "b", "0001"]) == (
        "ids that may mean the same participant: 0001 and 001 and 01, B and b",
    )
    [line] = words_on_alike(f"{zero}{number}" for zero in ("", "0") for number in range(1, 10))
    assert line.endswith("05 and 5, and 4 more")
