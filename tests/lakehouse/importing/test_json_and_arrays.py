"""Files of JSON and of NumPy: which photographs they are of, and what is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lakehouse.errors import InputError
from lakehouse.importing.finding import find_landmarks
from lakehouse.importing.sources import Question
from lakehouse.settings.dataset import Dataset
from tests.lakehouse.importing.trees import face

FACE = np.column_stack([face(), np.linspace(-80, 40, 468)])
RESULT = {"face_landmarks": [FACE.tolist()]}
IDS = {"participant": "7", "expression": "happiness", "supervised": True, "photo": 1}
KEY = ("7", "happiness", True, "1")


def outcomes(root: Path) -> dict[tuple[object, ...], tuple[str, str | None]]:
    result = {}
    for shown in find_landmarks(root, Dataset()).shown():
        reading = shown.look(Question())
        assert reading is not None
        result[shown.file.key] = (str(reading.status), reading.error)
    return result


def wrote(file: Path, value: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(value if isinstance(value, str) else json.dumps(value))
    return file


@pytest.mark.parametrize(
    "value",
    [
        {"05/01/7/1.jpg": RESULT},
        {"05/01/7/1.jpg": [FACE.tolist()]},
        {"05\\01\\7\\1.jpg": RESULT},
        [{"path": "05/01/7/1.jpg", **RESULT}],
        [{"file": "05/01/7/1.jpg", "result": RESULT}],
        [IDS | RESULT],
        IDS | RESULT,
        {"a": IDS | RESULT},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_who_it_is_stands_in_a_file_of_many(value: Any, indent: int | None, tmp_path: Path) -> None:
    if value == IDS | RESULT:
        value = [value]
    file = wrote(tmp_path / "faces.json", json.dumps(value, indent=indent))
    assert outcomes(file) == {KEY: ("ok", None)}


@pytest.mark.parametrize(
    "value", [{"05/01/7/1.jpg": RESULT}, {"path": "05/01/7/1.jpg", **RESULT}, IDS | RESULT]
)
def test_each_line_is_a_photograph(value: Any, tmp_path: Path) -> None:
    other = {"path": "00/00/7/2.png", "face_landmarks": []}
    lines = ["", json.dumps(value), json.dumps(other), ""]
    file = wrote(tmp_path / "faces.jsonl", "\r\n".join(lines))
    assert outcomes(file) == {
        KEY: ("ok", None),
        ("7", "neutral", False, "2"): (
            "no_face",
            "faces.jsonl, line 3: no face was found, says the file",
        ),
    }


@pytest.mark.parametrize("name", ["1.json", "1.jpg.json", "1.JSON"])
def test_a_file_of_one_is_named_by_its_path(name: str, tmp_path: Path) -> None:
    wrote(tmp_path / "05/01/7" / name, RESULT)
    wrote(tmp_path / "05/01/8/1.json", [FACE.tolist()])
    np.save(tmp_path / "05/01/8/2.npy", FACE[:, :2])
    np.savez(tmp_path / "05/01/8/3.npz", FACE[np.newaxis] * np.nan)
    assert outcomes(tmp_path) == {
        KEY: ("ok", None),
        ("8", "happiness", True, "1"): ("ok", None),
        ("8", "happiness", True, "2"): ("ok", None),
        ("8", "happiness", True, "3"): ("no_face", "no face was found, says the file"),
    }


def test_one_bad_entry_stops_no_other(tmp_path: Path) -> None:
    file = wrote(
        tmp_path / "faces.json",
        {
            "05/01/7/1.jpg": RESULT,
            "05/01/7/2.jpg": {"face_landmarks": [FACE[:68].tolist()]},
            "05/01/7/3.jpg": {"face_landmarks": "none"},
            "99/01/7/1.jpg": RESULT,
        },
    )
    found = outcomes(file)
    assert [status for status, _ in found.values()] == ["ok", "unreadable", "unreadable"]
    errors = [error for _, error in found.values() if error]
    assert errors[0].startswith("faces.json, entry 2: has 68 points, not 468 or 478: ")
    assert errors[1] == "faces.json, entry 3: its faces are no list"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", '{"05/01/7/1.jpg": {"face_landmarks": [', "is not valid JSON (line 1: "),
        ("a.json", "[" * 200_000, "is not valid JSON (nested too deeply)"),
        ("a.json", '{"name": "x"}', "entry 1 names no photograph: participant, expression and"),
        ("a.json", "7", "holds neither a list nor an object of results"),
        ("a.json", "\udcff", "is not valid JSON (not UTF-8)"),
        ("a.json", '[{"path": "a"}, 1' + "0" * 9000 + "]", "is not valid JSON (a number is too"),
        ("a.jsonl", '{"face_landmarks": []}', "line 1 names no photograph: participant, expre"),
        ("a.jsonl", '\n{"path": "a"', "line 2: is not valid JSON (line 1: "),
        ("a.pts", "version: 1\nn_points: 68\n{", "has 68 points, not 468 or 478: the 68 points"),
        ("a.pts", "nothing", "is a file of another model's points (.pts)"),
        ("a.npy", "nothing", "cannot be read as NumPy's arrays"),
        ("a.npz", "PK\x03\x04", "cannot be read as NumPy's arrays"),
        ("a.parquet", "PAR1", "cannot be read (Parquet file size is 4 bytes"),
        ("a.feather", "ARROW1", "cannot be read ("),
    ],
)
def test_files_that_are_refused(name: str, content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError) as raised:
        find_landmarks(file, Dataset())
    assert f"{name}: {said}" in str(raised.value)
    # In a folder, the others are taken.
    wrote(tmp_path / "05/01/7/1.json", RESULT)
    found = find_landmarks(tmp_path, Dataset())
    assert [file.key for file in found.files] == [KEY]
    assert [each.example for each in found.ignored] == [name]


TWO = np.stack([FACE, FACE + 1])
PATHS = np.array(["05/01/7/1.jpg", "00/00/7/2.jpg"])


class Runs:
    """What pickle would run."""

    def __reduce__(self) -> tuple[object, ...]:
        return print, ("it ran",)


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"landmarks": TWO}, "holds landmarks of 2 photographs, but not whose: an archive (.npz)"),
        ({"faces": TWO, "paths": PATHS}, "has no array landmarks"),
        ({"landmarks": TWO, "paths": PATHS[:1]}, "paths has the shape (1,), not (2,)"),
        ({"landmarks": FACE, "paths": PATHS}, "paths has the shape (2,), not (468,)"),
        ({"landmarks": np.array([Runs()]), "paths": PATHS}, "holds Python's objects (pickle)"),
        ({"landmarks": PATHS, "paths": PATHS}, "landmarks holds <U13, not numbers"),
        (
            {"landmarks": TWO, "paths": PATHS, "blendshapes": np.zeros((2, 52))},
            "blendshapes has not as many columns as blendshape_names has names",
        ),
        ({"landmarks": TWO, "paths": PATHS, "width": np.zeros(3), "height": 1}, "width has the s"),
    ],
)
def test_archives_that_are_refused(arrays: Any, said: str, tmp_path: Path, capsys) -> None:
    np.savez(tmp_path / "faces.npz", **arrays)
    with pytest.raises(InputError) as raised:
        find_landmarks(tmp_path / "faces.npz", Dataset())
    assert f"faces.npz: {said}" in str(raised.value)
    assert capsys.readouterr().out == ""


def test_archives_of_many(tmp_path: Path) -> None:
    np.savez(tmp_path / "faces.npz", landmarks=TWO, paths=PATHS, width=640, height=800)
    assert set(outcomes(tmp_path / "faces.npz").values()) == {("ok", None)}

    ids = {"participant": [7, 8], "expression": ["neutral", "05"], "photo": [b"1", b"1"]}
    np.savez(
        tmp_path / "faces.npz", landmarks=TWO[..., :2], **{k: np.array(v) for k, v in ids.items()}
    )
    assert [*outcomes(tmp_path / "faces.npz")] == [
        ("7", "neutral", False, "1"),
        ("8", "happiness", False, "1"),
    ]


def test_the_warehouse_itself_is_not_taken(tmp_path: Path) -> None:
    wrote(tmp_path / "05/01/7/1.json", RESULT)
    wrote(tmp_path / "warehouse/lake/1.json", RESULT)
    found = find_landmarks(tmp_path, Dataset(), without=tmp_path / "warehouse")
    assert len(found.files) == 1
    assert [(each.reason, each.count) for each in found.ignored] == [
        ("file of the warehouse itself", 1)
    ]
