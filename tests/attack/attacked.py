"""Every command of the program, with what it is given when it is attacked."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

import pyarrow as pa
import typer

from lakehouse.files.parquet import write_parquet
from lakehouse.inputs.settings_file import load_settings
from lakehouse.lake.parts import read_table
from lakehouse.lake.schemas import SCORES
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from tests.attack.prepared import Line, Prepared
from tests.films import FILMS, write_film, write_films
from tests.lakehouse.events.videos import sessions
from tests.lakehouse.importing.trees import face as landmark_face
from tests.lakehouse.importing.trees import write_file, write_scores
from tests.lakehouse.rendering.filmed import write_filmed_study
from tests.lakehouse.rendering.study import write_study
from tests.lean import TOML

SETTINGS: Final = '[quality]\nphotos_per_mask = "any"\nmasks = "neutral"\n' + TOML

READING: Final = frozenset(
    ("check", "compare", "correlations", "describe", "doctor", "model path", "status", "tables")
)
"""Commands that write nothing that stays."""

ELSEWHERE: Final = frozenset({"spark build"})
"""Commands that take minutes. What Spark makes moves into its place by `files/exchange.py`, as a
lake does that is compacted, and the database as that of `build`."""

AFTERWARDS: Final = (
    ("status",),
    ("tables",),
    ("sql", "select count(*) from photos"),
    ("describe", "masks"),
    ("init", "--show"),
    ("model", "path"),
)
"""Commands that may come next after a kill; none of them is asked to write."""


@dataclass(frozen=True)
class Attacked:
    """A command that is attacked.

    Parameters
    ----------
    words : tuple of str
        The command line, typed in a copy of the template.
    template : str
        Which folder it is typed in.
    goes_on : bool
        Whether the same command, typed again after a kill, ends well; otherwise it says why not.
    before : callable, optional
        Changes the copy first.
    """

    words: tuple[str, ...]
    template: str = "study"
    goes_on: bool = True
    before: Callable[[Path], object] | None = None

    @property
    def name(self) -> str:
        """The command alone."""
        return next(name for name in names() if self.words[: len(name.split())] == _split(name))


def _split(name: str) -> tuple[str, ...]:
    return tuple(name.split())


@cache
def names() -> tuple[str, ...]:
    """Name every command that the program has."""
    from lakehouse.cli.main import app

    def below(group: typer.core.TyperGroup, prefix: str = "") -> Iterator[str]:
        for name, command in group.commands.items():
            if isinstance(command, typer.core.TyperGroup):
                yield from below(command, f"{prefix}{name} ")
            else:
                yield prefix + name

    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return tuple(sorted(below(group)))


def _without_settings(folder: Path) -> None:
    (folder / "warehouse" / "lakehouse.toml").unlink()


def _with_scores(folder: Path) -> None:
    paths = WarehousePaths(folder / "warehouse")
    people = sorted({who for path in paths.photos.iterdir() for who in _people(path)})
    rows = [
        {"participant": who, "instrument": "dbi", "score": float(at)}
        for at, who in enumerate(people)
    ]
    write_parquet(pa.Table.from_pylist(rows, schema=SCORES), paths.scores)


def _with_videos(folder: Path) -> None:
    sessions(folder / "warehouse", "0000", "0001")
    events = folder / "events.csv"
    events.write_text(
        "video,onset,duration,expression\nsession_0000,1,2,happy\nsession_0001,3,2,fear\n"
    )
    events.chmod(0o600)


def _people(part: Path) -> list[str]:
    return cast(list[str], read_table(part)["participant"].to_pylist())


def _exported(file_format: str, *more: str) -> Attacked:
    words = ("export", "scores", "photos", "--format", file_format, "--out", "new/out", *more)
    return Attacked(words)


_OF_ONE: Final = ("--expression", "happiness")
"""So that a command draws a few pictures and not many."""

ATTACKED: Final = (
    Attacked(("init",), goes_on=False, before=_without_settings),
    Attacked(("model", "fetch"), "empty"),
    Attacked(("extract", "photos"), "photographs"),
    Attacked(("extract", "photos", "--re-extract"), "extracted"),
    Attacked(("extract", "photos", "--prune"), "extracted", before=lambda folder: shutil.rmtree(
        folder / "photos" / "05"
    )),
    Attacked(("extract", "photos", "--shard", "2/4"), "photographs"),
    Attacked(("extract", "films"), "films"),
    Attacked(("merge",), "sharded"),
    Attacked(("merge", "--remove-staging"), "sharded"),
    Attacked(("spark", "extract", "photos", "--per-task", "3"), "photographs"),
    Attacked(("import-landmarks", "landmarks"), "landmarks"),
    Attacked(("scores", "scores.csv"), "landmarks"),
    Attacked(("covariates", "people.csv"), "landmarks"),
    Attacked(("events", "events.csv"), "landmarks", before=_with_videos),
    Attacked(("build", "--force")),
    Attacked(("build",), "extracted"),
    Attacked(("compact",), "extracted"),
    Attacked(("compact", "--quiet"), "parts of films"),
    Attacked(("prereg", "--after-scores"), goes_on=False),
    Attacked(("multiverse", "--limit", "2", "--permutations", "9"), before=_with_scores),
    *(_exported(each) for each in ("csv", "parquet", "arrow", "xlsx", "rds", "sav", "dta")),
    _exported("csv", "--pseudonymize", "--mapping", "mapping.csv"),
    Attacked(("report", "--out", "new/report.html")),
    Attacked(("export", "--pair-matrices", "--format", "parquet", "--out", "out")),
    Attacked(("sql", "-o", "points.parquet", "select * from landmarks")),
    Attacked(("render", "masks", "--per", "mean", *_OF_ONE, "--out", "new/pictures")),
    Attacked(("render", "alignments", *_OF_ONE, "--out", "new/pictures")),
    Attacked(("render", "faces", "photos", *_OF_ONE, "--out", "new/pictures")),
    Attacked(("render", "muscles", "--out", "new/muscles.png")),
    Attacked(("render", "pairs", *_OF_ONE, "--out", "new/pictures")),
    Attacked(("render", "video", "photos", *_OF_ONE, "--out", "new/video.mp4")),
    Attacked(("render", "contact-sheet", "photos", *_OF_ONE, "--out", "new/pictures")),
    Attacked(("render", "frame-strip", "videos", "--out", "new/pictures"), "filmed"),
    Attacked(("demo", "--participants", "3"), "empty"),
    Attacked(("synthesize", "--participants", "1", "--photos", "1"), "empty", goes_on=False),
    Attacked(("check",)),
    Attacked(("compare", "published.csv")),
    Attacked(("correlations",)),
    Attacked(("describe", "masks")),
    Attacked(("doctor",)),
    Attacked(("model", "path")),
    Attacked(("sql", "select count(*) from landmarks")),
    Attacked(("status",)),
    Attacked(("tables",)),
)  # fmt: skip


def write_templates(root: Path, prepared: Prepared) -> None:
    """Write the folders that commands are attacked in."""
    for name, write in _TEMPLATES.items():
        folder = root / name
        for inner in ("home", "tmp"):
            (folder / inner).mkdir(parents=True)
        write(folder)
        (folder / "warehouse").mkdir(exist_ok=True)
        settings = folder / "warehouse" / "lakehouse.toml"
        if name != "study":
            settings.write_text(SETTINGS)
    for name in ("extracted", "sharded"):
        shutil.copytree(root / "photographs", root / name)
    typed(prepared, root / "extracted", ("extract", "photos"))
    for shard in ("2/4", "4/4"):
        typed(prepared, root / "sharded", ("extract", "photos", "--shard", shard))
    films = root / "parts of films"
    shutil.copytree(root / "empty", films)
    for name in list(FILMS)[:3]:
        write_film(films / "films", name, FILMS[name])
        typed(prepared, films, ("extract", "films"))
    for path in (root, *root.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def typed(prepared: Prepared, folder: Path, words: Sequence[str]) -> None:
    """Type a command that must work."""
    ran = prepared.run(Line(words, str(folder)))
    assert ran.code == 0, ran.said


def _write_study(folder: Path) -> None:
    paths = WarehousePaths(folder / "warehouse")
    write_study(paths, folder / "photos")
    paths.settings.write_text(SETTINGS)
    _write_published(folder)
    build(paths, load_settings(paths.settings), extras=[Extra.PAIRS])


def _write_published(folder: Path) -> None:
    (folder / "published.csv").write_text("points_above_average\n61\n291\n")


def _write_photographs(folder: Path) -> None:
    for code in ("00", "05"):
        for photo in range(6):
            for participant in ("0000", "0001"):
                path = folder / "photos" / code / "00" / participant / f"{photo}.jpg"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"{code} {participant} {photo}")


def _write_landmarks(folder: Path) -> None:
    for code in ("00", "05"):
        for participant in ("0000", "0001"):
            for photo in range(4):
                name = f"{code}/00/{participant}/data-lms-{photo}.csv"
                write_file(folder / "landmarks" / name, landmark_face() + photo)
    write_scores(folder / "scores.csv", 2)
    (folder / "people.csv").write_text("participant,age,sex\n0000,20,f\n0001,31,m\n")


_TEMPLATES: Final[dict[str, Callable[[Path], object]]] = {
    "study": _write_study,
    "photographs": _write_photographs,
    "landmarks": _write_landmarks,
    "films": lambda folder: write_films(folder / "films"),
    "filmed": write_filmed_study,
    "empty": lambda folder: None,
}
