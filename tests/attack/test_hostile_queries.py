"""Queries that would take the machine, the engine or the terminal with them."""

import io
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from lakehouse.paths import WarehousePaths
from tests.attack.typed import PROGRAM, typed
from tests.cli.conftest import Answer
from tests.cli.conftest import lakehouse as lakehouse

DEAF = {
    "a long text": "select length(repeat('a', 3000000000)) as n",
    "a long list": "select list_sum(range(3000000000)) as n",
    "a distance": "select levenshtein(repeat('a', 400000), repeat('b', 400000)) as n",
}
"""While the engine works on these, it does not listen to an interrupt."""

ENDLESS = {
    "a count": "select count(*) as n from range(1000000000000) as r (n) where n % 7 = 3",
    "a recursion": "with recursive t as (select 1 as n union all from t) select count(*) from t",
    "a product": "select count(*) from range(1000000000) as a, range(1000000000) as b where a <> b",
}

LARGE = {
    "a long text": DEAF["a long text"],
    "a long list": DEAF["a long list"],
    "a wide row": "select string_agg(repeat('a', 1000000), '') from range(4000)",
    "a collection": "select list(repeat('a', 1000) || range) as l from range(4000000)",
    "a long padding": "select length(lpad('a', 2000000000, 'b'))",
}

BROKEN = {
    "not UTF-8": (b"select 'a\xff' as a", "standard input, line 1: the query is not UTF-8"),
    "Latin-1": ("select\n'ação' as a".encode("latin-1"), "standard input, line 2"),
    "UTF-16": ("select 1 as a".encode("utf-16"), "the query is not UTF-8"),
    "nothing": (b"", "one statement at a time, not 0"),
    "blanks": (b" \n-- nothing\n", "one statement at a time, not 0"),
    "values in brackets": (b"select " + b"(" * 5000 + b"1" + b")" * 5000, "1,000 brackets"),
    "queries in brackets": (b"from (" * 50000 + b"select 1" + b")" * 50000, "1,000 brackets"),
    "lists": (b"select " + b"[" * 5000 + b"1" + b"]" * 5000, "1,000 brackets"),
    "negations": (b"select " + b"not " * 5000 + b"true", "expression depth"),
    "sums": (b"select " + b"+".join([b"1"] * 5000), "expression depth"),
    "a zero byte outside a text": (b"select 1 \0 as a", ""),
    "a text without end": (b"select 'a", "unterminated"),
    "escape codes": (b'select "\x1b[31m\x9b"', ""),
    "a long line": (b"select '" + b"a" * 2_000_000 + b"'", "more than a query"),
}

ANSWERED = {
    "a byte-order mark": (b"\xef\xbb\xbfselect 1 as a", "a\n1\n"),
    "a zero byte in a text": (b"select 'a\0b' as a", "a\na\0b\n"),
    "escape codes": ("select '\x1b[31m\x9b1m\u202e' as a".encode(), "a\n\x1b[31m\x9b1m\u202e\n"),
    "many brackets side by side": (b"values " + b",".join([b"(1)"] * 5000), None),
    "brackets in a text": (b"select '" + b"(" * 5000 + b"' as a", None),
}


@pytest.fixture
def asked(small_warehouse: WarehousePaths, lakehouse, monkeypatch: pytest.MonkeyPatch):
    """Run `sql` in this process."""

    def call(*words: object, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        return lakehouse("--warehouse", small_warehouse.root, "sql", *words)

    return call


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_query_is_refused_in_one_line(asked, name) -> None:
    query, said = BROKEN[name]

    answer = asked("-", stdin=query)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") == 1
    assert answer.err[:-1].isprintable()
    assert len(answer.err) < 1000
    assert said in answer.err


@pytest.mark.parametrize("name", ANSWERED)
def test_what_is_a_query_is_answered_exactly(asked, name) -> None:
    query, exactly = ANSWERED[name]

    answer = asked("--format", "csv", "-", stdin=query)

    assert (answer.code, answer.err) == (0, "")
    assert exactly in (None, answer.out)


def test_an_argument_that_is_not_utf_8_is_refused(asked) -> None:
    answer = asked(os.fsdecode(b"select '\xff' as a"))

    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "error: the query is not UTF-8; save or type it as UTF-8\n"


def test_nor_does_an_export_take_one(lakehouse, small_warehouse, tmp_path) -> None:
    query = os.fsdecode(b"select '\xff' as a")
    root = small_warehouse.root

    answer = lakehouse("--warehouse", root, "export", "--out", tmp_path / "a", "--query", query)

    assert answer.code == 1
    assert "the query is not UTF-8" in answer.err


@pytest.mark.slow
def test_a_query_without_end_is_not_read_to_its_end(small_warehouse) -> None:
    ended = typed("--warehouse", small_warehouse.root, "sql", "-", redirected="</dev/zero")

    assert (ended.code, "more than a query" in ended.err) == (1, True)


@pytest.mark.parametrize(("size", "code"), [("much", 2), ("-1GB", 2), ("4", 2), ("1.5GiB", 0)])
def test_a_size_has_a_unit(asked, size, code) -> None:
    assert asked(f"--memory={size}", "select 1 as a").code == code


@pytest.mark.slow
@pytest.mark.parametrize("query", [*DEAF.values(), *ENDLESS.values()], ids=[*DEAF, *ENDLESS])
def test_a_timeout_ends_every_query(small_warehouse, query) -> None:
    words = ("--timeout", "0.5", "--memory", "1TB", query)

    ended = typed("--warehouse", small_warehouse.root, "sql", *words)

    assert (ended.code, ended.out) == (1, "")
    said = "error: the query took longer than 0.5 s; allow more with --timeout\n"
    assert ended.err == said


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_no_query_takes_more_memory_than_it_may(small_warehouse, name) -> None:
    line = [PROGRAM, "--warehouse", small_warehouse.root, "sql", "--memory", "300MB", LARGE[name]]
    most = 0
    with psutil.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as watched:
        while watched.poll() is None:
            most = max(most, resident(watched))
            time.sleep(0.005)
        said = watched.stderr.read().decode()

    assert watched.returncode == 1
    assert "memory" in said
    assert said.count("\n") == 1
    # Beside the query's, that of the program, and what a thread fills before another looks.
    assert most < 900e6


def resident(process: psutil.Popen) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def has_opened(process: int, name: str) -> bool:
    """Tell whether a process has a file of that name open, be the name gone or not."""
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            if name in str(descriptor.readlink()):
                return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", DEAF)
def test_a_second_interrupt_ends_the_program(small_warehouse, name) -> None:
    with subprocess.Popen(
        [PROGRAM, "--warehouse", small_warehouse.root, "sql", "--memory", "1TB", DEAF[name]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as asking:
        while not has_opened(asking.pid, small_warehouse.database.name):
            assert asking.poll() is None
            time.sleep(0.05)
        time.sleep(0.5)
        asking.send_signal(signal.SIGINT)
        first = asking.stderr.readline()
        asking.send_signal(signal.SIGINT)
        out, second = asking.communicate(timeout=30)

    assert (asking.returncode, out) == (130, "")
    assert first == "the query does not stop at once; Ctrl-C again ends the program\n"
    assert second == "error: the query was interrupted and the program ended\n"
