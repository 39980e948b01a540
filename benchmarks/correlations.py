"""How long correlations take, compared with a loop of SciPy calls over all pairs of columns.

The study's programs called pearsonr and spearmanr for every pair of columns of one wide table
of features and scores. The loop here does the same; the product correlates whole matrices. Both
give r and p of both methods, and the script stops if they differ. Times are processor time, which
other work on the machine affects least.

The script then builds a whole warehouse with --statistics from a cohort of the same size and lists
the slowest relations.

    python benchmarks/correlations.py
    python benchmarks/correlations.py --participants 3090 --runs 3 --no-build
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import stats

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.statistics.correlation import pearson, spearman

Matrix = npt.NDArray[np.float64]

FEATURES, INSTRUMENTS = 90, 6
TARGET = 100
BUILD_TARGET_S, STATISTICS_TARGET_S = 60, 20
SLOWEST = 12
RESULTS = {"clusters", "correlations", "reliability", "cue", "expressions", "smile"}
"""Folders of models that are listed beside those of --statistics."""
METHODS = ((stats.pearsonr, pearson), (stats.spearmanr, spearman))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-build", action="store_true", help="only the correlations")
    options = parser.parse_args()
    print(f"{options.participants:,} participants; {os.cpu_count()} cores, ", end="")
    print(f"load {os.getloadavg()[0]:.1f}; median of {options.runs} runs\n")
    print("| table | pairs | loop | matrices | times as fast |")
    print("| --- | ---: | ---: | ---: | ---: |")
    slow = [
        name
        for name, missing in (("complete", 0.0), ("one score in fifty missing", 0.02))
        if measured(name, wide_table(options.participants, missing), options.runs) < TARGET
    ]
    if slow:
        print(f"\nless than {TARGET} times as fast: {', '.join(slow)}")
    if not options.no_build:
        build_with_statistics(options.participants)


def wide_table(participants: int, missing: float) -> Matrix:
    """Draw correlated features and skewed whole scores, shape (participants, 96)."""
    random = np.random.default_rng(0)
    latent = random.normal(0, 1, (participants, FEATURES)) + random.normal(0, 1, (participants, 1))
    scores = np.floor(random.gamma(1.5, 6.0, (participants, INSTRUMENTS)))
    scores[random.random(scores.shape) < missing] = np.nan
    return np.concatenate([60 * np.exp(0.3 * latent), scores], axis=1)


def measured(name: str, table: Matrix, runs: int) -> float:
    """Compare both ways on a table, print their times and give their ratio."""
    compare(table)
    looped, multiplied = [], []
    for _ in range(runs):
        # Alternating, so that other work on the machine affects both.
        looped.append(seconds(lambda: loop(table)))
        multiplied.extend(seconds(lambda: matrices(table)) for _ in range(10))
    slow, fast = statistics.median(looped), statistics.median(multiplied)
    pairs = table.shape[1] * (table.shape[1] - 1) // 2
    print(f"| {name} | {pairs:,} | {slow:.2f} s | {1000 * fast:.1f} ms | {slow / fast:.0f} |")
    return slow / fast


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def loop(table: Matrix) -> Matrix:
    """Call SciPy for every pair of columns, shape (pairs, 4): r and p of both methods."""
    found = []
    for a, b in combinations(range(table.shape[1]), 2):
        x, y = table[:, a], table[:, b]
        known = ~(np.isnan(x) | np.isnan(y))
        results = [called(x[known], y[known]) for called, _ in METHODS]
        found.append([number for result in results for number in (result[0], result[1])])
    return np.array(found)


def matrices(table: Matrix) -> Matrix:
    """Correlate all columns with all columns at once, shape (pairs, 4)."""
    upper = np.triu_indices(table.shape[1], 1)
    results = [correlated(table, table) for _, correlated in METHODS]
    return np.stack([part[upper] for result in results for part in (result.r, result.p)], axis=1)


def compare(table: Matrix) -> None:
    """Stop unless both ways give the same numbers."""
    np.testing.assert_allclose(matrices(table), loop(table), rtol=1e-6, atol=1e-12)


def build_with_statistics(participants: int) -> None:
    """Build a warehouse with --statistics, and list its slowest relations."""
    # Loaded before the clock starts: importing SciPy and scikit-learn is not work on the data.
    from lakehouse.steps.registry import load_steps
    from lakehouse.synthetic.cohort import write_cohort
    from lakehouse.warehouse.build import build
    from lakehouse.warehouse.models import Extra, load_models

    load_steps()
    settings = Settings()
    results = {
        model.relation
        for model in load_models()
        if model.header.extra is Extra.STATISTICS or model.folder in RESULTS
    }
    with tempfile.TemporaryDirectory() as folder:
        paths = WarehousePaths(Path(folder))
        write_cohort(paths, settings, participants=participants)
        plain = seconds(lambda: build(paths, settings, extras=[]))
        started = time.process_time()
        result = build(paths, settings, extras=[Extra.STATISTICS])
        processor = time.process_time() - started
    of_results = [model for model in result.models if model.name in results]
    print(
        f"\nbuild with statistics, {settings.statistics.permutations:,} permutations and ", end=""
    )
    print(f"{settings.statistics.bootstraps:,} bootstraps: {result.seconds:.1f} s, ", end="")
    print(f"{processor:.1f} s of the processor, load {os.getloadavg()[0]:.1f}", end="")
    print("" if result.seconds < BUILD_TARGET_S else f"; over {BUILD_TARGET_S} s")
    extra = processor - plain
    print(f"of the processor's time --statistics took {extra:.1f} s", end="")
    print("" if extra < STATISTICS_TARGET_S else f"; over {STATISTICS_TARGET_S} s")
    print(f"of them results: {sum(model.seconds for model in of_results):.1f} s\n")
    print("| relation | rows | s |")
    print("| --- | ---: | ---: |")
    for model in sorted(result.models, key=lambda model: -model.seconds)[:SLOWEST]:
        print(f"| `{model.name}` | {model.rows:,} | {model.seconds:.2f} |")


if __name__ == "__main__":
    main()
