"""`lakehouse demo`, and the commands that read what it built."""

import json
import re
import sys

import duckdb
import polars as pl
import pytest

from lakehouse.demo import _SETTINGS
from tests.lean import TOML

pytestmark = pytest.mark.slow


def test_a_second_demo_has_nothing_to_do(lakehouse, own_demo_folder):
    answer = lakehouse("--warehouse", own_demo_folder, "demo", "--participants", "3", "-q")
    assert answer.code == 0
    assert "drawn before" in answer.out
    assert "144 already done" in answer.out
    assert "up to date" in answer.out
    assert "planted: the movement of point 291 in happiness, unsupervised" in answer.out


def test_a_demo_does_not_touch_a_folder_that_is_none(lakehouse, tmp_path):
    precious = tmp_path / "demo" / "precious.txt"
    precious.parent.mkdir()
    precious.write_text("mine")
    answer = lakehouse("--warehouse", tmp_path, "demo", "-q")
    assert answer.code == 2
    assert "the demo did not make" in answer.err
    assert precious.read_text() == "mine"


def test_checks_pass(lakehouse, demo_warehouse):
    answer = lakehouse("--warehouse", demo_warehouse, "check")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith(" checks passed, 0 failed\n")


def test_status_as_json(lakehouse, demo_warehouse):
    found = json.loads(lakehouse("--warehouse", demo_warehouse, "status", "--json").out)
    assert found["participants"] == 3
    assert found["photos"] == {"ok": 144}
    assert found["landmarks"] == 144 * 478
    assert found["scores"]["asrsb"] == 3
    assert found["up_to_date"] is True


def test_status_in_words(lakehouse, demo_warehouse):
    out = lakehouse("--warehouse", demo_warehouse, "status").out
    assert "photos     144 of 3 participants: 144 ok" in out
    assert "up to date" in out


def test_status_of_nothing(lakehouse, tmp_path):
    out = lakehouse("--warehouse", tmp_path / "new", "status").out
    assert "photos     none; `lakehouse extract PHOTOS`" in out
    assert "database   none" in out


def test_tables_are_listed_with_rows(lakehouse, demo_warehouse):
    listed = json.loads(lakehouse("--warehouse", demo_warehouse, "tables", "--json").out)
    rows = {table["name"]: table["rows"] for table in listed}
    assert rows["landmarks"] == 144 * 478
    assert rows["neutral_distances"] == 3 * 15 * 468
    assert "neutral_distances" in lakehouse("--warehouse", demo_warehouse, "tables").out


def test_internal_tables_are_listed_apart(lakehouse, demo_warehouse):
    out = lakehouse("--warehouse", demo_warehouse, "tables").out
    above, _, below = out.partition("Internal, which a build needs and people seldom ask")
    assert {"masks", "photos"} <= set(above.split())
    inner = set(below.replace(",", " ").split())
    assert {"internal.cell_points", "internal.photo_verdicts"} <= inner
    assert "internal." not in above


def test_tables_are_listed_by_subject_and_fit_the_terminal(lakehouse, demo_warehouse, monkeypatch):
    out = lakehouse("--warehouse", demo_warehouse, "tables").out
    places = [out.index(f"\n{heading}\n") for heading in ("Faces", "How far points move", "Macros")]
    assert places == sorted(places)
    monkeypatch.setattr("lakehouse.cli.output.PLAIN_WIDTH", 80)
    narrow = lakehouse("--warehouse", demo_warehouse, "tables").out
    assert max(map(len, narrow.splitlines())) <= 80
    assert narrow.count("\n") == pytest.approx(out.count("\n"), abs=20)


def test_tables_are_found_by_what_they_are_about(lakehouse, demo_warehouse):
    out = lakehouse("--warehouse", demo_warehouse, "tables", "--about", "smile").out
    assert out.startswith("smile_coactivation (table)\n")
    found = lakehouse(
        "--warehouse", demo_warehouse, "tables", "--about", "face height", "--json"
    ).out
    assert "photos" in [row["name"] for row in json.loads(found)]
    nothing = lakehouse("--warehouse", demo_warehouse, "tables", "--about", "elephants").out
    assert nothing == "nothing is about elephants; `lakehouse tables` lists all\n"


def test_describe_knows_macros(lakehouse, demo_warehouse):
    out = lakehouse("--warehouse", demo_warehouse, "describe", "distance_between").out
    assert "called as distance_between(point_a, point_b)" in out
    assert "example: select * from distance_between(61, 291)" in out
    told = json.loads(
        lakehouse("--warehouse", demo_warehouse, "describe", "mask_label", "--json").out
    )
    assert told["kind"] == "macro"
    assert [each["column"] for each in told["columns"]] == ["of_expression", "with_cue"]


def test_describe_gives_units(lakehouse, demo_warehouse):
    out = lakehouse("--warehouse", demo_warehouse, "describe", "neutral_distances").out
    assert "key: participant, expression, supervised, point" in " ".join(out.split())
    assert "aligned px Euclidean, in the image plane" in " ".join(out.split())


def test_describe_suggests_a_near_name(lakehouse, demo_warehouse):
    answer = lakehouse("--warehouse", demo_warehouse, "describe", "neutral_distance")
    assert answer.code == 1
    assert "did you mean neutral_distances" in answer.err


QUERY = "select mask, participants from mask_averages order by mask limit 2"


@pytest.mark.parametrize(
    ("file_format", "expected"),
    [
        ("csv", "mask,participants\n00-01,3\n01-00,3\n"),
        ("json", '[{"mask":"00-01","participants":3},{"mask":"01-00","participants":3}]\n'),
    ],
)
def test_sql_in_each_text_format(lakehouse, demo_warehouse, file_format, expected):
    answer = lakehouse("--warehouse", demo_warehouse, "sql", QUERY, "--format", file_format)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == expected


def test_sql_to_parquet(lakehouse, demo_warehouse, tmp_path):
    target = tmp_path / "answer.parquet"
    answer = lakehouse(
        "--warehouse", demo_warehouse, "sql", QUERY, "--format", "parquet", "-o", target
    )
    assert answer.err == f"wrote 2 rows to {target}\n"
    assert pl.read_parquet(target).rows() == [("00-01", 3), ("01-00", 3)]


def test_sql_from_standard_input(lakehouse, demo_warehouse, monkeypatch, tmp_path):
    (tmp_path / "query.sql").write_text(QUERY)
    with (tmp_path / "query.sql").open() as query:
        monkeypatch.setattr(sys, "stdin", query)
        answer = lakehouse("--warehouse", demo_warehouse, "sql", "-")
    assert answer.out.split() == ["mask", "participants", "00-01", "3", "01-00", "3"]


@pytest.mark.parametrize(
    "query",
    [
        "drop table photos",
        "delete from photos",
        "copy photos to 'stolen.csv'",
        "select * from read_csv('/etc/hostname')",
        "attach 'other.duckdb'",
        "set threads = 1",
        "selec 1",
    ],
)
def test_sql_reads_the_warehouse_and_nothing_else(
    lakehouse, demo_warehouse, monkeypatch, tmp_path, query
):
    monkeypatch.chdir(tmp_path)
    answer = lakehouse("--warehouse", demo_warehouse, "sql", query)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_not_written_to_a_file(lakehouse, demo_warehouse, tmp_path):
    answer = lakehouse("--warehouse", demo_warehouse, "sql", QUERY, "-o", tmp_path / "x")
    assert answer.code == 2
    assert "--format" in answer.err


@pytest.fixture
def tested_warehouse(lakehouse, own_demo_folder):
    """The demo's warehouse, where three people are enough for a correlation to be a test."""
    warehouse = own_demo_folder / "demo"
    (warehouse / "lakehouse.toml").unlink(missing_ok=True)
    (warehouse / "lakehouse.toml").write_text(TOML)
    assert lakehouse("--warehouse", warehouse, "build").code == 0
    return warehouse


def test_where_so_few_were_asked_no_correlation_is_a_test(lakehouse, demo_warehouse):
    out = lakehouse("--warehouse", demo_warehouse, "correlations").out
    assert "no correlation has participants enough for a test (statistics.fewest)" in out


def test_correlations_in_the_form_of_table_1(lakehouse, tested_warehouse):
    out = lakehouse("--warehouse", tested_warehouse, "correlations", "--rows", "3").out
    columns = out.splitlines()[0].split()
    assert columns[:7] == [
        "comparison", "feature", "spearman_p", "spearman_r", "pearson_p", "pearson_r", "n",
    ]  # fmt: skip
    assert "Benjamini-Hochberg" in out


def test_correlations_of_another_grouping(lakehouse, tested_warehouse):
    call = ("--warehouse", tested_warehouse, "correlations", "--json", "--grouping")
    rows = json.loads(lakehouse(*call, "kmeans6_eyes").out)
    assert len(rows) == 10
    assert lakehouse(*call, "kmeans7").code == 2


def test_build_has_nothing_to_do_and_can_be_forced(lakehouse, own_demo_folder):
    demo_warehouse = own_demo_folder / "demo"
    assert "up to date" in lakehouse("--warehouse", demo_warehouse, "build").out
    forced = lakehouse("--warehouse", demo_warehouse, "build", "--force").out
    assert "neutral_distances" in forced
    with duckdb.connect(str(demo_warehouse / "lakehouse.duckdb"), read_only=True) as connection:
        [(lines,)] = connection.sql(
            "select (select count(*) from duckdb_tables()) "
            "+ (select count(*) from duckdb_views() where not internal)"
        ).fetchall()
    *models, one, other, last = forced.splitlines()
    assert len(models) == lines
    notes = sorted((one, other), key=lambda note: "statistics.fewest" in note)
    assert notes[0].endswith("`lakehouse build --statistics` adds it")
    assert notes[1].endswith("see statistics.fewest")
    assert last.startswith(f"built {lines} relations")


def test_check_fails_with_the_rows_that_break_a_rule(lakehouse, demo_warehouse, tmp_path):
    broken = tmp_path / "lakehouse.duckdb"
    broken.write_bytes((demo_warehouse / "lakehouse.duckdb").read_bytes())
    with duckdb.connect(str(broken)) as connection:
        connection.execute("update scores set score = 99 where instrument = 'dbi'")
    answer = lakehouse("--warehouse", tmp_path, "check")
    assert answer.code == 1
    assert "scores_in_range: broken by 3 rows" in answer.out
    assert "99" in answer.out


@pytest.mark.portable
@pytest.mark.usefixtures("face_model_path")
def test_doctor_finds_everything(lakehouse, tmp_path):
    answer = lakehouse("--warehouse", tmp_path, "doctor")
    assert (answer.code, answer.err) == (0, "")
    assert "BAD" not in answer.out


def test_doctor_names_a_missing_model(lakehouse, monkeypatch, tmp_path):
    monkeypatch.setenv("LAKEHOUSE_MODEL", str(tmp_path / "missing.task"))
    answer = lakehouse("--warehouse", tmp_path, "doctor", "--json")
    assert answer.code == 1
    bad = {finding["name"] for finding in json.loads(answer.out) if not finding["good"]}
    assert bad == {"face model", "face landmarker"}


def test_a_video_demo_does_not_touch_a_folder_that_is_none(lakehouse, tmp_path):
    precious = tmp_path / "demo-video" / "precious.txt"
    precious.parent.mkdir()
    precious.write_text("mine")
    answer = lakehouse("--warehouse", tmp_path, "demo", "--video", "-q")
    assert answer.code == 2
    assert "the demo did not make" in answer.err
    assert precious.read_text() == "mine"


def test_the_planted_latency_comes_out_first(lakehouse, face_model_path, tmp_path, monkeypatch):
    monkeypatch.setattr("lakehouse.demo.CLIP_EXPRESSIONS", ("happiness",))
    monkeypatch.setattr("lakehouse.demo._SETTINGS", _SETTINGS + TOML)
    words = ("--warehouse", tmp_path, "demo", "--video", "--participants", "10", "-q")
    answer = lakehouse(*words)
    assert (answer.code, answer.err) == (0, "")
    assert "10 videos: 10 ok" in answer.out
    assert "10 events (10 trial) of 10 videos and 10 participants" in answer.out
    assert "planted: the latency of happiness, from the cue to half of its way, with asrsa" in (
        answer.out
    )
    assert re.search(r"found:   m05_00_onset_\w+ with asrsa, place 1 of \d+: ", answer.out)

    again = lakehouse(*words)
    assert "drawn before" in again.out
    assert "10 already done" in again.out
    assert "up to date" in again.out
