import pytest

from lakehouse.dataset.expression_words import (
    EXPRESSION_WORDS,
    WORDS_OF_TWO_MEANINGS,
    expressions_meant,
)
from lakehouse.ids import folded
from lakehouse.settings.dataset import STUDY_EXPRESSIONS


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Angry", "anger"),
        ("WUT", "anger"),
        ("wuetend", "anger"),
        ("en colère", "anger"),
        ("EN_COLERE", "anger"),
        ("desprezo", "contempt"),
        ("Nojo", "disgust"),
        ("de\u0301gou\u0302t", "disgust"),
        ("afraid", "fear"),
        ("Ängstlich", "fear"),
        ("com medo", "fear"),
        ("Joy", "happiness"),
        ("felicità", "happiness"),
        ("FRÖHLICH", "happiness"),
        ("triste", "sadness"),
        ("Überraschung", "surprise"),
        ("sem expressao", "neutral"),
    ],
)
def test_a_word_means_an_expression_however_it_is_written(word: str, meaning: str) -> None:
    assert expressions_meant(word) == {meaning}


@pytest.mark.parametrize("word", ["", "calm", "joyless", "a", "…", "радость"])
def test_other_words_mean_nothing(word: str) -> None:
    assert expressions_meant(word) == set()


def test_words_have_one_meaning_or_are_listed_with_two() -> None:
    words = [folded(word, " ") for each in EXPRESSION_WORDS.values() for word in each]
    assert len(words) == len(set(words))
    assert not set(words) & WORDS_OF_TWO_MEANINGS.keys()
    assert all(folded(word, " ") == word for word in WORDS_OF_TWO_MEANINGS)
    assert all(len(expressions_meant(word)) == 2 for word in WORDS_OF_TWO_MEANINGS)


def test_they_are_the_studys_expressions() -> None:
    assert [*EXPRESSION_WORDS] == [*STUDY_EXPRESSIONS.values()]
    assert all(name in words for name, words in EXPRESSION_WORDS.items())
