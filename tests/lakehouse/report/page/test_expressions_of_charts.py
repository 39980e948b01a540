"""Vega's expressions without text that becomes a program, beside the programs made of the same."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from lakehouse.report.page.bundle import bundle

ROWS: list[dict[str, Any]] = [
    {"a": 7, "b": -2.5, "word": " Fear ", "many": [3, 1, 2], "time": 1e12},
    {"a": 0, "b": None, "word": "constructor", "many": [], "time": 0},
    {"a": None, "b": 1e-9, "word": "", "many": ["x"], "time": -5},
]
OPERATORS = [
    f"datum.a {sign} datum.b"
    for sign in (
        *("+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "===", "!==", "&", "|", "^"),
        *("<<", ">>", ">>>", "&&", "||"),
    )
]
FUNCTIONS = [
    *(
        f"{name}(datum.b)"
        for name in (
            *("abs", "acos", "asin", "atan", "ceil", "cos", "exp", "floor", "log", "round", "sin"),
            *("sqrt", "tan", "isNaN", "isFinite", "isValid", "toString", "toNumber", "isNumber"),
        )
    ),
    *(
        f"{prefix}{part}(datum.time)"
        for prefix in ("", "utc")
        for part in (
            *("date", "day", "year", "month", "hours", "minutes", "seconds", "milliseconds"),
        )
    ),
    *("time(datum.time)", "timezoneoffset(datum.time)", "time(datetime('2020-02-03'))"),
    *("time(datetime(2020, 1))", "time(datetime(2020, 1, 2, 3, 4, 5, 6))", "utc(2020, 1, 2)"),
    *("atan2(datum.a, 2)", "max(datum.a, 1, 3)", "min(datum.a, 1, 3)", "pow(2, datum.a)"),
    *("clamp(datum.b, -1, 1)", "parseFloat('1.5x')", "parseInt('12', 8)", "if(datum.a, 1, 2)"),
    *("length(datum.many)", "length(datum.word)", "join(datum.many, '; ')", "indexof('abc', 'c')"),
    *("lastindexof([1, 2, 1], 1)", "reverse(datum.many)", "slice(datum.many, 1)"),
    *("slice(datum.word, 1, 3)", "sort(datum.many)", "upper(datum.word)", "lower(datum.word)"),
    *("trim(datum.word)", "substring(datum.a, 0, 1)", "split('a b', ' ')", "test('F', datum.word)"),
    *("replace(datum.word, /e/, 'E')", "replace('{n}', '{n}', toString(datum.a))"),
    *("test(regexp('^ f', 'i'), datum.word)", "pluck([{x: 1}, {x: 2}], 'x')", "sequence(3)"),
    *("format(datum.a, '.2f')", "contrast('#000', 'white')", "scale('long', datum.a)"),
]
OTHERS = [
    *("PI * E + LN2 + LN10 + LOG2E + LOG10E + SQRT2 + SQRT1_2", "NaN", "MAX_VALUE", "MIN_VALUE"),
    *("-datum.a", "+datum.word", "~datum.a", "!datum.a", "twice + 1", "twice.none"),
    *("datum['wo' + 'rd']", "datum.many[0]", "[datum.a, [1], {}]", "{a: datum.a, 'b c': 2}"),
    *("{'__proto__': null, Fear: [1, 2]}[datum.word] || 'none'", "['p', 'q'][twice - 4]"),
    *("datum.a > 1 ? 'much' : datum.a ? 'little' : null", "{'__proto__': null}['to' + 'String']"),
]
KINDS = {
    "rect": ({"x": "a", "x2": "b", "y": "b", "y2": "a"}, {"xc": "a", "width": "4", "y2": "a"}),
    "rule": ({"x": "a", "x2": "b", "y": "a", "y2": "b"},),
    "symbol": ({"x": "a", "yc": "b", "size": "4"}, {"x2": "a", "y": "b", "height": "3"}),
}


def specification(expressions: list[str]) -> dict[str, Any]:
    """Give a chart with a column of each expression, and marks of every kind of place."""
    formulas = [
        {"type": "formula", "expr": each, "as": f"e{place}"}
        for place, each in enumerate(expressions)
    ]
    return {
        "signals": [{"name": "twice", "update": "2 * 2"}],
        "scales": [{"name": "long", "type": "linear", "domain": [0, 7], "range": [0, 70]}],
        "data": [{"name": "table", "values": ROWS, "transform": formulas}],
        "marks": [
            {
                "type": kind,
                "from": {"data": "table"},
                "encode": {
                    "update": {
                        "stroke": {"value": "red"},
                        **{
                            channel: {"signal": value if value.isdigit() else f"datum.{value} * 3"}
                            for channel, value in channels.items()
                        },
                    }
                },
            }
            for kind, several in KINDS.items()
            for channels in several
        ],
    }


DRAWN = """async ([specification, ways]) => {
    const plain = (key, value) => typeof value === "number" || value === undefined
        ? String(value) : value;
    const found = [];
    for (const way of ways) {
        const holder = document.createElement("div");
        document.body.append(holder);
        const chart = structuredClone(specification);
        const read = lakehouseVega.parse(chart, {}, { ast: way === "own" });
        const own = way === "own" ? { expr: expressions } : {};
        const view = new lakehouseVega.View(read, { container: holder, renderer: "svg", ...own });
        await view.runAsync();
        found.push([JSON.stringify(view.data("table"), plain), await view.toSVG()]);
    }
    return found;
}"""


@pytest.fixture
def empty_page(browser: Browser) -> Iterator[Page]:
    """A page without a policy, with the program that draws and what reads expressions."""
    page = browser.new_page()
    own = files("lakehouse.report.page") / "script" / "15-expressions.js"
    page.add_script_tag(content=bundle())
    page.add_script_tag(content=own.read_text(encoding="utf-8"))
    yield page
    page.close()


def test_expressions_mean_what_they_mean_as_programs(empty_page: Page) -> None:
    chart = specification([*OPERATORS, *FUNCTIONS, *OTHERS])

    own, program = empty_page.evaluate(DRAWN, [chart, ["own", "program"]])

    assert own == program
    assert "e30" in own[0]
    assert own[1].count("<path") >= len(ROWS) * len(KINDS)


def test_no_expression_reaches_a_function(empty_page: Page) -> None:
    chart = specification(["datum.many['const' + 'ructor']", "datum.word['tri' + 'm']"])
    [[rows, _]] = empty_page.evaluate(DRAWN, [chart, ["own"]])
    assert '"e0":"undefined","e1":"undefined"' in rows


def test_events_are_heard(empty_page: Page) -> None:
    chart = specification([])
    chart |= {"marks": chart["marks"][:1], "width": 60, "height": 60}
    heard = {"events": "click", "update": "[event.type, x(), y(), item().mark.marktype, twice]"}
    chart["signals"].append({"name": "heard", "value": None, "on": [heard]})
    script = """async ([specification, own]) => {
        const holder = document.createElement("div");
        document.body.replaceChildren(holder);
        const read = lakehouseVega.parse(specification, {}, { ast: own });
        const way = own ? { expr: expressions } : {};
        window.view = new lakehouseVega.View(read, { container: holder, ...way });
        await view.runAsync();
    }"""

    def clicked(*, own: bool) -> list[Any]:
        empty_page.evaluate(script, [chart, own])
        empty_page.locator("canvas").click(position={"x": 30, "y": 30})
        heard: list[Any] = empty_page.evaluate("() => view.signal('heard')")
        return heard

    own = clicked(own=True)
    assert own == clicked(own=False)
    assert own[0] == "click"
    assert own[4] == 4
