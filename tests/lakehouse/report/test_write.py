"""The report as a file: the same twice, and what of people is in it."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

import lakehouse
from lakehouse.errors import LakehouseError
from lakehouse.paths import WarehousePaths
from lakehouse.report.figure import Figure
from lakehouse.report.privacy import SMALLEST_CELL, Privacy
from lakehouse.report.sections.order import SECTIONS
from lakehouse.report.tables.query import report_query
from lakehouse.report.texts.read import LANGUAGES, texts
from lakehouse.report.write import ReportRequest, write_report
from tests.lakehouse.report.read import data_of, expanded


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(
    report_page: Path, small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    again = write_report(small_warehouse, ReportRequest(tmp_path / "report.html"))

    assert again.page.read_bytes() == report_page.read_bytes()
    assert again.bytes == report_page.stat().st_size


@pytest.mark.slow
def test_tables_are_the_warehouse_s(report_page: Path, small_warehouse: WarehousePaths) -> None:
    tables = data_of(report_page)["tables"]

    with lakehouse.open(small_warehouse.root) as study:
        for name, table in tables.items():
            query = report_query(name)
            if query.header.personal:
                continue
            found = study.sql(query.sql)
            assert table["rows"] == len(found), name
            assert list(table["columns"]) == found.columns, name
            for column in found.iter_columns():
                ours = expanded(table["columns"][column.name])
                if column.dtype.is_float():
                    expected = column.set(~column.is_finite(), None)
                    error = ((pl.Series(ours, dtype=pl.Float64) - expected).abs()
                             - 5e-5 * expected.abs()).max()  # fmt: skip
                    assert error is None or error <= 1e-12, (name, column.name)
                elif column.dtype in (pl.String, pl.Boolean) or column.dtype.is_integer():
                    assert ours == column.to_list(), (name, column.name)


@pytest.mark.slow
def test_captions_count_what_the_warehouse_holds(
    report_page: Path, small_warehouse: WarehousePaths
) -> None:
    text = report_page.read_text(encoding="utf-8")

    def said(figure: str) -> str:
        [part] = re.findall(rf'id="figure-{figure}".*?</figure>', text, re.DOTALL)
        return re.sub(r"<[^>]+>", "", part).replace("\N{NO-BREAK SPACE}", " ")

    with lakehouse.open(small_warehouse.root) as study:
        people = study.sql("select max(participants) from mask_averages").item()
        tests = len(study.sql(report_query("correlations").sql))
        farthest = study.sql("select max(mean_distance) from triangle_heat").item()
    assert f"n = {people:,} " in said("heat")
    assert f"moves farthest, {farthest:.1f} px" in said("heat")
    assert f"Of {tests:,} tests" in said("correlations")


@pytest.mark.slow
def test_nobody_is_named_unless_asked_for(
    report_page: Path, small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    with lakehouse.open(small_warehouse.root) as study:
        ids = study.table("participants")["participant"].to_list()
    named = write_report(
        small_warehouse, ReportRequest(tmp_path / "ids.html", privacy=Privacy(ids=True))
    )

    def told(page: Path) -> list[str]:
        values = [
            word
            for table in data_of(page)["tables"].values()
            for column in table["columns"].values()
            for word in column.get("words", [])
        ]
        return [one for one in ids if one in values]

    assert told(report_page) == []
    assert told(named.page) != []


@pytest.mark.slow
def test_a_report_of_groups_has_nothing_of_few_people(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    """Of the small warehouse four people are included, and no count of them may be told."""
    request = ReportRequest(tmp_path / "all.html", privacy=Privacy(aggregate=True))
    page = write_report(small_warehouse, request).page

    for name, table in data_of(page)["tables"].items():
        header = report_query(name).header
        assert not header.personal or table["rows"] == 0, name
        for column in (*header.people, *header.besides):
            counts = [count for count in expanded(table["columns"][column]) if count]
            assert min(counts, default=SMALLEST_CELL) >= SMALLEST_CELL, (name, column)
    text = re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))
    assert f"Fewer than {SMALLEST_CELL} people are included" in text
    assert not re.search(r"\bn = [1-4]\b", text)


def test_languages_say_the_same_things() -> None:
    first, *others = [texts(language) for language in LANGUAGES]
    for other in others:
        assert other.keys() == first.keys()
        for key, text in other.items():
            places = [sorted(re.findall(r"\{(\w+)\}", said)) for said in (text, first[key])]
            assert places[0] == places[1], key
            # What follows a sentence begins with a blank.
            assert text.rstrip() == text != "", key


def test_every_text_is_said_somewhere() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("charts", "report")
        for path in sorted((Path(lakehouse.__file__).parent / folder).rglob("*"))
        if path.suffix in {".py", ".j2", ".js"} and path.name != "vega.js"
    )
    names = {block.name for section in SECTIONS for block in section.blocks}
    for key in texts("en"):
        kind, name, *_ = key.split(".")
        if kind in {"figures", "listings", "prose", "sections"}:
            known = names | {section.name for section in SECTIONS}
            assert name in known, key
        elif kind not in {"column", "language", "number", "missing", "control", "unit"}:
            said = key in source or name in source or f'f"{kind.partition("_")[0]}' in source
            assert said, key


def test_queries_are_all_asked() -> None:
    asked = {
        name
        for section in SECTIONS
        for block in section.blocks
        for name in (block.tables if isinstance(block, Figure) else [getattr(block, "table", "")])
    }
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (Path(lakehouse.__file__).parent / "report").rglob("*.py")
    )
    folder = Path(lakehouse.__file__).parent / "report" / "tables" / "queries"
    for path in folder.glob("*.sql"):
        assert path.stem in asked or f'"{path.stem}"' in source, path.stem


def test_a_folder_is_no_file(small_warehouse: WarehousePaths, tmp_path: Path) -> None:
    with pytest.raises(LakehouseError, match=re.escape(str(tmp_path))):
        write_report(small_warehouse, ReportRequest(tmp_path))


@pytest.mark.slow
def test_data_is_json_that_ends_nothing(report_page: Path) -> None:
    text = report_page.read_text(encoding="utf-8")
    [data] = re.findall(r'<script type="application/json" id="report-data">(.*?)</script>', text)
    assert "<" not in data
    json.loads(data)
