"""Standard streams that remember what hindered them, and text that shows all it holds."""

import io
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lakehouse.cli.output import say_json
from lakehouse.cli.streams import Answer, visible

HOSTILE = "a\x1b[31m\x9b\x7f\u202e\udcff\u00a0\rb"

READ_A_LITTLE = """
import sys
from lakehouse.cli import streams
streams.secure()
for number in range(100000):
    print(number)
sys.stdout.flush()
lost = streams.lost_output()
sys.stderr.write(f"{lost.errno} {streams.words_on(lost)}")
"""


@given(st.text())
def test_what_is_visible_can_be_printed_and_read_back(text: str) -> None:
    shown = visible(text, keep="")

    assert shown.isprintable()
    if "\\" not in text:
        assert shown.encode("ascii", "backslashreplace").decode("unicode_escape") == text


def test_line_breaks_stay_where_they_may() -> None:
    assert visible("a\n\tb\x1b") == "a\n\tb\\x1b"
    assert visible("ação × 😀") == "ação × 😀"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_json_means_the_same_whatever_can_be_shown(monkeypatch, encoding) -> None:
    target = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(target, encoding=encoding))
    value = [{"ação": HOSTILE}, "×"]

    say_json(value)

    text = target.getvalue().decode(encoding)
    assert json.loads(text) == value
    assert text.replace("\n", "").isprintable()


def test_an_answer_in_a_pipe_is_exact(capfdbinary) -> None:
    content = "é\x1b[31m".encode()

    assert Answer().write(content) == len(content)
    sys.stdout.flush()

    assert capfdbinary.readouterr().out == content


def test_an_answer_on_a_terminal_is_visible_even_where_a_letter_is_cut(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    answer = Answer()

    for byte in "é\x1b[31m\n".encode():
        answer.write(bytes([byte]))

    assert capsys.readouterr().out == "é\\x1b[31m\n"


def test_output_that_nobody_reads_is_remembered_and_no_error() -> None:
    reading, writing = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", READ_A_LITTLE], stdout=writing, stderr=subprocess.PIPE, text=True
    ) as started:
        os.close(writing)
        os.read(reading, 10)
        os.close(reading)
        _, said = started.communicate()

    assert (started.returncode, said) == (0, f"{32} None")
