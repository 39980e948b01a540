"""What the words of a manifest mean: expressions, and whether a cue was shown."""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Final, Generic, TypeVar

from lakehouse.dataset.expression_words import expressions_meant
from lakehouse.dataset.listing import Word
from lakehouse.ids import folded, look_alikes
from lakehouse.inputs.shown import listed, short_name, short_text
from lakehouse.settings.dataset import STUDY_EXPRESSIONS, Dataset

TRUTH_WORDS: Final[dict[bool, tuple[str, ...]]] = {
    True: (
        *("true", "yes", "y", "1", "with", "with cue", "supervised"),
        *("sim", "s", "verdadeiro", "com", "sí", "verdadero", "con"),
        *("ja", "j", "wahr", "mit", "oui", "vrai", "avec", "sì", "vero"),
    ),
    False: (
        *("false", "no", "n", "0", "without", "without cue", "unsupervised"),
        *("não", "falso", "sem", "sin"),
        *("nein", "falsch", "ohne", "non", "faux", "sans", "senza"),
    ),
}
"""Words for whether a cue was shown, in the same languages."""

_TRUTH: Final = {folded(word, " "): cue for cue, words in TRUTH_WORDS.items() for word in words}
_AT_THE_ENDS: Final = re.compile(r"^[^\W_].*[^\W_]$|^[^\W_]$", re.DOTALL)
_WHOLE: Final = re.compile(r"([0-9]+)([.,]0+)?")

_Meaning = TypeVar("_Meaning", bound=Hashable)


class UnknownWordError(ValueError):
    """A word means nothing.

    Parameters
    ----------
    what : str
        In words for the user.
    shown : str
        The word, in so far as it may be shown, and what else there is to say of it.
    """

    def __init__(self, what: str, shown: str) -> None:
        super().__init__(what)
        self.shown = shown


class _Words(ABC, Generic[_Meaning]):
    """Reads the words of a column, and remembers what each was taken for.

    Parameters
    ----------
    codes : mapping of str
        Of the settings.
    """

    def __init__(self, codes: Mapping[str, _Meaning]) -> None:
        self._codes = codes
        self._counts = Counter[tuple[str, _Meaning]]()
        self._known: dict[str, _Meaning] = {}
        self.renumbered: dict[str, str] = {}

    def read(self, text: str) -> _Meaning:
        """Give what a word means.

        Raises
        ------
        UnknownWordError
            If it means nothing.
        ValueError
            If it means several things; it says so.
        """
        if text not in self._known:
            self._known[text] = self._meaning(text)
        meaning = self._known[text]
        self._counts[text, meaning] += 1
        return meaning

    def words(self, name: Callable[[_Meaning], str]) -> tuple[Word, ...]:
        """Give the words that were read, the most frequent of each meaning first.

        Parameters
        ----------
        name : callable
            Gives a meaning's name.
        """
        return tuple(
            Word(text, name(meaning), count)
            for (text, meaning), count in sorted(
                self._counts.items(), key=lambda each: (-each[1], each[0][0])
            )
        )

    @abstractmethod
    def _meaning(self, text: str) -> _Meaning:
        """Find what a word means that was not read before; raises what `read` does."""

    def _of_code(self, text: str) -> _Meaning | None:
        """Find the code that a text is, in another case or with other zeros before it."""
        if text in self._codes:
            return self._codes[text]
        number = _number(text)
        alike = [
            code
            for code in self._codes
            if (number is not None and _number(code) == number)
            or (_word(text) and _word(code) == _word(text))
        ]
        meanings = {self._codes[code] for code in alike}
        if len(meanings) > 1:
            raise ValueError(f"{short_name(text)} may be the code {listed(alike)}")
        if number is not None and alike:
            self.renumbered[text] = alike[0]
        return meanings.pop() if meanings else None


class Expressions(_Words[str]):
    """Reads expressions: codes and names of the settings, and words for them.

    Parameters
    ----------
    dataset : Dataset
        Their codes.
    """

    def __init__(self, dataset: Dataset) -> None:
        super().__init__(dataset.expressions)
        self._names = list(dict.fromkeys(dataset.expressions.values()))
        self.are_the_studys = dataset.expressions == STUDY_EXPRESSIONS
        self.unknown = 0

    def _meaning(self, text: str) -> str:
        if (found := self._of_code(text)) is not None:
            return found
        word = _word(text)
        for name in self._names:
            if word and _word(name) == word:
                return name
        meant = expressions_meant(word)
        if len(meant) > 1:
            raise ValueError(f"expression {short_name(text)} may mean {' or '.join(sorted(meant))}")
        # The settings may call what the word means otherwise, as happy.
        found_names = [name for name in self._names if meant and _means(name) == meant]
        if len(found_names) > 1:
            raise ValueError(f"expression {short_name(text)} may mean {listed(found_names)}")
        if found_names:
            return found_names[0]
        shown = self._words_on_unknown(text)
        raise UnknownWordError(f"unknown expression {shown}", shown)

    def _words_on_unknown(self, text: str) -> str:
        self.unknown += 1
        for pair in look_alikes([text], {*self._codes, *self._names}):
            return (
                f"{short_text(text)}, which differs from {short_name(pair.there)} in "
                f"{pair.differ_in}"
            )
        return short_name(text)

    def known(self) -> str:
        """List what the settings know."""
        codes: dict[str, list[str]] = {}
        for code, name in self._codes.items():
            codes.setdefault(name, []).append(code)
        return listed(
            name if each == [name] else f"{name} ({', '.join(each)})"
            for name, each in codes.items()
        )


class Cues(_Words[bool]):
    """Reads whether a cue was shown: codes of the settings, and words for yes and no.

    Parameters
    ----------
    dataset : Dataset
        Their codes.
    """

    def __init__(self, dataset: Dataset) -> None:
        super().__init__(dataset.supervised)

    def _meaning(self, text: str) -> bool:
        found = self._of_code(text)
        if found is None:
            number = _number(text)
            word = _word(text) if number is None else str(number)
            found = _TRUTH.get(word)
        if found is None:
            shown = short_text(text)
            raise UnknownWordError(f"supervised is {shown}, not yes or no", shown)
        return found


def words_on_numbers(expressions: Expressions, words: Iterable[Word]) -> Iterator[str]:
    """Say which codes were read though they are written with other zeros than in the settings."""
    meanings = {word.text: word.meaning for word in words}
    if expressions.renumbered:
        read = [
            f"{text} as {code} {meanings[text]}"
            for text, code in sorted(expressions.renumbered.items())
        ]
        remark = f"codes of expressions read by their number: {listed(read)}"
        if expressions.are_the_studys:
            remark += "; other sets count otherwise, as FER2013, where 0 is anger"
        yield remark


def _means(name: str) -> frozenset[str]:
    return expressions_meant(name)


def _word(text: str) -> str:
    """Fold a word; empty where signs stand around it, which may mean something, as in -1."""
    return folded(text, " ") if _AT_THE_ENDS.match(text) else ""


def _number(text: str) -> int | None:
    """Give a whole number, which a spreadsheet may have written with a fraction of zero."""
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found and len(found[1]) <= 9 else None
