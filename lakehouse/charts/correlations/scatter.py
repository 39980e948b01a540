"""A feature beside a questionnaire: a dot for each participant, as values and as ranks."""

import textwrap
from typing import Any, Final

import altair as alt

from lakehouse.charts.correlations.cells import TABLE
from lakehouse.charts.correlations.pairs import filled
from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.literals import literal
from lakehouse.charts.words import Words

VALUES: Final = "correlation_values"

_Z: Final = 1.959964
"""Of the standard normal distribution, 97.5 % lie below."""
_STEPS: Final = 40
"""Places at which a line's band is computed."""
_CHOSEN: Final = ("feature", "instrument")
_LETTER: Final = 8
"""Width of a title's letter, pixels."""
_BREAK: Final = "\n"


def correlation_scatter(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the chosen feature beside the chosen questionnaire.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `correlation_values`, a row for each participant and a column for each feature and
        questionnaire; and `correlations`.
    """
    words = drawing.words
    width = drawing.width - 60 if drawing.narrow else (drawing.width - 160) // 2
    size = {"width": width, "height": min(width, 320)}
    people = (
        alt.Chart(named(VALUES))
        .transform_calculate(x="datum[feature]", y="datum[instrument]")
        .transform_filter("isValid(datum.x) && isValid(datum.y)")
    )
    tooltip = [
        alt.Tooltip("x:Q", title=words("axis.feature"), format=".3~f"),
        alt.Tooltip("y:Q", title=words("axis.score"), format=".3~f"),
    ]
    if "participant" in frames[VALUES].columns:
        tooltip.insert(0, alt.Tooltip("participant:N", title=words("column.participant")))
    values = _panel(people, ("x", "y"), ("axis.feature", "axis.score"), words, tooltip)
    ranks = _panel(
        _ranked(people),
        ("x_rank", "y_rank"),
        ("axis.feature_rank", "axis.score_rank"),
        words,
        tooltip,
    )
    panels = [
        alt.layer(*layers, _said(drawing, text)).properties(
            **size, title=words(f"relation.{text}_title")
        )
        for layers, text in ((values, "pearson"), (ranks, "spearman"))
    ]
    both = alt.vconcat(*panels) if drawing.narrow else alt.hconcat(*panels)
    return both.properties(title=_title(frames, drawing)).add_params(
        *(drawing.param(name) for name in _CHOSEN)
    )


def fitted(chart: Any, x: str, y: str) -> list[alt.Chart]:
    """Fit a line by least squares, and draw it with the band of its mean's 95 % interval.

    Student's t comes from the normal quantile by Hill's expansion (Abramowitz and Stegun 1964,
    26.7.5), which is right to a hundredth from 3 degrees of freedom on. With fewer, or where x does
    not vary, nothing is seen.

    Parameters
    ----------
    chart : altair.Chart
        With rows that have both values.
    x, y : str
        Columns.
    """
    z = _Z
    powers = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    terms = " + ".join(
        f"{power:.6f} / pow(datum.free, {place})" for place, power in enumerate(powers, start=1)
    )
    line = (
        chart.transform_joinaggregate(mean_x=f"mean({x})", mean_y=f"mean({y})")
        .transform_calculate(from_x=f"datum.{x} - datum.mean_x", from_y=f"datum.{y} - datum.mean_y")
        .transform_calculate(
            xx="datum.from_x * datum.from_x",
            xy="datum.from_x * datum.from_y",
            yy="datum.from_y * datum.from_y",
        )
        .transform_aggregate(
            count="count()",
            mean_x="mean(mean_x)",
            mean_y="mean(mean_y)",
            least=f"min({x})",
            most=f"max({x})",
            sxx="sum(xx)",
            sxy="sum(xy)",
            syy="sum(yy)",
        )
        .transform_calculate(free="datum.count - 2")
        # Without a line there is one that is not seen: scales complain of fields without values.
        .transform_calculate(fits="datum.free >= 3 && datum.sxx > 0")
        .transform_calculate(slope="datum.fits ? datum.sxy / datum.sxx : 0")
        .transform_calculate(
            spread="datum.fits ? sqrt(max(0, datum.syy - datum.slope * datum.sxy) / datum.free)"
            " : 0",
            t=f"datum.fits ? {z} + {terms} : 0",
            step=f"sequence({_STEPS + 1})",
        )
        .transform_flatten(["step"])
        .transform_calculate(at=f"datum.least + (datum.most - datum.least) * datum.step / {_STEPS}")
        .transform_calculate(
            line="datum.mean_y + datum.slope * (datum.at - datum.mean_x)",
            half="datum.fits ? datum.t * datum.spread"
            " * sqrt(1 / datum.count + pow(datum.at - datum.mean_x, 2) / datum.sxx) : 0",
        )
        .transform_calculate(below="datum.line - datum.half", above="datum.line + datum.half")
    )
    band, fit = (
        alt.when("datum.fits").then(alt.value(seen)).otherwise(alt.value(0)) for seen in (0.2, 1)
    )
    return [
        line.mark_area(style="band").encode(x="at:Q", y="below:Q", y2="above:Q", opacity=band),
        line.mark_line(style="fit").encode(x="at:Q", y="line:Q", opacity=fit),
    ]


def _panel(
    people: Any, places: tuple[str, str], titles: tuple[str, str], words: Words, tooltip: list[Any]
) -> list[Any]:
    x, y = places
    dots = people.mark_point(style="people", aria=False).encode(
        x=alt.X(f"{x}:Q", title=words(titles[0]), scale=alt.Scale(zero=False)),
        y=alt.Y(f"{y}:Q", title=words(titles[1]), scale=alt.Scale(zero=False)),
        tooltip=tooltip,
    )
    return [dots, *fitted(people, x, y)]


def _ranked(people: Any) -> Any:
    """Give both values' ranks, equal values the mean of theirs."""
    for name in ("x", "y"):
        people = (
            people.transform_window([{"op": "rank", "as": f"{name}_first"}], sort=[{"field": name}])
            .transform_joinaggregate(groupby=[name], **{f"{name}_same": "count()"})
            .transform_calculate(
                **{f"{name}_rank": f"datum.{name}_first + (datum.{name}_same - 1) / 2"}
            )
        )
    return people


def _said(drawing: Drawing, method: str) -> Any:
    """Write the correlation of what is chosen above its panel."""
    p = f"datum.{method}_p"
    values = {
        "r": f'format(datum.{method}_r, ".2f")',
        "low": f'format(datum.{method}_low, ".2f")',
        "high": f'format(datum.{method}_high, ".2f")',
        "p": f'({p} < 0.001 ? "< " + format(0.001, ".3f") : "= " + format({p}, ".3f"))',
        "n": 'format(datum.n, ",")',
    }
    words = drawing.words
    whole, bare = (filled(words, f"relation.{key}", values) for key in (method, f"{method}_alone"))
    return (
        alt.Chart(named(TABLE))
        .transform_filter(drawing.is_chosen(*_CHOSEN))
        .transform_filter(f"isValid(datum.{method}_r)")
        .transform_calculate(said=f"isValid(datum.{method}_low) && isValid({p}) ? {whole} : {bare}")
        .mark_text(style="note", align="left", baseline="bottom")
        .encode(x=alt.value(0), y=alt.value(-6), text="said:N")
    )


def _title(frames: Frames, drawing: Drawing) -> Any:
    """Name what is chosen, in two lines on a telephone."""
    words, frame = drawing.words, frames[TABLE]
    letters = drawing.width // _LETTER

    def lines(code: str, name: str) -> str:
        return _BREAK.join(textwrap.wrap(name, letters)) or code

    features = {
        code: lines(code, words.labels.features.get(code, code))
        for code in frame["feature"].unique().sort()
    }
    instruments = {
        code: lines(code, f"\N{MULTIPLICATION SIGN} {words.instrument(code)}")
        for code in frame["instrument"].unique().sort()
    }
    of_feature = f"{literal(features)}[feature]"
    of_instrument = f"{literal(instruments)}[instrument]"
    between = _BREAK if drawing.narrow else " "
    joined = f"split({of_feature} + {literal(between)} + {of_instrument}, {literal(_BREAK)})"
    return alt.Title(text=alt.ExprRef(expr=joined), anchor="start")
