import os
import shutil
from pathlib import Path

import pyarrow.compute as pc
import pytest

from lakehouse.errors import InputError, LakeError
from lakehouse.extraction import extract as extraction
from lakehouse.extraction import options
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.progress import Progress
from lakehouse.lake.inspection import inspect
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.films import PART_FRAMES, filmed, parts, rows, run, statuses, write_film, write_films
from tests.lakehouse.lake.kills import killed_after
from tests.stand_in import StandIn


@pytest.fixture(autouse=True)
def without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "WorkerPool", StandIn)
    monkeypatch.setattr(extraction, "fetch_model", lambda _: Path("no model"))
    monkeypatch.setattr(extraction, "require_graphics", lambda _: None)
    # No power is cut here.
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def films(tmp_path: Path) -> Path:
    return write_films(tmp_path / "films")


@pytest.fixture
def paths(films: Path, tmp_path: Path) -> WarehousePaths:
    """A lake of them."""
    paths = WarehousePaths(tmp_path / "warehouse")
    filmed(films, paths)
    return paths


def test_frames_and_videos_are_counted(films: Path, tmp_path: Path) -> None:
    paths, seen = WarehousePaths(tmp_path / "warehouse"), list[Progress]()
    summary = filmed(films, paths, Listeners(seen.append))
    assert summary.statuses == {"ok": 6, "unreadable": 1}
    assert (summary.found, summary.usable, summary.already_done) == (7, 6, 0)
    assert (summary.frames, summary.face_frames) == (93, 76)
    assert summary.video_s == pytest.approx(93 * 0.04)
    assert [(each.path, each.error) for each in summary.problems] == [
        ("05/00/0002/broken.mp4", "it is broken")
    ]
    assert (seen[-1].done, seen[-1].total, seen[-1].failures) == (7, 7, 1)
    table = rows(paths)
    assert table["frames"].num_rows == 93
    assert table["frame_landmarks"].num_rows == 76 * 478
    assert table["frame_blendshapes"].num_rows == 76 * 52
    [long] = table["videos"].filter(pc.equal(table["videos"]["video"], "long")).to_pylist()
    told = {name: long[name] for name in ("expression", "supervised", "status", "path")}
    assert told == {
        "expression": "happiness",
        "supervised": False,
        "status": "ok",
        "path": "05/00/0001/long.mp4",
    }
    counted = ("header_frames", "decoded_frames", "corrupt_frames", "face_frames")
    assert [long[name] for name in counted] == [33, 33, 0, 16]
    steps = [long[f"{which}_step_s"] for which in ("min", "median", "max")]
    assert steps == pytest.approx([0.04] * 3)


def test_a_long_video_is_several_parts_and_short_ones_share_one(paths: WarehousePaths) -> None:
    held = [
        (sorted(set(table["video"].to_pylist())), table.num_rows)
        for name, table in parts(paths).items()
        if name.startswith("frames/")
    ]
    assert held == [
        (["rest"], 4),
        *[(["long"], PART_FRAMES)] * 3,
        (["long"], 3),
        (["short"], 7),
        *[(["exact"], PART_FRAMES)] * 2,
        *[(["odd"], PART_FRAMES)] * 2,
        (["odd"], 6),
        (["tail"], 3),
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_lake_does_not_hang_on_who_is_quicker(
    seed: int, films: Path, paths: WarehousePaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StandIn, "seed", seed)
    other = WarehousePaths(tmp_path / "other")
    filmed(films, other)
    assert parts(other) == parts(paths)


@pytest.mark.parametrize("part_frames", [7, 1000])
def test_rows_do_not_hang_on_how_videos_are_divided(
    part_frames: int, films: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    other = WarehousePaths(tmp_path / "other")
    filmed(films, other, part_frames=part_frames)
    assert rows(other) == rows(paths)


@pytest.mark.slow
@pytest.mark.portable
def test_a_run_that_is_stopped_goes_on_where_it_was(
    films: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    for stop in range(1, 30, 2):
        other, asked = WarehousePaths(tmp_path / str(stop)), 0

        def should_stop(stop: int = stop) -> bool:
            nonlocal asked
            asked += 1
            return asked > stop

        first = run(films, other, Listeners(should_stop=should_stop))
        before = {name: table for name, table in parts(other).items() if name.startswith("frames")}
        second = filmed(films, other)
        if not first.stopped:
            break
        assert parts(other) == parts(paths)
        # Nothing that was there was looked at again.
        assert second.frames == 93 - sum(table.num_rows for table in before.values())
        assert not other.begun_video.exists()
    assert stop > 6


@pytest.mark.slow
@pytest.mark.portable
def test_a_kill_at_any_moment_leaves_what_a_second_run_completes(
    films: Path, paths: WarehousePaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for steps in range(3, 10_000, 89):
        other = WarehousePaths(tmp_path / str(steps))
        killed = killed_after(steps, monkeypatch, lambda other=other: filmed(films, other))
        filmed(films, other)
        assert parts(other) == parts(paths)
        shutil.rmtree(other.root)
        if not killed:
            break
    else:
        pytest.fail("it never came to its end")


def test_a_long_video_has_more_than_one_worker(tmp_path: Path) -> None:
    films, workers = tmp_path / "films", options.Workers(8)
    write_film(films, "05/00/0001/short.mp4", "video 4")
    filmed(films, WarehousePaths(tmp_path / "short"), workers=workers)
    assert StandIn.size == 1
    write_film(films, "05/00/0001/long.mp4", "video 30" + " " * 9_000_000)
    filmed(films, WarehousePaths(tmp_path / "long"), workers=workers)
    assert StandIn.size == 4


def test_what_is_known_is_left_alone(films: Path, paths: WarehousePaths) -> None:
    before, started = parts(paths), StandIn.started
    assert filmed(films, paths, verify=True).already_done == 7
    assert parts(paths) == before
    assert StandIn.started == started


def test_another_content_takes_the_place_of_the_rows(films: Path, paths: WarehousePaths) -> None:
    write_film(films, "05/00/0001/long.mp4", "video 12")
    write_film(films, "05/00/0001/short.mp4", "video 8")
    summary = filmed(films, paths, verify=True)
    assert (summary.replaced, summary.already_done) == (2, 5)
    fresh = WarehousePaths(paths.root.parent / "fresh")
    filmed(films, fresh)
    assert rows(paths) == rows(fresh)
    assert not inspect(paths).damaged


def test_a_video_that_changed_while_it_was_begun_is_begun_again(
    films: Path, tmp_path: Path
) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    run(films, paths, Listeners(should_stop=lambda: paths.begun_video.exists()))
    assert paths.begun_video.exists()
    write_film(films, "05/00/0001/long.mp4", "video 31")
    summary = filmed(films, paths)
    assert summary.resumed == 0
    fresh = WarehousePaths(tmp_path / "fresh")
    filmed(films, fresh)
    assert rows(paths) == rows(fresh)


def test_a_file_that_moved_or_shows_something_else_has_its_row_changed_only(
    films: Path, paths: WarehousePaths
) -> None:
    frames = rows(paths)["frames"]
    (films / "03/00/0001").mkdir(parents=True)
    (films / "05/00/0001/long.mp4").rename(films / "03/00/0001/long.mp4")
    started = StandIn.started
    summary = filmed(films, paths)
    assert (summary.already_done, StandIn.started) == (7, started)
    videos = rows(paths)["videos"]
    [long] = videos.filter(pc.equal(videos["video"], "long")).to_pylist()
    assert (long["path"], long["expression"]) == ("03/00/0001/long.mp4", "disgust")
    assert rows(paths)["frames"] == frames


def test_files_that_are_gone_are_kept_until_they_are_pruned(
    films: Path, paths: WarehousePaths
) -> None:
    (films / "05/00/0001/long.mp4").unlink()
    assert filmed(films, paths).missing == 1
    assert "0001/long" in statuses(paths)
    assert filmed(films, paths, prune=True).pruned == 1
    assert "0001/long" not in statuses(paths)
    assert not pc.any(pc.equal(rows(paths)["frames"]["video"], "long")).as_py()


def test_all_is_made_anew_if_asked_for(films: Path, paths: WarehousePaths) -> None:
    before = rows(paths)
    # One failed as before.
    assert filmed(films, paths, re_extract=True).replaced == 6
    assert rows(paths) == before


def test_every_nth_frame_is_looked_at_and_keeps_its_place(
    films: Path, paths: WarehousePaths
) -> None:
    settings = Settings.model_validate({"video": {"every": 4}})
    summary = filmed(films, paths, settings=settings)
    # What is without frames says nothing of it.
    assert (summary.replaced, summary.already_done) == (6, 1)
    frames = rows(paths)["frames"].to_pylist()
    long = [(row["frame"], row["time_s"]) for row in frames if row["video"] == "long"]
    assert long == [(number, number * 0.04) for number in range(0, 33, 4)]
    videos = rows(paths)["videos"].to_pylist()
    [row] = [row for row in videos if row["video"] == "long"]
    assert (row["decoded_frames"], row["median_step_s"]) == (33, pytest.approx(0.16))
    assert filmed(films, paths, settings=settings).already_done == 7


@pytest.mark.slow
@pytest.mark.portable
def test_a_crash_is_a_row_and_is_tried_again(films: Path, paths: WarehousePaths) -> None:
    write_film(films, "05/00/0001/long.mp4", "video 33 crash")
    summary = filmed(films, paths, verify=True)
    assert summary.statuses == {"crashed": 1}
    assert statuses(paths)["0001/long"] == "crashed"
    # It was first told of in a part of its own, behind the frames that were there.
    frames = rows(paths)["frames"].to_pylist()
    assert sum(row["video"] == "long" for row in frames) == 20
    again = filmed(films, paths)
    assert (again.statuses, again.already_done) == ({"crashed": 1}, 6)
    assert sum(row["video"] == "long" for row in rows(paths)["frames"].to_pylist()) == 20


def test_a_damaged_part_is_restored_from_the_originals(films: Path, paths: WarehousePaths) -> None:
    before = rows(paths)
    [file, *_] = sorted(paths.frame_landmarks.glob("*-000003.parquet"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    summary = filmed(films, paths)
    assert [(each.photos, each.kind) for each in summary.healed] == [(1, "videos")]
    assert rows(paths) == before
    [*_, file] = sorted(paths.frame_landmarks.glob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-100])
    (films / "05/00/0001/long.mp4").unlink()
    with pytest.raises(LakeError, match="1 of its 1 videos are not there"):
        filmed(films, paths)


def test_nothing_usable_is_told(tmp_path: Path) -> None:
    films = tmp_path / "films"
    write_film(films, "05/00/0002/broken.mp4", "broken")
    summary = filmed(films, WarehousePaths(tmp_path / "warehouse"))
    assert (summary.usable, summary.statuses) == (0, {"unreadable": 1})
    with pytest.raises(InputError, match="holds no photograph or video"):
        run(tmp_path / "films" / "05", WarehousePaths(tmp_path / "other"))


def test_videos_of_another_source_or_model_are_not_replaced(
    films: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "MODEL_SHA256", "0" * 64)
    with pytest.raises(InputError, match="7 videos by another face model"):
        filmed(films, paths)
    assert filmed(films, paths, re_extract=True).replaced == 7
