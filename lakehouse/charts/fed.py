"""A chart that carries the tables which it names, and how it looks."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from lakehouse.charts.drawing import AnyChart
from lakehouse.charts.literals import readable


def standing_alone(
    chart: AnyChart, tables: Mapping[str, list[dict[str, Any]]], look: Mapping[str, Any]
) -> AnyChart:
    """Give the same chart with its data and its look, to be shown, saved and combined.

    The rows are added after Altair has judged the chart: it takes a minute to judge ten thousand.

    Parameters
    ----------
    tables : mapping of str to list of dict
        Rows by the name under which the chart asks for them.
    look : mapping
        Vega-Lite's configuration. The chart has it as ``look`` too, because a chart made of
        several takes it from none of them: ``(a | b).properties(config=a.look)``.
    """
    kind = type(chart)

    def to_dict(self: Any, *args: Any, **options: Any) -> dict[str, Any]:
        context = options.pop("context", None) or {}
        is_whole = context.get("top_level", True)
        context = {**context, "datasets": context.setdefault("datasets", {})}
        context["datasets"].update(tables)
        drawn = kind.to_dict(self, *args, context=context, **options)
        if is_whole:
            drawn = readable(drawn | {"datasets": {}}) | {"datasets": drawn.get("datasets", {})}
            # Without one of its own it has that of Altair's theme.
            own = drawn["config"] if self._get("config") is not alt.Undefined else {}
            drawn["config"] = {**look, **own}
        return drawn

    # By the class, because that is what copies of a chart keep. Set by Altair it would be a part of
    # the specification.
    members = {"to_dict": to_dict, "look": dict(look), "__doc__": kind.__doc__}
    object.__setattr__(chart, "__class__", type(kind.__name__, (kind,), members))
    return chart
