"""Clients of other versions than the engine's: R's, DBeaver's, an older command line."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings.measures import KINDS, example_measures
from lakehouse.warehouse.build import build
from lakehouse.warehouse.macros import load_macros
from lakehouse.warehouse.models import INTERNAL, load_models, relations_read
from lakehouse.warehouse.query import fetch
from tests.copies import copied
from tests.lean import LEAN

MODELS = load_models()
RELATIONS = [model.relation for model in MODELS]
EXAMPLES = [macro.header.example for macro in load_macros()]
ASK = """
import json
import sys
import duckdb

file, of_the_lake, relations, examples = json.loads(sys.stdin.read())


def count(connection, query):
    return connection.execute(f"select count(*) from ({query}) as asked").fetchone()[0]


def comments(connection):
    return connection.execute(
        "select schema_name, table_name, '', comment from duckdb_tables() union all "
        "select schema_name, view_name, '', comment from duckdb_views() where not internal "
        "union all select schema_name, table_name, column_name, comment from duckdb_columns() "
        "where not internal order by all"
    ).fetchall()


answer = {"version": duckdb.__version__}
with duckdb.connect(file, read_only=True) as connection:
    answer["lake"] = count(connection, of_the_lake)
    answer["opened"] = [count(connection, f"from {name}") for name in relations]
    answer["macros"] = [count(connection, query) for query in examples]
    answer["comments"] = comments(connection)
with duckdb.connect() as connection:
    connection.execute(f"attach '{file}' as another (read_only)")
    answer["attached"] = [count(connection, f"from another.{name}") for name in relations]
    answer["comments attached"] = comments(connection)
    connection.execute("use another")
    answer["used"] = [count(connection, f"from {name}") for name in relations]
    answer["macros used"] = [count(connection, query) for query in examples]
print(json.dumps(answer))
"""


# Asks for the values, not only for how many rows there are.
OF_THE_LAKE = "select distinct participant, photo, point, x, y, z from 'lake/landmarks/*.parquet'"


def client(version: str | None, folder: Path) -> Path:
    """Give a Python that has this version of the engine; None is the present one."""
    if version is None:
        return Path(sys.executable)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    # The project's own pins are not this environment's.
    environment = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", f"duckdb=={version}"],
        check=True,
        env=environment,
    )
    return python


def asked(
    python: Path, folder: Path, relations: list[str], examples: list[str] = EXAMPLES
) -> dict[str, Any]:
    ended = subprocess.run(
        [python, "-c", ASK],
        input=json.dumps(["lakehouse.duckdb", OF_THE_LAKE, relations, examples]),
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return dict(json.loads(ended.stdout))


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.2.2", pytest.param(None, marks=pytest.mark.exhaustive)])
def test_a_client_reads_the_lake_and_all_of_a_moved_warehouse_opened_and_under_another_name(
    small_warehouse: WarehousePaths, tmp_path: Path, version: str | None
) -> None:
    moved = copied(small_warehouse.root, tmp_path / "moved here")

    answer = asked(client(version, tmp_path), moved, RELATIONS)

    assert answer["version"] == (version or duckdb.__version__)
    with duckdb.connect() as connection:
        landmarks = OF_THE_LAKE.replace("lake/", f"{moved}/lake/")
        [(expected,)] = connection.execute(f"select count(*) from ({landmarks})").fetchall()
    assert answer["lake"] == expected > 0
    rows = [
        fetch(small_warehouse, f"select count(*) as n from {name}").item() for name in RELATIONS
    ]
    assert answer["opened"] == answer["attached"] == answer["used"] == rows
    given = [
        fetch(small_warehouse, f"select count(*) as n from ({query}) as asked").item()
        for query in EXAMPLES
    ]
    assert answer["macros"] == answer["macros used"] == given
    assert answer["comments"] == answer["comments attached"]
    said = {
        f"{schema}.{name}".removeprefix("main."): comment
        for schema, name, column, comment in answer["comments"]
        if not column
    }
    assert said == {model.relation: model.comment for model in MODELS}
    assert all(comment for *_, comment in answer["comments"])


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.2.2"])
def test_a_client_reads_measures_and_views_of_ones_own(
    small_warehouse: WarehousePaths, tmp_path: Path, version: str
) -> None:
    paths = WarehousePaths(tmp_path / "study")
    shutil.copytree(small_warehouse.lake, paths.lake)
    paths.own.write_text(
        "create view own.openings as from measures where measure = 'mouth_opening';\n"
        "create table own.kinds as select distinct kind from measure_definitions;\n"
        "create macro own.of(name) as table select * from measures where measure = name;\n"
    )
    build(paths, LEAN.model_copy(update={"measures": example_measures()}))
    relations = ["measures", "photo_measures", "measure_definitions", "own.kinds", "features_wide"]
    own = ["from own.openings", "from own.of('mouth_opening')", "from own.kinds"]

    answer = asked(client(version, tmp_path), paths.root, relations, own)

    assert answer["opened"] == answer["attached"] == answer["used"]
    assert min(answer["opened"]) > 0
    assert answer["macros"] == answer["macros used"]
    assert answer["macros"][0] == answer["macros"][1] > 0
    assert answer["macros"][2] == len(KINDS)


def test_views_of_the_inner_schema_read_that_schema_alone() -> None:
    """Where a file is attached under another name, clients of version 1 look nowhere else."""
    views = [model for model in MODELS if model.header.internal]
    views = [model for model in views if model.header.materialized == "view"]
    assert views
    with duckdb.connect() as connection:
        for model in views:
            read = relations_read(connection, model.query)
            assert {name.partition(".")[0] for name in read} == {INTERNAL}, model.name


def test_no_model_names_the_schema_main() -> None:
    """A view that names it is not found in an attached file by clients of version 1."""
    assert [model.name for model in MODELS if "main." in model.query] == []
