"""Every command, with standard streams that are closed, full or hold ASCII only."""

import shutil
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.attack.prepared import Line, Prepared
from tests.attack.typed import Ended, split, typed
from tests.cli.conftest import linked
from tests.cli.test_commands import COMMANDS
from tests.lakehouse.events.videos import sessions
from tests.lakehouse.importing.trees import write_study as write_landmarks
from tests.lean import TOML
from tests.sql.support import write_lake

pytestmark = pytest.mark.slow

LINES = {
    "compare": "compare @/published.csv",
    "covariates": "covariates @/people.csv",
    "demo": "demo --help",
    "describe": "describe masks",
    "events": "events @/events.csv",
    "export": "export scores --out @/exported",
    "extract": "extract @/nothing",
    "import-landmarks": "import-landmarks @/landmarks",
    "init": "init --show",
    "render alignments": "render alignments --expression happiness --out @/drawn",
    "render contact-sheet": "render contact-sheet @/photos --pages 1 --out @/drawn",
    "render faces": "render faces @/photos --expression neutral --out @/drawn",
    "render frame-strip": "--warehouse @/filmed/warehouse render frame-strip @/filmed/videos "
    "--expression happiness --participant 0101 --out @/drawn",
    "render masks": "render masks --per mean --out @/drawn",
    "render muscles": "render muscles --out @/drawn.png",
    "render pairs": "render pairs --expression happiness --out @/drawn",
    "render video": "render video @/photos --expression neutral --out @/drawn.mp4",
    "scores": "scores @/scores.csv",
    "spark build": "spark build --master spark://127.0.0.1:9",
    "spark extract": "spark extract @/nothing",
    "sql": "sql 'from scores'",
    "synthesize": "--warehouse @/made synthesize --participants 1 --photos 1",
}
"""What is typed where the command alone would not do; ``@`` is a folder with all of this."""

LOST = "what it should have held is lost\n"


@pytest.fixture
def place(photographed_study: Path, filmed_study: Path, tmp_path: Path) -> Path:
    folder = linked(photographed_study, tmp_path / "place")
    linked(filmed_study, folder / "filmed")
    for name in ("nothing", "home", "tmp"):
        (folder / name).mkdir()
    settings = folder / "warehouse" / "lakehouse.toml"
    text = settings.read_text()
    settings.unlink()
    settings.write_text(text + TOML)
    (folder / "published.csv").write_text("points_above_average\n61\n")
    (folder / "people.csv").write_text("participant,age\n001,20\n")
    (folder / "scores.csv").write_text("participant,dbi_score\n001,20\n")
    (folder / "events.csv").write_text("video,onset,expression\nsession_001,2,happy\n")
    sessions(folder / "warehouse", "001")
    write_landmarks(folder / "landmarks", participants=1)
    return folder


class Streams:
    """Types a command with streams of its own, each time in the same place."""

    def __init__(self, prepared: Prepared, place: Path, name: str) -> None:
        self._prepared = prepared
        self._place = place
        self._words = ("--warehouse", place / "warehouse", *split(LINES.get(name, name), place))

    def __call__(self, **changed: str | None) -> Ended:
        """Give what came out of both outputs, but of those that are closed or lead elsewhere."""
        shutil.rmtree(self._place / "made", ignore_errors=True)
        held = {name: self._place / name for name in ("stdout", "stderr")}
        for file in held.values():
            file.write_text("")
        streams = {name: str(file) for name, file in held.items()} | changed
        words = tuple(map(str, self._words))
        ran = self._prepared.run(Line(words, str(self._place), streams=streams))
        return Ended(ran.code, *(file.read_text() for file in held.values()))

    def closed(self) -> int:
        """Type it into a shell that has closed all three; give the exit code."""
        shutil.rmtree(self._place / "made", ignore_errors=True)
        return typed(*self._words, redirected=">&- 2>&- <&-").code


@pytest.mark.parametrize(
    "name",
    [
        # Two thirds of a minute for the lines that every command that writes a file has.
        pytest.param(name, marks=pytest.mark.exhaustive if name == "report" else ())
        for name in COMMANDS
    ],
)
def test_a_command_survives_any_stream(prepared: Prepared, place: Path, name: str) -> None:
    call = Streams(prepared, place, name)
    usual = call()
    assert "Traceback" not in usual.err
    # Of the prepared process's model, doctor says that it is no good, in its answer.
    assert usual.err.count("error: ") == (usual.code != 0 and name != "doctor")
    code = max(usual.code, 1) if usual.out else usual.code

    full = call(stdout="/dev/full")
    assert "Traceback" not in full.err
    assert (full.code, full.err.endswith(LOST)) == (code, bool(usual.out)), full.err
    unheard = call(stderr="/dev/full", stdin=None)
    assert (unheard.code, bool(unheard.out)) == (usual.code, bool(usual.out))
    assert call.closed() == code


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
