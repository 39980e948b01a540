"""How long Spark and Sail take for the relations that DuckDB makes, on the cores of this machine.

Each engine builds the same made-up cohort in a process of its own. Processor time and memory are
those of the process with all below it: Java, its Python workers, the machines of a cluster and the
server of Sail too. Every relation is compared with DuckDB's, and where they differ by more than
1e-9 it is said.

    python benchmarks/spark.py
    python benchmarks/spark.py --participants 24 --pairs --statistics --engines local cluster
    python benchmarks/spark.py --participants 3090 --memory 8 --finish duckdb --folder /large
    python benchmarks/spark.py --participants 30900 --expressions neutral happiness --memory 8

Sail needs an environment with pysail, and pyspark-client in the place of pyspark:

    python benchmarks/spark.py --engines local cluster sail --sail sail/bin/python
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.models import Extra
from tests.lakehouse.spark.cluster import MASTER_HOST, free_port, spark_cluster, wait_for

DUCKDB = "duckdb"
NEAR = 1e-9
SLOWEST = 10
OF_THE_ENGINE = {"engine", "started", "seconds"}
WATCHED_EVERY_S = 0.5


def main() -> None:
    options = parsed()
    if options.child:
        print(json.dumps(run_child(options)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        from lakehouse.synthetic.cohort import write_cohort

        paths = WarehousePaths(Path(folder) / "warehouse")
        settings = settings_of(options)
        write_cohort(paths, settings, participants=options.participants, photos=options.photos)
        print(f"{options.participants:,} participants, {options.cores} cores, {options.finish}")
        print(f"{'':10}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}", flush=True)
        for engine in [DUCKDB, *options.engines]:
            try:
                one = in_child(engine, folder, options)
            except subprocess.CalledProcessError as error:
                # The others are measured all the same, but nothing is compared without DuckDB.
                if engine == DUCKDB:
                    raise SystemExit(f"{engine} failed with exit code {error.returncode}") from None
                print(f"{engine:10}failed with exit code {error.returncode}", flush=True)
                continue
            print(f"{engine:10}{one['wall']:9.1f}{one['cpu']:9.1f}{one['peak']:9.0f}", flush=True)
            if engine == DUCKDB:
                continue
            compare(Path(folder), engine, options)
            slowest = sorted(one["models"].items(), key=lambda each: -each[1])
            for name, seconds in slowest[:SLOWEST]:
                print(f"  {name:34}{seconds:8.1f} s", flush=True)
            shutil.rmtree(Path(folder) / f"of_{engine}")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--photos", type=int, default=3, help="of each cell")
    known = [*Settings().dataset.expressions.values()]
    parser.add_argument("--expressions", nargs="+", choices=known, help="neutral first; else all")
    parser.add_argument(
        "--engines",
        nargs="*",
        default=["local"],
        choices=["local", "cluster", "sail"],
        help="besides DuckDB; a cluster has two workers of one core",
    )
    parser.add_argument("--sail", metavar="PYTHON", help="which has pysail and pyspark-client")
    parser.add_argument("--cores", type=int, default=2, help="of all engines but the cluster")
    parser.add_argument("--memory", type=int, default=4, help="of Spark, in GB")
    parser.add_argument("--conf", action="append", default=[], help="NAME=VALUE, of Spark")
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--statistics", action="store_true")
    parser.add_argument("--finish", choices=["none", "duckdb"], default="none")
    parser.add_argument("--folder", help="with room for the lake and two results")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if "sail" in options.engines and not options.sail:
        parser.error("sail needs --sail PYTHON, the interpreter of its environment")
    return options


def settings_of(options: argparse.Namespace) -> Settings:
    known = Settings().dataset.expressions
    chosen = {code: name for code, name in known.items() if name in (options.expressions or [name])}
    quality = {"photos_per_mask": options.photos}
    return Settings.model_validate({"dataset": {"expressions": chosen}, "quality": quality})


def in_child(engine: str, folder: str, options: argparse.Namespace) -> dict[str, Any]:
    """Build with one of the engines in a process of its own."""
    python = options.sail if engine == "sail" else sys.executable
    command = [python, __file__, *sys.argv[1:], "--child", engine, "--folder", folder]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def run_child(options: argparse.Namespace) -> dict[str, Any]:
    """Build, and measure this process with all below it."""
    asked = {Extra.PAIRS: options.pairs, Extra.STATISTICS: options.statistics}
    extras = [extra for extra, wanted in asked.items() if wanted]
    models: dict[str, float] = {}
    with engine_of(options) as (master, config), Watch() as watch:
        build(options, master, config, extras, models)
    return {"wall": watch.wall, "cpu": watch.cpu, "peak": watch.peak, "models": models}


@contextmanager
def engine_of(options: argparse.Namespace) -> Iterator[tuple[str, dict[str, str]]]:
    """Start what has to run before a build; give the master and the settings of a session."""
    asked = {"spark.driver.memory": f"{options.memory}g"}
    asked |= dict(each.split("=", 1) for each in options.conf)
    logs = Path(options.folder) / f"logs_{options.child}"
    if options.child == "cluster":
        half = f"{options.memory * 512}m"
        here = {f"spark.driver.{name}": MASTER_HOST for name in ("host", "bindAddress")}
        executors = {"spark.executor.cores": "1", "spark.executor.memory": half}
        with spark_cluster(logs, half) as cluster:
            os.environ.update(cluster.environment)
            yield cluster.master, here | executors | asked
    elif options.child == "sail":
        with sail_server(logs, options.cores) as master:
            yield master, {}
    else:
        yield f"local[{options.cores}]", asked


@contextmanager
def sail_server(logs: Path, cores: int) -> Iterator[str]:
    """Start Sail; at the end nothing of it runs."""
    port = free_port()
    words = [sys.executable, "-m", "pysail", "spark", "server"]
    words += ["--ip", MASTER_HOST, "--port", str(port)]
    environment = os.environ | {"SAIL_EXECUTION__DEFAULT_PARALLELISM": str(cores)}
    with (
        logs.open("ab") as said,
        subprocess.Popen(words, stdout=said, stderr=said, env=environment) as server,
    ):
        try:
            wait_for(port)
            yield f"sc://{MASTER_HOST}:{port}"
        finally:
            server.kill()


def build(
    options: argparse.Namespace,
    master: str,
    config: dict[str, str],
    extras: list[Extra],
    models: dict[str, float],
) -> None:
    from lakehouse.warehouse.build import BuiltModel, Listeners

    def on_model(model: BuiltModel) -> None:
        models[model.name] = model.seconds

    folder = Path(options.folder)
    if options.child == DUCKDB:
        from lakehouse.warehouse.build import build as by_duckdb

        by_duckdb(WarehousePaths(folder / "warehouse"), settings_of(options), extras=extras)
        return
    from lakehouse.spark.build import Cluster, build_on_spark
    from lakehouse.spark.choices import Finish
    from lakehouse.spark.sources import Place

    # Its own warehouse, with the same lake, for a database of its own.
    paths = WarehousePaths(folder / f"of_{options.child}")
    paths.root.mkdir()
    paths.lake.symlink_to(folder / "warehouse" / "lake")
    places = Place(str(paths.lake)), Place(str(paths.spark))
    build_on_spark(
        *(paths, settings_of(options), Cluster(master, *places, config)),
        extras=extras,
        ending=Finish(options.finish),
        listeners=Listeners(on_model),
    )


class Watch:
    """Measures a block: wall time, and processor time and memory of all processes of this one."""

    def __enter__(self) -> Watch:
        self.peak = self.cpu = 0.0
        self._started = time.perf_counter()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.perf_counter() - self._started
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        import psutil

        me = psutil.Process()
        while True:
            ended = self._ended.wait(WATCHED_EVERY_S)
            cpu = resident = 0.0
            for process in (me, *me.children(recursive=True)):
                try:
                    cpu += sum(process.cpu_times()[:4])
                    resident += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            # What a process took that has ended is its parent's from then on.
            self.cpu, self.peak = max(self.cpu, cpu), max(self.peak, resident / 1e6)
            if ended:
                return


def compare(folder: Path, engine: str, options: argparse.Namespace) -> None:
    """Say how many relations of an engine are DuckDB's, and where they differ."""
    import duckdb

    from lakehouse.spark.build import folder_of
    from lakehouse.warehouse.models import load_models

    of_duckdb = WarehousePaths(folder / "warehouse").database
    of_engine = WarehousePaths(folder / f"of_{engine}")
    equal = 0
    with duckdb.connect(str(of_duckdb), read_only=True) as connection:
        connection.execute(f"set memory_limit = '{options.memory}GB'")
        connection.execute(f"set temp_directory = '{folder / 'spilled'}'")
        if options.finish == "duckdb":
            connection.execute(f"attach '{of_engine.database}' as other (read_only)")
        built = {
            name
            for (name,) in connection.execute("select table_name from duckdb_columns()").fetchall()
        }
        for model in load_models():
            if model.name not in built:
                continue
            if options.finish == "duckdb":
                schema, _, name = model.relation.rpartition(".")
                found = f"other.{schema or 'main'}.{name}"
            else:
                files = folder_of(of_engine.spark, model.relation) / "*.parquet"
                found = f"read_parquet('{files}', hive_partitioning = false)"
            differing = different(connection, found, model.relation, model.header.key)
            equal += not differing
            if differing:
                print(f"  differs: {model.relation}: {', '.join(differing)}")
    print(f"  {equal} relations are equal")


def different(connection: Any, found: str, expected: str, key: list[str]) -> list[str]:
    """Name the columns in which two relations differ, with the largest difference.

    DuckDB joins them by their keys, so that they may be larger than the memory.
    """
    columns = described(connection, expected)
    if described(connection, found) != columns:
        return ["types"]
    compared = sorted(columns.keys() - OF_THE_ENGINE - set(key))
    counts = ["count(*) filter (mine is null or theirs is null)"]
    for name in compared:
        is_float = columns[name] in {"DOUBLE", "FLOAT"}
        is_off, off = f'm."{name}" is distinct from t."{name}"', "null::double"
        if is_float:
            off = f'abs(m."{name}" - t."{name}")'
            is_off += f' and not coalesce({off} <= {NEAR} + {NEAR} * abs(t."{name}"), false)'
        counts += [f"count(*) filter ({is_off})", f"max({off}) filter ({is_off})"]
    shared = [name for name in key if name not in OF_THE_ENGINE]
    on = " and ".join(f'm."{name}" is not distinct from t."{name}"' for name in shared) or "true"
    [row] = connection.execute(
        f"select {', '.join(counts)} from (select *, 1 as mine from {found}) as m "
        f"full join (select *, 1 as theirs from {expected}) as t on {on}"
    ).fetchall()
    names = [f"{row[0]} rows are in one only"] if row[0] else []
    for place, name in enumerate(compared):
        beyond, most = row[1 + 2 * place : 3 + 2 * place]
        by = "" if most is None else f", by up to {most:.1e}"
        names += [f"{name} in {beyond} rows{by}"] if beyond else []
    return names


def described(connection: Any, relation: str) -> dict[str, str]:
    rows = connection.execute(f"describe from {relation}").fetchall()
    return {name: kind for name, kind, *_ in rows}


if __name__ == "__main__":
    main()
