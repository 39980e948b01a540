"""What is attacked: a study, and the folders that commands are typed in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.paths import WarehousePaths
from lakehouse.scores.read import read_scores
from lakehouse.scores.store import store_scores
from lakehouse.warehouse.build import build
from tests.attack.attacked import ATTACKED, Attacked, write_templates
from tests.attack.judge import Truth, TruthOf, truth
from tests.attack.kills import Place
from tests.attack.prepared import Prepared
from tests.attack.studies import IN_TOML, SETTINGS, Study
from tests.copies import copied
from tests.lakehouse.importing.trees import write_scores, write_study
from tests.once import Once

PART_PHOTOS = 16


@pytest.fixture(scope="session")
def attacked(once: Once) -> Path:
    """Landmarks of two people and their scores, in parts of sixteen, built; read only."""

    def make(folder: Path) -> Path:
        tree = write_study(folder / "tree", participants=2, photos=1)
        paths = WarehousePaths(folder / "study")
        import_landmarks(tree, paths, SETTINGS, ImportOptions(part_photos=PART_PHOTOS))
        store_scores(read_scores(write_scores(folder / "scores.csv", 2), SETTINGS), paths)
        paths.settings.write_text(IN_TOML)
        build(paths, SETTINGS)
        return folder

    return once("attacked", make)


@pytest.fixture
def study(attacked: Path, tmp_path: Path) -> Study:
    """A copy of it, to be changed."""
    folder = copied(attacked, tmp_path / "attacked")
    return Study(WarehousePaths(folder / "study"), folder / "tree", folder / "scores.csv")


@pytest.fixture(scope="session")
def prepared(face_model_path: Path) -> Iterator[Prepared]:
    """Everything is imported already."""
    with Prepared() as process:
        yield process


@pytest.fixture(scope="session")
def templates(prepared: Prepared, once: Once) -> Path:
    """A folder for each kind of command; read only."""

    def make(folder: Path) -> Path:
        write_templates(folder, prepared)
        return folder

    return once("templates", make)


@pytest.fixture(scope="session")
def truth_of(prepared: Prepared, templates: Path, once: Once) -> TruthOf:
    """What a command does that nobody disturbs, tried once."""

    def of(attacked: Attacked) -> Truth:
        def make(folder: Path) -> Truth:
            return truth(prepared, attacked, templates, folder / "box")

        return once(f"truth-{ATTACKED.index(attacked)}", make)

    return of


@pytest.fixture
def place(prepared: Prepared, templates: Path, tmp_path: Path) -> Iterator[Place]:
    """A place of one's own."""
    yield Place(prepared, templates, tmp_path / "box")
    shutil.rmtree(tmp_path / "box", ignore_errors=True)
