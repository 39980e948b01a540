"""What the words of an event mean: an expression, or a kind of event."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from lakehouse.dataset.manifest_words import Cues, Expressions, UnknownWordError, words_on_numbers
from lakehouse.events.written import WrittenEvent
from lakehouse.ids import folded
from lakehouse.inputs.shown import listed, short_name, short_text
from lakehouse.settings.dataset import Dataset

TRIAL, NEUTRAL, IGNORE = "trial", "neutral", "ignore"

KIND_WORDS: Final[dict[str, tuple[str, ...]]] = {
    TRIAL: (
        *("trial", "stimulus", "expression", "task", "go"),
        *("ensaio", "estímulo", "tentativa", "ensayo", "Durchgang", "essai", "prova"),
    ),
    NEUTRAL: (
        *("neutral", "baseline", "rest", "resting", "neutro", "neutra", "linha de base", "repouso"),
        *("línea de base", "reposo", "Ruhe", "Grundlinie", "neutre", "repos", "neutrale", "riposo"),
    ),
    IGNORE: (
        *("ignore", "ignored", "exclude", "excluded", "skip", "artifact", "artefact", "invalid"),
        *("ignorar", "excluir", "artefato", "artefacto", "ignorieren", "Artefakt", "ignorer"),
        *("artefakt", "ignorare", "escludere"),
    ),
}
"""Words for kinds of events, in the languages of expressions."""

_KINDS: Final = {folded(word, " "): kind for kind, words in KIND_WORDS.items() for word in words}


class Meaning(NamedTuple):
    """What an event is of; the expression and the cue None where nothing is said."""

    expression: str | None
    supervised: bool | None
    kind: str


class Meanings:
    """Reads the words of events, and remembers what each was taken for.

    Parameters
    ----------
    dataset : Dataset
        The codes of expressions and cues, and which expression is the neutral one.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._neutral = dataset.neutral
        self._expressions = Expressions(dataset)
        self._cues = Cues(dataset)
        self.left_out = Counter[str]()

    def read(self, event: WrittenEvent, *, annotated: bool) -> Meaning | None:
        """Give what an event is of.

        Parameters
        ----------
        annotated : bool
            Whether it may be of something else than an expression; then it is None, and counted.

        Raises
        ------
        ValueError
            If it means nothing, or several things; it says so.
        """
        kind = _kind(event.kind) if event.kind else None
        try:
            expression, said = self._said(event.words)
        except UnknownWordError:
            if not annotated:
                raise
            self.left_out[event.words[0]] += 1
            return None
        if annotated and not event.words and kind is None:
            self.left_out[""] += 1
            return None
        cue = self._cues.read(event.cue) if event.cue else None
        if expression == self._neutral and kind != IGNORE:
            kind = NEUTRAL
        return Meaning(expression, cue, kind or said or TRIAL)

    def _said(self, words: tuple[str, ...]) -> tuple[str | None, str | None]:
        """Find the expression or the kind that the first word of either says."""
        unknown: UnknownWordError | None = None
        for word in words:
            try:
                return self._expressions.read(word), None
            except UnknownWordError as error:
                unknown = unknown or error
            if kind := _KINDS.get(folded(word, " ")):
                return None, kind
        if unknown is not None:
            raise unknown
        return None, None

    def known(self) -> str:
        """List the expressions that the settings know."""
        return self._expressions.known()

    def told(self) -> Iterator[str]:
        """Say how words were read that are not written as in the settings."""
        words = self._expressions.words(str)
        others = [each for each in words if folded(each.text) != folded(each.meaning)]
        if others:
            yield f"read {listed(f'{short_text(each.text)} as {each.meaning}' for each in others)}"
        yield from words_on_numbers(self._expressions, words)


def _kind(text: str) -> str:
    found = _KINDS.get(folded(text, " "))
    if found is None:
        raise ValueError(f"kind is {short_name(text)}, not trial, neutral or ignore")
    return found
