"""Nobody's data steers a terminal; what goes to a pipe or a file keeps its true values."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.choices import AnswerFormat
from tests.attack.typed import PROGRAM, typed
from tests.cli.conftest import lakehouse as lakehouse

STEERING = ["\x1b[31m", "\x1b]0;title\x07", "\x9b31m", "\x7f", "\x08", "\r", "\u202e", "\u2066"]
"""Colours, a window's title, C1 controls, erasing, going back, marks of direction."""

ALL = "".join(STEERING)
MARKUP = "[bold]:smile:[/bold][link=https://localhost]x"
SHOWN = [each for each in AnswerFormat if each.for_terminal]
QUERY = f"select 'a{ALL}b' as \"c{ALL}d\""


def on_a_terminal(*words: object, **environment: str) -> str:
    """Type a command line at a terminal that knows no colours, and give all that it shows."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [PROGRAM, *words],
        stdin=its,
        stdout=its,
        stderr=its,
        env=os.environ | {"TERM": "dumb"} | environment,
    ) as shown:
        os.close(its)
        content = bytearray()
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not read:
                break
            content += read
        shown.wait(60)
    os.close(ours)
    # A terminal itself puts a return before each new line.
    return content.decode().replace("\r\n", "\n")


def assert_plain(text: str) -> None:
    assert text.replace("\n", "").replace("\t", "").isprintable(), ascii(text)


@pytest.mark.slow
@pytest.mark.parametrize("form", SHOWN)
def test_an_answer_does_not_steer_a_terminal(small_warehouse: WarehousePaths, form) -> None:
    text = on_a_terminal("--warehouse", small_warehouse.root, "sql", "--format", form, QUERY)

    assert_plain(text)
    assert r"\x1b[31m" in text.replace("\\u001b", r"\x1b").replace("\\\\", "\\")


@pytest.mark.slow
def test_markup_in_an_answer_is_text(small_warehouse: WarehousePaths) -> None:
    query = f"select '{MARKUP}' as \"{MARKUP}\""

    text = on_a_terminal("--warehouse", small_warehouse.root, "sql", query)

    assert text.count(MARKUP) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("describe", f"no{ALL}where"),
        ("sql", f'from "no{ALL}where"'),
        ("sql", f"select 'a{ALL}"),
        ("sql", "select 1", "--format", f"c{ALL}"),
        ("correlations", "--grouping", f"a{ALL}"),
        (f"unknown{ALL}",),
        ("scores", f"/no{ALL}where.csv"),
    ],
    ids=lambda words: words[0].encode("ascii", "replace").decode()[:9],
)
def test_an_error_does_not_steer_a_terminal(small_warehouse, lakehouse, words) -> None:
    answer = lakehouse("--warehouse", small_warehouse.root, *words)

    assert_plain(answer.err)
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") == 1


@pytest.mark.slow
def test_names_of_files_do_not_steer_a_terminal(tmp_path: Path) -> None:
    photos = tmp_path / f"photos{ALL}"
    photos.mkdir()
    (photos / f"note{ALL}.txt").touch()
    root = tmp_path / f"W{ALL}"

    for words in (("status",), ("init",), ("status",), ("extract", photos), ("extract", "/none")):
        assert_plain(on_a_terminal("--warehouse", root, *words))


@pytest.mark.slow
@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
def test_a_pipe_gets_the_true_values(small_warehouse: WarehousePaths, form, separator) -> None:
    query = f"select 'a{ALL}b' as \"c{ALL}d\", 'ação' as \"e\""

    ended = typed("--warehouse", small_warehouse.root, "sql", "--format", form, query)

    # A value with a return is quoted.
    assert ended.out.replace('"', "") == f"c{ALL}d{separator}e\na{ALL}b{separator}ação\n"


@pytest.mark.slow
def test_json_in_a_pipe_means_the_true_values(small_warehouse: WarehousePaths) -> None:
    ended = typed("--warehouse", small_warehouse.root, "sql", "--format", "json", QUERY)

    assert json.loads(ended.out) == [{f"c{ALL}d": f"a{ALL}b"}]


@pytest.mark.slow
def test_a_file_gets_the_true_values(small_warehouse: WarehousePaths, tmp_path: Path) -> None:
    target = tmp_path / "answer.jsonl"

    typed("--warehouse", small_warehouse.root, "sql", "-o", target, QUERY)

    assert json.loads(target.read_bytes()) == {f"c{ALL}d": f"a{ALL}b"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (("init", "--show"), {"LC_ALL": "C"}),
        (("tables",), {"PYTHONIOENCODING": "ascii"}),
        (("tables", "--json"), {"PYTHONIOENCODING": "ascii"}),
    ],
)
def test_a_terminal_that_knows_ascii_only_shows_everything(
    small_warehouse: WarehousePaths, words, environment
) -> None:
    text = on_a_terminal("--warehouse", small_warehouse.root, *words, **environment)

    assert "Traceback" not in text
    assert "error" not in text.splitlines()[-1]
    if "--json" in words:
        assert json.loads(text)
