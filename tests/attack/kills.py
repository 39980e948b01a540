"""One kill: a command, the moment, the next command, and what is then there."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.attack.attacked import AFTERWARDS, Attacked
from tests.attack.judge import (
    HOME,
    Truth,
    faults,
    laid_out,
    readable_by_others,
    state,
    unsealed,
)
from tests.attack.prepared import Line, Moment, Prepared, at_random


@dataclass(frozen=True)
class Place:
    """Where commands are attacked, from which templates, and by whom."""

    prepared: Prepared
    templates: Path
    box: Path


@dataclass(frozen=True)
class Round:
    """What came of a kill.

    Parameters
    ----------
    killed : bool
        False where the command was done before.
    moment : Moment
        When it was to be.
    left : int
        Temporary files and folders that there were before the next command.
    faults : tuple of str
        What ought not to be, in words; empty where all is well.
    """

    killed: bool
    moment: Moment
    left: int
    faults: tuple[str, ...]


def kill(
    place: Place,
    attacked: Attacked,
    truth: Truth,
    chance: random.Random,
    *,
    again: bool,
    moment: Moment | None = None,
) -> Round:
    """Kill a command once, and look at what is there after the next command.

    Parameters
    ----------
    again : bool
        Have the command typed once more, and come to its end.
    moment : Moment, optional
        By default a random one.
    """
    box = laid_out(attacked, place.templates, place.box)
    moment = moment or at_random(chance, truth.calm)
    ran = place.prepared.run(Line(attacked.words, str(box)), moment)
    found = readable_by_others(box)
    left = sum(path.name.endswith((".tmp", ".ready")) for path in box.rglob(".*"))
    found += _after_the_next(place, truth, chance.choice(AFTERWARDS))
    if again:
        found += _typed_again(place, attacked, truth)
    return Round(ran.code == -moment.number, moment, left, tuple(found))


def _after_the_next(place: Place, truth: Truth, words: tuple[str, ...]) -> Iterator[str]:
    ran = place.prepared.run(Line(words, str(place.box)))
    if ran.code not in (0, 1) or "Traceback" in ran.said:
        yield f"{words}: {ran.said}"
    yield from faults(truth, state(place.box))
    yield from unsealed(place.box)
    yield from readable_by_others(place.box)


def _typed_again(place: Place, attacked: Attacked, truth: Truth) -> Iterator[str]:
    ran = place.prepared.run(Line(attacked.words, str(place.box)))
    if attacked.goes_on and ran.code != truth.calm.code:
        yield f"typed again: {ran.said}"
    if ran.code == truth.calm.code:
        now = state(place.box)
        differing = {
            name
            for name in now.files.keys() | truth.after.files.keys()
            if now.files.get(name) != truth.after.files.get(name)
        }
        yield from (f"not as if undisturbed: {name}" for name in differing - HOME)
        if now.rows != truth.after.rows:
            yield "the lake's rows are not as if undisturbed"
