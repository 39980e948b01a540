"""`--install-completion`, and what the tab key then gives, in the shells that people use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lakehouse.cli.main import COMMANDS

from tests.cli.test_late import heavy, loaded
from tests.tools import require_tool

pytestmark = pytest.mark.slow

PROGRAM = Path(sys.executable).with_name("lakehouse")
NAMED = {
    # Typer's own word for: the shell is named, and not looked for among the parents.
    "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"
}
PWSH = """#!/bin/sh
echo "$*" >> "$HOME/asked"
[ "$*" != '-NoProfile -Command echo $profile' ] || echo "$HOME/profile.ps1"
"""


def lakehouse(*words: str, home: Path, **environment: str) -> str:
    done = subprocess.run(
        [PROGRAM, *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": str(home), **environment},
    )
    assert done.stderr == ""
    return done.stdout


@pytest.fixture
def complete(tmp_path: Path):
    """Ask for the words that may stand in the place of the last one, as a shell does."""

    def call(line: str, shell: str = "bash") -> list[str]:
        said = lakehouse(
            home=tmp_path,
            _LAKEHOUSE_COMPLETE=f"complete_{shell}",
            _TYPER_COMPLETE_ARGS=line,
            _TYPER_COMPLETE_WORD_TO_COMPLETE=line.rpartition(" ")[2],
            _TYPER_COMPLETE_FISH_ACTION="get-args",
            COMP_WORDS=line,
            COMP_CWORD=str(line.count(" ")),
        )
        return said.splitlines()

    return call


def test_it_gives_the_names_of_commands(complete) -> None:
    assert complete("lakehouse ") == list(COMMANDS)
    assert complete("lakehouse co") == ["covariates", "correlations", "compare", "compact"]
    assert complete("lakehouse render m") == ["masks", "muscles"]


def test_it_gives_options_and_the_words_that_they_take(complete) -> None:
    assert complete("lakehouse --w") == ["--warehouse"]
    assert "--dry-run" in complete("lakehouse extract --")
    assert {"csv", "rds"} <= set(complete("lakehouse export --format "))


def test_a_file_is_left_to_the_shell(complete) -> None:
    # No words: bash and fish then offer files, and zsh is told to.
    assert complete("lakehouse extract ph") == [""]
    assert complete("lakehouse --warehouse w") == [""]
    assert complete("lakehouse extract ph", "zsh") == ["_files"]
    assert complete("lakehouse extract ph", "fish") == [""]


@pytest.mark.parametrize(("shell", "between"), [("fish", "\t"), ("powershell", ":::")])
def test_names_come_with_what_the_commands_do(complete, shell: str, between: str) -> None:
    [line] = complete("lakehouse scor", shell)
    assert line == f"scores{between}{COMMANDS['scores'].line}"


def test_zsh_gets_the_lines_too(complete) -> None:
    assert f'"scores":"{COMMANDS["scores"].line}"' in "".join(complete("lakehouse sc", "zsh"))


def test_names_are_completed_with_no_engine_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("_LAKEHOUSE_COMPLETE", "complete_bash"), ("COMP_WORDS", "lakehouse "), ("COMP_CWORD", "1")
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    # By which Typer reads options.
    assert heavy(loaded()) == {"pydantic"}


def test_options_are_completed_without_what_finds_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("_LAKEHOUSE_COMPLETE", "complete_bash"), ("COMP_WORDS", "lakehouse extract --"),
        ("COMP_CWORD", "2"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    assert not loaded() & {"mediapipe", "cv2", "duckdb"}


@pytest.mark.parametrize(
    ("shell", "file", "line"),
    [
        ("bash", ".bash_completions/lakehouse.sh", "-F _lakehouse_completion lakehouse"),
        ("zsh", ".zfunc/_lakehouse", "#compdef lakehouse"),
        ("fish", ".config/fish/completions/lakehouse.fish", "complete --command lakehouse"),
        ("pwsh", "profile.ps1", "Register-ArgumentCompleter -Native -CommandName lakehouse"),
    ],
)
def test_it_is_installed(shell: str, file: str, line: str, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pwsh").write_text(PWSH)
    (programs / "pwsh").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"

    said = lakehouse("--install-completion", shell, home=tmp_path, PATH=path, **NAMED)

    assert f"{shell} completion installed in {tmp_path / file}\n" in said
    assert line in (tmp_path / file).read_text()


def test_the_tab_key_works_in_bash(tmp_path: Path) -> None:
    bash = require_tool("bash")
    # Which shell it is, the program finds out itself.
    installed = [bash, "-c", f"'{PROGRAM}' --install-completion; true"]
    home = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run(installed, env=home, check=True, capture_output=True)
    pressed = (
        "source ~/.bashrc; complete -p lakehouse; COMP_WORDS=(lakehouse sy); COMP_CWORD=1; "
        f'_lakehouse_completion "{PROGRAM}"; echo "${{COMPREPLY[*]}}"'
    )
    done = subprocess.run(
        [bash, "--norc", "-c", pressed], env=home, check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == [
        "complete -o default -F _lakehouse_completion lakehouse",
        "synthesize",
    ]
