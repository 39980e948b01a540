"""SIGTERM and SIGHUP: the command ends, and takes with it whatever it had not finished."""

import os
import random
import signal
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest

from tests.attack.attacked import ATTACKED, Attacked
from tests.attack.judge import TruthOf, faults, laid_out, readable_by_others, state
from tests.attack.kills import Place
from tests.attack.prepared import Line, Moment, at_random

ENDINGS = 6
_ENDED = tuple(
    attacked
    for attacked in ATTACKED
    if attacked.name in {"extract", "scores", "build", "compact", "init"}
    or attacked.words[:2] in {("render", "faces"), ("render", "video"), ("sql", "-o")}
    or {"csv", "xlsx", "rds", "sav"} & set(attacked.words)
)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
@pytest.mark.parametrize("attacked", _ENDED, ids=lambda attacked: " ".join(attacked.words))
def test_nothing_unfinished_stays(
    place: Place, truth_of: TruthOf, attacked: Attacked, number: signal.Signals
) -> None:
    true = truth_of(attacked)
    chance = random.Random(zlib.crc32(f"{attacked.words} {number}".encode()))
    for _ in range(ENDINGS // 2):
        box = laid_out(attacked, place.templates, place.box)
        moment = replace(at_random(chance, true.calm), number=number)
        ran = place.prepared.run(Line(attacked.words, str(box)), moment)
        # It may have been done already.
        assert ran.code in (-number, 0), ran
        assert "Traceback" not in ran.said
        assert list(faults(true, state(box))) == []
        assert readable_by_others(box) == []


@pytest.mark.slow
def test_what_nohup_starts_goes_on_after_a_hangup(place: Place) -> None:
    [attacked] = [each for each in ATTACKED if each.words == ("build", "--force")]
    box = laid_out(attacked, place.templates, place.box)
    ignoring = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    start = (
        ignoring
        + "os.execv(sys.executable, [sys.executable, '-m', 'lakehouse.cli', 'build', '--force'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", start],
        cwd=box,
        env={**os.environ, "HOME": str(box / "home")},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        child.send_signal(signal.SIGHUP)
        rest, _ = child.communicate(timeout=120)
    assert child.returncode == 0
    assert rest.splitlines()[-1].startswith("built "), first


@pytest.mark.slow
def test_a_second_signal_leaves_nothing_either(place: Place, truth_of: TruthOf) -> None:
    [attacked] = [each for each in ATTACKED if each.words == ("build", "--force")]
    true = truth_of(attacked)
    for change in range(0, true.calm.changes, 3):
        box = laid_out(attacked, place.templates, place.box)
        moment = Moment(change=change, number=signal.SIGTERM, again=True)
        ran = place.prepared.run(Line(attacked.words, str(box)), moment)
        assert ran.code == -signal.SIGTERM, ran
        assert list(faults(true, state(box))) == [], change
