"""Every command, killed: nothing is lost, doubled, invented, left behind or readable by others.

`benchmarks/kills.py` does the same a thousand times.
"""

import random
import zlib
from pathlib import Path

import pytest

from lakehouse.files.names import DRAWN
from tests.attack.attacked import ATTACKED, ELSEWHERE, READING, Attacked, names
from tests.attack.judge import State, Truth, TruthOf, faults, readable_by_others
from tests.attack.kills import Place, kill
from tests.attack.prepared import Moment, Ran, spread

KILLS = 8
"""Of each command that writes, over all the ways it is attacked in, and spread over its course."""
LEAST = 2
"""In each way."""

LONG_S = 2.0
"""What takes longer is killed a few times; the benchmark kills it as often as the rest."""
FEW = 3


def test_every_command_is_attacked() -> None:
    assert {attacked.name for attacked in ATTACKED} | ELSEWHERE == set(names())
    assert set(names()) >= READING


def share(attacked: Attacked, seconds: float) -> int:
    """How many of a command's kills are in this way of attacking it."""
    ways = sum(each.name == attacked.name for each in ATTACKED)
    writes = attacked.name not in READING
    return max(LEAST, -(-KILLS // ways)) if writes and seconds < LONG_S else FEW


SELDOM = {"demo", "render pairs", "render masks"}
"""The demo is other commands in a row, each of which is killed by itself; all pictures are written
as those of `render frame-strip` are."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "attacked",
    [
        pytest.param(
            attacked,
            marks=pytest.mark.exhaustive if attacked.name in SELDOM else (),
        )
        for attacked in ATTACKED
    ],
    ids=[" ".join(attacked.words) for attacked in ATTACKED],
)
def test_after_a_kill_and_the_next_command_all_is_well(
    place: Place, truth_of: TruthOf, attacked: Attacked
) -> None:
    true = truth_of(attacked)
    chance = random.Random(zlib.crc32(" ".join(attacked.words).encode()))
    kills = share(attacked, true.calm.seconds)
    for number, moment in enumerate(spread(chance, true.calm, kills)):
        done = kill(place, attacked, true, chance, again=number == kills - 1, moment=moment)
        assert done.faults == (), (done.moment, attacked.words)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("extract", "photos"), marks=pytest.mark.portable),
        ("extract", "photos", "--re-extract"),
        ("extract", "films"),
        pytest.param(("compact",), marks=pytest.mark.portable),
        ("merge",),
        ("merge", "--remove-staging"),
        pytest.param(("scores", "scores.csv"), marks=pytest.mark.portable),
        ("init",),
    ],
    ids=" ".join,
)
def test_before_every_tenth_change_of_the_disk(
    place: Place, truth_of: TruthOf, words: tuple[str, ...]
) -> None:
    [attacked] = [each for each in ATTACKED if each.words == words]
    true = truth_of(attacked)
    left = 0
    for change in range(zlib.crc32(words[0].encode()) % 10, true.calm.changes, 10):
        done = kill(
            place,
            attacked,
            true,
            random.Random(change),
            again=False,
            moment=Moment(change=change),
        )
        assert done.killed
        assert done.faults == (), (change, words)
        left += done.left
    # Otherwise nothing was there to be cleared.
    assert left or words in (("init",), ("scores", "scores.csv"))


def test_a_judge_that_sees_nothing_would_pass_everything(tmp_path: Path) -> None:
    before = State({"a": "1", "b": "1"}, {"w photos": _counter("x|1|1", "y|1|1")})
    after = State({"a": "2", "b": "1"}, {"w photos": _counter("x|1|1", "y|1|1", "z|1|1")})
    true = Truth(Ran(0, 0, 0, ""), before, after)
    assert list(faults(true, before)) == list(faults(true, after)) == []
    found = State(
        {"a": "3", f".a.{DRAWN}.tmp": "1"}, {"w photos": _counter("x|1|1", "x|1|1", "v|1|1")}
    )
    assert sorted(faults(true, found)) == [
        "doubled in w photos: x|1|1",
        "invented in w photos: v|1|1",
        "invented in w photos: x|1|1",
        f"left behind: .a.{DRAWN}.tmp",
        "lost from w photos: y|1|1",
        "lost: b",
        "neither the old nor the new: a",
    ]
    (tmp_path / "open").touch(0o644)
    assert readable_by_others(tmp_path) == ["readable by others: open -rw-r--r--"]


def _counter(*rows: str):
    from collections import Counter

    return Counter(rows)
