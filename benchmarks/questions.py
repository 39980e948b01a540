"""How long the cookbook's fifteen questions take, at the paper's number of people.

The study is that of docs/cookbook.py with 309 participants, made up with scores, covariates,
measures and statistics, and with a score for each of the landmarker's 52 blendshapes. Every
question is asked several times of the open database and its rows are read; shown are the median
and the slowest, and what is above the limit. The first run reads the file, as an analyst's does.

    python benchmarks/questions.py
    python benchmarks/questions.py --relations          # reads every relation of main whole, too
    python benchmarks/questions.py --warehouse KEPT     # keeps the study there, or takes it
"""

import argparse
import os
import runpy
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow.parquet as pq

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra

DOCS = Path(__file__).parent.parent / "docs"
BOOK = runpy.run_path(str(DOCS / "cookbook.py"))
LIMIT_MS = 100
LARGEST_ROWS = 500_000
"""Of relations that are read whole; larger ones are not read whole by people."""

PHOTO = ["participant", "expression", "supervised", "photo"]


def main() -> None:
    options = parsed()
    if options.warehouse is not None:
        measure(options.warehouse, options)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "warehouse", options)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--relations", action="store_true")
    parser.add_argument("--warehouse", type=Path)
    return parser.parse_args()


def measure(folder: Path, options: argparse.Namespace) -> None:
    paths = WarehousePaths(folder)
    if not paths.lake.exists():
        paths = BOOK["write_study"](folder, options.participants)
        score_all_blendshapes(paths)
    if not paths.database.exists():
        started = time.perf_counter()
        build(paths, BOOK["SETTINGS"], extras=[Extra.STATISTICS])
        print(f"built in {time.perf_counter() - started:.1f} s")
    print(f"{options.participants} participants; median of {options.runs};", end=" ")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    page = (DOCS / "cookbook.md").read_text(encoding="utf-8")
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        for title, query in BOOK["fifteen"](page).items():
            show(title, ask(connection, query, options.runs))
        for relation in relations(connection) if options.relations else ():
            show(f"from {relation}", ask(connection, f"from {relation}", options.runs))


def score_all_blendshapes(paths: WarehousePaths) -> None:
    """Give every photograph a made-up score for the blendshapes that have none."""
    random = np.random.default_rng(0)
    mapped = Path(__file__).parent.parent / "sql" / "units" / "blendshape_action_units.sql"
    with duckdb.connect() as connection:
        names = connection.sql(mapped.read_text(encoding="utf-8")).pl()["blendshape"]
    for part in sorted(paths.blendshapes.glob("*.parquet")):
        schema = pq.read_schema(part)
        scored = pl.read_parquet(part)
        others = names.filter(~names.is_in(scored["blendshape"].unique().implode()))
        photos = scored.select(PHOTO).unique(maintain_order=True)
        drawn = photos.join(pl.DataFrame({"blendshape": others}), how="cross")
        scores = pl.Series("score", random.uniform(0, 1, len(drawn)), pl.Float32)
        table = pl.concat([scored, drawn.with_columns(scores)], how="vertical_relaxed")
        table = table.sort([*PHOTO, "blendshape"]).select(schema.names)
        pq.write_table(table.to_arrow().cast(schema), part, compression="zstd")


def relations(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Name the relations of `main` that people may read whole."""
    names = connection.execute(
        "select table_name from information_schema.tables "
        "where table_schema = 'main' order by table_name"
    ).fetchall()
    return [
        name
        for (name,) in names
        if connection.execute(f"select count(*) from {name}").fetchall()[0][0] <= LARGEST_ROWS
    ]


def ask(connection: duckdb.DuckDBPyConnection, query: str, runs: int) -> dict[str, Any]:
    """Time a question, in milliseconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        rows = connection.sql(query).pl().height
        times.append(1000 * (time.perf_counter() - started))
    return {"rows": rows, "median": statistics.median(times), "slowest": max(times)}


def show(title: str, asked: dict[str, Any]) -> None:
    slow = f"   over {LIMIT_MS} ms" if asked["median"] >= LIMIT_MS else ""
    print(
        f"{asked['median']:8.1f} {asked['slowest']:8.1f} ms{asked['rows']:9,} rows  {title}{slow}"
    )


if __name__ == "__main__":
    main()
