"""What every format gives back equals what the query gave."""

import csv
import json
import subprocess
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
import rdata

from lakehouse.errors import QueryError
from lakehouse.exporting.choices import DecimalMark, ExportFormat
from lakehouse.exporting.coded import label_within
from lakehouse.exporting.export import ExportRequest, NamedQuery, export
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch
from tests.lakehouse.exporting.variants import Variant
from tests.once import Once
from tests.tools import require_r

AWKWARD = [
    *(
        "0870",
        "José Ação",
        'it\'s "quoted"',
        "😀🎭",
        "x" * 200,
        "a,b;c\td",
        "two\nlines",
        " padded ",
    ),
    *("=1+1", "-2", "+a", "@cmd", "'=1", "''+1", "'tis", "NA", "null", "TRUE", "1e5", "007"),
]
ROWS = ", ".join(
    f"({number}, '{text.replace(chr(39), chr(39) * 2)}', {number} / 7.0::double)"
    for number, text in enumerate(AWKWARD)
)
QUERY = f"""
    select
        cast(number as integer) as number,
        text as participant,
        nullif(text, '0870') as text_or_null,
        case when number = 3 then null else real end as real,
        case when number = 4 then null else cast(number as smallint) end as whole,
        case when number = 5 then null else number % 2 = 0 end as flag,
        case number % 3 when 0 then 'surprise' when 1 then 'neutral' end as expression,
        case number % 3 when 0 then true when 1 then false end as supervised
    from (values {ROWS}) as listed (number, text, real)
    order by number
"""


@pytest.fixture(scope="module")
def expected() -> pl.DataFrame:
    import duckdb

    return duckdb.sql(QUERY).pl()


@pytest.fixture
def exported(small_warehouse: WarehousePaths, tmp_path: Path):
    def made(file_format: ExportFormat, query: str = QUERY) -> Path:
        request = ExportRequest(query=NamedQuery(query), file_format=file_format)
        export(small_warehouse, tmp_path / "out", request)
        return tmp_path / "out" / file_of("query", file_format)

    return made


def file_of(table: str, file_format: str) -> str:
    """Name the file that a table is in."""
    return "lakehouse.xlsx" if file_format == "xlsx" else f"{table}.{file_format}"


def test_csv(exported, expected):
    with exported(ExportFormat.CSV).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)

    assert header == expected.columns
    texts = [row[1] for row in rows]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in texts)
    assert [unguarded(text) for text in texts] == AWKWARD
    assert [float(row[3]) if row[3] else None for row in rows] == expected["real"].to_list()
    assert [row[5] for row in rows][4:7] == ["true", "", "true"]


def unguarded(text: str) -> str:
    bare = text.lstrip("'")
    return text[1:] if text.startswith("'") and bare.startswith(("=", "+", "-", "@")) else text


def test_csv_with_a_decimal_comma(small_warehouse, tmp_path, expected):
    request = ExportRequest(query=NamedQuery(QUERY), decimal=DecimalMark.COMMA)
    export(small_warehouse, tmp_path / "out", request)

    read = pl.read_csv(
        tmp_path / "out" / "query.csv", separator=";", decimal_comma=True, infer_schema_length=None
    )
    assert read["real"].to_list() == expected["real"].to_list()
    [resource] = json.loads((tmp_path / "out" / "datapackage.json").read_text())["resources"]
    assert resource["dialect"]["delimiter"] == ";"
    assert resource["schema"]["fields"][3]["decimalChar"] == ","


@pytest.mark.parametrize(
    ("file_format", "read"),
    [(ExportFormat.PARQUET, pl.read_parquet), (ExportFormat.ARROW, pl.read_ipc)],
)
def test_parquet_and_arrow(exported, expected, file_format, read):
    found = read(exported(file_format))

    assert found.to_dicts() == expected.to_dicts()
    assert found.schema == expected.schema


def test_xlsx(exported, expected):
    found = pl.read_excel(exported(ExportFormat.XLSX), sheet_name="query", infer_schema_length=None)

    assert found["participant"].to_list() == AWKWARD
    assert found["real"].to_list() == pytest.approx(expected["real"].to_list())
    assert found["flag"].to_list() == expected["flag"].to_list()


@pytest.mark.parametrize(
    ("file_format", "read"),
    [(ExportFormat.SAV, pyreadstat.read_sav), (ExportFormat.DTA, pyreadstat.read_dta)],
)
def test_spss_and_stata(exported, expected, file_format, read):
    frame, notes = read(exported(file_format), output_format="polars")

    assert frame["participant"].to_list() == kept(AWKWARD, file_format)
    assert frame["text_or_null"].to_list()[0] in ("", None)
    for column in ("number", "real", "whole"):
        found = [
            None if value != value else value for value in frame[column].fill_null(float("nan"))
        ]
        assert found == expected[column].to_list()
    assert notes.variable_value_labels["expression"][7] == "surprise"
    assert notes.variable_value_labels["supervised"] == {0: "unsupervised", 1: "supervised"}
    assert notes.variable_value_labels["flag"] == {0: "no", 1: "yes"}


def test_rds(exported, expected):
    frame = rdata.read_rds(exported(ExportFormat.RDS))

    assert frame["participant"].to_list() == AWKWARD
    assert list(frame["expression"].cat.categories)[:2] == ["neutral", "anger"]
    assert list(frame["supervised"].cat.categories) == ["unsupervised", "supervised"]


@pytest.mark.parametrize("file_format", ExportFormat)
def test_an_expression_that_is_none_of_the_study_is_kept(exported, file_format):
    read = {
        "csv": pl.read_csv,
        "parquet": pl.read_parquet,
        "arrow": pl.read_ipc,
        "rds": lambda file: pl.from_pandas(rdata.read_rds(file)),
        "sav": lambda file: pyreadstat.read_sav(file, output_format="polars")[0],
        "dta": lambda file: pyreadstat.read_dta(file, output_format="polars")[0],
        "xlsx": lambda file: pl.read_excel(file, sheet_name="query"),
    }[file_format]

    file = exported(file_format, "select unnest(['fear', 'all expressions']) as expression")

    assert read(file)["expression"].to_list() == ["fear", "all expressions"]
    [resource] = json.loads((file.parent / "datapackage.json").read_text())["resources"]
    assert "constraints" not in resource["schema"]["fields"][0]
    assert "levels" not in (file.parent / "load.R").read_text().split("tables <- list()")[1]


def labels_of(paths: WarehousePaths) -> dict[str, str]:
    """What the columns of `features_wide` are called by those who name them."""
    listed = fetch(paths, "select feature, label_en from feature_list").rows()
    named = fetch(paths, "select instrument, name from instruments").rows()
    return dict(listed + [row for row in named if row[0] in ("bai", "dbi")])


def test_columns_are_labelled_by_their_names(small_warehouse, tmp_path):
    labels = labels_of(small_warehouse)
    assert labels["dbi"] == "Beck Depression Inventory"
    assert labels["m05_00_7"] == "happiness without cue, right lower eyelid"

    for file_format, read in ((ExportFormat.SAV, pyreadstat.read_sav),
                              (ExportFormat.DTA, pyreadstat.read_dta)):  # fmt: skip
        out = tmp_path / file_format
        export(small_warehouse, out, ExportRequest(("features_wide",), None, file_format))

        _, notes = read(out / f"features_wide.{file_format}")

        found = notes.column_names_to_labels
        assert found.pop("participant") == "text, leading zeros kept"
        room = 80 if file_format == ExportFormat.DTA else 256
        assert {name: label for name, label in labels.items() if len(label) <= room}.items() <= (
            found.items()
        )
        assert found.keys() == labels.keys()
        with (out / "codebook.csv").open(encoding="utf-8", newline="") as file:
            book = {row["variable"]: row["label"] for row in csv.DictReader(file)}
        assert book == labels | {"participant": "text, leading zeros kept"}


HAVEN = """
args <- commandArgs(TRUE)
source(file.path(args[1], "load.R"), chdir = TRUE)
wanted <- read.csv(args[2], check.names = FALSE)
for (name in names(wanted)) {
  found <- attr(tables$features_wide[[name]], "label")
  if (!identical(found, wanted[[name]])) stop(name, ": ", found)
}
cat("equal\\n")
"""


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["csv", "rds", "sav", "dta"])
def test_r_sees_the_labels_at_full_length(small_warehouse, tmp_path, file_format):
    rscript = require_r(*(["haven"] if file_format in {"sav", "dta"} else []))
    out = tmp_path / "out"
    export(small_warehouse, out, ExportRequest(("features_wide",), None, ExportFormat(file_format)))
    labels = labels_of(small_warehouse)
    with (tmp_path / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([labels.keys(), labels.values()])

    compared = subprocess.run(
        [rscript, "-e", HAVEN, out, tmp_path / "labels.csv"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (compared.stdout, compared.returncode) == ("equal\n", 0), compared.stderr


@pytest.fixture
def measured(once: Once) -> WarehousePaths:
    """The small study with a measure of its own; read only."""
    measures = {"mouth_opening": {"distance": [13, 14]}}
    return once("measured", Variant(settings={"measures": measures}).make)


def labels_in_codebook(folder: Path, table: str, room: int, encoding: str) -> dict[str, str]:
    with (folder / "codebook.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["variable"]: label_within(row["label"], room, encoding)
            for row in csv.DictReader(file)
            if row["table"] == table
        }


ROOM = {"sav": (256, "utf-8"), "dta": (80 * 4, "utf-32-le")}
"""What the two programs take of a label."""


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["sav", "dta"])
def test_every_label_of_every_table_comes_back(measured, tmp_path, file_format):
    read = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}[file_format]
    summary = export(measured, tmp_path, ExportRequest(file_format=ExportFormat(file_format)))

    for file in summary.files:
        _, notes = read(tmp_path / file, metadataonly=True)
        expected = labels_in_codebook(tmp_path, Path(file).stem, *ROOM[file_format])
        assert all(expected.values()), file
        assert notes.column_names_to_labels == expected, file
    _, notes = read(tmp_path / f"features_wide.{file_format}", metadataonly=True)
    known = notes.column_names_to_labels
    assert known["m05_00_mouth_opening"] == "happiness without cue, mouth opening"
    assert (known["bai"], known["dbi"]) == ("Beck Anxiety Inventory", "Beck Depression Inventory")


LABELS = """
args <- commandArgs(TRUE)
read <- list(sav = haven::read_sav, dta = haven::read_dta)[[args[2]]]
data <- read(file.path(args[1], paste0("features_wide.", args[2])))
for (name in names(data)) cat(name, "\\t", attr(data[[name]], "label"), "\\n", sep = "")
"""


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["sav", "dta"])
def test_haven_reads_the_labels_from_the_file(measured, tmp_path, file_format):
    rscript = require_r("haven")
    request = ExportRequest(("features_wide",), file_format=ExportFormat(file_format))
    export(measured, tmp_path, request)

    told = subprocess.run(
        [rscript, "-e", LABELS, tmp_path, file_format], capture_output=True, text=True, check=True
    )

    found = dict(line.split("\t") for line in told.stdout.splitlines())
    assert found == labels_in_codebook(tmp_path, "features_wide", *ROOM[file_format])


@pytest.mark.parametrize("letter", ["a", "é"])
def test_a_label_that_is_too_long_shows_that_it_goes_on(small_warehouse, tmp_path, letter):
    name = letter * 300
    query = "select 1 as n"
    for file_format, read in ((ExportFormat.SAV, pyreadstat.read_sav),
                              (ExportFormat.DTA, pyreadstat.read_dta)):  # fmt: skip
        out = tmp_path / f"{file_format}"
        request = ExportRequest((), NamedQuery(query.replace(" n", f' "{name}"')), file_format)
        export(small_warehouse, out, request)

        _, notes = read(next(out.glob(f"*.{file_format}")))

        [label] = notes.column_labels
        assert label.endswith("…")
        assert name.startswith(label[:-1])
        assert len(label) == 80 if file_format == ExportFormat.DTA else len(label.encode()) > 250


def kept(texts: list[str], file_format: str) -> list[str]:
    """In SPSS, and where R reads Stata's files, trailing blanks are no part of a text."""
    return [text.rstrip() for text in texts] if file_format in {"sav", "dta in R"} else texts


COMPARE = """
args <- commandArgs(TRUE)
source(file.path(args[1], "load.R"), chdir = TRUE)
data <- tables$query
text <- readLines(args[2], encoding = "UTF-8")
stopifnot(
  identical(gsub("\\n", "⏎", as.character(data$participant)), text),
  is.character(data$participant),
  is.na(data$text_or_null[1]) || data$text_or_null[1] == "",
  is.na(data$real[4]), all.equal(as.numeric(data$real)[-4], (0:19 / 7)[-4], tolerance = 1e-15),
  is.na(data$whole[5]), all(data$whole[-5] == (0:19)[-5]),
  is.logical(data$flag), is.na(data$flag[6]), data$flag[1], !data$flag[2],
  identical(levels(data$expression)[c(1, 8)], c("neutral", "surprise")),
  identical(as.character(data$expression)[1:3], c("surprise", "neutral", NA)),
  identical(levels(data$supervised), c("unsupervised", "supervised")),
  identical(as.character(data$supervised)[1:3], c("supervised", "unsupervised", NA)),
  attr(tables$scores$score, "label") == args[3]
)
cat("equal\\n")
"""


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["csv", "rds", "sav", "dta"])
def test_r_reads_what_the_script_says(small_warehouse, tmp_path, file_format):
    rscript = require_r(*(["haven"] if file_format in {"sav", "dta"} else []))
    request = ExportRequest(("scores",), NamedQuery(QUERY), ExportFormat(file_format))
    export(small_warehouse, tmp_path, request)
    texts = tmp_path / "texts"
    known_as = "dta in R" if file_format == "dta" else file_format
    texts.write_text("".join(text.replace("\n", "⏎") + "\n" for text in kept(AWKWARD, known_as)))

    compared = subprocess.run(
        [rscript, "-e", COMPARE, tmp_path, texts, label_of_score(small_warehouse)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (compared.stdout, compared.returncode) == ("equal\n", 0), compared.stderr


def label_of_score(paths: WarehousePaths) -> str:
    from lakehouse.warehouse.catalogue import described
    from lakehouse.warehouse.connection import open_read_only

    with open_read_only(paths) as connection:
        columns = described(connection, "scores").columns
    return columns.filter(pl.col("column") == "score")["description"].item()


@pytest.mark.parametrize("file_format", ExportFormat)
def test_an_empty_table_keeps_its_columns(exported, file_format):
    file = exported(file_format, f"select * from ({QUERY}) as listed where number < 0")

    columns = {
        "csv": lambda: file.read_text().strip().split(","),
        "parquet": lambda: pl.read_parquet(file).columns,
        "arrow": lambda: pl.read_ipc(file).columns,
        "rds": lambda: list(rdata.read_rds(file).columns),
        "sav": lambda: pyreadstat.read_sav(file)[1].column_names,
        "dta": lambda: pyreadstat.read_dta(file)[1].column_names,
        "xlsx": lambda: pl.read_excel(file, sheet_name="query", raise_if_empty=False).columns,
    }[file_format]()
    assert columns == [
        *("number", "participant", "text_or_null", "real", "whole", "flag", "expression"),
        "supervised",
    ]


@pytest.mark.parametrize(
    "file_format", [ExportFormat.RDS, ExportFormat.SAV, ExportFormat.DTA, ExportFormat.XLSX]
)
def test_what_no_cell_can_hold_is_refused(exported, tmp_path, file_format):
    with pytest.raises(QueryError, match="column a is INTEGER"):
        exported(file_format, "select [1, 2] as a")

    assert list((tmp_path / "out").iterdir()) == []


def test_texts_too_long_for_stata_are_cut_between_characters(exported, tmp_path):
    exported(ExportFormat.DTA, "select repeat('aé', 1500) as a union all select 'short' as a")

    [file] = (tmp_path / "out").glob("*.dta")
    frame, meta = pyreadstat.read_dta(str(file), output_format="polars")
    assert frame.columns == ["a", "a_2", "a_3"]
    assert meta.column_labels[1].endswith("(2)")
    assert {*frame.select(pl.concat_str("a", "a_2", "a_3")).to_series()} == {"aé" * 1500, "short"}
    assert max(len(text.encode()) for text in frame["a"]) == 2045 - 1


@pytest.mark.parametrize(
    "query", ["select repeat('a', 41_000) as a", "select repeat('a', 3000) as a, 1 as a_2"]
)
def test_texts_far_too_long_for_stata_are_refused(exported, query):
    with pytest.raises(QueryError, match=r"column a holds texts of more than [0-9,]+ bytes"):
        exported(ExportFormat.DTA, query)
