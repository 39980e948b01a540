"""What is lost, doubled, invented, left behind or readable by others when commands are killed.

Every command that the program has is ended by SIGKILL, again and again: half of the times right
before a change of the disk that is drawn from all those the command makes, half of the times at
any moment. After each kill comes another command, which is not asked to write anything; then the
folder is compared with what the command starts from and with what it makes undisturbed: each
file, and each row of the lake. After every fifth kill the command is typed again, and what it
makes must be as if nothing had happened. Files and folders that others may read are looked for
at each kill, under the least private of all masks.

The face landmarker is a stand-in, and all commands are forks of one prepared process, so that a
thousand kills take minutes and not hours. `ATTACK_ROUNDS` sets their number.

    ATTACK_ROUNDS=1000 python benchmarks/kills.py
    python benchmarks/kills.py --seed 7 --minutes 25
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

# The tests hold what commands are given.
sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.attack.attacked import ATTACKED, READING, write_templates
from tests.attack.judge import truth
from tests.attack.kills import Place, kill
from tests.attack.prepared import Prepared

AGAIN_EVERY = 5
KINDS = (
    *("lost", "doubled", "invented", "left behind", "readable by others"),
    *("neither the old", "typed again", "not as if"),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="at most")
    options = parser.parse_args()
    rounds = int(os.environ.get("ATTACK_ROUNDS", "1000"))
    chance = random.Random(options.seed)
    started = time.monotonic()
    end = started + 60 * options.minutes
    killed: Counter[str] = Counter()
    found: Counter[str] = Counter()
    left = typed = 0
    with tempfile.TemporaryDirectory() as folder, Prepared() as prepared:
        place = Place(prepared, Path(folder) / "templates", Path(folder) / "box")
        write_templates(place.templates, prepared)
        truths = {
            attacked: truth(prepared, attacked, place.templates, place.box) for attacked in ATTACKED
        }
        while killed.total() < rounds and time.monotonic() < end:
            # The command killed least often so far, over all the ways it is attacked in; those
            # that write nothing which stays get a third.
            attacked = min(
                ATTACKED,
                key=lambda each: (
                    killed[each.name] * (3 if each.name in READING else 1),
                    chance.random(),
                ),
            )
            again = killed.total() % AGAIN_EVERY == 0
            done = kill(place, attacked, truths[attacked], chance, again=again)
            killed[attacked.name] += done.killed
            left += done.killed and bool(done.left)
            typed += done.killed and again
            for fault in done.faults:
                found[next((kind for kind in KINDS if fault.startswith(kind)), "else")] += 1
                print(f"{' '.join(attacked.words)}, {done.moment}: {fault}", flush=True)
    print(f"\n{'command':24}{'kills':>8}")
    for name, times in sorted(killed.items()):
        print(f"{name:24}{times:>8}")
    print(
        f"{'all':24}{killed.total():>8}\n\n"
        f"{left} of them left something for the next command to clear; "
        f"{typed} commands were typed again\n"
        f"{'; '.join(f'{found[kind]} {kind}' for kind in (*KINDS, 'else'))}\n"
        f"{(time.monotonic() - started) / 60:.1f} min"
    )


if __name__ == "__main__":
    main()
