"""The report's colours, light and dark, as data.

What a reader must tell apart by hue alone is few: eight expressions, at least 14 apart by CIEDE2000
under normal sight and simulated protanopia, deuteranopia and tritanopia (Machado, Oliveira &
Fernandes 2009, doi:10.1109/TVCG.2009.113; Viénot, Brettel & Mollon 1999; Brettel, Viénot & Mollon
1997, doi:10.1364/JOSAA.14.002647), and with a contrast of at least 3:1 to whatever lies behind
(WCAG 2.2, 1.4.11). The cue is never a hue.

The heat is magma (Smith & van der Walt 2015, CC0); differences on a light page are vik (Crameri
2018, doi:10.5281/zenodo.1243862, MIT). Their outermost parts are left out, where a mark on top
would vanish. On a dark page, differences rise from a grey that is lighter than the page to blue and
to orange, by 6 of CIELAB's lightness from colour to colour, so that small ones are seen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import cycle, islice
from typing import Any, Final, Literal

from lakehouse.settings.dataset import STUDY_EXPRESSIONS

Theme = Literal["light", "dark"]

THEMES: Final[tuple[Theme, ...]] = ("light", "dark")


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, written as #RRGGBB."""

    page: str
    """Behind text and figures."""

    raised: str
    """Behind what is set off from the page: bars, boxes, heads of tables."""

    ink: str
    """Text, and whatever is as strong as text."""

    ink_soft: str
    """Text that accompanies: labels of axes, captions."""

    line: str
    """Grids and hairlines, to be noticed last."""

    guide: str
    """Lines that mean something, such as zero, and borders of controls; 3:1 with the page."""

    mesh: str
    """Edges of a face's triangles where nothing else is shown."""

    mark: str
    """Data that need no other colour."""

    accent: str
    """What is chosen or can be followed."""

    good: str
    warning: str
    bad: str
    """Text that judges; words say the same."""

    on_heat: tuple[str, str]
    """Filling and edge of a mark that is seen on every colour of `heat` and `diverging`."""

    expressions: Mapping[str, str]
    """Of the study's eight expressions."""

    groups: tuple[str, ...]
    """Of twelve groups. The first eight are at least 14 apart under every kind of sight, all twelve
    8, and each is 8 from every expression under normal sight."""

    heat: tuple[str, ...]
    """From nothing to the most, in equal steps to the eye."""

    diverging: tuple[str, ...]
    """From the most negative to the most positive; the middle is zero."""


def _in_order(colours: str) -> tuple[str, ...]:
    return tuple(colours.split())


def _of_study(colours: str) -> Mapping[str, str]:
    return dict(zip(STUDY_EXPRESSIONS.values(), _in_order(colours), strict=True))


PALETTES: Final[Mapping[Theme, Palette]] = {
    "light": Palette(
        page="#FFFFFF",
        raised="#F5F6F8",
        ink="#171A1F",
        ink_soft="#565E69",
        line="#E3E6EA",
        guide="#868E99",
        mesh="#C3C9D1",
        mark="#4C5B6B",
        accent="#0B5CAD",
        good="#1D6B3A",
        warning="#7D5200",
        bad="#A3262E",
        on_heat=("#FFFFFF", "#171A1F"),
        expressions=_of_study(
            "#7C7C7C #C53B4E #58083E #47580F #734EE9 #B48309 #064581 #009BAF",
        ),
        groups=_in_order(
            "#312858 #E35D42 #3F8AD3 #9A2019 #6317E1 #735163 "
            "#531B26 #AB788D #738302 #BA539B #872D7F #4B6648"
        ),
        heat=_in_order(
            "#FCF4B5 #FED497 #FEB57C #FD9567 #F8755C #EB5760 #D5446D #BA3878 "
            "#9E2F7F #822681 #681B80 #4D117A #301164 #170F3B #050416"
        ),
        diverging=_in_order(
            "#022A70 #03407E #07568D #1F709E #468CB1 #72A9C4 #9EC4D7 #CBDEE7 #ECE5E1 "
            "#EACEBE #DFB399 #D49875 #C97F54 #BE6634 #AC4815 #8E2A06 #731506"
        ),
    ),
    "dark": Palette(
        page="#14171C",
        raised="#1D2128",
        ink="#ECEEF1",
        ink_soft="#A9B1BC",
        line="#2B313A",
        guide="#77808C",
        mesh="#3F4854",
        mark="#9FB0C3",
        accent="#7DB7FF",
        good="#7CCB93",
        warning="#E9B949",
        bad="#FF8F88",
        on_heat=("#FFFFFF", "#171A1F"),
        expressions=_of_study(
            "#A4A4A4 #EF594C #A6709D #B0DCA2 #656CEE #F4B62C #58ADFA #6AF4F5",
        ),
        groups=_in_order(
            "#DBD0FF #EB5C21 #3B8374 #856BAD #B78EF1 #F0EB3A "
            "#6BEDAF #CE8FA5 #BCB16E #98CC32 #4CBFBA #00A068"
        ),
        heat=_in_order(
            "#2E1162 #4A1079 #631A80 #7D2482 #972D80 #B1357B #CC3F71 "
            "#E34E65 #F3665C #FB8560 #FEA370 #FEC186 #FDDFA1 #FCFDBF"
        ),
        diverging=_in_order(
            "#5FAFF0 #519EDB #468EC6 #3F7EAF #3A6D97 #385E7F #354E66 #333F4C #2F3032 "
            "#503832 #6A4236 #834C3A #9B573F #B26445 #C8714C #DC8055 #F09060"
        ),
    ),
}


_ROLE: Final = "palette."


def roles() -> Palette:
    """Give a palette of names in the place of colours, which `colours_of` tells of each theme.

    Data have no such names: what colours them a chart names by a scale, and the configuration has
    the rest.
    """
    names: dict[str, Any] = {
        field.name: f"{_ROLE}{field.name}"
        for field in fields(Palette)
        if isinstance(getattr(PALETTES["light"], field.name), str)
    }
    names["on_heat"] = (f"{_ROLE}on_heat.filling", f"{_ROLE}on_heat.edge")
    return Palette(**names, expressions={}, groups=(), heat=(), diverging=())


def colours_of(theme: Theme) -> dict[str, str]:
    """Give the colours of a theme by the names of `roles`."""
    named, palette = roles(), PALETTES[theme]
    colours = {
        role: getattr(palette, field.name)
        for field in fields(Palette)
        if isinstance(role := getattr(named, field.name), str)
    }
    return colours | dict(zip(named.on_heat, palette.on_heat, strict=True))


def expression_colours(
    theme: Theme,
    words: Iterable[str] = tuple(STUDY_EXPRESSIONS.values()),
    neutral: str = "neutral",
) -> dict[str, str]:
    """Give each expression of a dataset its colour.

    The study's words have their own, whatever the dataset, and the one that all are compared with
    is grey. Other words take the colours of groups in turn: twelve of them differ from each other
    and from the study's by at least 8, and from the thirteenth on colours come again. Figures
    write the words out, so that none depends on it.

    Parameters
    ----------
    words : iterable of str
        The expressions in the dataset's order.
    neutral : str
        The expression that all others are compared with, among the words or not.
    """
    palette = PALETTES[theme]
    own = {**palette.expressions, neutral: palette.expressions["neutral"]}
    others = cycle(palette.groups)
    return {word: own[word] if word in own else next(others) for word in words}


def group_colours(theme: Theme, count: int) -> list[str]:
    """Give groups their colours; from the thirteenth on they come again."""
    return list(islice(cycle(PALETTES[theme].groups), count))
