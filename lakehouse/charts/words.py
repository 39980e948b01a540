"""What charts and pages say, in one language."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lakehouse.ids import one_spelling

MINUS: Final = "\N{MINUS SIGN}"
BETWEEN_MUSCLES: Final = "; "
"""Some names have a comma in them."""


@dataclass(frozen=True)
class Labels:
    """What things of the warehouse are called in one language.

    Parameters
    ----------
    expressions : mapping of str to str
        In the study's order, the neutral face first.
    instruments, features, measures : mapping of str to str
    points : mapping of int to str
        Name of the place, or of the region that the point is in.
    parts : mapping of str to str
        Of groups of points and the whole face, by grouping and number, such as "kmeans6_5".
    moving_parts : mapping of str to str
        Of groups whose movement is followed through time, such as "regions_4".
    """

    expressions: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    moving_parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """Texts, labels and numbers of one language.

    Parameters
    ----------
    language : str
        As in HTML: "en" or "pt-BR".
    texts : mapping of str to str
        By key, such as "figures.heat.title".
    """

    language: str
    texts: Mapping[str, str]
    labels: Labels = field(default_factory=Labels)

    def __call__(self, key: str, /, **values: str) -> str:
        """Give a text with values in the places that it has for them.

        Raises
        ------
        KeyError
            If there is no such text, or a value is missing.
        """
        return self.texts[key].format_map(values)

    def plural(self, key: str, count: int, /, **values: str) -> str:
        """Give the text for one, or that for any other number, with the number at ``{n}``.

        Parameters
        ----------
        key : str
            Below it stand the texts ``one`` and ``other``.
        """
        return self(f"{key}.{'one' if count == 1 else 'other'}", n=self.count(count), **values)

    def known(self, key: str, otherwise: str) -> str:
        """Give a text if there is one."""
        return self.texts.get(key, otherwise)

    def column(self, name: str) -> str:
        """Name the column of this language where a table has one for each."""
        return f"{name}_{'pt' if self.language.startswith('pt') else 'en'}"

    def expression(self, code: str) -> str:
        """Name an expression."""
        return self.labels.expressions.get(code, code)

    def condition(self, supervised: bool) -> str:
        """Say whether the cue was shown."""
        return self("condition.with" if supervised else "condition.without")

    def mask(self, expression: str, supervised: bool) -> str:
        """Name an expression and its condition."""
        return f"{self.expression(expression)}, {self.condition(supervised)}"

    def instrument(self, code: str) -> str:
        """Name a questionnaire."""
        return self.labels.instruments.get(code, code)

    def values(self, column: str) -> dict[str, str]:
        """Name the codes that a column can hold, of those that have a text."""
        start = f"value.{column}."
        return {
            key.removeprefix(start): text
            for key, text in self.texts.items()
            if key.startswith(start)
        }

    def point(self, number: int) -> str:
        """Name a point of the mesh by its number and place."""
        place = self.labels.points.get(number)
        return f"{number}: {place}" if place else str(number)

    def value(self, column: str, code: str) -> str:
        """Say what a code of a column means, such as a classifier's."""
        return self.known(f"value.{column}.{code}", code)

    def measure(self, code: str) -> str:
        """Name a measure of one's own, in one line and without what nobody sees."""
        label = one_spelling(self.labels.measures.get(code, code))
        return " ".join(label.split()) or code

    def muscle(self, code: str) -> str:
        """Name a muscle: the built-in ones have names, others what their file calls them."""
        return self.known(f"muscle.{code}", code.replace("_", " "))

    def muscles(self, listed: str) -> str:
        """Name the muscles of a point, of which the report's tables have a list."""
        names = listed.split(", ")
        return BETWEEN_MUSCLES.join(self.muscle(name.replace(" ", "_")) for name in names)

    def part(self, code: str) -> str:
        """Name a part of the face: a group of points, or the whole."""
        return self.labels.parts.get(code, code)

    def count(self, value: int | None) -> str:
        """Write a whole number."""
        return "–" if value is None else self._local(f"{value:,}")

    def number(self, value: float | None, digits: int = 2) -> str:
        """Write a number with so many digits after the mark."""
        if value is None or not math.isfinite(value):
            return "–"
        # Rounded first: what is nearly zero has no sign.
        return self._local(f"{round(value, digits) or 0.0:,.{digits}f}")

    def signed(self, value: float, digits: int = 2) -> str:
        """Write a number with its sign, unless it is rounded to zero."""
        return f"{'+' if round(value, digits) > 0 else ''}{self.number(value, digits)}"

    def percent(self, share: float | None, digits: int = 0) -> str:
        """Write a share of 1 in percent."""
        return "–" if share is None else f"{self.number(100 * share, digits)}\N{NO-BREAK SPACE}%"

    def p(self, value: float | None) -> str:
        """Write a p or q value as after "p", with its sign: "= 0.012", "< 0.001"."""
        if value is None or not math.isfinite(value):
            return "= –"
        if value < 0.001:
            return f"< {self.number(0.001, 3)}"
        return f"= {self.number(value, 3 if value < 0.1 else 2)}"

    def interval(self, low: float | None, high: float | None, digits: int = 2) -> str:
        """Write an interval."""
        return self("number.interval", low=self.number(low, digits), high=self.number(high, digits))

    def listed(self, names: list[str]) -> str:
        """Write names one after the other, the last after an "and"."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('number.and')} {names[-1]}"

    def _local(self, written: str) -> str:
        marks = {",": self("number.thousands"), ".": self("number.decimal"), "-": MINUS}
        return "".join(marks.get(letter, letter) for letter in written)
