"""The look as custom properties of CSS, for what is not a figure."""

from collections.abc import Iterable

from lakehouse.report.look.colours import PALETTES, Theme, expression_colours
from lakehouse.report.look.fonts import FONT
from lakehouse.settings.dataset import STUDY_EXPRESSIONS

NAMED = (
    *("page", "raised", "ink", "ink_soft", "line", "guide", "mesh", "mark", "accent"),
    *("good", "warning", "bad"),
)
"""Colours of the palette whose property is called like them, such as `--ink-soft`."""


def css_variables(
    theme: Theme,
    words: Iterable[str] = tuple(STUDY_EXPRESSIONS.values()),
    neutral: str = "neutral",
) -> str:
    """Give the declarations of a theme, to stand in a rule.

    Expressions are `--expression-0`, `--expression-1` and so on in the dataset's order, since a
    word of somebody's own may be no name in CSS. Groups are `--group-0` to `--group-11`, `--heat`
    and `--diverging` the stops of a gradient, `--font` the typeface.

    Parameters
    ----------
    words : iterable of str
        The dataset's expressions in its order.
    neutral : str
        The expression that all others are compared with.
    """
    palette = PALETTES[theme]
    colours = expression_colours(theme, words, neutral).values()
    declared = {name.replace("_", "-"): getattr(palette, name) for name in NAMED}
    declared |= {f"expression-{place}": colour for place, colour in enumerate(colours)}
    declared |= {f"group-{place}": colour for place, colour in enumerate(palette.groups)}
    declared |= {"heat": ",".join(palette.heat), "diverging": ",".join(palette.diverging)}
    declared["font"] = f'"{FONT}",sans-serif'
    lines = [f"--{name}:{value};" for name, value in declared.items()]
    return "\n".join([f"color-scheme:{theme};", *lines])
