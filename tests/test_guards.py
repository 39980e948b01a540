"""What the linters forbid: each rule is broken on purpose, in a copy or in a snippet."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.linters import ROOT, ruff

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]

COMMANDS = "the library never imports the commands"
STEPS = "steps and pictures take and give tables and arrays, and know no database"
STATISTICS = "statistics know arrays only"
ALIKE = "what `make test-portable` passes over asks no system"
WORKERS = "MediaPipe and OpenCV stay inside the workers"
DRAWING = "who draws has OpenCV of lakehouse.opencv, where its first use loads it"
LAYERS = "layers of the library"
CIRCLES = "no circles among packages"
SPARK = "Spark stays in its room, and is loaded when it is asked for"

OFFENCES = [
    (COMMANDS, {"lakehouse/demo.py": "from cli import main"}),
    (COMMANDS, {"lakehouse/errors.py": "import typer"}),
    (COMMANDS, {"lakehouse/warehouse/build.py": "from rich.table import Table"}),
    (STEPS, {"lakehouse/steps/matrices.py": "import duckdb"}),
    (SPARK, {"lakehouse/warehouse/build.py": "import pyspark"}),
    (SPARK, {"cli/build.py": "import sqlglot"}),
    (STEPS, {"lakehouse/steps/pairs/changes.py": "import lakehouse.warehouse.query"}),
    (STEPS, {"lakehouse/statistics/regression.py": "import duckdb"}),
    (STEPS, {"lakehouse/figures/text.py": "from lakehouse.lake import parts"}),
    (STATISTICS, {"lakehouse/statistics/regression.py": "import polars"}),
    (STATISTICS, {"lakehouse/statistics/regression.py": "from pyarrow import parquet"}),
    (ALIKE, {"lakehouse/steps/matrices.py": "from lakehouse.system import kernel"}),
    (WORKERS, {"lakehouse/warehouse/build.py": "import mediapipe"}),
    (WORKERS, {"lakehouse/inputs/published.py": "import cv2"}),
    (DRAWING, {"lakehouse/figures/text.py": "import cv2"}),
    (DRAWING, {"lakehouse/synthetic/warp.py": "from cv2 import resize"}),
    # Upwards; upwards past a layer; between two that lie beside each other; in no layer at all.
    (LAYERS, {"lakehouse/errors.py": "import lakehouse.system.processors"}),
    (LAYERS, {"lakehouse/inputs/published.py": "import lakehouse.exporting.export"}),
    (LAYERS, {"lakehouse/scores/read.py": "import lakehouse.covariates.read"}),
    (LAYERS, {"lakehouse/attic/__init__.py": ""}),
    (LAYERS, {"lakehouse/attic.py": ""}),
    # Of rooms, of subjects in a room, of modules in a subject.
    (CIRCLES, {"lakehouse/errors.py": "import lakehouse.warehouse.build"}),
    (
        CIRCLES,
        {
            "lakehouse/steps/cue/effects.py": "import lakehouse.steps.pairs.changes",
            "lakehouse/steps/pairs/changes.py": "import lakehouse.steps.cue.effects",
        },
    ),
    (
        CIRCLES,
        {
            "lakehouse/steps/clusters/agreement.py": "import lakehouse.steps.clusters.choice",
            "lakehouse/steps/clusters/choice.py": "import lakehouse.steps.clusters.agreement",
        },
    ),
]


def broken_contracts(tree: Path) -> set[str]:
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", lint],
        cwd=tree,
        env={"PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = set(re.findall(r"^(.*) BROKEN(?: \(.*\))?$", done.stdout, re.MULTILINE))
    assert done.returncode == bool(broken), done.stdout + done.stderr
    return broken


@pytest.fixture
def tree(tmp_path) -> Path:
    for name in ("lakehouse", "cli"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_the_tree_as_it_is_breaks_no_contract(tree):
    assert broken_contracts(tree) == set()


# The imports of the whole library are read for each.
@pytest.mark.slow
@pytest.mark.parametrize(("contract", "offence"), OFFENCES)
def test_an_import_breaks_its_contract(tree, contract, offence):
    for module, line in offence.items():
        (tree / module).parent.mkdir(exist_ok=True)
        with (tree / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")

    assert contract in broken_contracts(tree)


def test_every_contract_is_broken_by_some_import():
    assert {contract["name"] for contract in CONTRACTS} == {contract for contract, *_ in OFFENCES}


IMPORTS_OF_COMMANDS = """\
import lakehouse.cli
import lakehouse.cli.main as commands
from lakehouse import cli
from lakehouse.cli import main
from lakehouse.cli.main import app
from .. import cli
from ..cli import main
from ..cli.main import app
import cli
from cli.main import app
import typer
from typer import Option
import rich
from rich.table import Table
"""


@pytest.mark.parametrize("name", ["lakehouse/figures/new.py", "lakehouse/statistics/new.py"])
def test_ruff_refuses_every_way_to_import_the_commands(name):
    found = ruff(name, IMPORTS_OF_COMMANDS)

    refused = [one["location"]["row"] for one in found if one["code"] == "TID251"]
    assert refused == list(range(1, IMPORTS_OF_COMMANDS.count("\n") + 1))


@pytest.mark.parametrize("name", ["cli/new.py", "tests/cli/new.py", "docs/new.py"])
def test_the_commands_and_what_tries_them_may_import_them(name):
    assert "TID251" not in {one["code"] for one in ruff(name, IMPORTS_OF_COMMANDS)}


A_COMMAND = re.compile(r"([\w.]*\.)?cli(\.\w+)*|(typer|rich)(\.\w+)*")


def texts_that_name_commands(source: str) -> Iterator[int]:
    """Give the lines of texts by which a module of the commands could be imported."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):  # noqa: SIM102
            if A_COMMAND.fullmatch(node.value):
                yield node.lineno


@pytest.mark.parametrize(
    "source",
    [
        "import_module('lakehouse.cli')",
        "importlib.import_module('lakehouse.cli.main')",
        "import_module('..cli', __package__)",
        "__import__('cli.main')",
        "import_module(f'{package}.cli')",
        "NAME = 'typer'",
        "import_module('rich.table')",
    ],
)
def test_a_text_that_names_the_commands_is_found(source):
    assert list(texts_that_name_commands(source)) == [1]


@pytest.mark.slow
def test_no_text_of_the_library_names_the_commands():
    # `clones` looks for them, so that two clones are not mixed, and imports nothing.
    # `python -m lakehouse` is the command, and nobody imports what it runs.
    aware = {ROOT / "lakehouse" / name for name in ("clones.py", "__main__.py")}
    sources = set((ROOT / "lakehouse").rglob("*.py")) - aware

    assert len(sources) > 100
    for path in sources:
        lines = list(texts_that_name_commands(path.read_text(encoding="utf-8")))
        assert not lines, f"{path}, lines {lines}"
