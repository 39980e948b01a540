import os
from pathlib import Path

import pytest

from lakehouse.errors import InputError, UsageError
from lakehouse.importing.finding import FoundLandmarks, find_landmarks
from lakehouse.settings.dataset import Dataset


def tree(root: Path, *names: str, layout: str | None = None) -> FoundLandmarks:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return find_landmarks(root, Dataset(), layout=layout)


def keys(found: FoundLandmarks) -> list[tuple[object, ...]]:
    return [(*file.key, file.path) for file in found.files]


def ignored(found: FoundLandmarks) -> dict[str, tuple[int, str]]:
    return {each.reason: (each.count, each.example) for each in found.ignored}


def test_ids_are_the_names_without_prefix_and_ending(tmp_path: Path) -> None:
    found = tree(
        tmp_path,
        "05/01/0870/data-lms-10.csv",
        "05/01/0870/data-lms-9.csv",
        "05/01/0870/error-11.csv",
        "00/00/0870/DATA-LMS-a b.CSV",
        "00/00/0870/error-lms-c.csv",
    )
    assert keys(found) == [
        ("0870", "neutral", False, "a b", "00/00/0870/DATA-LMS-a b.CSV"),
        ("0870", "neutral", False, "c", "00/00/0870/error-lms-c.csv"),
        ("0870", "happiness", True, "9", "05/01/0870/data-lms-9.csv"),
        ("0870", "happiness", True, "10", "05/01/0870/data-lms-10.csv"),
        ("0870", "happiness", True, "11", "05/01/0870/error-11.csv"),
    ]
    assert found.ignored == ()


def test_what_is_passed_over_is_counted_with_its_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "data-lms-pipe.csv")
    found = tree(
        tmp_path,
        "00/00/1/data-lms-1.csv",
        "00/00/1/error-1.csv",
        "00/00/1/mean-lms-1.csv",
        "00/00/1/mean-lms-2.csv",
        "00/00/1/data-lms-1.PNG",
        "00/00/1/1.jpg",
        "00/00/1/1.csv",
        "00/00/1/notes.txt",
        "00/00/1/.data-lms-2.csv",
        "08/00/1/data-lms-1.csv",
        "00/02/1/data-lms-1.csv",
        "data-lms-1.csv",
    )
    assert [file.path for file in found.files] == ["00/00/1/data-lms-1.csv"]
    assert ignored(found) == {
        "hidden": (1, "00/00/1/.data-lms-2.csv"),
        "error file of a photograph that has landmarks": (1, "00/00/1/error-1.csv"),
        "mean of several photographs": (2, "00/00/1/mean-lms-1.csv"),
        "picture": (2, "00/00/1/1.jpg"),
        "no landmark file": (3, "data-lms-pipe.csv"),
        "expression not listed in the settings": (1, "08"),
        "supervised code not listed in the settings": (1, "02"),
        "not matching the layout": (1, "data-lms-1.csv"),
    }


def test_an_error_file_gives_way_to_landmarks_of_its_own_folder_alone(tmp_path: Path) -> None:
    found = tree(tmp_path, "00/00/1/data-lms-1.csv", "00/00/2/error-1.csv", "00/01/1/error-1.csv")
    assert len(found.files) == 3
    assert found.ignored == ()


def test_ids_that_clash_become_paths(tmp_path: Path) -> None:
    found = tree(tmp_path, "00/00/1/data-lms-1.csv", "00/00/1/Data-Lms-1.csv")
    assert [file.photo for file in found.files] == [
        "00/00/1/Data-Lms-1.csv",
        "00/00/1/data-lms-1.csv",
    ]


def test_another_layout_reads_names_without_their_prefix(tmp_path: Path) -> None:
    found = tree(tmp_path, "data-lms-s7.05.csv", layout="{participant}.{expression}")
    assert keys(found) == [("s7", "happiness", False, "s7.05", "data-lms-s7.05.csv")]


def test_a_broken_link_is_found_and_a_name_that_is_no_text_is_not(tmp_path: Path) -> None:
    (tmp_path / "00/00/1").mkdir(parents=True)
    (tmp_path / "00/00/1/data-lms-1.csv").symlink_to("nowhere")
    (tmp_path / os.fsdecode(b"00/00/1/data-lms-\xff.csv")).touch()
    found = find_landmarks(tmp_path, Dataset())
    assert [file.photo for file in found.files] == ["1"]
    assert ignored(found) == {"name is not UTF-8": (1, "00/00/1/data-lms-\\xff.csv")}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "", "a.csv: is empty"),
        ("a.npz", "", "a.npz: is empty"),
        ("a.csv", "path,landmark,x,y\n1.jpg,0,5,5\n", "columns x_0, y_0, … or point, x, y"),
        ("a.xlsx", "PK", "were expected; docs/landmarks.md shows every form that is read"),
    ],
)
def test_a_file_without_landmarks_says_what_was_expected(tmp_path, name, text, said) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as raised:
        find_landmarks(tmp_path / name, Dataset())
    assert said in str(raised.value)


def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no landmarks to import \(it is empty\)"):
        tree(tmp_path)
    with pytest.raises(
        InputError, match=r"\(1 picture \(such as 1.jpg\)\); docs/landmarks.md shows"
    ):
        tree(tmp_path, "1.jpg")
    with pytest.raises(InputError, match=r"1\.jpg.*every form that is read$"):
        tree(tmp_path, "1.jpg")
    with pytest.raises(InputError, match="is read; give --layout or --map, or list the"):
        tree(tmp_path, "data-lms-1.csv")
    with pytest.raises(UsageError, match="unknown field"):
        tree(tmp_path, layout="{who}")


def test_without_identity_each_file_is_its_own_participant(tmp_path: Path) -> None:
    names = ("00/data-lms-1.csv", "05/data-lms-1.csv", "05/DATA-lms-1.csv", "05/error-2.csv")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    dataset = Dataset(layout="{expression}/{photo}", identity="photo")

    found = find_landmarks(tmp_path, dataset)

    assert [file.participant for file in found.files] == [
        *("00/1", "05/2", "05/DATA-lms-1.csv", "05/data-lms-1.csv"),
    ]
