"""One text in every language of a report."""

from collections.abc import Callable, Mapping

from lakehouse.charts.words import Words

Languages = Mapping[str, Words]
"""Words by the name of their file, the language first that a report opens in."""

Said = dict[str, str]
"""A text by language."""


def said(languages: Languages, say: Callable[[Words], str]) -> Said:
    """Say something in every language."""
    return {name: say(words) for name, words in languages.items()}
