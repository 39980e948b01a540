"""Words in pictures and in file names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lakehouse.figures import text as text_module
from lakehouse.figures.text import BLACK, broken, readable, text_width, write_lines
from lakehouse.files.safe_names import safe_name

HOSTILE = ["", ".", "..", "a b", "a/b", "a\\b", "línea\nquebrada", '"', "'", "日本", "%2F", "-rf"]


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("0101", "0101"),
        ('d\'eau "x"', 'd\'eau "x"'),
        ("a · b…", "a · b…"),
        ("irmã", "irmã"),
        ("irma\u0303", "irmã"),
        ("Łódź ἄλφα Ж", "Łódź ἄλφα Ж"),
        ("שלום", r"\u05e9\u05dc\u05d5\u05dd"),
        ("a\nb\tc", r"a\nb\tc"),
        ("日", r"\u65e5"),
        ("\u202egnp", r"\u202egnp"),
        ("\x1b[31m", r"\x1b[31m"),
    ],
)
def test_what_the_fonts_lack_is_spelled_out(text, spelled):
    assert readable(text) == spelled


def test_without_the_second_font_accents_are_spelled_out(monkeypatch):
    caches = (text_module._accented, text_module._fonts, text_module._drawable)
    monkeypatch.setattr(text_module, "find_spec", lambda name: None)
    for each in caches:
        each.cache_clear()
    try:
        assert readable("irmã") == r"irm\xe3"
    finally:
        for each in caches:
            each.cache_clear()


def test_an_accent_is_seen_and_changes_no_other_line():
    def drawn(lines):
        image = Image.new("L", (200, 100), "white")
        write_lines(image, (10, 10), lines, 20)
        return np.asarray(image)

    plain, accented = drawn(["irma", "0101"]), drawn(["irmã", "0101"])
    assert (plain[:35] != accented[:35]).any()
    assert (plain[36:] == accented[36:]).all()
    # No letter ends where another line begins.
    assert (drawn(["Çégjpq"])[35:] == 255).all()


@pytest.mark.parametrize("text", [*HOSTILE, "irmã " * 90, "x" * 500, "word " * 90, "W" * 37])
def test_lines_fit_their_width_and_number(text):
    lines = broken(text, 20, 200, 3)
    assert len(lines) <= 3
    assert all(text_width(line, 20) <= 200 for line in lines)


def test_of_a_long_id_both_ends_stay():
    lines = broken("first-" + "x" * 300 + "-last", 20, 200, 2)
    assert lines[0].startswith("first-")
    assert lines[1].endswith("-last")
    assert "…" in "".join(lines)


def test_words_break_at_blanks():
    assert broken("happiness unsupervised", 20, 130, 2) == ["happiness", "unsupervised"]


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_lines_are_written_below_each_other(mode):
    image = Image.new(mode, (200, 100), "white")
    end = write_lines(image, (10, 10), ["one", "two"], 20, colour=BLACK)
    assert end == 60
    dark = np.asarray(image.convert("L")) < 128
    assert dark[10:35].any()
    assert dark[35:60].any()
    assert not dark[60:].any()


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_files_are_safe_and_give_the_id_back(text, tmp_path):
    name = safe_name(text)
    assert "/" not in name
    assert not name.startswith(".")
    (tmp_path / f"{name}.png").write_text("x")
    assert [file.name for file in tmp_path.iterdir()] == [f"{name}.png"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_two_ids_never_share_a_name(one, other):
    assert len(safe_name(one)) <= 180
    assert safe_name(one).isascii()
    assert (safe_name(one) == safe_name(other)) is (one == other)


def test_long_ids_that_begin_alike_differ():
    assert safe_name("x" * 400 + "1") != safe_name("x" * 400 + "2")
