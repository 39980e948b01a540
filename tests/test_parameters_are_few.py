"""The linter refuses functions that take so many parameters that nobody tells them apart."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def found(where: str, parameters: str) -> set[str]:
    """Names of the rules that a function breaks."""
    command = [sys.executable, "-m", "ruff", "check", "--output-format=concise"]
    done = subprocess.run(
        [*command, "--stdin-filename", str(ROOT / where), "-"],
        input=f"def function({parameters}):\n    pass\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {rule for rule in ("PLR0913", "PLR0917") if rule in done.stdout}


@pytest.mark.parametrize(
    ("parameters", "rules"),
    [
        ("a, b, c, d, e, *, f", set()),
        ("a, b, c, d, e, f", {"PLR0917"}),
        ("a, b, *, c, d, e, f, g", {"PLR0913"}),
    ],
)
def test_a_function_of_the_library_takes_few(parameters, rules):
    assert found("lakehouse/warehouse/new.py", parameters) == rules


def test_a_command_takes_as_many_as_it_has_options():
    assert found("cli/new.py", "a, b, c, d, e, f, g, h") == set()
