"""Whether a flipped bit in the lake is ever read as data, and what it costs to know.

A lake of a study's size is made and built. Then, again and again, one bit of one file of the lake
is flipped, a build is asked for, and the bit is put back. A flip is noticed if the build refuses
and names the file; harmless if every value of the file is as before; else it was read as data.
Half of the flips fall anywhere in the lake, so mostly into landmarks; the others into the last
4 KB of a file drawn from all, where what Parquet says of a file lies. Every fiftieth is also shown
to `check`, `status` and `compact`.

    python benchmarks/flipped_bits.py
    python benchmarks/flipped_bits.py --flips 50 --participants 10
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.covariates.read import read_covariates
from lakehouse.covariates.store import store_covariates
from lakehouse.dataset.cells import CellOrder
from lakehouse.errors import LakeError
from lakehouse.lake.compact import compact
from lakehouse.lake.inspection import inspect
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import participant_ids, write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.status import status

FOOTER_BYTES = 4096
SHOWN_TO_ALL = 50
BUILDS = 3


class Flip(NamedTuple):
    """A bit of a file."""

    file: Path
    byte: int
    bit: int


def main() -> None:
    options = parsed()
    settings = Settings()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        paths = WarehousePaths(Path(folder) / "warehouse")
        write_lake(paths, settings, options.participants)
        print_share(paths, settings)
        found: Counter[str] = Counter()
        for number, flip in enumerate(flips(paths, options.flips, options.seed)):
            what = fate(paths, settings, flip)
            found[what] += 1
            if what == "read as data":
                print(f"{flip.file.relative_to(paths.lake)}: byte {flip.byte}, bit {flip.bit}")
            if number % SHOWN_TO_ALL == 0:
                with flipped(flip):
                    require_noticed_by_all(paths, settings, flip)
        print(f"{options.flips:,} flipped bits, seed {options.seed}: ", end="")
        print(", ".join(f"{found[what]:,} {what}" for what in FATES))
    sys.exit(1 if found["read as data"] else 0)


FATES = ("noticed", "harmless", "read as data")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where the lake is made, and deleted")
    return parser.parse_args()


def write_lake(paths: WarehousePaths, settings: Settings, participants: int) -> None:
    """Write landmarks, scores and covariates of a made-up cohort."""
    write_cohort(paths, settings, participants=participants)
    ages = pl.DataFrame(
        {"id": participant_ids(participants), "age": [20 + n % 50 for n in range(participants)]}
    )
    table = paths.root / "ages.csv"
    ages.write_csv(table)
    store_covariates(read_covariates(table, settings), paths)


def print_share(paths: WarehousePaths, settings: Settings) -> None:
    """Print how much of a build's time it takes to verify the lake."""
    builds, verifications = [], []
    for _ in range(BUILDS):
        started = time.perf_counter()
        build(paths, settings, force=True)
        builds.append(time.perf_counter() - started)
        started = time.perf_counter()
        files = inspect(paths).files
        verifications.append(time.perf_counter() - started)
    whole, share = statistics.median(builds), statistics.median(verifications)
    size = sum(file.stat().st_size for file in lake_files(paths)) / 1e6
    print(f"{size:,.0f} MB in {files:,} files; load {os.getloadavg()[0]:.1f}")
    print(f"build {whole:.2f} s, of which verifying {share:.3f} s: {100 * share / whole:.1f} %")


def lake_files(paths: WarehousePaths) -> list[Path]:
    """List the files of a lake that hold data."""
    return sorted(paths.lake.rglob("*.parquet"))


def flips(paths: WarehousePaths, number: int, seed: int) -> Iterator[Flip]:
    """Draw bits of a lake.

    Parameters
    ----------
    number : int
        How many.
    seed : int
        Of the draw.
    """
    draw = random.Random(seed)
    files = lake_files(paths)
    sizes = [file.stat().st_size for file in files]
    for count in range(number):
        if count % 2:
            [file] = draw.choices(files, sizes)
            first = 0
        else:
            file = draw.choice(files)
            first = max(0, file.stat().st_size - FOOTER_BYTES)
        yield Flip(file, draw.randrange(first, file.stat().st_size), draw.randrange(8))


@contextmanager
def flipped(flip: Flip) -> Iterator[None]:
    """Flip a bit, and put it back at the end."""
    turn(flip)
    try:
        yield
    finally:
        turn(flip)


def fate(paths: WarehousePaths, settings: Settings, flip: Flip) -> str:
    """Tell what a build makes of a flipped bit: one of `FATES`."""
    before = pq.ParquetFile(flip.file).read()
    with flipped(flip):
        try:
            build(paths, settings)
        except LakeError as error:
            name = str(flip.file.relative_to(paths.root))
            return "noticed" if name in str(error) else "read as data"
        try:
            same = pq.ParquetFile(flip.file).read().equals(before)
        except (OSError, pa.ArrowException):
            same = False
        return "harmless" if same else "read as data"


def require_noticed_by_all(paths: WarehousePaths, settings: Settings, flip: Flip) -> None:
    """Raise if a command that reads the lake takes a flipped bit for data."""
    name = flip.file.relative_to(paths.lake).as_posix()
    first = next(run_checks(paths))
    if first.kept or name not in first.broken_by["file"].to_list():
        raise AssertionError(f"check did not notice {flip}")
    if name not in [each.file for each in status(paths, settings).damaged]:
        raise AssertionError(f"status did not notice {flip}")
    try:
        compact(paths, CellOrder(list(settings.dataset.expression_codes())))
    except LakeError as error:
        if name in str(error):
            return
    raise AssertionError(f"compact did not notice {flip}")


def turn(flip: Flip) -> None:
    """Flip a bit, for good."""
    with flip.file.open("r+b") as file:
        file.seek(flip.byte)
        [value] = file.read(1)
        file.seek(flip.byte)
        file.write(bytes([value ^ 1 << flip.bit]))


if __name__ == "__main__":
    main()
