"""Figures drawn as files by processes that end after some."""

import io
import os
import sys
from typing import Any

import pytest
from PIL import Image

from lakehouse.errors import LakehouseError
from lakehouse.report.engine import processes
from lakehouse.report.engine.draw import DOTS
from lakehouse.report.engine.processes import Order, drawn_apart

LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}
TELLING = """
import os, sys
from lakehouse.system.conversation import parent_of
parent = parent_of(sys.argv[-2:])
while True:
    try:
        work, *given = parent.recv()
    except EOFError:
        break
    me = str(os.getpid())
    parent.send((True, me if work == "svg" else {"svg": given[0].encode(), "png": me.encode()}))
"""
DYING = """
import os, sys
from lakehouse.system.conversation import parent_of
parent_of(sys.argv[-2:]).recv()
print("no room left", flush=True)
os.abort()
"""


def bar(name: str, mark: Any = "bar") -> Order:
    specification = {
        "data": {"values": [{"length": 1.5}]},
        "mark": mark,
        "encoding": {
            "x": {"field": "length", "type": "quantitative"},
            "text": {"field": "length", "type": "quantitative", "format": ".1f"},
        },
    }
    return Order(name, specification, LOCALE)


@pytest.mark.slow
def test_each_figure_is_three_files_and_two_runs_give_the_same_bytes() -> None:
    orders = [bar("first"), bar("second", {"type": "text", "clip": True})]

    files = dict(drawn_apart(orders))

    assert list(files) == [
        f"{name}.{end}" for name in ("first", "second") for end in ("svg", "pdf", "png")
    ]
    assert b">1,5</text>" in files["second.svg"]
    assert files["first.pdf"].startswith(b"%PDF")
    with Image.open(io.BytesIO(files["first.png"])) as picture:
        assert picture.info["dpi"] == pytest.approx((DOTS, DOTS), abs=1)
    assert dict(drawn_apart(orders)) == files


def test_a_process_ends_after_some_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROGRAM", (sys.executable, "-c", TELLING))
    monkeypatch.setattr(processes, "FIGURES", 2)

    files = dict(drawn_apart(bar(str(place)) for place in range(5)))

    drew = [files[f"{place}.svg"] for place in range(5)]
    assert drew[0] == drew[1] != drew[2] == drew[3] != drew[4]
    # The next makes the other files, before it draws itself.
    assert [files[f"{place}.png"] for place in range(4)] == drew[2:4] + [drew[4]] * 2
    assert files["4.png"] not in drew
    assert str(os.getpid()).encode() not in files.values()


def test_a_process_that_dies_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PROGRAM", (sys.executable, "-c", DYING))

    with pytest.raises(LakehouseError) as told:
        list(drawn_apart([bar("heat")]))

    assert str(told.value) == (
        "the figure heat cannot be drawn as a file (the process that draws ended by SIGABRT: "
        "no room left); `lakehouse report` without --figures writes the page alone"
    )


@pytest.mark.slow
def test_a_figure_that_cannot_be_drawn_is_named() -> None:
    with pytest.raises(LakehouseError, match="the figure odd cannot be drawn as a file \\(Value"):
        list(drawn_apart([bar("odd", "no such mark")]))
