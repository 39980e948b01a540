"""Shards and merges in any course of events: in the end, the lake of a single run."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from lakehouse.files import commit
from lakehouse.ingest.listeners import Listeners
from lakehouse.lake.compact import compact
from lakehouse.lake.inspection import inspect
from lakehouse.lake.parts import part_names
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.lake.staging import staged_warehouses
from lakehouse.paths import WarehousePaths
from tests.lakehouse.lake.lakes import ORDER
from tests.lakehouse.merging.shards import content, extracted, merged

EVENTS = 14


class Killed(BaseException):
    """What nobody catches."""


@contextmanager
def killed_by_chance(chance: random.Random) -> Iterator[None]:
    """Have the process end before one of its next renames, as far as that can be had here."""
    left = chance.randrange(40)

    def before(do: Callable[[], object]) -> Callable[..., object]:
        def moved(*arguments: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return do(*arguments)

        return moved

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit, "_move", before(commit._move))
        patch.setattr(commit, "remove", before(commit.remove))
        with suppress(Killed):
            yield


def event(chance: random.Random, photos: Path, paths: WarehousePaths) -> None:
    of = chance.choice((1, 2, 3, 5))
    shard = f"{chance.randint(1, of)}/{of}"
    asked = iter([False] * chance.randrange(3))
    stopped = Listeners(should_stop=lambda: next(asked, True))
    staged = staged_warehouses(paths)
    chance.choice(
        [
            lambda: extracted(photos, paths, shard),
            lambda: extracted(photos, paths, shard),
            lambda: extracted(photos, paths, shard, stopped),
            lambda: extracted(photos, paths, listeners=stopped),
            lambda: merged(paths, chance.sample(staged, chance.randint(0, len(staged)))),
            lambda: merged(paths, remove=chance.random() < 0.5),
            lambda: compacted(paths, chance.randint(3, 9)),
        ]
    )()


def compacted(paths: WarehousePaths, part_photos: int) -> None:
    if part_names(paths):
        compact(paths, ORDER, part_photos=part_photos)


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happened_the_lake_is_that_of_a_single_run(
    photos: Path, paths: WarehousePaths, single: WarehousePaths, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(EVENTS):
        before = {photo.key for photo in read_photos_index(paths)}
        with killed_by_chance(chance):
            event(chance, photos, paths)
        extracted(photos, paths, "1/99")
        assert before <= {photo.key for photo in read_photos_index(paths)}
    for number in (1, 2):
        extracted(photos, paths, f"{number}/2")
    merged(paths)
    assert content(paths) == content(single)
    inspection = inspect(paths)
    assert (inspection.damaged, inspection.unsealed) == ((), ())
    merged(paths, remove=True)
    assert content(paths) == content(single)
    assert extracted(photos, paths).extracted == 0
