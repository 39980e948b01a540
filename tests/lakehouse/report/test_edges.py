"""Reports of studies that lack something or are called oddly: each comes and says what it lacks."""

import csv
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from lakehouse.paths import WarehousePaths
from lakehouse.report.composing import swiftly
from lakehouse.report.engine.draw import as_svg
from lakehouse.report.export import standing_alone
from lakehouse.report.page.blocks import lacks
from lakehouse.report.page.data import format_locale
from lakehouse.report.page.document import page
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.order import SECTIONS, figures
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from tests.lakehouse.report.edges import Study
from tests.lakehouse.report.reader import reading
from tests.lean import LEAN, lean
from tests.once import Once

pytestmark = pytest.mark.slow

MANY = ("neutral", *(f"expression_{number}" for number in range(10)))
SCALES = [f"scale_{number}" for number in range(30)]
OF_OBJECTS = ("constructor", "valueof", "tostring")
ATTACK = "</script><img src=x onerror=alert(1)>"
ODD = f"\N{RIGHT-TO-LEFT OVERRIDE}\"'{{braces}}\n=1+1{ATTACK}{'x' * 300}"
PEOPLE = (ATTACK, "=1+1", "{braces}", "\u202eabc", '"quo\'tes"', "x" * 200)
STATISTICS = "lakehouse build --statistics"


def dataset(*expressions: str) -> dict[str, Any]:
    codes = {f"{place:02d}": name for place, name in enumerate(expressions)}
    return {"expressions": codes, "neutral": expressions[0]}


def scales(**names: str) -> dict[str, dict[str, Any]]:
    return {code: {"name": name, "min": 0, "max": 63} for code, name in names.items()}


@dataclass(frozen=True)
class Edge:
    """A study, how it is built, and what its report then says."""

    study: Study | None
    says: tuple[str, ...]
    settings: Settings = LEAN
    extras: tuple[Extra, ...] = (Extra.STATISTICS,)


ELSEWHERE = {"quality": {"masks": "neutral"}, "alignment": {"method": "procrustes"}}
SIX = Study()
EDGES = {
    "empty": Edge(None, ("no participant is included",)),
    "nobody": Edge(Study(photos=1), ("no participant is included",)),
    "no_scores": Edge(Study(instruments=()), ("lakehouse scores FILE",)),
    "no_statistics": Edge(SIX, (STATISTICS,), extras=()),
    "one_condition": Edge(Study(conditions=(False,)), ("one condition",)),
    "one_expression": Edge(Study(expressions=("neutral", "happiness")), ("one expression",)),
    "one_participant": Edge(Study(participants=("001",)), ("1 participant",)),
    "mean": Edge(
        Study(without_neutral=("001",)),
        ("mean neutral face",),
        lean(**{**ELSEWHERE, "quality": {"reference": "mean", "masks": "neutral"}}),
    ),
    "canonical": Edge(
        Study(without_neutral=SIX.participants),
        ("canonical",),
        lean(**{**ELSEWHERE, "quality": {"reference": "canonical", "masks": "neutral"}}),
    ),
    "flat": Edge(Study(flat=True), ("6 participants",)),
    "many": Edge(Study(expressions=MANY), ("expression_9",), lean(dataset=dataset(*MANY))),
    "scales": Edge(
        Study(instruments=SCALES),
        ("Scale 29 of thirty",),
        lean(instruments=scales(**{code: f"Scale {code[6:]} of thirty" for code in SCALES})),
    ),
    "one_photo": Edge(Study(photos=1), ("6 participants",), lean(quality={"photos_per_mask": 1})),
    "of_objects": Edge(
        Study(expressions=OF_OBJECTS, instruments=OF_OBJECTS[:2]),
        ("constructor", "toString", "__proto__"),
        lean(
            dataset=dataset(*OF_OBJECTS),
            instruments=scales(constructor="toString", valueof="__proto__"),
            measures={"tostring": {"distance": [1, 2], "label_en": "hasOwnProperty"}},
        ),
    ),
    "odd": Edge(
        Study(participants=(ATTACK, "=1+1", "{braces}", "\u202eabc", '"quo\'tes"', "x" * 200)),
        ("{braces}",),
        lean(
            instruments=scales(dbi=ODD, bai="-1"),
            measures={"odd": {"distance": [1, 2], "label_en": ODD}},
        ),
    ),
}


@pytest.fixture(scope="session")
def built(once: Once) -> Callable[[str], WarehousePaths]:
    """Give the warehouse of an edge; read only."""

    def make(name: str) -> Callable[[Path], WarehousePaths]:
        def in_folder(folder: Path) -> WarehousePaths:
            paths, edge = WarehousePaths(folder / "warehouse"), EDGES[name]
            if edge.study is not None:
                edge.study.write(paths)
            build(paths, edge.settings, extras=edge.extras)
            return paths

        return in_folder

    return lambda name: once(f"edge-{name}", make(name))


def written(tables: Tables, language: str = "en") -> str:
    with swiftly():
        return page(SECTIONS, tables, {language: tables.words(language)})


def read(text: str) -> str:
    """Give what a page says outside its scripts, as a reader has it."""
    main = re.sub(r"<pre.*?</pre>", "", text.partition("<main>")[2].partition("</main>")[0],
                  flags=re.DOTALL)  # fmt: skip
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", main)).split())


QUICK = ("empty", "nobody")


MORE = {"many", "scales", "flat", "mean", "canonical"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=[
                *([] if name in QUICK else [pytest.mark.slow]),
                *([pytest.mark.exhaustive] if name in MORE else []),
            ],
        )
        for name in EDGES
    ],
)
def test_the_report_comes_and_says_what_is_missing(
    built: Callable[[str], WarehousePaths], name: str
) -> None:
    with open_tables(built(name), Privacy(ids=True)) as tables:
        text = written(tables)

    said = read(text)
    for wanted in EDGES[name].says:
        assert wanted in said
    assert "<img src=x" not in text
    assert text.count("<script") == 3 == text.count("</script>")


@pytest.mark.parametrize(
    "name",
    [pytest.param("of_objects", marks=pytest.mark.exhaustive), "odd", "one_participant"],
)
def test_every_figure_is_drawn_as_a_file(built: Callable[[str], WarehousePaths], name: str) -> None:
    with open_tables(built(name), Privacy(ids=True)) as tables, swiftly():
        words = tables.words("en")
        for figure in figures().values():
            if lacks(figure, tables):
                continue
            drawn = as_svg(standing_alone(figure, tables, words), format_locale(words))
            root = ElementTree.fromstring(drawn)
            kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert kinds.isdisjoint({"script", "img"}), figure.name
            assert "[native code]" not in drawn, figure.name


def test_in_a_browser_what_every_object_has_disturbs_no_figure(
    built: Callable[[str], WarehousePaths], browser: Browser, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    with open_tables(built("of_objects"), Privacy()) as tables:
        report.write_text(written(tables), encoding="utf-8")

    with reading(browser, report) as reader:
        assert reader.messages == []
        assert reader.page.locator("[data-chart]:not([data-drawn])").count() == 0
        tooltip = reader.page.locator("#vg-tooltip-element")
        pointed = set()
        for x, y in reader.over("correlations"):
            reader.page.mouse.move(x, y)
            pointed |= set(tooltip.locator("td.value").all_text_contents())
        assert {"toString", "__proto__", "constructor with cue"} <= {
            text.partition(",")[0] for text in pointed
        }


def test_in_a_browser_odd_texts_stay_texts(
    built: Callable[[str], WarehousePaths], browser: Browser, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    with open_tables(built("odd"), Privacy(ids=True)) as tables:
        report.write_text(written(tables), encoding="utf-8")

    with reading(browser, report) as reader:
        assert reader.requests == [report.as_uri()]
        page = reader.page
        figure = page.locator("#figure-relation")
        figure.locator("summary", has_text="Table").click()
        expect(figure.locator("tbody tr").first).to_be_visible()
        for participant in PEOPLE:
            assert participant in figure.locator("tbody").inner_text()
        assert page.locator("img[src=x]").count() == 0
        with page.expect_download() as saved:
            figure.locator("button[data-save]").click()
        lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
        cells = {line[0] for line in csv.reader(lines)}
        assert cells >= {"'=1+1", ATTACK, "{braces}"}
        assert reader.messages == []
