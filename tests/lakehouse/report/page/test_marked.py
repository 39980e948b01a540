"""Paragraphs as HTML."""

import re
from pathlib import Path

from lakehouse.report.page.marked import marked


def test_what_stands_between_grave_accents_is_code() -> None:
    assert marked("run `lakehouse build` first") == "run <code>lakehouse build</code> first"


def test_a_first_line_is_a_head() -> None:
    assert marked("Movement.\nFaces move.") == (
        '<strong class="head">Movement.</strong> Faces move.'
    )


def test_nothing_in_a_text_is_markup() -> None:
    attack = "</p><script>alert(1)</script>"
    escaped = "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;"

    assert marked(attack) == escaped
    assert marked(f"`{attack}`") == f"<code>{escaped}</code>"
    assert marked(f"{attack}\n{attack}") == f'<strong class="head">{escaped}</strong> {escaped}'


def test_captions_are_held_together_too(report_page: Path) -> None:
    captions = re.findall(r"<figcaption>.*?</figcaption>", report_page.read_text("utf-8"), re.S)
    assert len(captions) > 20
    assert not any(re.search(r"\d (?:%|px)\W", caption) for caption in captions)


def test_no_line_ends_between_a_name_and_its_value() -> None:
    assert marked("with q < 0.05, n = 309, 95 % and 3 px") == (
        "with q\u00a0&lt;\u00a00.05, n\u00a0=\u00a0309, 95\u00a0% and 3\u00a0px"
    )
    assert marked("r = −0.2") == "r\u00a0=\u00a0−0.2"
    assert marked("[−0.3, 1.2]; [−0,3; 1.234,5]") == "[−0.3,\u00a01.2]; [−0,3;\u00a01.234,5]"
