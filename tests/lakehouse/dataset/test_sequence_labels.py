"""Labels of sequences, from a table or from text files of their own."""

from pathlib import Path

import pytest

from lakehouse.dataset.listing import Listing, Reason
from lakehouse.dataset.sequence_labels import code_of
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import InputError
from lakehouse.settings.dataset import Dataset

LAYOUT = "{participant:4}/{sequence:3}/{_:4}_{_:3}_{frame}"
CODES = {"0": "neutral", "1": "anger", "5": "happiness"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three sequences of three frames."""
    for who, take in (("S005", "001"), ("S010", "002"), ("S010", "004")):
        folder = tmp_path / "images" / who / take
        folder.mkdir(parents=True)
        for frame in (1, 2, 3):
            (folder / f"{who}_{take}_{frame:08d}.png").touch()
    return tmp_path / "images"


def labelled(root: Path, labels: str, layout: str = LAYOUT) -> Listing:
    values = {"layout": layout, "expressions": CODES, "sequence": {"apex": 1, "labels": labels}}
    return walk_photos(root, Dataset.model_validate(values))


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def feelings(listing: Listing) -> set[tuple[str, str]]:
    return {(file.participant, file.expression) for file in listing}


def unused(listing: Listing) -> dict[str, int]:
    assert listing.sequences is not None
    return {each.reason: each.count for each in listing.sequences.unused}


def test_a_folder_of_label_files_as_ck_has_it(root: Path) -> None:
    emotion = root.parent / "Emotion"
    write(emotion, "S005/001/S005_001_00000003_emotion.txt", "   1.0000000e+00\n")
    write(emotion, "S010/004/S010_004_00000003_emotion.txt", "   5.0000000e+00\n")
    write(emotion, "S999/001/S999_001_00000003_emotion.txt", "   5.0000000e+00\n")
    write(emotion, "README.txt", "see the paper")
    write(emotion, ".DS_Store", "x")

    found = labelled(root, "../Emotion")

    assert feelings(found) == {
        ("S005", "neutral"), ("S005", "anger"), ("S010", "neutral"), ("S010", "happiness"),
    }  # fmt: skip
    assert unused(found) == {Reason.UNLABELLED: 1}
    [left] = [each for each in found.ignored if each.reason == Reason.UNLABELLED]
    assert (left.count, left.example) == (3, "S010/002/S010_002_00000001.png")
    [stray] = found.sequences.labels_unused if found.sequences else ()
    assert (stray.count, stray.example) == (2, "sequence 001 of participant S999")


def test_label_files_lie_as_deep_as_the_photographs(root: Path) -> None:
    write(root.parent, "Emotion/S005/001/S005_001_00000003_emotion.txt", "1")

    found = labelled(root.parent, "Emotion", "{_}/" + LAYOUT)

    assert feelings(found) == {("S005", "neutral"), ("S005", "anger")}


def test_a_table(root: Path) -> None:
    write(
        root.parent,
        "labels.csv",
        "Sequence,Participant,expression,coder\n001,S005,Anger,1\n004,S010,5.0,1\n002,S010,,2\n"
        "007,S010,happiness,1\n",
    )

    found = labelled(root, "../labels.csv")

    assert feelings(found) == {
        ("S005", "neutral"), ("S005", "anger"), ("S010", "neutral"), ("S010", "happiness"),
    }  # fmt: skip
    assert unused(found) == {Reason.UNLABELLED: 1}
    assert found.sequences is not None
    assert [each.count for each in found.sequences.labels_unused] == [1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("participant,expression\nS005,1\n", "has no column sequence; its columns are participant"),
        ("participant,sequence,expression\nS005,,1\n", "row 2: no participant or no sequence"),
        (
            "participant,sequence,expression\nS005,001,1\nS005,001,5\n",
            "row 3: its participant and sequence is also in row 2",
        ),
    ],
)
def test_a_table_that_does_not_say_it_is_refused(root: Path, text: str, message: str) -> None:
    write(root.parent, "labels.csv", text)

    with pytest.raises(InputError) as raised:
        labelled(root, "../labels.csv")

    assert message in str(raised.value)


def test_labels_that_are_not_listed_leave_their_sequence_out(root: Path) -> None:
    write(root.parent, "labels.csv", "participant,sequence,expression\nS005,001,7\nS010,002,1\n")

    found = labelled(root, "../labels.csv")

    assert unused(found) == {Reason.UNKNOWN_EXPRESSION: 1, Reason.UNLABELLED: 1}
    assert {each.example for each in found.ignored if each.reason == Reason.UNKNOWN_EXPRESSION} == {
        "7"
    }


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no text file (.txt) that is named after a frame"),
        ({}, "set dataset.sequence.labels to the folder or the table of labels"),
        ({"notes.txt": "1"}, "holds no text file (.txt) that is named after a frame"),
        ({"S005/001/S005_001_3_emotion.txt": ""}, "is not one code or name of an expression"),
        ({"S005/001/S005_001_3_emotion.txt": "1\n5"}, "is not one code or name of an expression"),
        (
            {"S005/001/S005_001_2.txt": "1", "S005/001/S005_001_3_emotion.txt": "5"},
            "says 5, and another label of the same sequence 1",
        ),
    ],
)
def test_a_folder_that_does_not_say_it_is_refused(
    root: Path, files: dict[str, str], message: str
) -> None:
    (root.parent / "Emotion").mkdir()
    for path, text in files.items():
        write(root.parent / "Emotion", path, text)

    with pytest.raises(InputError) as raised:
        labelled(root, "../Emotion")

    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_labels_that_are_not_there_are_refused_with_where_they_were_looked_for(root: Path) -> None:
    with pytest.raises(InputError) as raised:
        labelled(root, "../Emotion")

    assert str(raised.value) == (
        f"dataset.sequence.labels: {root}/../Emotion is not there; its path is relative to the "
        "folder of the photographs"
    )


@pytest.mark.parametrize(
    ("label", "code"),
    [("7.0000000e+00", "7"), ("03", "3"), ("happy", "happy"), ("1.5", "1.5"), ("nan", "nan"),
     ("inf", "inf"), ("1e400", "1e400")],
)  # fmt: skip
def test_numbers_are_written_as_codes(label: str, code: str) -> None:
    assert code_of(label) == code
