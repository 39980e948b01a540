"""How often everything with a p errs, and how often every interval holds the truth.

The script makes the tables of docs/calibration.md. It draws cohorts of which the truth is known, of
several sizes, writes them as lakes and builds each as any study is built. In every relation it
counts what has p or q below 0.05 where nothing is to be found, and which intervals hold the truth;
benchmarks/calibration/registry.py says for each column what that is. The cohorts are of four kinds:

- null: scores have to do with nothing, and faces are the same with a cue as without;
- drift: the same, but heads nod by 3 degrees in all photographs with a cue;
- trembling: nobody moves, scores have to do with nothing, and some people's landmarks are noisier;
- planted: one score follows one movement, and the cue changes faces.

Another part, benchmarks/calibration/families.py, simulates 540 correlations alone, without faces.

    python benchmarks/null_cohorts.py --write
    python benchmarks/null_cohorts.py --cohorts 8 6 3 --large 600 --families 20
    python benchmarks/null_cohorts.py --kept FOLDER --write   (a run that was stopped goes on)
    python benchmarks/null_cohorts.py --list   (the columns that are not calibrated, at once)
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from calibration import families
from calibration.cohorts import KINDS, Cohort, built
from calibration.counting import Count, Truths, counts, truths_of
from calibration.page import PAGE, with_tables
from calibration.tables import (
    expected_coverage,
    intervals_table,
    left_table,
    levels_table,
    rates,
    tests_table,
)

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.models import load_models

SIZES = (20, 50, 309)
LARGE_SEED = 10**6


def main() -> None:
    options = parsed()
    tables = {"left": left_table(load_models())}
    if not options.list:
        context = get_context("spawn")
        with ProcessPoolExecutor(options.workers, mp_context=context) as pool:
            tables |= of_cohorts(pool, options)
            tables |= families.tables(pool, options.families, options.permutations)
    for name, lines in tables.items():
        print("\n".join([f"{name}:", "", *lines, ""]))
    if options.write:
        PAGE.write_text(with_tables(PAGE.read_text("utf-8"), tables), "utf-8")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--cohorts",
        type=int,
        nargs=len(SIZES),
        default=(40, 30, 10),
        help=f"cohorts of each kind, of {', '.join(map(str, SIZES))} participants",
    )
    parser.add_argument("--large", type=int, default=3090, help="participants that show the truth")
    parser.add_argument("--resamples", type=int, default=199, help="permutations in these cohorts")
    parser.add_argument("--families", type=int, default=200, help="cohorts of 540 correlations")
    parser.add_argument("--permutations", type=int, default=999, help="permutations in those")
    parser.add_argument("--workers", type=int, help="processes; all processors by default")
    parser.add_argument(
        "--kept", type=Path, help="where counts stay, for another run of the same program"
    )
    parser.add_argument("--list", action="store_true", help="only list what is not calibrated")
    parser.add_argument("--write", action="store_true", help="write the tables into the page")
    return parser.parse_args()


def of_cohorts(pool: ProcessPoolExecutor, options: argparse.Namespace) -> dict[str, list[str]]:
    """Build all cohorts and lay out what was counted in them."""
    large = Cohort("planted", options.large, LARGE_SEED, 0)
    truths = pool.submit(kept, truths_in, large, options.kept).result()
    places = [
        ((seed + 1) / number, size, kind, seed)
        for size, number in zip(SIZES, options.cohorts, strict=True)
        for kind in KINDS
        for seed in range(number)
    ]
    cohorts = [
        # No cohort shares people or scores with another of its kind. What is stopped has some of
        # each kind and size.
        Cohort(kind, size, 1000 * size + seed, options.resamples)
        for _, size, kind, seed in sorted(places)
    ]
    folder = options.kept / f"beside_{options.large}" if options.kept else None
    count = partial(counted_in, truths=truths)
    counted = list(pool.map(partial(kept, count, folder=folder), cohorts))
    tables = {"cohorts": made_of(options)}
    of_kinds = {}
    for kind in KINDS:
        of_kinds[kind] = rates(
            (cohort.participants, found)
            for cohort, found in zip(cohorts, counted, strict=True)
            if cohort.kind == kind
        )
        if kind != "planted":
            tables[f"{kind}_tests"] = tests_table(of_kinds[kind], SIZES)
        tables[f"{kind}_intervals"] = intervals_table(of_kinds[kind], SIZES)
    return tables | {"reliabilities": levels_table(of_kinds, SIZES)}


def made_of(options: argparse.Namespace) -> list[str]:
    """Say how many cohorts there were."""
    lines = ["| | " + " | ".join(f"n = {size}" for size in SIZES) + " |"]
    lines.append("| --- |" + " ---: |" * len(SIZES))
    lines.append("| cohorts of each kind | " + " | ".join(map(str, options.cohorts)) + " |")
    expected = [f"{100 * expected_coverage(size, options.large):.1f} %" for size in SIZES]
    lines.append(
        f"| right intervals that hold what {options.large} participants have | "
        f"{' | '.join(expected)} |"
    )
    lines.append(
        f"| permutations, and draws of a bootstrap | {' | '.join([str(options.resamples)] * 3)} |"
    )
    return lines


def kept(work: Callable[[Cohort], Any], cohort: Cohort, folder: Path | None) -> Any:
    """Work on a cohort, or read what an earlier run kept of that."""
    if folder is None:
        return work(cohort)
    name = f"{cohort.kind}_{cohort.participants}_{cohort.seed}_{cohort.resamples}.pickle"
    file = folder / name
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".new")
        unfinished.write_bytes(pickle.dumps(work(cohort)))
        unfinished.replace(file)
    return pickle.loads(file.read_bytes())


def counted_in(cohort: Cohort, truths: Truths) -> list[Count]:
    """Build a cohort and count."""
    with (
        tempfile.TemporaryDirectory() as folder,
        built(cohort, WarehousePaths(Path(folder))) as connection,
    ):
        return counts(connection, load_models(), cohort.kind, truths)


def truths_in(cohort: Cohort) -> Truths:
    """Build a very large cohort and read what its relations have."""
    with (
        tempfile.TemporaryDirectory() as folder,
        built(cohort, WarehousePaths(Path(folder))) as connection,
    ):
        return truths_of(connection, load_models())


if __name__ == "__main__":
    main()
