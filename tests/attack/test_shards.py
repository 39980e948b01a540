"""Shards extracted by several processes at once, some of them killed, and merged."""

import json
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from lakehouse.lake.staging import staged_warehouses
from lakehouse.paths import WarehousePaths
from tests.attack.judge import state
from tests.attack.kills import Place
from tests.attack.prepared import Line, Moment

SHARDS = 8
KILLED = (2, 6)


def write_photographs(folder: Path) -> Path:
    """Write photographs of people of whom some have few, and shards that nobody falls to."""
    for inner in ("home", "tmp"):
        (folder / inner).mkdir(parents=True)
    for person in range(12):
        for code in ("00", "05"):
            for photo in range(1 + person % 3):
                path = folder / "photos" / code / "00" / f"{person:04d}" / f"{photo}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"{code} {person} {photo}")
    (folder / "photos" / "00" / "00" / "0003" / "empty.png").write_text("nobody")
    return folder


def rows(box: Path) -> dict[str, Counter[str]]:
    """Give the rows of the lake, without those of shards."""
    return {table: found for table, found in state(box).rows.items() if "staging" not in table}


def shard(number: int) -> tuple[str, ...]:
    return ("extract", "photos", "--shard", f"{number}/{SHARDS}", "-q")


@pytest.mark.slow
def test_eight_at_once_of_which_two_are_killed_are_a_single_calm_run(
    place: Place, tmp_path: Path
) -> None:
    calm = write_photographs(tmp_path / "calm")
    assert place.prepared.run(Line(("extract", "photos", "-q"), str(calm))).code == 0
    box = write_photographs(tmp_path / "shards")
    moments = [
        Moment(change=25) if number in KILLED else Moment() for number in range(1, SHARDS + 1)
    ]

    lines = [Line(shard(number), str(box)) for number in range(1, SHARDS + 1)]
    ran = place.prepared.run_at_once(lines, moments)

    ended = {number: each.code for number, each in enumerate(ran, start=1)}
    assert {number for number, code in ended.items() if code} == {*KILLED}, [e.said for e in ran]
    early = place.prepared.run(Line(("merge", "--json"), str(box)))
    assert early.code == 1
    assert "2 shards has not come to its end (shard-02-of-08, shard-06-of-08)" in early.said
    for number in KILLED:
        assert place.prepared.run(Line(shard(number), str(box))).code == 0
    staged = staged_warehouses(WarehousePaths(box / "warehouse"))
    assert len(staged) == SHARDS
    for order in range(3):
        merged = Path(shutil.copytree(box, tmp_path / f"merged {order}"))
        shutil.rmtree(merged / "warehouse" / "lake")
        names = [f"warehouse/staging/{each.root.name}" for each in staged]
        random.Random(order).shuffle(names)
        done = place.prepared.run(Line(("merge", *names, "-q", "--json"), str(merged)))
        assert done.code == 0, done.said
        assert json.loads(done.said)["absent"] == []
        assert rows(merged) == rows(calm)
    # What was merged early is not there twice.
    assert place.prepared.run(Line(("merge", "--remove-staging"), str(box))).code == 0
    assert rows(box) == rows(calm)
    assert [*(box / "warehouse" / "staging").iterdir()] == []
    again = place.prepared.run(Line(("extract", "photos"), str(box)))
    assert "nothing to extract: all photographs are in the lake" in again.said


@pytest.mark.slow
def test_a_merge_and_a_shard_at_once_spoil_nothing(place: Place, tmp_path: Path) -> None:
    box = write_photographs(tmp_path / "box")
    assert place.prepared.run(Line(shard(2), str(box))).code == 0

    ran = place.prepared.run_at_once(
        [Line(words, str(box)) for words in (("merge",), shard(6), ("merge",), shard(2))]
    )

    for each in ran:
        assert each.code == 0 or "in use by process" in each.said or "its end" in each.said, each
    for number in range(1, SHARDS + 1):
        assert place.prepared.run(Line(shard(number), str(box))).code == 0
    assert place.prepared.run(Line(("merge",), str(box))).code == 0
    assert place.prepared.run(Line(("extract", "photos", "-q"), str(box))).code == 0
    assert sum(rows(box)["warehouse photos"].values()) == 49
