"""Paragraphs and entries on the page: in every language, and nothing in them is markup."""

import re

import pytest

from lakehouse.report.figure import Entries, Entry, Prose, Section
from lakehouse.report.page.document import page
from tests.lakehouse.report.given import Given, facts, words

ATTACK = "</script><img src=x onerror=alert(1)>"
ESCAPED = "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"


@pytest.fixture(autouse=True)
def without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what draws charts, which is large."""
    monkeypatch.setattr("lakehouse.report.page.document.bundle", str)


def written(*blocks: Prose | Entries, copied: bool = False) -> str:
    """Write a page of one section, and give that section."""
    section = Section("glance", blocks, copied=copied)
    languages = {name: words(name) for name in ("en", "pt")}
    document = page((section,), Given(facts(), {}), languages)
    [found] = re.findall(r'<section id="glance">.*?</section>', document, flags=re.DOTALL)
    return str(found)


def test_each_language_has_its_own_words() -> None:
    spoken = written(
        Prose("findings", lambda _, words: [words("language.name")]),
        Entries("settings", lambda _, words: [Entry("name", words("language.code"), "note")]),
    )

    for language, name, code in (("en", "English", "en"), ("pt", "Português", "pt-BR")):
        said = re.findall(
            rf'data-said="{language}">\s*(.*?)\s*</(?:div|dl|span)>', spoken, re.DOTALL
        )
        assert f"<p>{name}</p>" in said
        assert any(f"<dd>{code}</dd>" in each for each in said)


def test_nothing_that_is_said_is_markup() -> None:
    attacked = written(
        Prose("findings", lambda *_: [ATTACK, f"{ATTACK}\n{ATTACK}"]),
        Prose("references", lambda *_: [ATTACK], listed=True),
        Entries("versions", lambda *_: [Entry(ATTACK, ATTACK, ATTACK)], large=True),
    )

    assert "<img" not in attacked
    assert attacked.count(ESCAPED) == 2 * 7


def test_key_figures_and_lists_look_otherwise() -> None:
    entries = [Entry("name", "value")]

    assert 'class="said key-figures"' in written(
        Entries("versions", lambda *_: entries, large=True)
    )
    assert 'class="said entries"' in written(Entries("versions", lambda *_: entries))
    assert "<li>item</li>" in written(Prose("findings", lambda *_: ["item"], listed=True))


def test_no_paragraph_leaves_no_heading() -> None:
    assert "<h3>" not in written(Prose("findings", lambda *_: []))
    assert "<h3>" in written(Prose("findings", lambda *_: ["something"]))


def test_a_section_is_copied_where_it_says_so() -> None:
    prose = Prose("findings", lambda *_: ["something"])

    assert 'data-copy="glance"' in written(prose, copied=True)
    assert "data-copy" not in written(prose)
