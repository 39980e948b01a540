"""Collections as labs have them, from photographs by typed commands to results.

Each is built under each reference and compared with the independent computation.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from lakehouse.cli.main import run

from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.photographs import Tree, write_photographs
from lakehouse.synthetic.study import plan_study
from tests.cli.conftest import linked
from tests.lakehouse.reference.compare import compare_built
from tests.lean import TOML
from tests.photographs import nobody, save

PEOPLE: Final = ("S010", "S011", "S012", "S506")
FEELINGS: Final = ("neutral", "happiness", "fear")
CODES: Final = {"happiness": 5, "fear": 4}
LACKING: Final = "S506"
"""Who has no neutral face in a mixed collection."""

Arrange = Callable[[Path, Path], str]
"""Puts the faces into a folder as a collection has them, and gives its settings."""


def copied(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)


def as_sequences(faces: Path, photos: Path) -> str:
    """As CK+ has them, but for one person whose first frames show nobody."""
    for who in PEOPLE:
        for take, feeling in enumerate(CODES, start=1):
            folder = Path(who, f"{take:03d}")
            names = [f"{who}_{take:03d}_{frame:08d}" for frame in (8, 9, 10, 11, 12)]
            shown = [("neutral", take), ("neutral", 3), *((feeling, photo) for photo in (1, 2, 3))]
            for name, (what, photo) in zip(names, shown, strict=True):
                copied(faces / what / who / f"{photo}.jpg", photos / folder / f"{name}.png")
            if who == LACKING:
                save(nobody(), photos / folder / f"{names[0]}.png", format="PNG")
            label = photos.parent / "Emotion" / folder / f"{names[-1]}_emotion.txt"
            label.parent.mkdir(parents=True, exist_ok=True)
            label.write_text(f"   {CODES[feeling]}.0000000e+00\n")
    return """
[dataset]
layout = "{participant:4}/{sequence:3}/{_:4}_{_:3}_{frame:8}"
[dataset.expressions]
0 = "neutral"
4 = "fear"
5 = "happiness"
[dataset.sequence]
apex = 2
labels = "../Emotion"
"""


def some_without_neutral(faces: Path, photos: Path) -> str:
    for feeling in FEELINGS:
        for who in PEOPLE:
            for photo in (1, 2):
                if (feeling, who) != ("neutral", LACKING):
                    source = faces / feeling / who / f"{photo}.jpg"
                    copied(source, photos / f"{who}-{feeling}-{photo}.jpg")
    return _worded("{participant}-{expression}-{_}", FEELINGS)


def without_neutral(faces: Path, photos: Path) -> str:
    """As CK+48 has them."""
    for feeling in CODES:
        for who in PEOPLE:
            for photo in (1, 2):
                source = faces / feeling / who / f"{photo}.jpg"
                copied(source, photos / feeling / f"{who}_{photo}.jpg")
    return _worded("{expression}/{participant}_{_}", FEELINGS)


def without_identity(faces: Path, photos: Path) -> str:
    """As FER2013 has them."""
    for feeling in FEELINGS:
        for number, who in enumerate(PEOPLE):
            copied(faces / feeling / who / "1.jpg", photos / feeling / f"{number}.jpg")
    return _worded("{expression}/{photo}", FEELINGS, 'identity = "photo"\n')


def _worded(layout: str, feelings: tuple[str, ...], more: str = "") -> str:
    codes = "".join(f'{feeling} = "{feeling}"\n' for feeling in feelings)
    return f'[dataset]\nlayout = "{layout}"\n{more}[dataset.expressions]\n{codes}'


COLLECTIONS: Final[dict[str, Arrange]] = {
    "sequences": as_sequences,
    "mixed": some_without_neutral,
    "without neutral": without_neutral,
    "without identity": without_identity,
}
REFERENCES: Final = {"own": "paper", "mean": "paper", "canonical": "procrustes"}


@pytest.fixture(scope="session")
def faces(once) -> Path:
    """Photographs of four people; read only."""

    def make(folder: Path) -> Path:
        plan = plan_study(
            seed=5, participants=PEOPLE, expressions=FEELINGS, conditions=(False,), photos=3
        )
        layout = Tree(
            "{expression}/{participant}/{photo}", expression_names={f: f for f in FEELINGS}
        )
        write_photographs(plan, folder, layout, workers=1)
        return folder

    return once("faces of collections", make)


@pytest.fixture(params=COLLECTIONS)
def collection(request, faces, once, face_model_path, tmp_path) -> Path:
    """A folder with the settings and the lake of a collection, in which to build."""

    def make(folder: Path) -> Path:
        text = COLLECTIONS[request.param](faces, folder / "photos")
        root = folder / "warehouse"
        root.mkdir()
        (root / "lakehouse.toml").write_text(text + TOML)
        typed = ["--warehouse", str(root), "extract", str(folder / "photos"), "--quiet"]
        assert run(typed) == 0
        return root

    return linked(once(f"collection {request.param}", make), tmp_path / request.param)


def expected(name: str, reference: str) -> dict[str, int]:
    """Tell how many are compared with what."""
    if name == "without identity":
        own, others = 4, 8
    else:
        own = 0 if name == "without neutral" else 3
        others = 4 - own
    if reference == "own":
        return {"own": own} if own else {}
    if reference == "mean" and not own:
        return {}
    return {face: number for face, number in (("own", own), (reference, others)) if number}


@pytest.mark.slow
@pytest.mark.parametrize(
    "reference", ["own", pytest.param("mean", marks=pytest.mark.exhaustive), "canonical"]
)
def test_results_are_those_of_the_independent_computation(collection, reference, lakehouse) -> None:
    paths = WarehousePaths(collection)
    quality = f'[quality]\nreference = "{reference}"\nphotos_per_mask = "any"\nmasks = "neutral"\n'
    method = f'[alignment]\nmethod = "{REFERENCES[reference]}"\n'
    text = paths.settings.read_text() + quality + method
    paths.settings.unlink()
    paths.settings.write_text(text)
    at = ("--warehouse", collection)

    assert lakehouse(*at, "build").code == 0
    assert lakehouse(*at, "check").code == 0
    compare_built(paths, load_settings(paths.settings))

    asked = "select compared_with, count(*) as n from participants where included group by all"
    counts = json.loads(lakehouse(*at, "sql", asked, "--format", "json").out)
    faces = expected(collection.name, reference)
    assert {row["compared_with"]: row["n"] for row in counts} == faces
    said = lakehouse(*at, "status").out
    others_are_compared = reference != "own" and reference in faces
    assert ("holds the build of their face" in said) == others_are_compared
    assert ("sequences  8: first frames 1 neutral, last 2 " in said) == (
        collection.name == "sequences"
    )
