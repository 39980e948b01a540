import pytest

from lakehouse.dataset.listing import Word
from lakehouse.dataset.manifest_words import TRUTH_WORDS, Cues, Expressions, words_on_numbers
from lakehouse.ids import folded
from lakehouse.settings.dataset import Dataset

FER = {
    "6": "neutral",
    "0": "anger",
    "1": "disgust",
    "2": "fear",
    "3": "happiness",
    "4": "sadness",
    "5": "surprise",
}


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        *[(code, "anger") for code in ("01", "1", "1.0", "001", "1,0")],
        *[(name, "happiness") for name in ("happiness", "HAPPINESS", "Happy", "joy", "Feliz")],
        ("0", "neutral"),
        ("Medo", "fear"),
    ],
)
def test_expressions_are_read_by_code_and_word(text: str, expression: str) -> None:
    assert Expressions(Dataset()).read(text) == expression


@pytest.mark.parametrize(("code", "expression"), FER.items())
def test_codes_of_another_set_are_those_of_the_settings(code: str, expression: str) -> None:
    expressions = Expressions(Dataset(expressions=FER))
    assert [expressions.read(text) for text in (code, f"{code}.0", f"0{code}")] == [expression] * 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("calm", "unknown expression calm$"),
        ("8", "unknown expression 8$"),
        ("1.5", "unknown expression 1.5$"),
        ("hap piness", "unknown expression hap piness, which differs from happiness in spaces"),
        ("Susto", "expression Susto may mean fear or surprise"),
        ("enojo", "expression enojo may mean anger or disgust"),
        ("…", "unknown expression …$"),
        ("-1", "unknown expression -1, which differs from 01 in"),
        ("=HAPPY()", "unknown expression =HAPPY..$"),
        ("(sad)", "unknown expression .sad.$"),
        ("x" * 5000, "unknown expression x{23}…$"),
    ],
)
def test_what_means_nothing_or_two_things_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Expressions(Dataset()).read(text)


def test_a_word_is_read_as_what_the_settings_call_it() -> None:
    dataset = Dataset(expressions={"N": "neutral", "h": "happy", "c": "calm"})
    expressions = Expressions(dataset)

    read = [expressions.read(text) for text in ("n", "H", "Joy", "Calm", "happiness")]

    assert read == ["neutral", "happy", "happy", "calm", "happy"]
    assert expressions.known() == "neutral (N), happy (h), calm (c)"
    with pytest.raises(ValueError, match="unknown expression sad"):
        expressions.read("sad")


def test_a_word_for_two_of_the_settings_is_not_guessed() -> None:
    expressions = Expressions(
        Dataset(expressions={"n": "neutral", "a": "joy", "b": "smile", "B": "fear"})
    )

    assert [expressions.read(text) for text in ("JOY", "smile", "b", "B")] == [
        *("joy", "smile", "smile", "fear"),
    ]
    with pytest.raises(ValueError, match="expression happy may mean joy, smile"):
        expressions.read("happy")


def test_a_code_in_two_spellings_is_not_guessed() -> None:
    expressions = Expressions(Dataset(expressions={"0": "neutral", "1": "joy", "01": "fear"}))

    assert [expressions.read(text) for text in ("1", "01", "00")] == ["joy", "fear", "neutral"]
    with pytest.raises(ValueError, match="001 may be the code 1, 01"):
        expressions.read("001")


def test_letters_of_other_scripts_are_not_lost() -> None:
    expressions = Expressions(Dataset(expressions={"нет": "neutral", "радость1": "happiness"}))

    assert expressions.read("Радость1") == "happiness"
    with pytest.raises(ValueError, match="unknown expression 1"):
        expressions.read("1")


def test_what_was_read_is_counted_and_codes_read_as_numbers_are_told() -> None:
    expressions = Expressions(Dataset())
    for text in ("1", "1", "Happy", "01"):
        expressions.read(text)
    words = expressions.words(str)

    assert words == (
        Word("1", "anger", 2),
        Word("01", "anger", 1),
        Word("Happy", "happiness", 1),
    )
    assert [*words_on_numbers(expressions, words)] == [
        "codes of expressions read by their number: 1 as 01 anger; other sets count otherwise, as "
        "FER2013, where 0 is anger"
    ]
    fer = Expressions(Dataset(expressions=FER))
    fer.read("00")
    assert [*words_on_numbers(fer, fer.words(str))] == [
        "codes of expressions read by their number: 00 as 0 anger"
    ]
    assert [*words_on_numbers(Expressions(Dataset()), ())] == []


@pytest.mark.parametrize("cue", [True, False])
def test_a_cue_is_said_in_many_words(cue: bool) -> None:
    cues = Cues(Dataset(supervised={}))
    assert {cues.read(word) for word in TRUTH_WORDS[cue]} == {cue}
    assert {cues.read(word.upper()) for word in TRUTH_WORDS[cue]} == {cue}
    assert {cues.read(word) for word in (f"{cue:d}.0", f"0{cue:d}")} == {cue}


def test_no_word_is_both_yes_and_no() -> None:
    yes, no = ({folded(word, " ") for word in TRUTH_WORDS[cue]} for cue in (True, False))
    assert not yes & no


def test_codes_of_the_settings_go_before_words() -> None:
    cues = Cues(Dataset(supervised={"1": False, "2": True, "N": True}))
    assert [cues.read(text) for text in ("1", "2", "2.0", "n", "yes", "0")] == [
        *(False, True, True, True, True, False),
    ]


@pytest.mark.parametrize("text", ["maybe", "2", "posed", "…"])
def test_what_is_no_yes_and_no_no_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"supervised is {text}, not yes or no"):
        Cues(Dataset()).read(text)


def test_a_sign_before_a_number_is_minded() -> None:
    expressions = Expressions(Dataset(expressions=FER))
    with pytest.raises(ValueError, match="unknown expression -1, which differs from 1 in spaces"):
        expressions.read("-1")
    with pytest.raises(ValueError, match="supervised is -1, not yes or no"):
        Cues(Dataset()).read("-1")
