"""Landmarks of sequences: frames are chosen as those of photographs are."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lakehouse.dataset.listing import Listing
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import InputError
from lakehouse.importing.finding import FoundLandmarks, find_landmarks
from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.importing.sources import Question
from lakehouse.lake.photos_index import read_photos_index
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.dataset import Dataset
from tests.lakehouse.importing.trees import face, write_file

FRAMES = {("1", "a"): (0, 1, 2, 4, 11), ("1", "b"): (7, 8), ("2", "a"): (9, 10, 11, 12)}
PATHS = [f"{who}/{take}/{frame}" for (who, take), frames in FRAMES.items() for frame in frames]
LABELS = "participant,sequence,expression\n1,a,5\n1,b,5\n9,a,5\n"
DATASET = Dataset.model_validate(
    {
        "layout": "{participant}/{sequence}/{frame}",
        "expressions": {"0": "neutral", "5": "happiness"},
        "sequence": {"apex": 2, "labels": "labels.csv"},
    }
)
SETTINGS = Settings(dataset=DATASET)


def points(path: str) -> np.ndarray:
    return face() + PATHS.index(path)


def photographs(root: Path) -> Listing:
    """Choose frames of empty photographs of the same names."""
    for path in PATHS:
        file = root / "photographs" / f"{path}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (root / "photographs/labels.csv").write_text(LABELS)
    return walk_photos(root / "photographs", DATASET)


def tree(root: Path) -> Path:
    for path in PATHS:
        folder, _, frame = path.rpartition("/")
        write_file(root / folder / f"data-lms-{frame}.csv", points(path))
    return root


def arrays(root: Path) -> Path:
    for path in PATHS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        np.save(root / f"{path}.npy", points(path))
    return root


def table(root: Path) -> Path:
    values = np.stack([points(path) for path in PATHS])
    ids = pl.DataFrame({"image": [f"C:\\data\\{path}.jpg".replace("/", "\\") for path in PATHS]})
    columns = {f"{a}{p}": values[:, p, i] for i, a in enumerate("xy") for p in range(468)}
    ids.hstack(pl.DataFrame(columns)).write_csv(root / "faces.csv")
    return root / "faces.csv"


def lines(root: Path) -> Path:
    entries = [{f"{path}.png": {"face_landmarks": [points(path).tolist()]}} for path in PATHS]
    (root / "faces.jsonl").write_text("\n".join(map(json.dumps, entries)))
    return root / "faces.jsonl"


def found_in(form, root: Path) -> FoundLandmarks:
    (root / "landmarks").mkdir()
    (root / "landmarks/labels.csv").write_text(LABELS)
    return find_landmarks(form(root / "landmarks"), DATASET)


def frames_ignored(found: FoundLandmarks | Listing) -> dict[str, int]:
    return {each.reason: each.count for each in found.ignored if "frame" in each.reason}


@pytest.mark.parametrize("form", [tree, arrays, table, lines])
def test_the_same_frames_are_chosen_as_of_photographs(form, tmp_path: Path) -> None:
    expected, found = photographs(tmp_path), found_in(form, tmp_path)

    assert [file.key for file in found.files] == [file.key for file in expected]
    assert [file.key for file in found.files] == [
        ("1", "neutral", False, "a_0"),
        ("1", "happiness", False, "a_4"),
        ("1", "happiness", False, "a_11"),
    ]
    assert found.sequences is not None
    assert expected.sequences is not None
    assert (found.sequences.found, found.sequences.used) == (3, 1)
    counts = [(each.reason, each.count) for each in found.sequences.unused]
    assert counts == [(each.reason, each.count) for each in expected.sequences.unused]
    assert [each.count for each in found.sequences.labels_unused] == [1]
    assert frames_ignored(found) == frames_ignored(expected)
    assert frames_ignored(found)["frame between the neutral face and the expression"] == 2


@pytest.mark.parametrize("form", [tree, arrays, table, lines])
def test_each_frame_has_its_own_landmarks(form, tmp_path: Path) -> None:
    for shown in found_in(form, tmp_path).shown():
        reading = shown.look(Question())
        assert reading is not None
        assert reading.landmarks is not None, reading.error
        path = f"1/a/{shown.file.photo.removeprefix('a_')}"
        np.testing.assert_allclose(reading.landmarks[:, :2], points(path), rtol=1e-6)


def test_rows_that_say_it_themselves_are_no_frames(tmp_path: Path) -> None:
    values = {f"{a}{p}": [face()[p, i]] * 2 for i, a in enumerate("xy") for p in range(468)}
    ids = {"participant": ["1", "2"], "expression": ["joy", "neutral"], "photo": ["x", "y"]}
    pl.DataFrame({**ids, **values}).write_csv(tmp_path / "faces.csv")
    (tmp_path / "labels.csv").write_text(LABELS)

    found = find_landmarks(tmp_path, DATASET)

    assert [file.photo for file in found.files] == ["x", "y"]
    assert found.sequences is not None
    assert found.sequences.found == 0


def test_no_sequence_that_can_be_used_is_told(tmp_path: Path) -> None:
    write_file(tmp_path / "1/a/data-lms-1.csv", face())
    (tmp_path / "labels.csv").write_text(LABELS)
    with pytest.raises(InputError, match=r"no landmarks to import .*too short for data"):
        find_landmarks(tmp_path, DATASET)


def test_folders_without_a_name_of_the_sequence_are_not_mixed(tmp_path: Path) -> None:
    paths = [f"1/5/{take}/{frame}" for take in "ab" for frame in range(3)]
    entries = {path: {"face_landmarks": [face().tolist()]} for path in paths}
    (tmp_path / "faces.json").write_text(json.dumps(entries))
    changes = {"layout": "{participant}/{expression}/{_}/{frame}", "sequence": {"apex": 2}}
    dataset = Dataset.model_validate({**DATASET.model_dump(), **changes})

    found = find_landmarks(tmp_path / "faces.json", dataset)

    assert (len(found.files), found.sequences and found.sequences.used) == (6, 2)
    assert all(
        reading and reading.status == "ok"
        for reading in (shown.look(Question()) for shown in found.shown())
    )


def test_frames_that_are_no_longer_used_leave_the_lake(tmp_path: Path) -> None:
    root, paths = tree(tmp_path / "landmarks"), WarehousePaths(tmp_path / "warehouse")
    (root / "labels.csv").write_text(LABELS)
    summary = import_landmarks(root, paths, SETTINGS, ImportOptions())
    assert (summary.found, summary.ok, summary.superseded) == (3, 3, 0)

    one = DATASET.model_copy(update={"sequence": DATASET.sequence.model_copy(update={"apex": 1})})
    summary = import_landmarks(root, paths, Settings(dataset=one), ImportOptions())

    # Two frames are enough now, so that the second sequence is used too.
    assert (summary.found, summary.ok, summary.superseded, summary.missing) == (4, 2, 1, 0)
    assert sorted(photo.key[3] for photo in read_photos_index(paths)) == [
        *("a_0", "a_11", "b_7", "b_8"),
    ]
