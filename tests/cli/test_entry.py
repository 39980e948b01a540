"""What the shell starts: no traceback, whatever happens and whenever."""

import os
import subprocess
import sys

import pytest

LOADING = """
import os, signal, sys

class Pressed:
    # Ctrl-C at the moment at which a module is looked for.
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

from lakehouse.cli.entry import main
sys.meta_path.insert(0, Pressed)
sys.argv = ["lakehouse", *{words}]
main()
"""

FAILING = """
import errno, os, sys
import lakehouse.cli.main as commands
from lakehouse.cli.entry import main

def run():
    {body}

def press():
    os.kill(os.getpid(), 2)
    sys.stdin.isatty()  # a moment in which the handler runs

commands.run = run
main()
"""


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "LAKEHOUSE_DEBUG"}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=clean | environment
    )


BEFORE_ANY = ["lakehouse.warehouse.interrupts", "typer", "lakehouse.cli.main"]
OF_A_COMMAND = ["lakehouse.cli.explore", "duckdb", "numpy", "polars", "lakehouse.warehouse.query"]


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.parametrize("module", BEFORE_ANY + OF_A_COMMAND)
def test_an_interrupt_while_modules_load_ends_the_process_at_once(module):
    ended = python(LOADING.format(module=module, words=["tables", "--help"]))

    said = "error: interrupted before it began\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", said)


@pytest.mark.slow
def test_without_an_interrupt_the_same_line_works():
    ended = python(LOADING.format(module="no such module", words=["tables", "--help"]))

    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("module", OF_A_COMMAND)
def test_what_is_not_typed_is_not_loaded(module):
    ended = python(LOADING.format(module=module, words=["--help"]))

    assert (ended.returncode, ended.stderr) == (0, "")


def test_hardly_anything_is_loaded_before_interrupts_are_taken_care_of():
    ended = python("import sys, lakehouse.cli.entry; print(*sys.modules)")

    loaded = set(ended.stdout.split())
    assert not loaded & {"importlib.metadata", "typer", "rich", "polars", "duckdb", "numpy"}
    assert {name for name in loaded if name.startswith("lakehouse")} == {
        "lakehouse", "lakehouse.clones", "lakehouse.cli", "lakehouse.cli.entry",
        "lakehouse.cli.streams",
    }  # fmt: skip


@pytest.mark.slow
def test_a_program_that_ignores_interrupts_goes_on_ignoring_them():
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"

    ended = python(ignoring + LOADING.format(module="polars", words=["tables", "--help"]))

    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_fault_of_the_program_is_one_line_without_anybodys_data():
    ended = python(FAILING.format(body="raise KeyError('somebody')"))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("error: the program failed where it should not (KeyError")
    assert "LAKEHOUSE_DEBUG=1 shows the traceback" in ended.stderr
    assert "somebody" not in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_fault_names_the_line_of_the_program():
    body = "from lakehouse.paths import owner_of; owner_of(None, None)"

    ended = python(FAILING.format(body=body))

    assert "(TypeError in lakehouse/paths.py, line " in ended.stderr


def test_who_asks_for_it_sees_the_traceback():
    ended = python(FAILING.format(body="raise KeyError('somebody')"), LAKEHOUSE_DEBUG="1")

    assert ended.returncode == 1
    assert ended.stderr.endswith("KeyError: 'somebody'\n")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("open('/no/such/file')", "/no/such/file: cannot be used (No such file or directory)"),
        ("raise OSError(errno.EIO, 'Input/output error')", "refused (Input/output error)"),
        ("raise MemoryError", "there is not enough memory for this"),
        ("raise RecursionError('deep')", "RecursionError"),
    ],
)
def test_what_the_system_refuses_is_one_line(body, said):
    ended = python(FAILING.format(body=body))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_interrupt_of_the_stopping_ends_with_130():
    ended = python(FAILING.format(body="raise KeyboardInterrupt"))

    assert ended.returncode == 130
    assert ended.stderr == "error: ended by Ctrl-C while it was stopping; finished work is kept\n"


def test_an_error_that_a_library_made_of_an_interrupt_is_none_of_the_program():
    body = """
    try:
        press()
    except KeyboardInterrupt:
        raise ImportError("numpy failed to import")
"""
    ended = python(FAILING.format(body=body.strip()))

    assert (ended.returncode, ended.stderr) == (130, "error: interrupted\n")
