"""What a reader of the page may choose, and what is chosen when it opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lakehouse.charts.drawing import Choice
from lakehouse.charts.words import Words
from lakehouse.report.tables.tables import Tables


@dataclass(frozen=True)
class Control:
    """A choice, which every figure that has it shares.

    Parameters
    ----------
    name : str
        Of the charts' parameter, and of the column whose value a click on a mark chooses.
    options : callable
        The values, in the order of the list.
    label : callable
        What a value is called.
    start : callable
        The value that is chosen when the page opens, of those there are.
    """

    name: str
    options: Callable[[Tables], list[Choice]]
    label: Callable[[Words, Choice], str]
    start: Callable[[Tables, list[Choice]], Choice] = lambda _, options: options[0]


def _start_expression(_: Tables, options: list[Choice]) -> Choice:
    return "happiness" if "happiness" in options else options[0]


CONTROLS: Final[Mapping[str, Control]] = {
    control.name: control
    for control in (
        Control(
            "expression",
            options=lambda tables: list(tables.facts.expressions),
            label=lambda words, value: words.expression(str(value)),
            start=_start_expression,
        ),
        Control(
            "supervised",
            options=lambda tables: list(tables.facts.conditions),
            label=lambda words, value: words.condition(bool(value)),
        ),
        Control(
            "part",
            options=lambda tables: list(tables.facts.parts),
            label=lambda words, value: words.part(str(value)),
            # Of a group there is more than of the whole face, which comes first.
            start=lambda _, options: options[1 % len(options)],
        ),
    )
}


def starting(tables: Tables, names: tuple[str, ...]) -> dict[str, Choice]:
    """Give the values with which figures begin, of the controls that have any value."""
    chosen = {}
    for name in names:
        control = CONTROLS[name]
        if options := control.options(tables):
            chosen[name] = control.start(tables, options)
    return chosen
