"""A workbook as somebody opens it: what its sheets are called, hold, and refuse."""

import math
import subprocess
import sys
from pathlib import Path
from typing import Final

import openpyxl
import polars as pl
import pytest

from lakehouse.errors import QueryError
from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.export import ExportRequest, NamedQuery, Pseudonymization, export
from lakehouse.exporting.sheets import sheet_names
from lakehouse.paths import WarehousePaths

TEXTS: Final = [
    *("0870", "=1+1", "+1", "-1", "@cmd", "{=1}", "'=1", "1e5", "TRUE", "12/03/2026", " padded "),
    *("http://example.org", "mailto:a@example.org", "<r>bold</r>", "<b>&amp;</b>", "a\nb\tc"),
    *("_x0041_", "José 😀", "#N/A", "x" * 32_767),
]


@pytest.fixture
def workbook(small_warehouse: WarehousePaths, tmp_path: Path):
    def made(query: str = "", *tables: str, out: str = "out", key: bytes = b"") -> Path:
        request = ExportRequest(
            tables,
            NamedQuery(query) if query else None,
            ExportFormat.XLSX,
            pseudonyms=Pseudonymization(key) if key else None,
        )
        export(small_warehouse, tmp_path / out, request)
        return tmp_path / out / "lakehouse.xlsx"

    return made


def listed(texts: list[str]) -> str:
    quoted = (text.replace("'", "''") for text in texts)
    rows = ", ".join(f"({number}, '{text}')" for number, text in enumerate(quoted))
    return f"select text from (values {rows}) as rows (number, text) order by number"


def test_a_sheet_for_each_table_comes_after_the_codebook(workbook):
    book = openpyxl.load_workbook(workbook("select 1 as one", "scores", "instruments"))

    assert book.sheetnames == ["tables", "codebook", "scores", "instruments", "query"]
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    assert all(cell.font.b for sheet in book for cell in sheet[1])
    contents = [[cell.value for cell in row] for row in book["tables"].iter_rows(max_col=5)]
    assert contents[0] == ["sheet", "table", "rows", "about", "row_is_named_by"]
    assert contents[1][:3] == ["scores", "scores", 12]
    assert contents[1][4] == "participant, instrument"
    assert contents[3][3] == "The answer to: select 1 as one"


def test_the_codebook_is_that_of_the_folder(workbook):
    file = workbook("", "features_wide", "scores")

    book = pl.read_excel(file, sheet_name="codebook", infer_schema_length=0)

    beside = pl.read_csv(file.with_name("codebook.csv"), infer_schema=False)
    assert book.fill_null("").equals(beside.fill_null(""))
    labels = dict(book.select("variable", "label").iter_rows())
    assert labels["dbi"] == "Beck Depression Inventory"


def test_texts_stay_texts_for_every_reader(workbook):
    file = workbook(listed(TEXTS))

    cells = [row[0] for row in openpyxl.load_workbook(file)["query"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    found = pl.read_excel(file, sheet_name="query")["text"].to_list()
    assert [text.replace("_x005F_x", "_x") for text in found] == TEXTS


@pytest.mark.slow
def test_no_cell_of_the_whole_set_is_a_formula_or_a_link(workbook):
    for sheet in openpyxl.load_workbook(workbook()):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_numbers_flags_dates_and_gaps(workbook):
    file = workbook(
        "select unnest([1.5, null, 'nan'::double, 'inf'::double, '-inf'::double, 1e308]) as real, "
        "unnest([7, null, 3]) as whole, unnest([true, null, false]) as flag, "
        "date '2026-11-26' as day, timestamp '2026-11-26 18:00:01' as moment, '' as empty"
    )

    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(file)["query"].iter_rows(min_row=2)
    ]

    assert [row[0] for row in rows] == [1.5, None, "nan", "inf", "-inf", "1e+308"]
    assert [row[1] for row in rows][:3] == [7, None, 3]
    assert [row[2] for row in rows][:3] == [True, None, False]
    assert rows[0][3:5] == ["2026-11-26", "2026-11-26 18:00:01"]
    assert not rows[0][5]


def test_real_numbers_keep_sixteen_digits(workbook):
    file = workbook("select pi() as real, 0.1::double as tenth, -1e-300::double as small")

    [row] = pl.read_excel(file, sheet_name="query").rows()

    assert row == pytest.approx((math.pi, 0.1, -1e-300), rel=1e-15)


def test_columns_are_as_wide_as_their_texts(workbook):
    book = openpyxl.load_workbook(
        workbook("select repeat('x', 40) as text, repeat('y', 900) as essay, 1 as n")
    )

    widths = [book["query"].column_dimensions[letter].width for letter in "ABC"]
    assert 40 < widths[0] < 43
    assert 60 <= widths[1] < 61
    assert 10 <= widths[2] < 11


@pytest.mark.slow
def test_the_same_tables_make_the_same_file(workbook):
    assert workbook().read_bytes() == workbook(out="again").read_bytes()


def test_a_workbook_with_pseudonyms_holds_no_ids(workbook, small_warehouse):
    book = openpyxl.load_workbook(
        workbook("", "photos", "participants", "scores", key=b"sixteen bytes or more")
    )

    texts = {cell.value for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row}
    assert not texts & {"001", "002", "003", "004"}
    [left_out] = [row[5].value for row in book["tables"].iter_rows() if row[0].value == "photos"]
    assert "path" in left_out.split(", ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select 1 as a from range(1048576)", "1,048,576 rows, more than a sheet's 1,048,575"),
        (
            f"select {', '.join(f'1 as c{each}' for each in range(16_385))}",
            "query has 16,385 columns, more than a sheet's 16,384",
        ),
        ("select repeat('x', 32768) as a", "column a of query holds a text of more than 32,767"),
        ("select repeat('😀', 16384) as a", "column a of query holds a text of more than 32,767"),
        ("select [1, 2] as a", "column a is INTEGER"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(workbook, tmp_path, query, said):
    with pytest.raises(QueryError, match=said) as refused:
        workbook(query, "scores")

    assert "choose" in str(refused.value)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
def test_a_full_sheet_fits(workbook):
    file = workbook("select range as n from range(1048575)")

    assert pl.read_excel(file, sheet_name="query")["n"].to_list() == list(range(1048575))


MEASURED: Final = """
import resource, sys
from pathlib import Path
from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.export import ExportRequest, NamedQuery, export
from lakehouse.paths import WarehousePaths
query = NamedQuery(
    f"select random() as a, random() as b, random() as c, random() as d, 'x' || range as e "
    f"from range({sys.argv[3]})"
)
request = ExportRequest((), query, ExportFormat.XLSX)
export(WarehousePaths(Path(sys.argv[1])), Path(sys.argv[2]), request)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.kernel("peak memory")
def test_a_long_table_takes_no_more_memory_than_a_short_one(small_warehouse, tmp_path):
    peaks = {}
    for rows in (100_000, 400_000):
        words = [sys.executable, "-c", MEASURED, small_warehouse.root, tmp_path / f"{rows}", rows]
        done = subprocess.run(
            [str(word) for word in words], capture_output=True, text=True, check=True
        )
        peaks[rows] = int(done.stdout.split()[-1])

    # In memory, a row of five cells takes about half a kilobyte.
    assert peaks[400_000] - peaks[100_000] < 60


def test_names_of_sheets_are_short_legal_and_different():
    long = "measures_of_the_left_corner_of_the_mouth"

    names = sheet_names(
        ["scores", "Scores", long, long + "s", "own_a[1]:b", "history", "codebook", "😀" * 20],
        taken=("tables", "codebook"),
    )

    assert names[:4] == [
        *("scores", "Scores_2", "measures_of_the_left_corner_of_"),
        "measures_of_the_left_corner_o_2",
    ]
    assert names[4:7] == ["own_a_1__b", "history_2", "codebook_2"]
    assert names[7] == "😀" * 15
    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)
