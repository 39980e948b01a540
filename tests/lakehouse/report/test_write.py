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
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.order import SECTIONS
from lakehouse.report.tables.query import report_query
from lakehouse.report.texts.read import LANGUAGES, texts
from lakehouse.report.write import ReportRequest, write_report
from tests.lakehouse.report.read import data_of


def test_two_runs_give_the_same_bytes(
    report_page: Path, small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    again = write_report(small_warehouse, ReportRequest(tmp_path / "report.html"))

    assert again.page.read_bytes() == report_page.read_bytes()
    assert again.bytes == report_page.stat().st_size


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
                held = table["columns"][column.name]["values"]
                if column.dtype.is_float():
                    ours = pl.Series(held, dtype=pl.Float64)
                    expected = column.set(~column.is_finite(), None)
                    error = ((ours - expected).abs() - 5e-5 * expected.abs()).max()
                    assert error is None or error <= 1e-12, (name, column.name)
                elif column.dtype == pl.String:
                    words = table["columns"][column.name]["words"]
                    ours = [None if at is None else words[at] for at in held]
                    assert ours == column.to_list(), (name, column.name)


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


def test_an_aggregated_report_has_no_row_of_one_person(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    request = ReportRequest(tmp_path / "all.html", privacy=Privacy(aggregate=True))
    data = data_of(write_report(small_warehouse, request).page)

    for name, table in data["tables"].items():
        header = report_query(name).header
        assert not header.personal, name
        for people in header.people:
            counts = [n for n in table["columns"][people]["values"] if n is not None]
            assert min(counts, default=5) >= 5, name


def test_languages_say_the_same_things() -> None:
    first, *others = [texts(language) for language in LANGUAGES]
    for other in others:
        assert other.keys() == first.keys()
        for key, text in other.items():
            places = [sorted(re.findall(r"\{(\w+)\}", said)) for said in (text, first[key])]
            assert places[0] == places[1], key
            assert text.strip() == text != "", key


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
            said = key in source or name in source
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


def test_data_is_json_that_ends_nothing(report_page: Path) -> None:
    text = report_page.read_text(encoding="utf-8")
    [data] = re.findall(r'<script type="application/json" id="report-data">(.*?)</script>', text)
    assert "<" not in data
    json.loads(data)
