"""Workbooks that people and programs make, given to the command line."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakehouse.paths import WarehousePaths
from tests.attack.command_line import CommandLine


@pytest.fixture
def warehouse(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "study")


@pytest.fixture
def type_in(warehouse: WarehousePaths, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(warehouse.root, capsys)


def stored(paths: WarehousePaths) -> list[tuple[Any, ...]]:
    return pl.read_parquet(paths.scores).sort("participant", "instrument").rows()


def workbook(folder: Path, *sheets: tuple[str, str, list[list[object]]]) -> Path:
    """Write a workbook of sheets: title, state and rows; "=" begins a formula, "#" an error."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, state, rows in sheets:
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                cell = sheet.cell(number, place, value)
                if isinstance(value, str) and value.startswith("#"):
                    cell.data_type = "e"
        sheet.sheet_state = state
    file = folder / "scores.xlsx"
    book.active = len(sheets) - 1
    book.save(file)
    book.close()
    return file


TEXT = "participant,dbi_score\n0101,12\n"
HEAD: list[object] = ["participant", "dbi"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([HEAD, ["1", "#DIV/0!"]], "row 2: dbi is the error #DIV/0!"),
        ([HEAD, ["1", 3], ["2", "#N/A"]], "row 3: dbi is the error #N/A"),
        ([HEAD, ["#REF!", 3]], "row 2: participant is the error #REF!"),
        ([HEAD, ["1", "=1+2"]], "row 2: dbi is a formula without a stored value"),
        ([HEAD, ["1", 3], [], ["2", "=B2"]], "row 4: dbi is a formula without a stored value"),
        ([[], [], HEAD, ["1", "x"]], "row 4: dbi is 'x', not a number"),
        ([[None, *HEAD], [None, "1", "x"]], "row 2: dbi is 'x', not a number"),
        ([[], [None, *HEAD], [], [None, "1", "#NUM!"]], "row 4: dbi is the error #NUM!"),
        ([[None, None, *HEAD], [None, None, "1", "=1"]], "row 2: dbi is a formula without"),
        ([[*HEAD, "dbi"], ["1", 2, 3]], "has two columns of dbi scores (B, C)"),
        ([["id", "ID", "dbi"], ["1", "2", 3]], "has two columns id (A, B)"),
        ([HEAD, ["1", True]], "row 2: dbi is 'true', not a number"),
        ([HEAD, ["1", "12,5"]], "row 2: dbi is '12,5', not a number, write a decimal point"),
        ([HEAD, ["1", 99]], "row 2: dbi is 99, outside 0 to 63"),
        ([], "is empty"),
    ],
)
def test_a_wrong_sheet_is_refused_by_the_row_that_a_person_sees(
    type_in, warehouse, tmp_path: Path, rows: list[list[object]], said: str
) -> None:
    code, _, err = type_in("scores", workbook(tmp_path, ("Data", "visible", rows)))

    assert code == 1
    assert said in err
    assert not warehouse.scores.exists()


NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def open_document(folder: Path, rows: str) -> Path:
    """Write a spreadsheet as LibreOffice does: a hidden sheet, and one of these rows."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    content = (
        f"<office:document-content {NAMESPACES} {CALC}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="Old" table:style-name="ta2">{cells("id", "dbi")}</table:table>'
        f'<table:table table:name="Data" table:style-name="ta1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = folder / "scores.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return file


def cells(*values: str, repeated: int = 1) -> str:
    """Write a row; values that are XML already stay."""
    texts = [
        value
        if value.startswith("<")
        else '<table:table-cell office:value-type="string">'
        f"<text:p>{value}</text:p></table:table-cell>"
        for value in values
    ]
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(texts)}'
        "</table:table-row>"
    )


BLANKS = '<table:table-cell table:number-columns-repeated="2"/>'
FAILED = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
WIDE = (
    '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" '
    'office:value="3" calcext:value-type="float"><text:p>3</text:p></table:table-cell>'
)
NEW = '<table:table-cell table:formula="of:=1+2"/>'
DONE = (
    '<table:table-cell table:formula="of:=1+2" office:value-type="float" office:value="3" '
    'calcext:value-type="float"><text:p>3</text:p></table:table-cell>'
)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (cells("id", "dbi") + cells("1", FAILED), "row 2: dbi is the error #DIV/0!"),
        (
            cells(BLANKS, repeated=3) + cells(BLANKS, "id", "dbi") + cells(BLANKS, "1", NEW),
            "row 5: dbi is a formula without a stored value",
        ),
        (
            cells("id", "dbi") + cells("1", DONE) + cells(BLANKS, repeated=9) + cells("2", NEW),
            "row 12: dbi is a formula without a stored value",
        ),
        (
            cells("id", "dbi") + cells(BLANKS, repeated=10**7) + cells("1", DONE),
            "a sheet reaches to row 10,000,002 and column 2; delete what",
        ),
        (cells("id", "dbi") + cells("1", DONE, repeated=10**8), "reaches to row 100,000,001"),
        (
            cells("id", "dbi") + cells(WIDE, repeated=10**6),
            "reaches to row 1,000,001 and column 16,000",
        ),
    ],
)
def test_a_wrong_sheet_of_open_document_is_refused_likewise(
    type_in, warehouse, tmp_path: Path, rows: str, said: str
) -> None:
    code, _, err = type_in("scores", open_document(tmp_path, rows))

    assert code == 1
    assert said in err
    assert not warehouse.scores.exists()


def test_a_sheet_of_open_document_is_read(type_in, warehouse, tmp_path: Path) -> None:
    rows = cells("id", "dbi") + cells("1", DONE) + cells(BLANKS, repeated=1_048_000)

    code, out, _ = type_in("scores", open_document(tmp_path, rows))

    assert code == 0
    assert "sheet read: Data; hidden sheets skipped: Old" in out
    assert stored(warehouse) == [("1", "dbi", 3.0)]


def test_errors_in_columns_that_are_not_read_do_no_harm(type_in, warehouse, tmp_path: Path) -> None:
    rows = [[*HEAD, "age"], ["1", 3, "#DIV/0!"], ["2", 4, "=1+2"]]
    assert type_in("scores", workbook(tmp_path, ("Data", "visible", rows)))[0] == 0
    assert stored(warehouse) == [("1", "dbi", 3.0), ("2", "dbi", 4.0)]
    code, _, err = type_in("covariates", tmp_path / "scores.xlsx")
    assert code == 1
    assert "row 2: age is the error #DIV/0!" in err
    assert "row 3: age is a formula without a stored value" in err


def test_a_row_that_holds_nothing_but_an_error_is_no_blank_row(type_in, tmp_path: Path) -> None:
    rows = [HEAD, ["1", 3], [None, "#N/A"]]
    code, _, err = type_in("scores", workbook(tmp_path, ("Data", "visible", rows)))
    assert code == 1
    assert "row 3: dbi is the error #N/A" in err
    assert "row 3: no participant" in err


SHEETS = [
    ("Old", "hidden", [HEAD, ["1", 1]]),
    ("Older", "veryHidden", [HEAD, ["1", 2]]),
    ("First", "visible", [HEAD, ["1", 3]]),
    ("Ação 2", "visible", [HEAD, ["1", 4]]),
]


@pytest.mark.parametrize(
    ("options", "score", "told"),
    [
        ([], 3.0, "sheet read: First; hidden sheets skipped: Old, Older"),
        (["--sheet", "1"], 3.0, "sheet read: First; hidden sheets skipped: Old, Older"),
        (["--sheet", "2"], 4.0, "sheet read: Ação 2"),
        (["--sheet", "Ação 2"], 4.0, "sheet read: Ação 2"),
        (["--sheet", "Ac\u0327a\u0303o 2"], 4.0, "sheet read: Ação 2"),
        (["--sheet", "Old"], 1.0, "sheet read: Old"),
    ],
)
def test_a_sheet_is_named_and_can_be_chosen(
    type_in, warehouse, tmp_path: Path, options: list[str], score: float, told: str
) -> None:
    code, out, _ = type_in("scores", workbook(tmp_path, *SHEETS), *options)

    assert code == 0
    assert told in out
    assert stored(warehouse) == [("1", "dbi", score)]


@pytest.mark.parametrize("command", ["scores", "covariates"])
@pytest.mark.parametrize("sheet", ["3", "0", "-1", "Third", "9" * 400, ""])
def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(
    type_in, tmp_path: Path, command: str, sheet: str
) -> None:
    code, _, err = type_in(command, workbook(tmp_path, *SHEETS), "--sheet", sheet)

    assert code == 1
    assert "its sheets are 1 First, 2 Ação 2; hidden: Old, Older" in err


def test_a_file_without_sheets_has_none_to_choose(type_in, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(TEXT, encoding="utf-8")
    code, _, err = type_in("scores", tmp_path / "scores.csv", "--sheet", "1")
    assert code == 2
    assert "is no workbook and has no sheets" in err


def test_a_workbook_of_hidden_sheets_is_refused(type_in, tmp_path: Path) -> None:
    file = workbook(tmp_path, *SHEETS[:2], ("Shown", "visible", []))
    repacked(file, "xl/workbook.xml", lambda xml: xml.replace(b'"visible"', b'"hidden"'))

    code, _, err = type_in("scores", file)

    assert code == 1
    assert "has no sheet that is shown; name one with --sheet" in err


@pytest.mark.parametrize("name", ["scores.csv", "scores.xlsx", "scores.xls", "scores"])
def test_a_workbook_is_known_by_what_it_holds(type_in, tmp_path: Path, name: str) -> None:
    workbook(tmp_path, ("Data", "visible", [HEAD, ["1", 3]])).rename(tmp_path / name)
    assert type_in("scores", tmp_path / name)[0] == 0
    code, _, err = type_in("extract", tmp_path, "--manifest", tmp_path / name)
    assert code == 1
    assert "its columns are participant, dbi; --sheet chooses another sheet" in err
    code, _, err = type_in("compare", tmp_path / name)
    assert code == 1
    assert "is an Excel workbook, not a table of text" in err


def repacked(file: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """Change a file inside a workbook."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


LAUGHS = b"<!DOCTYPE a [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(12)
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("member", "change", "said"),
    [
        (
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b'"B2"', b'"XFD1048576"').replace(b'"2"', b'"1048576"'),
            "sheet Data reaches to row 1,048,576 and column 16,384; delete what stands far out",
        ),
        ("xl/worksheets/sheet1.xml", lambda _: b" " * (300 * 2**20), "too large once it is unp"),
        ("xl/workbook.xml", lambda _: b"", "cannot be read"),
    ],
    ids=["far cell", "bomb", "no list of sheets"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(
    type_in, tmp_path: Path, member: str, change: Callable[[bytes], bytes], said: str
) -> None:
    file = repacked(workbook(tmp_path, ("Data", "visible", [HEAD, ["1", 3]])), member, change)

    code, _, err = type_in("scores", file)

    assert code == 1
    assert said in err


@pytest.mark.slow
@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_of_entities_are_not_written_out(type_in, tmp_path: Path, member: str) -> None:
    file = workbook(tmp_path, ("Data", "visible", [HEAD, ["1", 3]]))
    type_in("scores", repacked(file, member, lambda xml: LAUGHS + b"]><a>&m;</a>" + xml))


def test_text_under_a_workbooks_name_is_refused(type_in, tmp_path: Path) -> None:
    (tmp_path / "scores.xls").write_text(TEXT, encoding="utf-8")
    code, _, err = type_in("scores", tmp_path / "scores.xls")
    assert code == 1
    assert "it is text under a spreadsheet's name; rename it to .csv" in err


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), bytes_changed=st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_never_ends_in_a_trace(
    type_in, tmp_path: Path, place: float, bytes_changed: bytes
) -> None:
    file = workbook(tmp_path, ("Data", "visible", [HEAD, ["1", 3], ["2", "=1"]]))
    content = bytearray(file.read_bytes())
    start = int(place * len(content))
    content[start : start + len(bytes_changed)] = bytes_changed
    file.write_bytes(bytes(content))

    type_in("scores", file)
