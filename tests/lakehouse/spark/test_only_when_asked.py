"""Spark is loaded where a session is opened, and nowhere else."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

NONE = "".join(f"sys.modules['{name}'] = None\n" for name in ("pyspark", "py4j", "sqlglot"))
TYPED = f"""
import sys
{NONE}
sys.argv = ["lakehouse", *sys.argv[1:]]
from lakehouse.cli import main
main()
"""


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", TYPED, "--warehouse", str(folder / "w"), *words],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("words", [("spark", "build", "--help"), ("spark", "--help"), ("status",)])
def test_all_else_works_without_it(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = typed(tmp_path, *words)

    assert "Traceback" not in answer.stderr
    assert "spark" not in answer.stderr
    assert answer.stdout


def test_a_build_says_what_installs_it(tmp_path: Path) -> None:
    answer = typed(tmp_path, "spark", "build")

    assert (answer.returncode, answer.stderr) == (
        1,
        "error: Spark needs pyspark and sqlglot; pip install 'expression-lakehouse[spark]'\n",
    )
