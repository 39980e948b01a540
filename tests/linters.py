"""The linters, asked about sources that are not in the tree."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def ruff(name: str, source: str) -> list[dict]:
    """Give what ruff has against a source, were it in a file of that name."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "json",
         "--stdin-filename", name, "-"],
        input=source,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return json.loads(done.stdout)
