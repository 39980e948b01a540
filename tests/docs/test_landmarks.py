"""The examples of the page on landmarks from elsewhere are imported as they stand there."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lakehouse.importing.finding import find_landmarks
from lakehouse.importing.readings import Reading
from lakehouse.importing.sources import Question
from lakehouse.settings.dataset import Dataset
from tests.lakehouse.importing.trees import face

PAGE = (Path(__file__).parents[2] / "docs" / "landmarks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SIZE = (1920, 1080, 1920)

PIXELS = np.column_stack([np.vstack([face(), face()[:10]]), np.linspace(-80, 40, 478)])
SHARES = PIXELS / SIZE


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def read(root: Path) -> dict[tuple[object, ...], Reading]:
    found = {s.file.key: s.look(Question()) for s in find_landmarks(root, Dataset()).shown()}
    return {key: reading for key, reading in found.items() if reading}


def assert_face(reading: Reading) -> None:
    assert reading.status == "ok", reading.error
    np.testing.assert_allclose(reading.landmarks, PIXELS, rtol=1e-6)


HAPPY = ("0870", "happiness", True, "1")


def test_every_kind_of_example_is_there() -> None:
    counts = {name: len(blocks(name)) for name, _ in BLOCKS}
    assert counts == {"csv": 2, "python": 3, "json": 3, "javascript": 1}


def test_the_wide_table(tmp_path: Path) -> None:
    header, row = blocks("csv")[0].splitlines()
    ids, values = header.split(",x_0")[0], ",".join(row.split(",")[:6])
    names = [f"{axis}_{point}" for point in range(478) for axis in "xyz"]
    assert header == f"{ids},{','.join(names[:3])},…,{','.join(names[-3:])}"
    numbers = ",".join(map(repr, SHARES.ravel().tolist()))
    (tmp_path / "faces.csv").write_text(f"{ids},{','.join(names)}\n{values},{numbers}\n")

    [(key, reading)] = read(tmp_path / "faces.csv").items()

    assert key == HAPPY
    assert_face(reading)


def test_the_long_table(tmp_path: Path) -> None:
    header, first, *_, last = blocks("csv")[1].splitlines()
    before = first.split(",0,")[0]
    assert last.startswith(f"{before},477,")
    rows = [f"{before},{n},{x!r},{y!r},{z!r}" for n, (x, y, z) in enumerate(SHARES.tolist())]
    (tmp_path / "faces.csv").write_text("\n".join([header, *rows]))

    [(key, reading)] = read(tmp_path / "faces.csv").items()

    assert key == HAPPY
    assert_face(reading)


@pytest.mark.parametrize("text", blocks("json"))
def test_results(text: str, tmp_path: Path) -> None:
    points = [dict(zip("xyz", point, strict=True)) for point in SHARES.tolist()]
    whole = re.sub(r'\{"x": [^}]*\}, …', lambda _: json.dumps(points)[1:-1], text)
    whole = re.sub(
        r'\{"(category_?[nN]ame)": "_neutral", "score": 0.01\}, …',
        lambda match: json.dumps([{match[1]: f"b{n}", "score": 0.01} for n in range(52)])[1:-1],
        whole,
    )
    assert "…" not in whole
    (tmp_path / "05/01/0870").mkdir(parents=True)
    (tmp_path / "05/01/0870/1.json").write_text(whole)
    (tmp_path / "00/00/0870").mkdir(parents=True)
    (tmp_path / "00/00/0870/2.json").write_text(json.dumps(SHARES.tolist()))

    found = read(tmp_path)

    assert_face(found[HAPPY])
    if "multi_face" not in text:
        assert found[HAPPY].pose == pytest.approx((0, 0, 0))
        assert len(found[HAPPY].blendshape_names) == 52
    plain = found["0870", "neutral", False, "2"]
    assert "x and y are shares of the picture" in (plain.error or "")


@dataclass
class Point:
    """A landmark as MediaPipe's Tasks API has it."""

    x: float
    y: float
    z: float
    visibility: float | None = 0.0
    presence: float | None = 0.0


@dataclass
class Category:
    category_name: str
    score: float
    index: int = 0
    display_name: str = ""


@dataclass
class Result:
    face_landmarks: list[list[Point]] = field(
        default_factory=lambda: [[Point(*point) for point in SHARES.tolist()]]
    )
    face_blendshapes: list[list[Category]] = field(
        default_factory=lambda: [[Category(f"b{n}", 0.5) for n in range(52)]]
    )
    facial_transformation_matrixes: list[Any] = field(default_factory=lambda: [np.eye(4)])


@pytest.mark.parametrize("code", blocks("python"))
def test_the_ways_to_dump_them(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = {"05/01/0870/1.jpg": (Result(), 1920, 1080)}
    if "savez" not in code:
        results["00/01/0870/1.jpg"] = (Result([], [], []), 1920, 1080)
    monkeypatch.chdir(tmp_path)
    exec(code, {"results": results})

    found = read(tmp_path)

    assert_face(found[HAPPY])
    assert len(found) == len(results)
    if "jsonl" in code:
        assert found[HAPPY].pose == pytest.approx((0, 0, 0))
    for key, reading in found.items():
        assert (reading.status == "ok") is (key == HAPPY)
