"""Writing the methods sentence by sentence, and noting which works they cite."""

from string import Formatter
from typing import Any, Final

from lakehouse.charts.words import Words
from lakehouse.report.methods.references import MANY, REFERENCES, Reference
from lakehouse.report.tables.facts import Facts, Need
from lakehouse.report.tables.tables import Tables

_BY: Final = "by_"
_PAIR: Final = 2


class Draft:
    """Sentences in one language."""

    def __init__(self, tables: Tables, words: Words) -> None:
        self.tables, self.words = tables, words
        self.facts: Facts = tables.facts
        self.cited: set[str] = set()

    def say(self, key: str, /, **values: str) -> str:
        """Give the text below ``methods.``.

        A place with the name of a work cites it, as in "(Holm, 1979)"; with ``by_`` before the
        name, as in "the rule of Holm (1979)". Places of words on the cue are filled as well.
        """
        whole = f"methods.{key}"
        places = {place for _, place, _, _ in Formatter().parse(self.words.texts[whole]) if place}
        works = {place: place.removeprefix(_BY) for place in places - values.keys()}
        cited = {place: name for place, name in works.items() if name in REFERENCES}
        self.cited |= set(cited.values())
        citations = {
            place: self._citation(REFERENCES[name], within=place == name)
            for place, name in cited.items()
        }
        return self.words(whole, **self._on_the_cue(), **citations, **values)

    def plural(self, key: str, count: int, /, **values: str) -> str:
        """Give the text for so many, with the number at ``{n}``."""
        return self.say(f"{key}.{'one' if count == 1 else 'other'}", n=self.count(count), **values)

    def count(self, value: int) -> str:
        """Write a whole number."""
        return self.words.count(value)

    def has(self, *needs: Need) -> bool:
        """Whether the database has all of these."""
        return self.tables.missing(needs) is None

    def setting(self, name: str) -> Any:
        """Give a setting in force, such as "clusters.k"."""
        value: Any = self.facts.settings
        for part in name.split("."):
            value = value[part]
        return value

    def _on_the_cue(self) -> dict[str, str]:
        """Say that there are conditions; nothing where there is no cue."""
        keys = {
            "uncued": "uncued",
            "condition": "in_a_condition",
            "conditions": "in_every_condition",
        }
        there = True in self.facts.conditions
        return {place: self.words(f"methods.{key}") if there else "" for place, key in keys.items()}

    def _citation(self, work: Reference, *, within: bool) -> str:
        names = work.names
        if len(names) > _PAIR or MANY in names:
            authors = f"{names[0]} et al."
        else:
            authors = self.words.listed(list(names))
        return f"{authors}, {work.year}" if within else f"{authors} ({work.year})"
