"""The examples of every command's help, README and docs, typed as they stand there.

Around them lies what they speak of: a small study, its photographs in several layouts, scores,
covariates, a key. Only how many people are drawn is made smaller.
"""

import io
import os
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import polars.selectors as cs
import pyarrow.compute as pc
import pytest
import typer
from lakehouse.cli.main import app, run

from lakehouse.files.parquet import write_parquet
from lakehouse.inputs.settings_file import load_settings
from lakehouse.lake.parts import read_table
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from tests.cli.conftest import linked
from tests.cli.test_commands import COMMANDS
from tests.clips import clip, write_clips
from tests.docs.lines import LINES, NOT_RUN, PAGES, ROOT, STANDS_FOR
from tests.lakehouse.events.videos import sessions
from tests.lakehouse.importing.trees import CODES, face, write_file, write_study
from tests.lakehouse.rendering.filmed import write_films
from tests.lean import TOML
from tests.once import Once
from tests.shell import type_line

FEWER = {
    "3090": "3",
    "--participants 8": "--participants 3",
    # Another example draws figures, in Portuguese.
    "report --figures figures": "report",
}
"""What would take long, and what stands in its place."""


def examples(text: str) -> list[str]:
    """Give the command lines of a help text; a long one may be wrapped."""
    return [" ".join(part.split()) for part in text.split("Example:")[1].strip().split("\n\n")]


EXAMPLES = [line for command in COMMANDS.values() for line in examples(command.help)]
ON_SPARK = tuple(line for line in EXAMPLES if line.startswith("lakehouse spark build"))
"""What takes minutes of processor time; tests/cli/test_spark.py and tests/lakehouse/spark do it."""
BEFORE_ANY_COMMAND = examples(typer.main.get_command(app).help)

JOURNEYS = ("README.md", "docs/tutorial.md")
"""Pages whose lines are typed one after the other."""

OF_JOURNEYS = {
    page: [
        line.text
        for line in LINES
        if line.page == page and line.shown and line.command not in NOT_RUN
    ]
    for page in JOURNEYS
}
ELSEWHERE = {
    *(line.command for line in LINES if line.page in JOURNEYS and line.shown),
    *EXAMPLES,
    *BEFORE_ANY_COMMAND,
    *(f"lakehouse {name}" for name in COMMANDS),
    *NOT_RUN,
}
OF_PAGES = {
    line.command: STANDS_FOR.get(line.text, line.text)
    for line in reversed(LINES)
    if line.command not in ELSEWHERE
}
"""What is typed for each of the other lines of README and docs."""


def without_warehouse(line: str) -> bool:
    """Tell whether an example is of a study that begins with it."""
    words = (" init", " faces/ ", "import-landmarks", "--manifest")
    return any(word in line for word in words) and "--help" not in line


@pytest.fixture(scope="session")
def study(demo_folder: Path, once: Once) -> Path:
    """All that examples speak of; read only."""
    return once("examples", partial(lay_out, demo_folder / "demo"))


@pytest.fixture(scope="session")
def with_pairs(study: Path, once: Once) -> Callable[[], Path]:
    """Give the study's warehouse built with pairs; read only."""

    def make(folder: Path) -> Path:
        linked(study / "work" / "warehouse", folder / "warehouse")
        assert run(["--warehouse", str(folder / "warehouse"), "build", "--pairs"]) == 0
        return folder / "warehouse"

    return lambda: once("examples with pairs", make)


def lay_out(demo: Path, place: Path) -> Path:
    work = place / "work"
    work.mkdir()
    shutil.copytree(
        demo, work / "warehouse", ignore=shutil.ignore_patterns("photographs", ".*.tmp")
    )
    linked(demo / "photographs", work / "photos")
    write_events(WarehousePaths(work / "warehouse"), work)
    keep_one_of_each_mask(WarehousePaths(work / "warehouse"), work / "photos")
    linked(demo, work / "warehouse" / "demo")
    (work / "faces").mkdir()
    for code in CODES:
        os.link(work / "photos" / code / "00" / "0101" / "1.jpg", work / f"faces/0101.{code}.jpg")
    (work / "photos.csv").write_text(
        "path,participant,expression\n"
        + "".join(f"{code}/00/0101/1.jpg,0101,{code}\n" for code in CODES)
    )
    pl.read_csv(work / "photos.csv", infer_schema=False).write_excel(work / "list.xlsx")
    (work / "list.csv").write_text(
        "user.id,image,emotion\n" + "".join(f"0101,{code}/00/0101/1.jpg,{code}\n" for code in CODES)
    )
    shutil.copy(demo / "scores.csv", work / "scores.csv")
    coded = pl.read_csv(demo / "scores.csv", infer_schema=False).rename({"participant": "Code"})
    coded.write_excel(work / "scores.xlsx")
    people = pl.DataFrame(
        {"participant": ["0101", "0102", "0103"], "age": [20, 31, 44], "sex": ["f", "m", "f"]}
    )
    people.write_csv(work / "participants.csv")
    people.with_columns(education=pl.Series([1, 2, 1])).write_excel(work / "participants.xlsx")
    (work / "points_above_average.csv").write_text("points_above_average\n61\n291\n")
    points = {f"{axis}_{n}": face()[n, at] for at, axis in enumerate("xy") for n in range(468)}
    landmarks = pl.DataFrame({"path": "00/00/0101/1.jpg", **points})
    landmarks.write_parquet(work / "faces.parquet")
    landmarks.rename({"path": "photograph"}).write_csv(work / "faces.csv")
    (work / "query.sql").write_text("select count(*) as n\nfrom scores\n")
    (place / "secret.key").write_text("0123456789abcdef0123456789abcdef")
    return place


def write_events(paths: WarehousePaths, work: Path) -> None:
    """Write sessions of two people, and files that say what happens in them."""
    sessions(paths.root, "0101", "0102")
    (work / "events.csv").write_text("video,onset_s,expression\nsession_0101,2,happiness\n")
    trials = {"video": ["session_0101"], "start_ms": [2000], "stimulus": ["happy"]}
    pl.DataFrame(trials).write_excel(work / "trials.xlsx")
    (work / "bids").mkdir()
    (work / "bids" / "sub-0102_task-smile_events.tsv").write_text(
        "onset\tduration\ttrial_type\n2.0\t3.0\thappiness\n"
    )
    (work / "boris.tsv").write_text(
        "Subject\tBehavior\tBehavior type\tStart (s)\tStop (s)\tMedia file name\n"
        "0101\thappiness\tSTATE\t2.0\t5.0\tsession_0101.mp4\n"
    )


def keep_one_of_each_mask(paths: WarehousePaths, photos: Path) -> None:
    """Leave out all photographs but the first of each mask, and build."""
    for path in photos.glob("*/*/*/[23].jpg"):
        path.unlink()
    for folder in (paths.photos, paths.landmarks, paths.blendshapes):
        for part in folder.iterdir():
            rows = read_table(part)
            write_parquet(rows.filter(pc.equal(rows["photo"], "1")), part)
    paths.settings.write_text(f"{TOML}[quality]\nphotos_per_mask = 1\n")
    build(paths, load_settings(paths.settings))


def write_results(place: Path) -> None:
    """Write landmarks from elsewhere: a folder of them, and a table of shares of pictures."""
    faces = pl.read_parquet(place / "faces.parquet")
    (place / "results").mkdir()
    faces.write_parquet(place / "results" / "faces.parquet")
    # It is the same file as the study's.
    (place / "faces.csv").unlink()
    faces.with_columns(cs.starts_with("x_") / 1920, cs.starts_with("y_") / 1080).write_csv(
        place / "faces.csv"
    )


@pytest.fixture
def place(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the study, in which commands are typed."""
    linked(study, tmp_path / "study")
    monkeypatch.chdir(tmp_path / "study" / "work")
    monkeypatch.delenv("LAKEHOUSE_WAREHOUSE", raising=False)
    return tmp_path / "study" / "work"


@pytest.fixture
def typed(lakehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Type an example into a shell, and run what the shell understood."""

    def call(line: str):
        for much, little in FEWER.items():
            line = line.replace(much, little)
        if line.endswith((" synthesize", " demo")):
            line += " --participants 3"
        typed = type_line(line, Path(), tmp_path / "shell")
        assert typed.program == "lakehouse"
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.entered)))
        # No browser is started, which nobody would wait for.
        monkeypatch.setattr("typer.launch", lambda url: 0)
        return lakehouse(*typed.words)

    return call


def prepare(place, typed, with_pairs, line):
    """Put down what the study lacks and the example speaks of."""
    if without_warehouse(line):
        shutil.rmtree("warehouse")
    if "pair-matrices" in line or "render pairs" in line:
        shutil.rmtree("warehouse")
        linked(with_pairs(), Path("warehouse"))
    if "import-landmarks" in line:
        write_landmarks(place, line)
    if " results/" in line or "faces.csv --width" in line:
        write_results(place)
    prepare_videos(place, typed, line)
    if " merge other/" in line:
        linked(Path("warehouse"), Path("other"))
    if "own.happy" in line:
        write_own_view(place / "warehouse")
        assert typed("lakehouse build").code == 0
    if line.startswith("lakehouse prereg"):
        prepare_to_register(typed, line)


def prepare_videos(place, typed, line):
    """Put down the videos that an example speaks of, in the layout that it means."""
    if " videos/" in line:
        write_films(WarehousePaths(place / "warehouse"), place / "videos")
        assert typed("lakehouse build").code == 0
    if " clips/" in line:
        write_clips(place / "clips")
    if " sessions/" in line:
        clip(place / "sessions" / "S1" / "first.mp4", 5)


def write_landmarks(place, line):
    """Write landmarks in the default layout, or in that of the example."""
    if "--layout" not in line:
        write_study(place / "landmarks", participants=2)
        return
    for code in CODES:
        for photo in "123":
            write_file(place / "landmarks" / "0101" / code / f"data-lms-{photo}.csv", face())


def prepare_to_register(typed, line):
    """Take the scores away, as it comes before they are read."""
    Path("warehouse/lake/scores.parquet").unlink()
    assert typed("lakehouse build --force").code == 0
    # A reason is given the second time.
    assert "--why" not in line or typed("lakehouse prereg").code == 0


def write_own_view(warehouse: Path) -> None:
    """Write the view that the page on own.sql begins with."""
    [view] = re.findall(r"create view own.happy.*?;", PAGES["docs/own.md"], re.DOTALL)
    (warehouse / "own.sql").write_text(view)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", [*(line for line in EXAMPLES if line not in ON_SPARK), *OF_PAGES.values()]
)
def test_an_example_works(place, typed, with_pairs, line):
    prepare(place, typed, with_pairs, line)

    answer = typed(line)

    assert answer.code == 0, answer.err
    assert "error" not in answer.err


@pytest.mark.slow
def test_the_examples_of_the_program_itself_work_one_after_the_other(place, typed):
    for line in BEFORE_ANY_COMMAND:
        answer = typed(line)
        assert answer.code == 0, (line, answer.err)


@pytest.mark.slow
@pytest.mark.parametrize("page", JOURNEYS)
def test_a_page_leads_from_photographs_to_answers(place, typed, demo_folder, page):
    shutil.rmtree("photos")
    linked(demo_folder / "demo" / "photographs", place / "photos")
    lines = OF_JOURNEYS[page]
    assert len(lines) >= 9

    answers = {}
    for line in lines:
        if line.startswith("lakehouse init"):
            shutil.rmtree("warehouse")
        answers[line] = typed(line)
        assert answers[line].code == 0, (line, answers[line].err)

    [asked] = [answer.out for line, answer in answers.items() if " sql " in line]
    assert "happiness" in asked or asked.split()[0] == "n"


@pytest.mark.slow
def test_a_shell_understands_every_line_of_the_pages(place, tmp_path):
    understood = {}
    for line in LINES:
        if not line.command.startswith("source"):
            call = type_line(line.text, place, tmp_path / "shell")
            understood.setdefault(line.command, call)
            # Whatever the comment says, in either language.
            assert call == understood[line.command], line

    assert len(understood) > len(NOT_RUN) + len(OF_PAGES)


def test_what_is_not_run_is_there_and_only_that():
    commands = {line.command for line in LINES}
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert [line for line in NOT_RUN if line not in commands] == []
    assert [line for line in STANDS_FOR if line not in commands] == []
    assert not {*NOT_RUN} & {*EXAMPLES, *BEFORE_ANY_COMMAND}
    assert {line.split()[1] for line in NOT_RUN if line.startswith("make ")} <= {*targets}
    assert len(OF_PAGES) >= 15


def unknown_options(code: str) -> set[str]:
    """Give the options of a line, or of its part from the command on, that the command lacks."""
    words = code.removeprefix("lakehouse ").split()
    path = max(
        (name for name in COMMANDS if words[: name.count(" ") + 1] == name.split()),
        key=len,
        default="",
    )
    if not path:
        return set()
    known = {name for each in COMMANDS[path].params for name in (*each.opts, *each.secondary_opts)}
    return {word for word in words if word.startswith("--")} - known - {"--help"}


def test_commands_have_the_options_that_pages_name():
    named = [
        (page, " ".join(code.split()))
        for page, text in PAGES.items()
        for code in re.findall(r"(?<!`)`([^`]+ --[^`]+)`(?!`)", text)
    ]

    assert len(named) >= 30
    assert [each for each in named if unknown_options(each[1])] == []
    assert unknown_options("lakehouse render faces photos/ --pairs") == {"--pairs"}
    assert unknown_options("build --everything --pairs") == {"--everything"}


def test_the_portuguese_pages_have_no_lines_of_their_own():
    ours = {line.command for line in LINES if not line.page.startswith("docs/pt/")}
    theirs = {line.command for line in LINES if line.page.startswith("docs/pt/")}

    assert len(theirs) >= 30
    assert theirs <= ours


def test_all_commands_have_examples_that_are_typed_here():
    assert len(EXAMPLES) >= len(COMMANDS)
    assert len(BEFORE_ANY_COMMAND) == 4
    assert all(line.startswith("lakehouse ") for line in EXAMPLES + BEFORE_ANY_COMMAND)
