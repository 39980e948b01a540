"""The scripts of the page on several machines, run with stand-ins for what a cluster has."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from lakehouse.dataset.shard import Shard
from tests.docs.lines import PAGES

PAGE = PAGES["docs/shards.md"]
SCRIPTS = re.findall(r"^```bash\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)

PROGRAMS = {
    # What a machine is told, a line each; whoever is told last must have waited for the others.
    "lakehouse": 'case "$*" in *--shard*) sleep 0.3;; esac; echo "$LAKEHOUSE_WAREHOUSE $*" >> told',
    "ssh": 'shift; exec "$@"',
    "rsync": 'mkdir "$3"',
    "sbatch": """
case "$1" in
--parsable)
    tasks=$(sed -n 's/^#SBATCH --array=1-//p' "$2")
    for task in $(seq "$tasks"); do
        SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=4 bash "$2"
    done
    echo 17;;
--dependency=afterok:17)
    sh -c "$3";;
esac
""",
}


@pytest.fixture
def told(tmp_path: Path):
    """Run a script; give the command lines that machines were told."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in PROGRAMS.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o700)

    def run(script: str) -> list[str]:
        environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        environment.pop("LAKEHOUSE_WAREHOUSE", None)
        subprocess.run(["bash", "-ceu", script], cwd=tmp_path, env=environment, check=True)
        return (tmp_path / "told").read_text().splitlines()

    return run


def test_the_page_has_these_scripts() -> None:
    assert len(SCRIPTS) == 4


def test_an_array_job_extracts_all_shards_and_merges(told, tmp_path: Path) -> None:
    (tmp_path / "shards.sh").write_text(SCRIPTS[0])
    *shards, merge = told(SCRIPTS[1])
    extract = "/shared/study/warehouse extract /shared/study/photos"
    assert shards == [f"{extract} --shard {number}/8 --workers 4 --quiet" for number in range(1, 9)]
    assert merge == " --warehouse /shared/study/warehouse merge"


def test_a_loop_over_ssh_extracts_all_shards_at_once_and_merges(told) -> None:
    *shards, merge = told(SCRIPTS[2])
    found = [re.fullmatch(r".* extract /shared/study/photos --shard (.*) --quiet", line)
             for line in shards]  # fmt: skip
    assert sorted(str(Shard.parse(match[1])) for match in found if match) == ["1/3", "2/3", "3/3"]
    assert merge == " --warehouse /shared/study/warehouse merge"


def test_what_was_copied_from_each_machine_is_merged(told) -> None:
    assert told(SCRIPTS[3]) == [" --warehouse warehouse merge from/alpha from/beta from/gamma"]
