"""`lakehouse events`, as it is typed."""

import json

import pytest

from lakehouse.paths import WarehousePaths
from tests.lakehouse.events.videos import sessions

TABLE = (
    "subject,video,onset_s,duration_s,emotion\n01,session_01,0.5,1,neutral\n"
    "01,session_01,2,,smile\n02,session_02,9.5,1,fear\n03,x,1,1,fear\n01,y.mp4,1,1,fear\n"
)


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "events.csv").write_text(TABLE)
    return sessions(tmp_path / "study", "01", "02")


def test_what_was_stored_and_what_was_not_is_told(lakehouse, paths):
    call = ("--warehouse", paths.root, "events", paths.root.parent / "events.csv")
    answer = lakehouse(*call)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "3 events (1 neutral, 2 trial) of 2 videos and 2 participants; files: 1 table",
        "read smile as happiness",
        "events that do not say how long they last: 1",
        "events that end after the last frame of their video: 1",
        "not stored, 1 events of participants without videos in the lake: 1 (03)",
        "not stored, 1 events of videos that are not in the lake: 1 (y.mp4)",
    ]
    again = lakehouse(*call, "--json")
    assert json.loads(again.out)["replaced"] == 3
    assert "events     2 trial, 1 neutral" in lakehouse("--warehouse", paths.root, "status").out


def test_a_wrong_row_is_told_in_one_line(lakehouse, paths):
    file = paths.root.parent / "events.csv"
    file.write_text(TABLE.replace("0.5", "12.5"))
    answer = lakehouse("--warehouse", paths.root, "events", file)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "error: events.csv: refused, row 2: onset is 12.5 s, and its video lasts 10.00 s; correct "
        "the file; nothing was stored\n"
    )


def test_columns_are_named_with_map(lakehouse, paths):
    file = paths.root.parent / "events.csv"
    file.write_text(TABLE.replace("onset_s", "t0"))
    call = ("--warehouse", paths.root, "events", file)
    assert "name it with --map onset=COLUMN" in lakehouse(*call).err
    assert lakehouse(*call, "--map", "onset=t0").code == 0
    answer = lakehouse(*call, "--map", "when=t0")
    assert (answer.code, "names no field when" in answer.err) == (2, True)


def test_events_of_a_damaged_lake_are_found_by_check(lakehouse, paths):
    call = ("--warehouse", paths.root)
    lakehouse(*call, "events", paths.root.parent / "events.csv")
    events = WarehousePaths(paths.root).events
    events.write_bytes(events.read_bytes()[:-9])
    answer = lakehouse(*call, "status")
    assert "damaged    events.parquet" in answer.out
    assert "run `lakehouse events` again" in answer.out
