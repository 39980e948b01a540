"""What a shell makes of a line is what the tests see."""

from pathlib import Path

import pytest

from tests.shell import Call, type_line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def understood(line: str, folder: Path) -> Call:
    return type_line(line, folder, folder.parent / "shell")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("lakehouse tables   # what isn't asked", ["tables"]),
        ("""lakehouse sql "select '05-00' as mask" """, ["sql", "select '05-00' as mask"]),
        ('lakehouse sql "select "05-00_5", 2"', ["sql", "select 05-00_5, 2"]),
        ('lakehouse sql "select $name"', ["sql", "select "]),
        ('lakehouse sql ""', ["sql", ""]),
        ('lakehouse sql "select\n1"', ["sql", "select\n1"]),
    ],
)
def test_the_words_are_the_shells(line, words, folder):
    assert understood(line, folder) == Call("lakehouse", words, b"")


def test_a_file_can_be_entered(folder):
    (folder / "query.sql").write_bytes(b"select 1\n\xff")

    call = understood(".venv/bin/lakehouse sql - < query.sql", folder)

    assert call == Call("lakehouse", ["sql", "-"], b"select 1\n\xff")


@pytest.mark.parametrize(
    "line",
    [
        'lakehouse sql "select 1',
        "lakehose tables",
        "lakehouse sql - < no_such.sql",
        "lakehouse export (all)",
        "lakehouse build; lakehouse check",
        "lakehouse sql 'the \"quotes\" isn't closed'",
    ],
)
def test_what_no_shell_takes_is_found(line, folder):
    with pytest.raises(AssertionError):
        understood(line, folder)
