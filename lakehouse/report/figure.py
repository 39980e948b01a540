"""What the report is made of: sections, and in them figures, listings, pictures and paragraphs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lakehouse.charts.drawing import AnyChart, Choice, Drawing, Frames
from lakehouse.charts.literals import readable
from lakehouse.charts.words import Words
from lakehouse.figures.canvas import Pixels
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

Draw = Callable[[Frames, Drawing], AnyChart]
Numbers = Callable[[Frames, Words], Mapping[str, str]]


@dataclass(frozen=True)
class Figure:
    """A chart, and what stands around it.

    Its texts are ``figures.<name>.title``, ``.caption`` and ``.description``, the last for who
    does not see it; ``numbers`` fills their places. ``.readout`` is filled from the row of what is
    chosen.

    Parameters
    ----------
    name : str
        Of its files, its anchor, and for `Study.figure`.
    tables : tuple of str
        Names of the report's queries; the first is shown as the figure's table and saved as CSV.
    numbers : callable
        Values for the places in its texts. What several readers count, such as n, is among them.
    unit : str
        Key of the unit's text below ``unit.``; of what the figure shows.
    needs : tuple of Need
        What it cannot be drawn without, the first that is lacking is said.
    paper : tuple of str
        Numbers of the paper's figures and tables that it shows, such as "11" and "T1".
    controls : tuple of str
        What a reader may choose: names of `lakehouse.report.controls`.
    readout : tuple of str
        Columns of the first table that the chosen values find the row by.
    personal : bool
        Whether it shows single people, and is left out of an aggregated report.
    """

    name: str
    tables: tuple[str, ...]
    draw: Draw
    numbers: Numbers
    unit: str
    needs: tuple[Need, ...] = (Need.PARTICIPANTS,)
    paper: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    readout: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class Listing:
    """A table that is always open.

    Its texts are ``listings.<name>.title`` and ``.caption``; ``numbers`` fills their places.

    Parameters
    ----------
    table : str
        Of the report's queries.
    columns : tuple of str
        Which of its columns are shown, in this order; all are in the CSV.
    needs : tuple of Need
    paper : tuple of str
    """

    name: str
    table: str
    columns: tuple[str, ...]
    numbers: Numbers
    needs: tuple[Need, ...] = (Need.PARTICIPANTS,)
    paper: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class Prose:
    """Paragraphs that are written from the numbers.

    Parameters
    ----------
    name : str
        Its title is the text ``prose.<name>.title``.
    write : callable
        Gives the paragraphs in a language, each with a head on a line of its own if it has one;
        what stands between grave accents is code. Without any, nothing is shown.
    listed : bool
        Whether they are items of a list, as references are.
    """

    name: str
    write: Callable[[Tables, Words], list[str]]
    listed: bool = False


@dataclass(frozen=True)
class Entry:
    """Something that has a name.

    Parameters
    ----------
    note : str
        What else is to be known of it.
    """

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Entries:
    """Values by their names: a list, or a row of large figures.

    Parameters
    ----------
    name : str
        Its title is the text ``entries.<name>.title``, if there is one.
    write : callable
        Gives the entries in a language.
    large : bool
        Whether they are key figures.
    """

    name: str
    write: Callable[[Tables, Words], list[Entry]]
    large: bool = False


@dataclass(frozen=True, eq=False)
class Picture:
    """A raster picture.

    Parameters
    ----------
    name : str
        Of its file.
    labels : mapping of str to str
        What it is called, by language.
    pixels : ndarray of uint8, shape (height, width) or (height, width, 3)
        Grey values or RGB.
    row, column : int
        Place in a grid on a wide screen, from 1; on a narrow one they follow each other.
    """

    name: str
    labels: Mapping[str, str]
    pixels: Pixels
    row: int
    column: int


@dataclass(frozen=True)
class Pictures:
    """Raster pictures in a grid, where a chart cannot show the same.

    Its texts are ``figures.<name>.title``, ``.caption`` and ``.description``.

    Parameters
    ----------
    tables : tuple of str
        Names of the report's queries that they are drawn from.
    draw : callable
        From the tables, and the words of every language by its name.
    ink : bool
        Whether they are black on white, and may be shown light on dark.
    photographs : bool
        Whether they are of photographs: without permission there is no such block at all.
    in_threes : bool
        Whether each row of three belongs together.
    """

    name: str
    tables: tuple[str, ...]
    draw: Callable[[Tables, Mapping[str, Words]], list[Picture]]
    numbers: Callable[[Tables, Words], Mapping[str, str]]
    needs: tuple[Need, ...] = (Need.PARTICIPANTS, Need.GRAPHICS)
    paper: tuple[str, ...] = ()
    personal: bool = False
    ink: bool = False
    photographs: bool = False
    in_threes: bool = False


Block = Figure | Listing | Prose | Entries | Pictures


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Parameters
    ----------
    name : str
        Its texts are ``sections.<name>.title`` and ``.lead``.
    blocks : tuple of Block
    copied : bool
        Whether a button copies its paragraphs.
    needs : tuple of Need
        What none of its blocks can be drawn without; where it is lacking, the first says so for
        all.
    """

    name: str
    blocks: tuple[Block, ...]
    copied: bool = False
    needs: tuple[Need, ...] = ()


def drawn(
    figure: Figure, frames: Frames, words: Words, width: int, chosen: Mapping[str, Choice]
) -> dict[str, Any]:
    """Draw a figure, as the Vega-Lite specification that names its data and holds none.

    Parameters
    ----------
    width : int
        CSS pixels.
    chosen : mapping
        Values of its controls.
    """
    chart = chart_of(figure, frames, words, width, chosen)
    specification: dict[str, Any] = readable(chart.to_dict(validate=False))
    return specification


def chart_of(
    figure: Figure, frames: Frames, words: Words, width: int, chosen: Mapping[str, Choice]
) -> AnyChart:
    """Draw a figure as Altair's chart; the parameters are those of `drawn`."""
    return figure.draw(frames, Drawing(words, width, chosen))
