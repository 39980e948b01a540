"""Names and files of all kinds among photographs, at the command line."""

import csv
import json
import os
import shutil
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from lakehouse.cli.main import run

from tests.lean import TOML
from tests.once import Once
from tests.photographs import encoded, portrait

pytestmark = pytest.mark.usefixtures("face_model_path")

CELL: Final = "photos/00/00"
NAMES: Final = {
    "line\nbreak": "a\nb",
    "quo'te\"s`$(x);--": "a' or 1=1",
    "=cmd|'C calc'!A0": "=1+1",
    "-rf": "--help",
    "x" * 255: "y" * 251,
    "esc\x1b[31mred": "\x07",
    "\u202egnp.jpg": "\u200dx",
    "%s{participant}*?[a]": "{0}",
    "NULL": "NaN",
    "supervised=true": "a=b",
    "back\\slash": "1\\..\\1",
    "~": "$HOME",
    "CON": "aux",
}
"""Participants' ids and those of their photographs."""

NAMELESS: Final = {" ": " ", "1": "\u200d"}
"""The same where nothing is left of one that anybody could see."""

SPECIAL: Final = ("pipe", "zero", "socket")
"""Files that could be read for ever."""


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def lakehouse(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command line in this process."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


def put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def write_hostile(folder: Path) -> None:
    cell = folder / CELL
    for number, (participant, photo) in enumerate([*NAMES.items(), *NAMELESS.items()]):
        put(cell / participant / f"{photo}.jpg", encoded(portrait(240, shift=number), "JPEG"))
    others = cell / "others"
    put(others / "empty.jpg", b"")
    others.joinpath("self.jpg").symlink_to("self.jpg")
    others.joinpath("broken.jpg").symlink_to("nowhere.jpg")
    others.joinpath("up").symlink_to("..")
    os.mkfifo(others / "pipe.jpg")
    others.joinpath("zero.jpg").symlink_to("/dev/zero")
    here = Path.cwd()
    try:
        # The name of a socket must be short.
        os.chdir(others)
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind("socket.jpg")
        # Deeper than any path may be long.
        for _ in range(100):
            Path("d" * 60).mkdir()
            os.chdir("d" * 60)
    finally:
        os.chdir(here)
    bytes_ = os.fsdecode(b"caf\xe9")
    put(others / f"{bytes_}.jpg", b"")
    put(cell / bytes_ / "1.jpg", b"")


@pytest.fixture(scope="session")
def hostile(once: Once, face_model_path: Path) -> Path:
    """A folder with the photographs, and the warehouse `study` extracted and built; read only."""

    def make(folder: Path) -> Path:
        write_hostile(folder)
        study = ["--warehouse", str(folder / "study")]
        (folder / "study").mkdir()
        (folder / "study" / "lakehouse.toml").write_text(
            TOML + '[quality]\nphotos_per_mask = "any"\nmasks = "neutral"\n'
        )
        told = run_json([*study, "extract", str(folder / "photos"), "--json", "--quiet"])
        (folder / "told.json").write_text(json.dumps(told))
        assert run([*study, "build"]) == 0
        return folder

    return once("hostile", make)


def run_json(arguments: list[str]) -> Any:
    """Run a command line as a user does, without a terminal."""
    program = [sys.executable, "-m", "lakehouse.cli", *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=True, timeout=300)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.fixture
def study(hostile: Path) -> tuple[str, Path]:
    return "--warehouse", hostile / "study"


def sql(lakehouse: Callable[..., Answer], study: tuple[str, Path], query: str) -> list[Any]:
    answer = lakehouse(*study, "sql", query, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    rows: list[Any] = json.loads(answer.out)
    return rows


@pytest.mark.slow
def test_every_name_is_an_id_as_it_is(lakehouse, study):
    rows = sql(lakehouse, study, "select participant, photo, path from photos where status = 'ok'")

    found = {row["participant"]: row["photo"] for row in rows}
    plain = {who: photo for who, photo in NAMES.items() if who.strip() and who.isprintable()}
    assert plain.items() <= found.items()
    assert len(found) == len(NAMES)
    assert {row["path"] for row in rows} == {
        f"00/00/{participant}/{photo}.jpg" for participant, photo in NAMES.items()
    }


@pytest.mark.slow
def test_every_file_is_counted(hostile):
    told = json.loads((hostile / "told.json").read_text())

    assert (told["found"], told["ok"], told["unreadable"]) == (len(NAMES) + 3, len(NAMES), 3)
    assert {
        problem["path"].rpartition("/")[2]: problem["error"] for problem in told["problems"]
    } == {
        "broken.jpg": "No such file or directory",
        "empty.jpg": "the file is empty",
        "self.jpg": "Too many levels of symbolic links",
    }
    assert {each["reason"]: each["count"] for each in told["ignored"]} == {
        "no photograph": len(SPECIAL),
        "not matching the layout": len(NAMELESS),
        "name is not UTF-8": 2,
    }
    assert {each["example"] for each in told["ignored"]} == {
        "00/00/ / .jpg",
        "00/00/caf\\xe9/1.jpg",
        "00/00/others/pipe.jpg",
    }
    [deep] = told["unreadable_folders"]
    assert deep.endswith("(File name too long)")
    assert len(deep) < 300


@pytest.mark.slow
def test_what_is_there_already_is_recognised_by_its_odd_name(lakehouse, hostile, study, tmp_path):
    copy = shutil.copytree(hostile / "study", tmp_path / "study")
    answer = lakehouse("--warehouse", copy, "extract", hostile / "photos", "--quiet")

    assert answer.code == 0
    assert f" {len(NAMES) + 3} already done; " in answer.out
    assert_printable(answer.out)


def assert_printable(text: str) -> None:
    assert all(line.isprintable() for line in text.split("\n")), text
    assert max(map(len, text.split("\n"))) < 3000


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("sql", "select participant, photo, path from photos"),
        ("describe", "photos"),
        ("check",),
    ],
    ids=" ".join,
)
def test_no_name_breaks_a_line_or_steers_the_terminal(lakehouse, study, command):
    answer = lakehouse(*study, *command)

    assert (answer.code, answer.err) == (0, "")
    assert_printable(answer.out)


@pytest.mark.slow
def test_participants_are_named_where_they_are_left_out(lakehouse, study):
    out = lakehouse(*study, "status").out

    assert "left out, missing_mask: 1 (others)\n" in out
    # Links that lead nowhere are where they were.
    assert "gone since" not in out
    assert f"results    of {len(NAMES)} of the {len(NAMES) + 1} participants" in out


@pytest.mark.slow
def test_what_cannot_be_looked_at_is_not_called_gone(lakehouse, hostile, study, monkeypatch):
    stat = Path.stat

    def refuse(path: Path, **options: object) -> os.stat_result:
        # Permissions do not bind root, who runs tests in containers.
        if "-rf" in path.parts:
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)

    assert "gone since" not in lakehouse(*study, "status").out


@pytest.mark.slow
def test_no_name_is_a_formula_in_a_spreadsheet(lakehouse, study, tmp_path):
    assert lakehouse(*study, "export", "photos", "--out", tmp_path / "out").code == 0

    with (tmp_path / "out" / "photos.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(NAMES) + 3
    cells = [cell for row in rows for name, cell in row.items() if name in ("participant", "photo")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.slow
def test_no_name_leads_out_of_the_folder_of_pictures(lakehouse, hostile, study, tmp_path):
    out = tmp_path / "figures"
    answer = lakehouse(*study, "render", "masks", "--out", out, "--quiet")

    assert answer.code == 0
    assert_printable(answer.out)
    drawn = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert all(file.is_relative_to(out) for file in drawn)
    assert len(drawn) >= 2 * len(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_names_are_both_found(lakehouse, tmp_path, form):
    name = unicodedata.normalize(form, "ação")
    put(tmp_path / CELL / name / f"{name}.jpg", encoded(portrait(240), "JPEG"))
    study = ("--warehouse", tmp_path / "study")
    assert lakehouse(*study, "extract", tmp_path / "photos", "--quiet").code == 0
    assert "1 already done" in lakehouse(*study, "extract", tmp_path / "photos", "-q").out

    out = lakehouse(*study, "status").out

    assert "photos     1 of 1 participants: 1 ok" in out
    assert "gone since" not in out


@pytest.mark.slow
def test_a_folder_that_begins_with_a_dash(lakehouse, tmp_path, monkeypatch):
    put(tmp_path / "-p" / "00/00/1/1.jpg", encoded(portrait(240), "JPEG"))
    monkeypatch.chdir(tmp_path)

    refused = lakehouse("extract", "-p")
    taken = lakehouse("extract", "--quiet", "--", "-p")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "error: No such option: -p; see `lakehouse extract --help`\n"
    assert taken.code == 0
    assert taken.out.startswith("1 photographs: 1 ok")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("no\nwhere", r"no\nwhere"), ("\x1b[31mred", r"\x1b[31mred"), ("x" * 250, "x" * 250)],
)
def test_a_folder_without_photographs_is_named_in_one_line(lakehouse, tmp_path, name, shown):
    (tmp_path / name).mkdir()
    study = ("--warehouse", tmp_path / "study")

    for command in (("extract",), ("import-landmarks",)):
        answer = lakehouse(*study, *command, tmp_path / name)

        assert (answer.code, answer.out) == (1, "")
        assert_printable(answer.err)
        assert answer.err.count("\n") == 1
        assert shown[-90:] in answer.err


def test_the_folder_of_photographs_may_be_a_link_to_itself(lakehouse, tmp_path):
    (tmp_path / "loop").symlink_to("loop")

    answer = lakehouse("--warehouse", tmp_path / "study", "extract", tmp_path / "loop")

    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
