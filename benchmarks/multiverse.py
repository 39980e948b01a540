"""How long `lakehouse multiverse` takes for a cohort of the study's size.

A run makes every specification that is asked for, with the databases that it needs, and the tests
of all of them together. Other work on the machine affects processor time least.

    python benchmarks/multiverse.py
    python benchmarks/multiverse.py --participants 40 --specifications 20
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from lakehouse.multiverse.run import walk
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import write_cohort


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--specifications", type=int, default=500)
    parser.add_argument("--permutations", type=int, default=999)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths, settings = WarehousePaths(Path(folder) / "warehouse"), Settings()
        write_cohort(paths, settings, participants=options.participants)
        wall, processor = time.perf_counter(), time.process_time()
        result = walk(
            paths, settings, limit=options.specifications, permutations=options.permutations
        )
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(result.specifications):,} specifications: {wall:.0f} s, "
        f"{processor:.0f} s of processor time, {peak:,.0f} MB at most"
    )


if __name__ == "__main__":
    main()
