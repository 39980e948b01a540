from pathlib import Path

import pytest

from lakehouse.dataset.shard import Shard
from lakehouse.errors import InputError
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.result import Outcome, Status
from lakehouse.lake.staging import look_at_staging, shard_warehouse, words_on_staging
from lakehouse.merging.summary import MergeSummary
from lakehouse.paths import WarehousePaths
from tests import stand_in
from tests.films import filmed, parts, rows, run, statuses, write_film, write_films
from tests.lakehouse.lake.kills import killed_after
from tests.lakehouse.merging.shards import merged


@pytest.fixture
def films(tmp_path: Path) -> Path:
    return write_films(tmp_path / "films")


@pytest.fixture
def whole(films: Path, tmp_path: Path) -> WarehousePaths:
    """The lake of a single run."""
    paths = WarehousePaths(tmp_path / "whole")
    filmed(films, paths)
    return paths


def sharded(films: Path, paths: WarehousePaths, of: int = 2) -> list[WarehousePaths]:
    for number in range(1, of + 1):
        run(films, paths, shard=Shard(number, of))
    return [shard_warehouse(paths, number, of) for number in range(1, of + 1)]


def counts(summary: MergeSummary) -> tuple[int, int, int]:
    return summary.videos, summary.videos_replaced, summary.videos_already


@pytest.mark.slow
@pytest.mark.portable
def test_shards_become_the_lake_of_a_single_run(
    films: Path, whole: WarehousePaths, paths: WarehousePaths
) -> None:
    write_film(films, "00/00/0005/other.mp4", "video 14")
    sharded(films, paths)
    filmed(films, whole)
    [line] = words_on_staging(look_at_staging(paths))
    assert "not in the lake: 8 videos of 2 shards" in line
    assert counts(merged(paths)) == (8, 0, 0)
    assert rows(paths) == rows(whole)
    assert counts(merged(paths)) == (0, 0, 8)
    # What the shards have read is not read again, and the shards go.
    assert filmed(films, paths).by_stamp in (0, 8)
    assert merged(paths, remove=True).removed == 2
    assert not paths.staging.exists() or not [*paths.staging.iterdir()]


def test_what_the_lake_has_is_not_extracted_in_a_shard(films: Path, whole: WarehousePaths) -> None:
    for each in sharded(films, whole):
        assert parts(each) == {}
    assert not look_at_staging(whole).has_unmerged


@pytest.mark.slow
@pytest.mark.portable
def test_a_kill_at_any_moment_leaves_what_a_second_merge_completes(
    films: Path, whole: WarehousePaths, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    shards = sharded(films, paths)
    for steps in range(5, 10_000, 97):
        other = WarehousePaths(paths.root.parent / str(steps))
        killed = killed_after(steps, monkeypatch, lambda other=other: merged(other, shards))
        merged(other, shards)
        assert rows(other) == rows(whole)
        if not killed:
            break


@pytest.mark.slow
@pytest.mark.portable
def test_a_crash_gives_way_and_a_changed_content_is_refused(
    films: Path,
    whole: WarehousePaths,
    paths: WarehousePaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(stand_in, "looked_at", lambda _: Outcome(Status.CRASHED, "it ended"))
        filmed(films, paths)
    assert list(statuses(paths).values()).count("crashed") == 6
    assert counts(merged(paths, [whole])) == (0, 6, 1)
    assert rows(paths) == rows(whole)
    write_film(films, "05/00/0001/long.mp4", "video 12")
    third = WarehousePaths(tmp_path / "third")
    filmed(films, third)
    before = parts(paths)
    with pytest.raises(InputError, match="another content or source"):
        merged(paths, [third])
    assert parts(paths) == before


def test_a_video_that_is_not_complete_is_not_taken(
    films: Path, paths: WarehousePaths, tmp_path: Path
) -> None:
    other = WarehousePaths(tmp_path / "other")
    run(films, other, Listeners(should_stop=lambda: other.begun_video.exists()))
    assert other.begun_video.exists()
    assert counts(merged(paths, [other])) == (1, 0, 0)
    assert [*statuses(paths)] == ["0001/rest"]
    assert set(rows(paths)["frames"]["video"].to_pylist()) == {"rest"}
