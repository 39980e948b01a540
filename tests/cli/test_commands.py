"""What holds for every command: help with an example, errors in one line, exit codes."""

import re

import pytest
import typer
from lakehouse.cli.main import app


def commands(group=None, prefix=()):
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*prefix, name))
        else:
            yield (*prefix, name), command


COMMANDS = {" ".join(path): command for path, command in commands()}


def test_the_commands_of_the_design_are_there():
    assert set(COMMANDS) == {
        "init", "model fetch", "model path", "extract", "scores", "build", "check", "status",
        "tables", "describe", "sql", "correlations", "demo", "synthesize", "doctor",
        "render masks", "render alignments", "render faces", "render muscles", "render pairs",
        "render video", "render contact-sheet", "render frame-strip", "import-landmarks",
        "compact", "covariates", "events", "export", "compare", "multiverse", "prereg", "report",
        "spark build", "spark extract", "merge",
    }  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_help_carries_an_example_of_the_command(name):
    example = COMMANDS[name].help.split("Example:")[1]
    assert re.search(rf"lakehouse (--warehouse \S+ )?{name}\b", example)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    for parameter in COMMANDS[name].params:
        assert parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_shown(lakehouse, name):
    answer = lakehouse(*name.split(), "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Usage: lakehouse {name}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["unknown"],
        ["extract"],
        ["extract", "no/such/folder"],
        ["sql"],
        ["sql", "select 1", "--format", "xml"],
        ["--no-such-option"],
        ["correlations", "--rows", "0"],
    ],
)
def test_wrong_usage_is_one_line_on_stderr_and_exit_2(lakehouse, arguments):
    answer = lakehouse(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") == 1
    assert "--help" in answer.err


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["tables"], ["describe", "masks"], ["sql", "select 1"], ["correlations"]],
)
def test_without_a_database_the_error_says_to_build(lakehouse, tmp_path, arguments):
    answer = lakehouse("--warehouse", tmp_path / "new", *arguments)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "lakehouse build" in answer.err
    assert not (tmp_path / "new").exists()


def test_wrong_settings_name_the_line(lakehouse, tmp_path):
    (tmp_path / "lakehouse.toml").write_text("[quality]\n\nphotos_per_mask = 0\n")
    answer = lakehouse("--warehouse", tmp_path, "build")
    assert answer.code == 2
    assert "lakehouse.toml, line 3" in answer.err


def test_the_warehouse_can_be_named_by_the_environment(lakehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("LAKEHOUSE_WAREHOUSE", str(tmp_path / "study"))
    assert lakehouse("init").code == 0
    assert (tmp_path / "study" / "lakehouse.toml").exists()


def test_version(lakehouse):
    answer = lakehouse("--version")
    assert answer.code == 0
    assert re.fullmatch(r"lakehouse \d+\.\d+\.\d+\n", answer.out)


def test_an_interrupt_is_one_line_and_exit_130(lakehouse, monkeypatch):
    def press(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("lakehouse.cli.status.take_stock", press)

    answer = lakehouse("status")

    assert (answer.code, answer.out) == (130, "")
    assert answer.err.startswith("error: interrupted; finished work is kept")
    assert answer.err.count("\n") == 1
