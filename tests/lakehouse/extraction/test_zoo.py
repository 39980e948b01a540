"""Every file of the zoo gets the row it should, and its landmarks lie where the face is."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.lake.parts import part_names, read_part
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.vocabulary import CHIN, FOREHEAD
from tests.once import Once
from tests.zoo import CELL, zoo

pytestmark = [pytest.mark.slow, pytest.mark.portable]


@pytest.fixture(scope="session")
def paths(face_model_path: Path, once: Once) -> WarehousePaths:
    def make(folder: Path) -> WarehousePaths:
        root, paths = folder / "photos", WarehousePaths(folder / "warehouse")
        (root / CELL).mkdir(parents=True)
        for specimen in zoo():
            (root / CELL / specimen.name).write_bytes(specimen.content)
        options = ExtractionOptions(part_photos=40)
        assert extract(root, paths, Settings(), options).found == len(zoo())
        return paths

    return once("zoo", make)


@pytest.fixture(scope="module")
def rows(paths: WarehousePaths) -> dict[str, dict[str, Any]]:
    found = pq.read_table(paths.photos).to_pylist()
    return {Path(row["path"]).name: row for row in found}


@pytest.fixture(scope="module")
def landmarks(paths: WarehousePaths) -> dict[str, np.ndarray]:
    return {
        Path(record.row.path).name: record.landmarks
        for name in part_names(paths)
        for record in read_part(paths, name)
        if record.landmarks is not None
    }


def test_the_zoo_is_large_enough_and_every_file_has_its_row(rows: dict[str, Any]) -> None:
    assert len(zoo()) >= 40
    assert set(rows) == {specimen.name for specimen in zoo()}


# Not a test for each: that would make all pictures wherever tests are only collected.
def test_every_file_is_what_it_should_be(rows: dict[str, Any]) -> None:
    for specimen in zoo():
        name, row = specimen.name, rows[specimen.name]
        assert row["status"] == specimen.status, (name, row["error"])
        assert specimen.error in (row["error"] or ""), name
        assert row["bytes"] == len(specimen.content), name
        if specimen.status == "ok":
            assert (row["retry"] or "-") in specimen.retry.split(), name
            assert row["error"] is None, name
        faces = {"ok": specimen.faces, "no_face": 0}.get(specimen.status)
        assert row["faces"] == faces, name


def test_the_eight_orientations_agree(
    rows: dict[str, Any], landmarks: dict[str, np.ndarray]
) -> None:
    first = landmarks["orientation 1.jpg"]
    for orientation in range(2, 9):
        name = f"orientation {orientation}.jpg"
        assert rows[name]["orientation"] == orientation
        apart = np.linalg.norm(landmarks[name] - first, axis=1)
        assert apart.max() < 0.01 * rows[name]["face_height"]


def test_landmarks_lie_where_the_face_is(
    rows: dict[str, Any], landmarks: dict[str, np.ndarray]
) -> None:
    placed = {each.name: each.place for each in zoo() if each.place is not None}
    assert len(placed) > 10
    for name, place in placed.items():
        plain, found = landmarks["plain.png"], landmarks[name]
        turn_and_scale = place[:, :2]
        scale = np.sqrt(np.linalg.det(turn_and_scale))
        expected = plain[:, :2] @ turn_and_scale.T + place[:, 2]
        height = np.linalg.norm(expected[FOREHEAD] - expected[CHIN])
        # Forehead and chin can only be guessed where the picture cuts them off.
        cut = name == "filling the frame.png"
        apart = np.linalg.norm(found[:, :2] - expected, axis=1)
        assert apart.mean() < (0.02 if cut else 0.008) * height, name
        assert np.abs(found[:, 2] - plain[:, 2] * scale).mean() < 0.02 * height, name
        expected_height = pytest.approx(height, rel=0.15 if cut else 0.03)
        assert rows[name]["face_height"] == expected_height, name


def test_a_turned_head_says_how_it_lies(rows: dict[str, Any]) -> None:
    plain = rows["plain.png"]
    for name, degrees in (
        ("turned 90.png", 90),
        ("turned 180.png", 180),
        ("turned 270.png", -90),
        ("lying on the left.png", 120),
        ("lying on the right.png", -120),
        ("tilted.png", 35),
    ):
        row = rows[name]
        assert abs((row["roll"] - plain["roll"] - degrees + 180) % 360 - 180) < 2
        # Where the face points turns with it.
        gaze = np.radians([plain["yaw"], plain["pitch"]])
        turn = np.radians(degrees)
        yaw = gaze[0] * np.cos(turn) + gaze[1] * np.sin(turn)
        pitch = -gaze[0] * np.sin(turn) + gaze[1] * np.cos(turn)
        assert row["yaw"] == pytest.approx(np.degrees(yaw), abs=4)
        assert row["pitch"] == pytest.approx(np.degrees(pitch), abs=4)


def test_a_half_covered_face_is_found_where_it_is(landmarks: dict[str, np.ndarray]) -> None:
    plain = landmarks["plain.png"]
    height = np.linalg.norm(plain[FOREHEAD] - plain[CHIN])
    for name in ("mouth covered.png", "one side covered.png"):
        apart = np.linalg.norm(landmarks[name][:, :2] - plain[:, :2], axis=1)
        assert apart.mean() < 0.04 * height


def test_of_several_faces_the_largest_counts(landmarks: dict[str, np.ndarray]) -> None:
    def middle(name: str) -> float:
        return float(landmarks[name][:, 0].mean())

    assert middle("two faces.png") < 320
    assert 600 < middle("three small faces.png") < 860
