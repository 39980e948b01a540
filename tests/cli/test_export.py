"""`lakehouse export`, from the command line to the files."""

import csv
import json
import re

import polars as pl
import pyreadstat
import pytest
import rdata

from lakehouse.exporting.pseudonyms import KEY_VARIABLE
from lakehouse.warehouse.models import load_models
from lakehouse.warehouse.query import fetch

KEY = "0123456789abcdef0123456789abcdef"
BESIDE = {"codebook.csv", "codebook.md", "datapackage.json", "load.R"}
READERS = {
    "csv": lambda file: pl.read_csv(file, schema_overrides={"participant": pl.String}),
    "parquet": pl.read_parquet,
    "arrow": pl.read_ipc,
    "rds": lambda file: pl.from_pandas(rdata.read_rds(file)),
    "sav": lambda file: pyreadstat.read_sav(file, output_format="polars")[0],
    "dta": lambda file: pyreadstat.read_dta(file, output_format="polars")[0],
    "xlsx": lambda file: pl.read_excel(file, sheet_name="scores"),
}


@pytest.fixture
def export(small_warehouse, lakehouse, tmp_path):
    def call(*arguments, out="out"):
        answer = lakehouse(
            "--warehouse", small_warehouse.root, "export", "--out", tmp_path / out, *arguments
        )
        return answer, tmp_path / out

    return call


@pytest.mark.slow
@pytest.mark.parametrize("kind", READERS)
def test_every_format_holds_what_the_warehouse_says(export, small_warehouse, kind):
    answer, out = export("scores", "--format", kind)

    assert (answer.code, answer.err) == (0, "")
    name = "lakehouse.xlsx" if kind == "xlsx" else f"scores.{kind}"
    assert name in answer.out
    assert {file.name for file in out.iterdir()} == BESIDE | {name}
    assert {file.stat().st_mode & 0o777 for file in out.iterdir()} == {0o600}
    expected = fetch(small_warehouse, "from scores order by participant, instrument")
    found = READERS[kind](out / name)
    assert found["participant"].to_list() == expected["participant"].to_list()
    scores = [None if score != score else score for score in found["score"].to_list()]
    assert scores == expected["score"].to_list()


def test_the_answer_to_a_query_gets_the_name_that_is_asked_for(export):
    answer, out = export(
        *("--query", "select participant, 2.5 as half from scores where instrument = 'dbi'"),
        *("--name", "halves"),
    )

    assert answer.code == 0
    assert {file.name for file in out.iterdir()} == BESIDE | {"halves.csv"}
    assert (out / "halves.csv").read_text().splitlines()[:2] == ["participant,half", "001,2.5"]


def test_a_pivot_that_looks_up_its_columns_is_a_query_too(export):
    answer, out = export("--query", "pivot scores on instrument using first(score)")

    assert answer.code == 0
    assert (out / "query.csv").read_text().splitlines()[0] == "participant,bai,dbi"


def test_tables_and_a_query_go_together(export):
    _, out = export("expressions", "--query", "select 1 as a")

    assert {"expressions.csv", "query.csv"} <= {file.name for file in out.iterdir()}


def test_a_brazilian_spreadsheet_gets_commas_and_semicolons(export):
    _, out = export("--query", "select 1.5::double as half, '=1+1' as sum", "--decimal", "comma")

    assert (out / "query.csv").read_text() == "half;sum\n1,5;'=1+1\n"


@pytest.mark.slow
def test_pseudonyms_say_what_was_left_out_and_never_the_key(
    export, small_warehouse, tmp_path, monkeypatch
):
    (tmp_path / "secret.key").write_text(KEY)
    arguments = ("photos", "scores", "--pseudonymize")

    answer, out = export(*arguments, "--key-file", tmp_path / "secret.key")

    assert answer.code == 0
    assert "columns removed: photos.path, photos.sha256" in answer.out
    people = fetch(small_warehouse, "select distinct participant from scores")["participant"]
    with (out / "scores.csv").open(newline="") as file:
        given = {row["participant"] for row in csv.DictReader(file)}
    assert len(given) == len(people)
    assert not given & set(people)
    assert not any(KEY in file.read_text() for file in out.iterdir())
    assert {file.name for file in tmp_path.iterdir()} == {"secret.key", "out"}

    monkeypatch.setenv(KEY_VARIABLE, KEY)
    _, again = export(*arguments, "--mapping", tmp_path / "who.csv", out="again")
    assert (again / "scores.csv").read_bytes() == (out / "scores.csv").read_bytes()
    with (tmp_path / "who.csv").open(newline="") as file:
        who = {row["participant"]: row["pseudonym"] for row in csv.DictReader(file)}
    assert set(people) <= set(who)
    assert {who[person] for person in people} == given


def test_a_query_that_names_people_is_not_told_with_their_pseudonyms(export, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    query = "select participant, score from scores where participant = '001'"

    answer, out = export("--query", query, "--pseudonymize")

    assert answer.code == 0
    assert not any("001" in file.read_text() for file in out.iterdir() if file.suffix == ".md")
    assert query not in (out / "datapackage.json").read_text()


def test_scripts_get_json(export):
    answer, out = export("scores", "--json")

    summary = json.loads(answer.out)
    assert (summary["folder"], summary["files"], summary["rows"]) == (
        str(out),
        ["scores.csv"],
        [12],
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scores", "--format", "ods"], "ods"),
        (["scores", "--format", "parquet", "--decimal", "comma"], "is for CSV"),
        (["scores", "--key-file", "key"], "add --pseudonymize"),
        (["scores", "--mapping", "who.csv"], "add --pseudonymize"),
        (["scores", "--pseudonymize"], "has 0 bytes"),
        (["--query", "select 1 as a", "--name", "../out", "--format", "rds"], "cannot be named"),
        (["--query", "select 1 as a", "--name", "codebook"], "cannot be named"),
        (["--query", "select 1 as a", "--name", "scores", "scores"], "no other file has"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(export, monkeypatch, arguments, said):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)

    answer, out = export(*arguments)

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert not out.exists() or not any(out.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score"], "did you mean scores"),
        (["--query", "select scor from scores"], "did you mean score"),
        (["--query", "drop table scores"], "drop statements are not allowed"),
        (["--query", "from read_csv('/etc/passwd')"], "Cannot access file"),
        (["--query", "with a as (copy scores to 'x.csv') select 1 as a"], "copy statements"),
        (["--query", "select participant as who from scores", "--pseudonymize"], "holds ids"),
        (
            ["--query", "pivot scores on participant using count(*)", "--pseudonymize"],
            "named after",
        ),
    ],
)
def test_what_cannot_be_exported_is_one_line_and_leaves_nothing(
    export, tmp_path, monkeypatch, arguments, said
):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    monkeypatch.chdir(tmp_path)

    answer, out = export(*arguments)

    assert answer.code in {1, 2}
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert list(out.iterdir()) == []
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.slow
def test_landmarks_stand_beside_the_action_units_in_one_row_a_photograph(export, small_warehouse):
    answer, out = export("photo_action_units", "--landmarks", "--format", "parquet")

    assert (answer.code, answer.err) == (0, "")
    found = pl.read_parquet(out / "photo_action_units.parquet")
    [photos] = fetch(small_warehouse, "select count(*) from photos where status = 'ok'").row(0)
    assert len(found) == photos
    assert {"AU01", "AU45", "pitch", "face_height", "x_0", "z_477"} < set(found.columns)


@pytest.mark.parametrize("others", [["scores"], ["--pair-matrices"]])
def test_landmarks_without_their_table_are_wrong_usage(export, others):
    answer, out = export(*others, "--landmarks")

    assert answer.code == 2
    assert "--landmarks" in answer.err
    assert not [*out.glob("*")]


def test_the_help_lists_what_is_exported_by_default(lakehouse):
    said = " ".join(lakehouse("export", "--help").out.split())
    listed = said.partition("as far as they were built.")[2].partition("Options:")[0]

    placed = {model.name for model in load_models() if model.header.export is not None}
    names = set(re.findall(r"[a-z_]+(?=[,.])", listed))
    assert {name for name in names if "_" in name or name in placed} == placed
    for name in placed:
        assert listed.count(f" {name},") + listed.count(f" {name}.") == 1, name


@pytest.fixture
def pseudonymized(export, tmp_path, monkeypatch):
    """Export with pseudonyms and give the warnings, which alone go to standard error."""
    monkeypatch.setenv(KEY_VARIABLE, KEY)

    def call(*arguments, out="share/out"):
        answer, _ = export(*(arguments or ("scores",)), "--pseudonymize", out=out)
        assert answer.code == 0, answer.err
        lines = answer.err.splitlines()
        assert all(line.startswith("warning: ") for line in lines)
        return lines

    return call


@pytest.mark.slow
def test_pseudonyms_where_no_ids_lie_beside_are_silent(pseudonymized, export, tmp_path):
    export("expressions", out="share/of-no-person")
    (tmp_path / "share" / "read-me.txt").write_text("The study's tables.")

    assert pseudonymized() == []
    assert pseudonymized() == []
    (tmp_path / "share" / "out" / "read-me.txt").write_text("How to read the tables.")
    assert pseudonymized("scores", "participants", "--format", "xlsx") == []


@pytest.mark.slow
def test_an_earlier_export_with_ids_in_the_folder_is_told(pseudonymized, export, tmp_path):
    export("scores", "participants", out="share/out")

    [line] = pseudonymized()
    assert f"{tmp_path / 'share' / 'out'} also holds participants.csv, which" in line
    assert "remove what you do not share" in line
    # Though the folder's package now tells of pseudonyms.
    assert pseudonymized() == [line]

    (tmp_path / "share" / "out" / "participants.csv").unlink()
    assert pseudonymized() == []


@pytest.mark.parametrize("where", ["share", "share/with-ids"])
def test_an_export_with_ids_next_to_the_folder_is_told(pseudonymized, export, tmp_path, where):
    export("scores", out=where)

    [line] = pseudonymized()
    assert f"{tmp_path / where} holds an export with real ids" in line
    assert "alone, never both" in line


def test_the_key_in_the_folder_is_told(pseudonymized, tmp_path):
    (tmp_path / "share" / "out" / "keys").mkdir(parents=True)
    (tmp_path / "share" / "out" / "keys" / "secret").write_text(KEY + "\n")

    [line] = pseudonymized()
    assert f"{tmp_path / 'share' / 'out' / 'keys' / 'secret'} is the key of the pseudonyms" in line
    assert KEY not in line


def test_the_mapping_in_the_folder_is_told(pseudonymized, tmp_path):
    mapping = tmp_path / "share" / "out" / "who.csv"

    [line] = pseudonymized("scores", "--mapping", mapping)
    assert f"{mapping} lies in the folder of the export" in line
    assert len(pseudonymized()) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("001_neutral.jpg", ""), ("notes.txt", "seen again: 003, 004"), ("old.sav", "")],
)
def test_files_with_ids_in_the_folder_are_told(pseudonymized, tmp_path, name, text):
    (tmp_path / "share" / "out").mkdir(parents=True)
    (tmp_path / "share" / "out" / name).write_text(text)

    [line] = pseudonymized()
    assert f"also holds {name}, which this export did not write" in line


def test_columns_in_which_ids_stand_are_told_without_the_ids(pseudonymized):
    query = (
        "select participant, 'seen ' || participant || ' twice' as note, "
        "'p' || participant || 'x' as of_other_letters, expression from photos"
    )

    [line] = pseudonymized("--query", query)
    assert line.startswith("warning: column note of query seems to hold ids of participants")
    assert "00" not in line


def test_scripts_get_the_warnings_too(export, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    export("scores", out="with-ids")

    answer, _ = export("scores", "--pseudonymize", "--json", out="share")

    [warning] = json.loads(answer.out)["warnings"]
    assert "with-ids holds an export with real ids" in warning
    assert answer.err == f"warning: {warning}\n"


def test_a_workbook_is_told_by_its_sheets(export):
    answer, out = export("scores", "instruments", "--format", "xlsx")

    assert [line.split()[0] for line in answer.out.splitlines()[:2]] == ["scores", "instruments"]
    assert f"wrote 2 tables to {out / 'lakehouse.xlsx'}" in answer.out
    package = json.loads((out / "datapackage.json").read_text())
    assert [(each["path"], each["dialect"]["sheetName"]) for each in package["resources"]] == [
        ("lakehouse.xlsx", "scores"),
        ("lakehouse.xlsx", "instruments"),
    ]
    assert 'read_excel("lakehouse.xlsx", sheet = "scores"' in (out / "load.R").read_text()
    assert "12 rows in `lakehouse.xlsx`, sheet `scores`" in (out / "codebook.md").read_text()
