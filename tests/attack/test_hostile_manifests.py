"""Manifests that people, other machines and accidents make, given to the command line."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attack.command_line import CommandLine

HEAD = "path,participant,expression\n"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name in ("S1/happy/1.jpg", "S1/neutral/1.jpg"):
        file = tmp_path / "photos" / name
        file.parent.mkdir(parents=True)
        file.touch()
    return tmp_path / "photos"


@pytest.fixture
def look(photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Type a dry run of a table with this content, and perhaps with more options."""
    type_in = CommandLine(tmp_path / "study", capsys)

    def of(content: bytes | str, *options: object) -> tuple[int, str, str]:
        file = photos / "list.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return type_in("extract", photos, "--dry-run", "--manifest", file, *options)

    return of


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("S1/happy/1.jpg,1,happy\nS1\\happy\\1.jpg,1,happy\n", "row 3: its path is also in row 2"),
        ("S1/happy/1.jpg,1,happy\n./s1/HAPPY/1.jpg,1,sad\n", "row 3: its path is also in row 2"),
        ("/dev/zero,1,happy\n", "does not lie below the folder of photographs"),
        ("../study/lakehouse.toml,1,happy\n", "does not lie below the folder of photographs"),
        ("S1/loop/1.jpg,1,happy\n", "cannot be looked for (Too many levels of symbolic links)"),
        ("S1/pipe.jpg,1,happy\n", "S1/pipe.jpg does not exist"),
        ("S1/broken.jpg,1,happy\n", "S1/broken.jpg does not exist"),
        ("\x1b[2Jx.jpg,1,happy\n", r"\x1b[2Jx.jpg does not exist"),
        ("S1/happy/1.jpg,\u200b,happy\n", "row 2: no participant"),
        ("S1/happy/1.jpg,1,\u200b\n", "row 2: no expression"),
        ("S1/happy/1.jpg,1,\u200bhap\u00adpy \n", ""),
        ("S1/happy/1.jpg,1,=HAPPY()\n", "row 2: unknown expression =HAPPY()"),
        ("S1/happy/1.jpg,1,1e0\n", "row 2: unknown expression 1e0"),
        ("S1/happy/1.jpg,1,-1\n", "row 2: unknown expression -1"),
        ("S1/happy/1.jpg,1," + "9" * 5000 + "\n", "row 2: unknown expression 99999"),
        ("S1/happy/1.jpg,1,１\n", "row 2: unknown expression １, which differs from 01 in"),
        ("S1/happy/1.jpg,1,happy,x\n", "row 2 has 4 fields, the header 3"),
        ('"S1/happy/1.jpg,1,happy\n', "is not valid CSV"),
        ("https://example.org/1.jpg,1,happy\n", "is an address, not a path"),
    ],
)
def test_a_row_is_understood_or_refused_in_a_line(look, photos: Path, rows: str, said: str) -> None:
    (photos / "S1" / "loop").symlink_to("loop")
    (photos / "S1" / "broken.jpg").symlink_to("nowhere.jpg")
    os.mkfifo(photos / "S1" / "pipe.jpg")

    code, _, err = look(HEAD + rows)

    assert code == (1 if said else 0)
    assert said in err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_any_program_is_read(look, encoding: str, separator: str) -> None:
    text = "Arquivo,Código,Emoção\r\nS1\\happy\\1.jpg,João,Alegria\r\n\r\n,,\r\n"

    code, out, _ = look(text.replace(",", separator).encode(encoding))

    assert code == 0
    assert "  participant: column Código\n" in out
    assert "  happiness: Alegria (1)\n" in out
    assert "1 photographs of 1 participants\n  participant João: 1 photographs" in out


@pytest.mark.slow
def test_thousands_of_wrong_rows_are_one_line(look) -> None:
    code, out, err = look(HEAD + "".join(f"{n}.jpg,{n},mood {n}\n" for n in range(3000)))

    assert code == 1
    assert "refused by an extraction: 3,000\n" in out
    assert "; and 2,995 more; " in err
    assert len(err) < 700


def test_thousands_of_columns_are_one_line(look) -> None:
    names = ",".join(f"column {number}" for number in range(5000))

    code, _, err = look(f"{names}\n")

    assert code == 1
    assert len(err) < 500


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=5), st.text(max_size=12)), max_size=4)
)
def test_whatever_stands_in_the_cells_no_command_ends_in_a_trace(look, cells) -> None:
    rows = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    content = (HEAD + "\n".join(rows)).encode("utf-8", "surrogatepass")

    code, _, err = look(content)

    assert code == 1
    assert "Traceback" not in err


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet='path=,"participant expression\\\u200b', max_size=40))
def test_whatever_is_mapped_is_one_line(look, option: str) -> None:
    code, _, err = look(f"{HEAD}S1/happy/1.jpg,1,happy\n", f"--map={option}")

    assert code in (0, 1, 2)
    assert "Traceback" not in err
