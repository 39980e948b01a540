"""Clients of other versions than the engine's: R's, DBeaver's, an older command line."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.macros import load_macros
from lakehouse.warehouse.models import load_models
from lakehouse.warehouse.query import fetch
from tests.copies import copied

RELATIONS = [model.name for model in load_models()]
EXAMPLES = [macro.header.example for macro in load_macros()]
ASK = """
import sys
import duckdb

connection = duckdb.connect(sys.argv[1], read_only=True)
print(duckdb.__version__)
for query in sys.argv[2:]:
    print(connection.execute(f"select count(*) from ({query}) as asked").fetchone()[0])
"""


# Asks for the values, not only for how many rows there are.
OF_THE_LAKE = "select distinct participant, photo, point, x, y, z from 'lake/landmarks/*.parquet'"


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.2.2", "1.4.4"])
def test_an_old_client_reads_the_lake_and_every_relation_and_macro_of_a_moved_warehouse(
    small_warehouse: WarehousePaths, tmp_path: Path, version: str
) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    # The project's own pins are not this environment's.
    environment = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", f"duckdb=={version}"],
        check=True,
        env=environment,
    )
    moved = copied(small_warehouse.root, tmp_path / "moved here")
    queries = [*(f"from {relation}" for relation in RELATIONS), *EXAMPLES]

    answer = subprocess.run(
        [python, "-c", ASK, "lakehouse.duckdb", OF_THE_LAKE, *queries],
        check=True,
        capture_output=True,
        text=True,
        cwd=moved,
    )

    found, of_the_lake, *counts = answer.stdout.split()
    assert found == version
    with duckdb.connect() as connection:
        landmarks = OF_THE_LAKE.replace("lake/", f"{moved}/lake/")
        [(expected,)] = connection.execute(f"select count(*) from ({landmarks})").fetchall()
    assert int(of_the_lake) == expected > 0
    assert [int(count) for count in counts] == [
        fetch(small_warehouse, f"select count(*) as n from ({query}) as asked").item()
        for query in queries
    ]
