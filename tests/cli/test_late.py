"""Commands are loaded when they are typed; what the list says of them is what they say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lakehouse.cli.main import COMMANDS, app
from typer.main import get_command

from lakehouse.paths import WarehousePaths

ROOT = Path(__file__).parent.parent.parent

# Modules of other projects, each of which takes as long as all that `--help` needs, or longer.
HEAVY = {
    "PIL", "av", "cv2", "duckdb", "fastexcel", "matplotlib", "mediapipe", "numpy", "polars",
    "pooch", "pyarrow", "pydantic", "rich", "scipy", "simplejpeg", "skimage", "sklearn",
}  # fmt: skip

LOADED = """
import contextlib, io, json, sys
from lakehouse.cli import main
sys.argv = ["lakehouse", *{words}]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*words: object, told: str = "") -> set[str]:
    """Name the modules that a command line loads, which tells this on standard error."""
    script = LOADED.format(words=[str(word) for word in words])
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    *said, modules = done.stderr.splitlines()
    assert "\n".join(said) == told
    return set(json.loads(modules))


def own(modules: set[str]) -> set[str]:
    return {name.removeprefix("lakehouse.") for name in modules if name.startswith("lakehouse.")}


def heavy(modules: set[str]) -> set[str]:
    return modules & HEAVY


def test_the_list_says_what_the_commands_say() -> None:
    group = get_command(app)
    for name, late in COMMANDS.items():
        first, _, _ = group.commands[name].help.partition("\n\n")
        first = " ".join(first.split())
        assert first == late.line or first.startswith(f"{late.line} "), name
        assert late.line.count(". ") == 0


def test_the_list_is_that_of_the_loaded_commands(lakehouse) -> None:
    group = get_command(app)
    shown = lakehouse("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in shown] == list(COMMANDS)
    for line, name in zip(shown, COMMANDS, strict=True):
        words = line.split(maxsplit=1)[1]
        assert words == group.commands[name].get_short_help_str(len(words))


def test_every_command_is_looked_up_by_its_name_alone() -> None:
    commands = get_command(app).commands
    assert len(commands) == len(COMMANDS) == len(list(commands))
    assert "sql" in commands
    assert "no such" not in commands
    assert commands.get("no such") is None
    assert commands["sql"] is commands["sql"]


@pytest.mark.slow
@pytest.mark.parametrize("words", [("--help",), ("--version",), ("squeal",)])
def test_the_list_of_commands_loads_none_of_them(words) -> None:
    unknown = "error: No such command 'squeal'. Did you mean 'sql'?; see `lakehouse --help`"
    modules = loaded(*words, told=unknown if words == ("squeal",) else "")
    # Typer reads all but these two options by pydantic.
    assert heavy(modules) == ({"pydantic"} if words == ("squeal",) else set())
    assert {name for name in own(modules) if name.startswith("cli.")} == {
        "cli.entry", "cli.late", "cli.main", "cli.options", "cli.output", "cli.process",
        "cli.streams", "cli.unasked",
    }  # fmt: skip
    assert {name.split(".")[0] for name in own(modules)} == {
        "cli", "clones", "errors", "files", "lake", "paths", "system", "warehouse",
    }  # fmt: skip
    assert {name for name in own(modules) if name.startswith(("lake.", "warehouse."))} == {
        "lake.leftovers", "lake.lock", "lake.swap", "warehouse.interrupts",
    }  # fmt: skip


@pytest.mark.slow
def test_a_query_loads_the_engine_and_tables_and_no_more(small_warehouse: WarehousePaths) -> None:
    modules = loaded("--warehouse", small_warehouse.root, "sql", "select 1")
    # Typer reads a command's options by pydantic.
    assert heavy(modules) == {"duckdb", "numpy", "polars", "pyarrow", "pydantic", "rich"}
    assert not {"pyarrow.parquet", "pyarrow.dataset"} & modules
    assert not {"warehouse.models", "settings.model", "lake.parts"} & own(modules)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("status",), ("tables",), ("check",), ("init", "--show"), ("model", "path"),
        ("build", "--help"), ("scores", "--help"), ("extract", "--help"), ("demo", "--help"),
        ("render", "masks", "--help"), ("render", "faces", "--help"), ("synthesize", "--help"),
        ("doctor", "--help"),
    ],
)  # fmt: skip
def test_nothing_that_draws_or_detects_is_loaded_where_nothing_is(
    small_warehouse: WarehousePaths, words
) -> None:
    modules = loaded("--warehouse", small_warehouse.root, *words)
    assert not {"cv2", "mediapipe", "sklearn", "scipy", "skimage", "matplotlib"} & modules


AFTERWARDS = """
import contextlib, gc, io, json, os, sys
from lakehouse.cli import main
sys.argv = ["lakehouse", *{words}]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
from threadpoolctl import threadpool_info
import numpy
threads = [pool["num_threads"] for pool in threadpool_info() if pool["internal_api"] == "openblas"]
print(*threads[:1], gc.get_freeze_count(), gc.isenabled(), os.environ.get("OPENBLAS_NUM_THREADS"))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "given", "threads"),
    [
        (("sql", "select 1"), {}, "1"),
        (("sql", "select 1"), {"OPENBLAS_NUM_THREADS": "2"}, "2"),
        (("correlations",), {"OPENBLAS_NUM_THREADS": "2"}, "2"),
    ],
)
def test_what_hastens_the_loading_does_not_outlast_it(
    small_warehouse: WarehousePaths, words, given, threads
) -> None:
    line = ["--warehouse", str(small_warehouse.root), *words]
    clean = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", AFTERWARDS.format(words=line)],
        env=clean | given, capture_output=True, text=True, check=True,
    )  # fmt: skip
    # Of a library that would find something amiss at the end, a word too.
    assert done.stderr == ""
    shown = done.stdout.splitlines()[-1].split()
    assert shown == [threads, "0", "True", given.get("OPENBLAS_NUM_THREADS", "None")]
