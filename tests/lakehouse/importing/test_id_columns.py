"""Which columns, keys and arrays are taken for what says which photograph it is."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from lakehouse.errors import InputError, UsageError
from lakehouse.importing.finding import FoundLandmarks, find_landmarks
from lakehouse.importing.id_columns import IdNames, Named
from lakehouse.importing.refused import RefusedError
from lakehouse.importing.sources import Question
from lakehouse.settings.dataset import Dataset
from tests.lakehouse.importing.trees import face

FACE = np.column_stack([face(), np.linspace(-80, 40, 468)])
KEYS = [("7", "happiness", True, "a"), ("8", "sadness", False, "b")]
IDS = {
    "Subject ID": ["7", "8"],
    "Emotion": ["Freude", "TRISTE"],
    "com_pista": ["sim", "no"],
    "foto": ["a", "b"],
}
TOLD = (
    "columns read: Subject ID as participant, Emotion as expression, com_pista as supervised, "
    "foto as photo"
)
COLUMNS = {axis: FACE[:, place] for place, axis in enumerate("xyz")}


def wide(ids: Mapping[str, Any], file: Path) -> Path:
    rows = pl.DataFrame(ids)
    points = {f"{a}_{p}": [v] * len(rows) for a, xs in COLUMNS.items() for p, v in enumerate(xs)}
    return write(rows.hstack(pl.DataFrame(points)), file)


def long(ids: Mapping[str, Any], file: Path) -> Path:
    rows = pl.DataFrame(ids)
    points = pl.DataFrame({"point": np.arange(468), **COLUMNS})
    return write(pl.concat([row.join(points, how="cross") for row in rows.iter_slices(1)]), file)


def write(table: pl.DataFrame, file: Path) -> Path:
    if file.suffix == ".csv":
        table.write_csv(file)
    else:
        table.write_parquet(file)
    return file


def lines(ids: Mapping[str, Any], file: Path) -> Path:
    rows = pl.DataFrame(ids).to_dicts()
    result = {"face_landmarks": [FACE.tolist()]}
    file.write_text("\n".join(json.dumps({**row, **result}) for row in rows))
    return file


def listed(ids: Mapping[str, Any], file: Path) -> Path:
    result = {"face_landmarks": [FACE.tolist()]}
    file.write_text(json.dumps([{**row, **result} for row in pl.DataFrame(ids).to_dicts()]))
    return file


def archive(ids: Mapping[str, Any], file: Path) -> Path:
    # Archives may have plurals; and NumPy writes no array that is called file.
    plural = {"file": "files", "participant": "participants"}
    arrays = {plural.get(name, name): np.array(values) for name, values in ids.items()}
    count = len(next(iter(ids.values())))
    np.savez(file, landmarks=np.stack([FACE] * count), **arrays)
    return file


FORMS = [
    *((wide, "faces.csv"), (wide, "faces.parquet"), (long, "faces.csv"), (long, "faces.parquet")),
    *((lines, "faces.jsonl"), (listed, "faces.json"), (archive, "faces.npz")),
]
form = pytest.mark.parametrize(("form", "name"), FORMS)


def keys(found: FoundLandmarks) -> list[tuple[object, ...]]:
    return [file.key for file in found.files]


def refused(file: Path, dataset: Dataset | None = None, **columns: str) -> str:
    with pytest.raises(InputError) as raised:
        find_landmarks(file, dataset or Dataset(), columns=columns)
    return str(raised.value)


@form
def test_one_column_may_say_two_things(form, name: str, tmp_path: Path) -> None:
    """Such as a number that is both the participant's and the photograph's."""
    file = form({"vp": ["7", "12"], "emotion": ["happy", "neutral"]}, tmp_path / name)
    columns = {"participant": "vp", "photo": "vp", "expression": "emotion"}

    found = find_landmarks(file, Dataset(), columns=columns)

    assert keys(found) == [("12", "neutral", False, "12"), ("7", "happiness", False, "7")]
    for shown in found.shown():
        reading = shown.look(Question())
        assert reading is not None
        assert reading.status == "ok", reading.error


@form
def test_columns_and_words_are_known_as_in_manifests(form, name: str, tmp_path: Path) -> None:
    found = find_landmarks(form(IDS, tmp_path / name), Dataset())

    assert keys(found) == KEYS
    assert found.told == (f"{name}: {TOLD}",)
    for shown in found.shown():
        reading = shown.look(Question())
        assert reading is not None
        assert reading.status == "ok", reading.error


@form
@pytest.mark.parametrize("column", ["Datei", "image_path", "nome do arquivo"])
def test_paths_by_other_names_go_through_the_layout(
    form, name: str, column: str, tmp_path: Path
) -> None:
    ids = {column: ["05/01/7/a.jpg", "06\\00\\8\\b.jpg"], "label": ["x", "y"], "id": [1, 2]}

    found = find_landmarks(form(ids, tmp_path / name), Dataset())

    assert keys(found) == KEYS
    assert found.told == (f"{name}: columns read: {column} as path",)


@form
def test_what_a_user_names_goes_first(form, name: str, tmp_path: Path) -> None:
    ids = {
        **{"who": ["7", "8"], "participant": ["x", "y"], "label": ["happy", "sad"]},
        **{"cue": ["?", "?"], "n°": ["a", "b"], "file": ["1.jpg", "2.jpg"]},
    }
    file = form(ids, tmp_path / name)
    asked = {"participant": "WHO", "expression": "label", "supervised": "", "photo": "n°"}

    found = find_landmarks(file, Dataset(), columns=asked)
    by_settings = find_landmarks(file, Dataset(columns=asked))

    assert (
        keys(found)
        == keys(by_settings)
        == [
            ("7", "happiness", False, "a"),
            ("8", "sadness", False, "b"),
        ]
    )
    assert found.told == (
        f"{name}: columns read: file as path, who as participant, label as expression, n° as photo",
    )
    assert by_settings.told == found.told
    other = Dataset(columns={**asked, "participant": "participant"})
    assert find_landmarks(file, other, columns=asked).told[1] == (
        f"{name}: participant is read from WHO, as --map says, and not from participant, as "
        "dataset.columns says"
    )


@form
def test_what_a_user_names_has_to_be_there(form, name: str, tmp_path: Path) -> None:
    file = form(IDS, tmp_path / name)

    said = refused(file, expression="Emotio")
    assert "has no column Emotio, which --map names for expression; is it Emotion? its c" in said
    said = refused(file, Dataset(columns={"path": "bild"}))
    assert "has no column bild, which dataset.columns names for path; its columns are Sub" in said
    assert "x_0" not in said


@form
def test_two_that_differ_are_refused_and_two_that_agree_are_one(
    form, name: str, tmp_path: Path
) -> None:
    said = refused(form({"image": ["a", "b"], "file": ["a", "c"]}, tmp_path / name))
    assert "has two columns that may be the path, file" in said
    assert "; say which with --map path=COLUMN;" in said

    paths = ["05/01/7/a.jpg", "06/00/8/b.jpg"]
    file = form({"image": paths, "file": paths}, tmp_path / name)
    assert keys(find_landmarks(file, Dataset())) == KEYS
    file = form({"image": paths, "path": ["", ""]}, tmp_path / name)
    assert keys(find_landmarks(file, Dataset())) == KEYS


@pytest.mark.parametrize("ending", ["parquet", "feather"])
@pytest.mark.parametrize("make", [wide, long])
def test_pictures_in_a_table_are_no_paths(make, ending: str, tmp_path: Path) -> None:
    make({"path": ["05/01/7/a.jpg", "06/00/8/b.jpg"]}, tmp_path / "one.parquet")
    table = pq.read_table(tmp_path / "one.parquet")
    more = {
        "image": [{"bytes": b"\xff", "path": "x"}],
        "img": [b"\xff\xd8"],
        "user": [["9"]],
        "emotion": pa.array([b"abc"], pa.binary(3)),
    }
    for name, values in more.items():
        repeated = pa.concat_arrays([pa.array(values)] * len(table))
        table = table.append_column(name, repeated)
    (tmp_path / "one.parquet").unlink()
    write_table = pq.write_table if ending == "parquet" else feather.write_feather
    write_table(table, tmp_path / f"faces.{ending}")

    found = find_landmarks(tmp_path / f"faces.{ending}", Dataset())

    assert (keys(found), found.told) == (KEYS, ())


def test_letters_are_told_of_tables_only(tmp_path: Path) -> None:
    ids = {"image": ["a"], "file": ["b"]}
    assert "the path, file (B) and image (A); say" in refused(wide(ids, tmp_path / "1.csv"))
    assert "entry 1 has two columns that may be the path, file and image; say" in refused(
        listed(ids, tmp_path / "1.json")
    )
    ids = {"Path": ["a"], "path": ["b"]}
    assert "has two columns Path (A, B); remove" in refused(wide(ids, tmp_path / "1.csv"))
    assert "line 1 has two columns Path; remove" in refused(lines(ids, tmp_path / "1.jsonl"))


@form
def test_names_of_points_faces_and_rows_keep_their_meaning(form, name: str, tmp_path: Path) -> None:
    ids = {"label": ["happy"], "class": ["1"], "id": ["7"], "code": ["7"], "photo": ["a"]}
    said = refused(form(ids, tmp_path / name))
    if name.startswith("faces.json"):
        # Each entry says for itself what it has.
        assert "holds no landmarks to import (1 no participant is given" in said
    else:
        assert (
            "faces.{}: names no photographs: participant, expression and photo (and supervised), "
            "or path were expected; --map FIELD=COLUMN names others; docs/"
        ).format(name.rpartition(".")[2]) in said


@form
def test_codes_read_by_their_number_are_told(form, name: str, tmp_path: Path) -> None:
    ids = {"participant": ["7"], "expression": [5], "photo": ["a"], "supervised": [1]}
    found = find_landmarks(form(ids, tmp_path / name), Dataset())
    assert keys(found) == [("7", "happiness", True, "a")]
    assert found.told == (
        "codes of expressions read by their number: 5 as 05 happiness; other sets count otherwise, "
        "as FER2013, where 0 is anger",
    )


@form
def test_words_that_mean_nothing_are_counted(form, name: str, tmp_path: Path) -> None:
    ids = {
        "participant": ["7", "8", "9", "7"],
        "expression": ["happy", "happi", "happy", "Happiness!"],
        "supervised": ["yes", "", "perhaps", ""],
        "photo": ["1", "2", "3", "4"],
    }
    found = find_landmarks(form(ids, tmp_path / name), Dataset())

    assert keys(found) == [("7", "happiness", True, "1")]
    assert {each.reason: (each.count, each.example) for each in found.ignored} == {
        "expression not listed in the settings": (2, "happi"),
        "supervised code not listed in the settings": (1, "perhaps"),
    }


def test_a_word_that_may_mean_two_things_is_told(tmp_path: Path) -> None:
    dataset = Dataset(expressions={"0": "neutral", "1": "joy", "2": "happy"})
    ids = {"participant": ["7", "7"], "expression": ["smile", "joy"], "photo": ["1", "2"]}
    found = find_landmarks(wide(ids, tmp_path / "faces.csv"), dataset)
    assert keys(found) == [("7", "joy", False, "2")]
    assert [(each.reason, each.example) for each in found.ignored] == [
        ("expression smile may mean joy, happy", "faces.csv, row 2")
    ]


@form
@pytest.mark.parametrize("sizes", [("img_width", "img_height"), ("Largura", "Altura")])
def test_sizes_by_other_names(form, name: str, sizes: tuple[str, str], tmp_path: Path) -> None:
    width, height = sizes
    ids = {"path": ["05/01/7/a.jpg"], height: [2], width: [1]}
    [shown] = find_landmarks(form(ids, tmp_path / name), Dataset()).shown()
    reading = shown.look(Question())
    assert reading is not None
    assert "x and y are pixels beyond a picture of 1 × 2" in (reading.error or "")


def test_sizes_by_other_names_are_told_and_found_in_a_file_of_one(tmp_path: Path) -> None:
    ids = {"path": ["05/01/7/a.jpg"], "img_height": [2000], "img_width": [1000], "width": [9]}
    found = find_landmarks(wide(ids, tmp_path / "faces.csv"), Dataset())
    assert found.told == ("faces.csv: columns read: img_width as width, img_height as height",)

    (tmp_path / "05/01/7").mkdir(parents=True)
    one = pl.DataFrame({"index": np.arange(468), "x": face()[:, 0], "y": face()[:, 1]})
    sizes = [pl.lit(1000).alias("Image.Width"), pl.lit(2000).alias("Image.Height")]
    one.with_columns(sizes).write_csv(tmp_path / "05/01/7/b.csv")
    looks = [shown.look(Question()) for shown in find_landmarks(tmp_path, Dataset()).shown()]
    assert [(look.size.width, look.size.height) for look in looks if look and look.size] == [
        (1000, 2000)
    ] * 2


def test_a_result_of_one_photograph_is_named_by_its_path_whatever_stands_in_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "05/01/7"
    folder.mkdir(parents=True)
    for name, more in (("a", {"image": "1.jpg"}), ("b", {"path": "x"}), ("c", {"user": 9})):
        result = {**more, "face_landmarks": [FACE.tolist()]}
        (folder / f"{name}.json").write_text(json.dumps(result))
    np.savez(folder / "d.npz", landmarks=FACE, image=np.zeros((4, 4, 3)), path="05/01/9/1.jpg")

    found = find_landmarks(tmp_path, Dataset())

    assert keys(found) == [("7", "happiness", True, photo) for photo in "abcd"]
    assert found.ignored == ()


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ({"image": "1.jpg"}, "05/01/7/a.jpg"),
        ({"path": "05/01/7/b.jpg"}, "05/01/7/b.jpg"),
        ({"width": 1000, "height": 2000}, "05/01/7/a.jpg"),
    ],
)
def test_the_path_that_a_result_stands_under(
    entry: dict[str, object], path: str, tmp_path: Path
) -> None:
    file = tmp_path / "faces.json"
    file.write_text(json.dumps({"05/01/7/a.jpg": {**entry, "face_landmarks": [FACE.tolist()]}}))
    assert [each.path for each in find_landmarks(file, Dataset()).files] == [path]


def test_tables_of_a_folder_are_told_of_together_and_refused_alone(tmp_path: Path) -> None:
    for number, ids in enumerate(KEYS):
        subject, word, _, photo = ids
        wide(
            {"subject": [subject], "emotion": [word], "photo": [photo]},
            tmp_path / f"{number}.csv",
        )
    wide({"image": ["a"], "file": ["b"]}, tmp_path / "9.csv")
    (tmp_path / "scores.csv").write_text("id,ID,file,image\n1,2,a,b\n")

    found = find_landmarks(tmp_path, Dataset())

    assert [key[0] for key in keys(found)] == ["7", "8"]
    assert found.told == (
        "0.csv and 1 more files: columns read: subject as participant, emotion as expression",
    )
    assert sorted((each.example, each.reason[:24]) for each in found.ignored) == [
        ("9.csv", "has two columns that may"),
        ("scores.csv", "no landmark file"),
    ]


def test_names_of_columns_without_a_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / "05/01/7").mkdir(parents=True)
    (tmp_path / "05/01/7/data-lms-1.csv").touch()
    with pytest.raises(UsageError, match="--map: names columns, and there is no table of landm"):
        find_landmarks(tmp_path, Dataset(), columns={"path": "image"})
    assert keys(find_landmarks(tmp_path, Dataset(columns={"path": "image"})))


@form
@pytest.mark.parametrize(
    "path",
    [
        *("/data/my photos/05/01/7/a.jpg", "C:\\Study\\photos\\05\\01\\7\\a.jpg"),
        *("~/05/01/7/a.jpg", "\\\\server\\share\\05\\01\\7\\a.jpg", "./05//01/7/a.jpg"),
    ],
)
def test_absolute_paths_are_read_below_the_folders_of_their_machine(
    form, name: str, path: str, tmp_path: Path
) -> None:
    found = find_landmarks(form({"path": [path]}, tmp_path / name), Dataset())
    assert [(file.key, file.path) for file in found.files] == [(KEYS[0], "05/01/7/a.jpg")]


@pytest.mark.parametrize("path", ["/", "C:\\", "photos/05/01/7/a.jpg", "/a/b/c.jpg", "/99/9/9/9/"])
def test_paths_that_the_layout_does_not_read_are_counted_as_they_stand(
    path: str, tmp_path: Path
) -> None:
    ids = {"path": ["05/01/7/a.jpg", path]}
    found = find_landmarks(wide(ids, tmp_path / "faces.csv"), Dataset())
    assert keys(found) == KEYS[:1]
    [each] = found.ignored
    assert each.reason in ("not matching the layout", "expression not listed in the settings")


def test_columns_are_asked_for_their_values_only_where_several_may_be_meant() -> None:
    asked: list[str] = []

    def texts(names):
        asked.extend(names)
        return dict.fromkeys(names, ("1",))

    ids = IdNames(Dataset(), {})
    names = [Named(f"q{number}") for number in range(3)]
    found = ids.find([*names, Named("image"), Named("emotion")], texts)
    assert (found.names, asked) == ({"path": "image", "expression": "emotion"}, [])
    ids.find([*names, Named("image"), Named("img"), Named("emotion")], texts)
    assert asked == ["image", "img"]


def test_a_column_that_a_user_names_needs_no_known_letters() -> None:
    ids = IdNames(Dataset(), {"participant": "#"})
    assert ids.candidates(["#", "x", "Foto"]) == ["#", "Foto"]
    with pytest.raises(RefusedError, match="has no column #"):
        ids.find([Named("path")], lambda names: {})


@pytest.mark.slow
def test_a_table_of_thousands_of_columns_is_not_slow() -> None:
    names = [f"{axis}_{point}" for axis in "xyz" for point in range(2000)]
    ids = IdNames(Dataset(), {"path": "image"})
    started = time.process_time()
    for _ in range(10):
        ids.candidates(names)
        ids.find([*map(Named, names), Named("image")], lambda rivals: {})
    # Comparing each name with each takes minutes.
    assert time.process_time() - started < 20
