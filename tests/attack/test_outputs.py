"""Every command, with standard streams that are closed, full or hold ASCII only."""

import shutil
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.attack.typed import Ended, split, typed
from tests.cli.conftest import linked
from tests.cli.test_commands import COMMANDS
from tests.lakehouse.importing.trees import write_study as write_landmarks
from tests.lean import TOML
from tests.sql.support import write_lake

LINES = {
    "compare": "compare @/published.csv",
    "covariates": "covariates @/people.csv",
    "demo": "demo --help",
    "describe": "describe masks",
    "export": "export scores --out @/exported",
    "extract": "extract @/nothing",
    "import-landmarks": "import-landmarks @/landmarks",
    "init": "init --show",
    "render alignments": "render alignments --expression happiness --out @/drawn",
    "render contact-sheet": "render contact-sheet @/photos --pages 1 --out @/drawn",
    "render faces": "render faces @/photos --expression neutral --out @/drawn",
    "render masks": "render masks --per mean --out @/drawn",
    "render muscles": "render muscles --out @/drawn.png",
    "render pairs": "render pairs --expression happiness --out @/drawn",
    "render video": "render video @/photos --expression neutral --out @/drawn.mp4",
    "scores": "scores @/scores.csv",
    "sql": "sql 'from scores'",
    "synthesize": "--warehouse @/made synthesize --participants 1 --photos 1",
}
"""What is typed where the command alone would not do; ``@`` is a folder with all of this."""

LOST = "what it should have held is lost\n"


@pytest.fixture
def place(photographed_study: Path, tmp_path: Path) -> Path:
    folder = linked(photographed_study, tmp_path / "place")
    (folder / "nothing").mkdir()
    settings = folder / "warehouse" / "lakehouse.toml"
    text = settings.read_text()
    settings.unlink()
    settings.write_text(text + TOML)
    (folder / "published.csv").write_text("points_above_average\n61\n")
    (folder / "people.csv").write_text("participant,age\n001,20\n")
    (folder / "scores.csv").write_text("participant,dbi_score\n001,20\n")
    write_landmarks(folder / "landmarks", participants=1)
    return folder


def call(place: Path, name: str, **more: str) -> Ended:
    shutil.rmtree(place / "made", ignore_errors=True)
    words = split(LINES.get(name, name), place)
    return typed("--warehouse", place / "warehouse", *words, **more)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_survives_any_stream(place: Path, name: str) -> None:
    usual = call(place, name)
    assert "Traceback" not in usual.err
    assert usual.err.count("error: ") == (usual.code != 0)
    code = max(usual.code, 1) if usual.out else usual.code

    full = call(place, name, redirected=">/dev/full")
    assert "Traceback" not in full.err
    assert (full.code, full.err.endswith(LOST)) == (code, bool(usual.out)), full.err
    unheard = call(place, name, redirected="2>/dev/full <&-")
    assert (unheard.code, bool(unheard.out)) == (usual.code, bool(usual.out))
    assert call(place, name, redirected=">&- 2>&- <&-").code == code


@pytest.mark.parametrize("redirected", [">&-", ">/dev/full", "2>&-", "<&-", ">&- <&-"])
def test_a_table_survives_any_stream(small_warehouse: WarehousePaths, redirected: str) -> None:
    ended = typed("--warehouse", small_warehouse.root, "sql", "from scores", redirected=redirected)

    lost = redirected.startswith(">")
    assert (ended.code, ended.err.count("\n"), bool(ended.out)) == (lost, lost, not lost)
    assert ended.err.endswith(LOST if lost else "")


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_a_long_answer_ends_where_nobody_takes_it(small_warehouse: WarehousePaths, form) -> None:
    query = "from range(1000000000000)"
    words = ("--warehouse", small_warehouse.root, "sql", "--format", form, query)

    full = typed(*words, redirected=">/dev/full")
    unread = typed(*words, redirected="| head -c 100 >/dev/null")

    assert (full.code, full.err.count("\n"), full.err.endswith(LOST)) == (1, 1, True)
    assert unread.err == ""


def test_a_build_goes_on_where_its_words_are_lost(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    write_lake(paths)
    paths.settings.write_text(TOML)

    ended = typed("--warehouse", paths.root, "build", redirected=">/dev/full")

    assert (ended.code, ended.err.endswith(LOST)) == (1, True)
    assert typed("--warehouse", paths.root, "check").code == 0


def test_a_query_is_not_read_from_a_stream_that_is_closed(small_warehouse: WarehousePaths) -> None:
    ended = typed("--warehouse", small_warehouse.root, "sql", "-", redirected="<&-")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: standard input is closed; type the query instead of -\n"


def test_a_file_never_takes_the_place_of_a_closed_stream(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    target = tmp_path / "answer.csv"

    words = ("--warehouse", small_warehouse.root, "sql", "-o", target, "select 1 as a")
    typed(*words, redirected="<&- >&- 2>&-")

    assert target.read_text() == "a\n1\n"
