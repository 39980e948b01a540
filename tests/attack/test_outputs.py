"""Every command, with standard streams that are closed, full or hold ASCII only."""

import shutil
from pathlib import Path

import pytest

from tests.attack.typed import Ended, split, typed
from tests.cli.conftest import linked
from tests.cli.test_commands import COMMANDS
from tests.lakehouse.importing.trees import write_study as write_landmarks
from tests.lean import TOML

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

    for stdout in (">&-", ">/dev/full", ">&- <&-"):
        ended = call(place, name, redirected=stdout)
        assert "Traceback" not in ended.err
        if usual.out:
            assert (ended.code, ended.err.endswith(LOST)) == (max(usual.code, 1), True), ended.err
        else:
            assert ended.code == usual.code
    for stderr in ("2>&-", "2>/dev/full <&-"):
        ended = call(place, name, redirected=stderr)
        assert (ended.code, bool(ended.out)) == (usual.code, bool(usual.out))
    ended = call(place, name, redirected=">&- 2>&- <&-")
    assert ended.code == (max(usual.code, 1) if usual.out else usual.code)
