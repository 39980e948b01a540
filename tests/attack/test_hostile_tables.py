"""Tables that spreadsheets, other programs and accidents make, given to the command line."""

import gzip
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyreadstat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from lakehouse.lake.parts import commit_part
from lakehouse.paths import WarehousePaths
from tests.attack.command_line import CommandLine, fifo, listening, zero
from tests.photo_records import photo_record

SECRET = "Zebedeu"
"""Stands in many cells of files that are no tables; a message may hold little of it."""


@pytest.fixture
def warehouse(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "study")


@pytest.fixture
def type_in(warehouse: WarehousePaths, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(warehouse.root, capsys)


def stored(paths: WarehousePaths) -> list[tuple[Any, ...]]:
    return pl.read_parquet(paths.scores).sort("participant", "instrument").rows()


# --- text in the encodings and dialects that programs write ---

PLAIN = "participant,dbi_score\n0101,12\nação,3.5\n"
ROWS = [("0101", "dbi", 12.0), ("ação", "dbi", 3.5)]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").replace(",", "\t").encode("utf-16"),
        ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
        ("sep=;\r\n" + PLAIN.replace(",", ";").replace("\n", "\r\n")).encode("utf-8-sig"),
        ('"sep=;"\n' + PLAIN.replace(",", ";")).encode("utf-16"),
        PLAIN.replace(",", ";").replace("3.5", "3,5").encode(),
        PLAIN.replace(",", "\t").replace("3.5", "3,5").encode("utf-16"),
        ("\n\n" + PLAIN).encode(),
        ("," + PLAIN.replace("\n", "\n,").rstrip(",")).encode(),
        (PLAIN + "\x1a").encode(),
        (PLAIN + ",,,\n\n").encode(),
        PLAIN.replace("ação", "ac\u0327a\u0303o").encode(),
        PLAIN.replace("ação", "\u200bação\ufeff").encode(),
        PLAIN.replace("0101", "\u00a00101\u202f").encode(),
        PLAIN.replace("12", "\u200e12").encode(),
        PLAIN.replace("dbi_score", "BDI").encode(),
        PLAIN.replace("dbi_score", "Beck\u00a0depression").encode(),
    ],
)
def test_text_is_read_as_it_was_meant(type_in, warehouse, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "scores.csv"
    file.write_bytes(content)

    code, _, err = type_in("scores", file)

    assert (code, err) == (0, "")
    assert stored(warehouse) == ROWS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,dbi\n1,NA\n2,3\n3,N/A\n4,.\n5,null\n6,NaN\n7,\n", "missing: 6 dbi"),
        ("id,dbi\n1,NA\n2,3\n3,n/a\n4,NA\n", "read as missing: NA (2), n/a (1)"),
        ("id,dbi\n1\u200b,2\n2\u00ad,3\n", "invisible characters removed from 2 cells"),
        ("id,BDI,Beck anxiety\n1,2,3\n", "read BDI as dbi, Beck anxiety as bai"),
        ("id,dbi,dib\n1,2,3\n", "columns that look like scores but are not read: dib (is it dbi?)"),
        ("id,dbi,total_OCI\n1,2,3\n", "total_OCI (is it oci?)"),
        (",id,dbi\n1,a,2\n2,b,3\n", "columns without a name ignored: A"),
    ],
)
def test_what_was_done_is_told(type_in, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "scores.csv").write_text(text, encoding="utf-8")

    code, out, err = type_in("scores", tmp_path / "scores.csv")

    assert (code, err) == (0, "")
    assert told in out


def test_an_encoding_that_is_guessed_is_told(type_in, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_bytes(PLAIN.encode("cp1252"))
    assert (
        "read as Windows-1252, because it is not UTF-8"
        in type_in("scores", tmp_path / "scores.csv")[1]
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n\n\r\n", "is empty"),
        (",,,\n", "is empty"),
        ("\ufeff", "is empty"),
        ("sep=;\n", "is empty"),
        ("id,dbi\n", "holds no participant"),
        ("id,dbi\n1,１２\n", "row 2: dbi is '１２', not a number; its digits are not 0 to 9"),
        ("id,dbi\n1,١٢\n", "row 2: dbi is '١٢', not a number; its digits are not 0 to 9"),
        ("id,dbi\n1,#N/A\n", "row 2: dbi is '#N/A', not a number"),
        ('id,dbi\n1,"12,5"\n', "row 2: dbi is '12,5', not a number, write a decimal point"),
        ("id;dbi\n1;12,5\n2;1.5\n", "row 2: dbi is '12,5', with a comma, where others have a"),
        ("id;mood_score\n1;1,234\n", "row 2: mood_score is '1,234', thousands or a decimal comma"),
        ("id,dbi\n1,1_0\n", "row 2: dbi is '1_0', not a number"),
        ("id,dbi\n1,12,5\n", "row 2 has 3 fields, the header 2"),
        ('id,dbi\n1,"12\n', "is not valid CSV (row 2"),
        ('id,dbi\n"1"2,3\n', "is not valid CSV (row 2"),
        ("\n\nid,dbi\n\n1,x\n", "row 5: dbi is 'x'"),
        ("sep=;\nid;dbi\n1;x\n", "row 2 (line 3): dbi is 'x'"),
        ("id,dbi,DBI\n1,2,3\n", "has two columns of dbi scores (B, C)"),
        ("id,dbi,bdi\n1,2,3\n", "has two columns of dbi scores (B, C)"),
        ("id,ID,dbi\n1,2,3\n", "has two columns id (A, B)"),
        ("id,dbi\n\u200b,3\n", "row 2: no participant"),
        ("id,dbi\n1,3\n1\u200b,4\n", "row 3: its participant is also in row 2"),
        ("id,dbi\na\u00e9,3\nae\u0301,4\n", "row 3: its participant is also in row 2"),
        ("who,dbi\n1,2\n", "has no column of participants that is known, such as participant"),
        ("id,dib\n1,2\n", "columns that look like scores but are not read: dib (is it dbi?)"),
        ('{"participant": "1", "dbi": 2}', "is JSON, not a table of text"),
        ('[{"participant": "1"}]', "is JSON, not a table of text"),
        ('{"participant": "1"}\n{"participant": "2"}\n', "is JSON, not a table of text"),
        ("[" * 100_000, "is JSON, not a table of text"),
        ("<!DOCTYPE html><html><table>", "is a web page (HTML), not a table of text"),
        ('<?xml version="1.0"?><a/>', "is an XML file, not a table of text"),
        ("{\\rtf1 hello}", "is a document in Rich Text Format, not a table of text"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_wrong_text_is_refused_in_a_line(
    type_in, warehouse, tmp_path: Path, text: str, said: str, encoding: str
) -> None:
    if text.startswith("{\\rtf") and encoding == "utf-16":
        pytest.skip("is written in ASCII only")
    file = tmp_path / "scores.csv"
    file.write_bytes(text.encode(encoding))

    code, out, err = type_in("scores", file)

    assert (code, out) == (1, "")
    assert err.startswith("error: scores.csv: ")
    assert said in err
    assert not warehouse.scores.exists()


# --- files of other kinds ---


def zipped(**members: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = BytesIO()
    Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(file, kind)
    return file.getvalue()


def parquet() -> bytes:
    file = BytesIO()
    pl.DataFrame({"participant": [SECRET] * 50}).write_parquet(file)
    return file.getvalue()


KINDS: dict[str, tuple[bytes, str]] = {
    "zip": (zipped(a=SECRET.encode() * 500), "is a ZIP archive"),
    "docx": (zipped(word__document=b"x"), "is a Word document"),
    "cut zip": (zipped(a=b"x" * 99)[:60], "is a ZIP archive, a damaged one"),
    "rds": (gzip.compress(b"X\n\0\0\0\3" + SECRET.encode() * 99), "is an R data file"),
    "RData": (gzip.compress(b"RDX3\nX\n" + SECRET.encode() * 99), "is an R data file"),
    "gz": (gzip.compress(PLAIN.encode()), "is a compressed file (gzip)"),
    "old dta": (b"\x73\2\1\0" + SECRET.encode() * 99, "is a Stata data set"),
    "parquet": (parquet(), "is a Parquet file"),
    "pdf": (b"%PDF-1.7\n" + SECRET.encode() * 99, "is a PDF"),
    "sqlite": (b"SQLite format 3\0" + SECRET.encode() * 99, "is a SQLite database"),
    "duckdb": (b"12345678DUCK" + SECRET.encode() * 99, "is a DuckDB database"),
    "png": (picture("PNG"), "is a picture (PNG)"),
    "jpeg": (picture("JPEG"), "is a picture (JPEG)"),
    "zeros": (bytes(5000), "is in an encoding that is not known, or no text at all"),
    "noise": (bytes(range(1, 256)) * 9, "is in an encoding that is not known, or no text at all"),
    "utf-32": (PLAIN.encode("utf-32"), "is in an encoding that is not known"),
    "odd utf-16": (PLAIN.encode("utf-16") + b"x", "is in an encoding that is not known"),
}


@pytest.mark.parametrize(("content", "said"), KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("name", ["scores.csv", "scores.xlsx"])
@pytest.mark.parametrize("command", ["scores", "covariates", "events", "compare"])
def test_a_file_of_another_kind_is_called_by_its_name(
    type_in, tmp_path: Path, content: bytes, said: str, name: str, command: str
) -> None:
    (tmp_path / name).write_bytes(content)

    code, out, err = type_in(command, tmp_path / name)

    assert (code, out) == (1, "")
    assert f"error: {name}: {said}" in err
    assert SECRET not in err
    assert len(err) < 300


@pytest.mark.parametrize("ending", ["sav", "dta"])
def test_data_sets_of_statistics_programs_are_named(type_in, tmp_path: Path, ending: str) -> None:
    write = {"sav": pyreadstat.write_sav, "dta": pyreadstat.write_dta}[ending]
    frame = pl.DataFrame({"participant": [SECRET] * 50, "dbi": [1.0] * 50})
    write(frame, str(tmp_path / f"scores.{ending}"))

    code, _, err = type_in("scores", tmp_path / f"scores.{ending}")

    assert code == 1
    assert {"sav": "is an SPSS data set", "dta": "is a Stata data set"}[ending] in err
    assert SECRET not in err


# --- ids ---


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("870", "leading zeros: 1 (870 in scores is 0870 in the lake)"),
        ("0870.0", "a fraction of zero: 1 (0870.0 in scores is 0870 in the lake)"),
        ("0870-", "spaces or punctuation: 1 (0870- in scores is 0870 in the lake)"),
        ("０８７０", "wide or other forms of characters: 1 (０８７０ in scores is 0870 in"),
    ],
)
def test_ids_that_nearly_match_are_told(type_in, warehouse, tmp_path, text: str, told: str) -> None:
    commit_part(warehouse, "part-000001.parquet", [photo_record("a")])
    for name, what in (("dbi", "scores"), ("age", "covariates")):
        file = tmp_path / "table.csv"
        file.write_text(f"id,{name}\n{text},3\n", encoding="utf-8")
        code, _, err = type_in(what, file)
        assert code == 1
        assert "not one of its participants has photographs or videos in the lake" in err
        assert told.replace("in scores", "in the file").replace("in photo", "in the photo") in err
    assert not warehouse.scores.exists()


# --- what is no file ---


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)


COMMANDS: list[tuple[str, ...]] = [
    ("scores", "FILE"),
    ("covariates", "FILE"),
    ("events", "FILE"),
    ("compare", "FILE"),
    ("extract", ".", "--manifest", "FILE"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (fifo, "a named pipe, not a file"),
        (listening, "a socket, not a file"),
        (zero, "a device, not a file"),
        (huge, "larger than 256 MB"),
    ],
)
def test_what_is_no_file_is_not_waited_for(
    type_in, tmp_path: Path, monkeypatch, command: tuple[str, ...], make, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "table.csv")

    code, _, err = type_in(*(part.replace("FILE", "table.csv") for part in command))

    assert code == 1
    assert said in err


# --- whatever else ---


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@example(content=b"\xff\xfe")
@example(content=b"\r")
@example(content=b"id,dbi\n\x00,1\n")
@example(content=b'"')
@example(content=b"PK\x03\x04")
@example(content="id\ud7ff,\U0010ffff\n".encode())
@pytest.mark.parametrize("command", ["scores", "covariates", "events", "compare"])
def test_any_bytes_end_in_a_line(type_in, tmp_path: Path, command: str, content: bytes) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    assert type_in(command, tmp_path / "table.csv")[0] in (0, 1, 2)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",;\t\r\n'), max_size=300)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=st.lists(CELLS, max_size=40), rows=st.lists(st.lists(CELLS, max_size=6), max_size=30))
def test_no_message_holds_more_than_a_little_of_a_file(
    type_in, tmp_path: Path, header: list[str], rows: list[list[str]]
) -> None:
    # Marked letters stand in every cell, so that what is shown of them can be counted.
    def marked(cell: str) -> str:
        return "".join(f"{character}ß" for character in cell) + "ß" * 200

    table = [["id", "dbi", *map(marked, header)], *[list(map(marked, row)) for row in rows]]
    text = "\n".join(",".join(row) for row in table)
    (tmp_path / "table.csv").write_text(text, encoding="utf-8", newline="")

    for command in ("scores", "covariates", "events", "compare"):
        _, out, err = type_in(command, tmp_path / "table.csv")
        for line in (out + err).splitlines():
            assert line.count("ß") <= 200


@pytest.mark.slow
def test_many_columns_and_long_names_are_not_listed_whole(type_in, tmp_path: Path) -> None:
    names = [f"{number:02d}{'x' * 500}_score" for number in range(2000)]
    (tmp_path / "wide.csv").write_text(f"id,{','.join(names)}\n1,{','.join('1' for _ in names)}\n")
    code, out, _ = type_in("scores", tmp_path / "wide.csv")
    assert code == 0
    assert all(len(line) < 300 for line in out.splitlines())
    (tmp_path / "wide.csv").write_text(f"who,{','.join(names)}\n1\n")
    code, _, err = type_in("scores", tmp_path / "wide.csv")
    assert code == 1
    assert len(err) < 600
    assert err.count("x_score") + err.count("…") <= 10


def test_the_summary_as_json_is_whole(type_in, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("id,BDI\n1,NA\n2,3\n")
    found = json.loads(type_in("scores", tmp_path / "scores.csv", "--json")[1])
    assert found["instruments"] == ["dbi"]
    assert found["told"] == [
        "participants read from id",
        "read as missing: NA (1)",
        "read BDI as dbi",
    ]
    assert found["kept"] == {}
