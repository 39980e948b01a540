"""What commands say of videos."""

import json
from pathlib import Path

import pytest

from tests.films import write_film, write_films
from tests.lakehouse.merging.shards import stand_in


@pytest.fixture
def typed(lakehouse, tmp_path, monkeypatch):
    """Type a command where `films` are."""
    stand_in(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LAKEHOUSE_WAREHOUSE", raising=False)
    write_films(Path("films"))
    return lakehouse


def test_extract_says_what_became_of_videos(typed):
    answer = typed("extract", "films", "-q")
    assert (answer.code, answer.err) == (0, "")
    broken, frames, videos = answer.out.splitlines()
    assert broken == "unreadable: 05/00/0002/broken.mp4: it is broken"
    assert frames.startswith("93 frames looked at, of 0.1 min of video: 76 with a face; ")
    assert videos.startswith("7 videos: 6 ok, 1 unreadable, 0 already done; ")
    again = typed("extract", "films", "-q").out
    assert again.startswith("7 videos: 7 already done")
    assert json.loads(typed("extract", "films", "-q", "--json").out)["videos"]["already_done"] == 7


def test_extract_says_what_was_replaced_and_what_is_gone(typed):
    typed("extract", "films", "-q")
    write_film(Path("films"), "05/00/0001/long.mp4", "video 12")
    Path("films/05/00/0002/tail.mp4").unlink()
    told = typed("extract", "films", "-q").out
    assert "videos replaced, whose content or model had changed: 1\n" in told
    assert "videos in the lake but no longer found; they are kept (--prune removes them): 1" in told
    told = typed("extract", "films", "-q", "--prune").out
    assert "videos removed from the lake, because their files are gone: 1\n" in told


def test_videos_without_any_face_are_a_failure(typed):
    write_film(Path("other"), "05/00/1/a.mp4", "broken")
    answer = typed("extract", "other", "-q")
    assert answer.code == 1
    assert "not one of 1 videos gave landmarks; the column error of the table videos" in answer.err


def test_status_and_compact_say_what_there_is(typed):
    typed("extract", "films", "-q")
    status = typed("status").out
    assert "videos     7 of 2 participants: 6 ok, 1 unreadable\n" in status
    assert "frames     93, 76 with a face; 0.1 min\n" in status
    assert json.loads(typed("status", "--json").out)["videos"]["statuses"]["ok"] == 6
    assert "already compact; parts: 1, " in typed("compact").out


def test_a_dry_run_shows_how_videos_are_understood(typed):
    told = typed("extract", "films", "--dry-run").out
    assert "7 videos of 2 participants\n  0001 rest (00/00/0001/rest.mp4)\n" in told
    assert "  expressions: neutral 1, happiness 6\n" in told
    assert "photographs" not in told
    answer = typed("extract", "films", "--layout", "{_}/{_}/{participant}/{video}", "--dry-run")
    assert "  without expression: 7; their events say what they show\n" in answer.out


def test_settings_are_proposed_for_videos(typed):
    told = typed("init", "--from", "films").out
    assert told.startswith("7 of 7 videos are named as in MIGMA")
    assert '  dataset.layout = "{expression}/{supervised}/{participant}/{video}"\n' in told


def test_shards_of_videos_are_merged(typed):
    for shard in ("1/2", "2/2"):
        assert typed("extract", "films", "--shard", shard, "-q").code == 0
    assert "not in the lake: 7 videos of 2 shards" in typed("status").out
    told = typed("merge", "-q", "--remove-staging").out
    assert "0 photographs merged, 0 there already, 7 videos merged, 0 there already; " in told
    assert typed("extract", "films", "-q").out.startswith("7 videos: 7 already done")
