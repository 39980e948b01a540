"""Tables of many photographs: rows in any order, some of them wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import InputError
from lakehouse.importing.finding import FoundLandmarks, find_landmarks
from lakehouse.importing.readings import Reading
from lakehouse.importing.sources import Question
from lakehouse.settings.dataset import Dataset
from tests.lakehouse.importing.trees import face

PEOPLE = ("0007", "0870", "7")
FACES = np.stack([np.column_stack([face(), np.linspace(-80, 40, 468)]) + i for i in range(3)])


def wide() -> pl.DataFrame:
    ids = pl.DataFrame({"Participant": PEOPLE, "expression": ["00", "happiness", "07"]})
    values = {f"{a}_{p}": FACES[:, p, i] for i, a in enumerate("xyz") for p in range(468)}
    more = {"supervised": ["00", "true", "1"], "photo": ["1", "b", "3"]}
    return pl.concat([ids, pl.DataFrame(more), pl.DataFrame(values)], how="horizontal")


def long() -> pl.DataFrame:
    ids = wide().select("Participant", "expression", "supervised", "photo")
    points = {"point": np.tile(np.arange(468), 3)}
    axes = {axis: FACES[:, :, place].ravel() for place, axis in enumerate("xyz")}
    repeated = ids.select(pl.all().repeat_by(468).explode())
    return pl.concat([repeated, pl.DataFrame({**points, **axes})], how="horizontal")


def readings(root: Path) -> dict[tuple[object, ...], Reading | None]:
    found = find_landmarks(root, Dataset())
    return {shown.file.key: shown.look(Question()) for shown in found.shown()}


def ignored(found: FoundLandmarks) -> dict[str, tuple[int, str]]:
    return {each.reason: (each.count, each.example) for each in found.ignored}


KEYS = [
    ("0007", "neutral", False, "1"),
    ("0870", "happiness", True, "b"),
    ("7", "surprise", True, "3"),
]


def assert_all(root: Path) -> None:
    found = readings(root)
    assert sorted(found) == KEYS
    for key, expected in zip(KEYS, FACES, strict=True):
        reading = found[key]
        assert reading is not None
        assert reading.status == "ok", reading.error
        np.testing.assert_array_equal(reading.landmarks, expected.astype(np.float32))


WRITERS: dict[str, Callable[[pl.DataFrame, Path], Any]] = {
    ".csv": lambda frame, file: frame.write_csv(file),
    ".tsv": lambda frame, file: frame.write_csv(file, separator="\t"),
    ".txt": lambda frame, file: frame.write_csv(file, separator=";", quote_style="always"),
    ".parquet": lambda frame, file: frame.write_parquet(file, row_group_size=700),
    ".feather": lambda frame, file: frame.write_ipc(file),
    ".arrow": lambda frame, file: frame.write_ipc(file, compression="zstd"),
}


@pytest.mark.slow
@pytest.mark.parametrize("frame", [wide, long])
@given(data=st.data())
def test_rows_and_columns_in_any_order(frame, tmp_path_factory, data: st.DataObject) -> None:
    table: pl.DataFrame = frame()
    ending = data.draw(st.sampled_from(sorted(WRITERS)))
    seed = data.draw(st.integers(0, 2**20))
    columns = np.random.default_rng(seed).permutation(table.columns).tolist()
    file = tmp_path_factory.mktemp("tables") / f"faces{ending}"
    WRITERS[ending](table.select(columns).sample(fraction=1, shuffle=True, seed=seed), file)

    assert_all(file)


@pytest.mark.slow
@pytest.mark.parametrize("frame", [wide, long])
@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_every_kind_of_table(frame, ending: str, tmp_path: Path) -> None:
    table: pl.DataFrame = frame()
    mixed = table.select(reversed(table.columns)).sample(fraction=1, shuffle=True, seed=3)
    WRITERS[ending](mixed, tmp_path / f"faces{ending}")

    assert_all(tmp_path / f"faces{ending}")


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "sep=,\n" + text,
        lambda text: "\n\n" + text,
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace(",", " , "),
        lambda text: text.rstrip("\n"),
        lambda text: "\n".join(f"{row},{line}" for row, line in enumerate(text.splitlines())),
    ],
)
@pytest.mark.parametrize("frame", [wide, long])
def test_text_as_programs_write_it(frame, change, tmp_path: Path) -> None:
    text = change(frame().write_csv())
    file = tmp_path / "faces.csv"
    file.write_text(text.replace("0,Participant", ",Participant", 1), newline="")

    assert_all(file)


def test_types_as_programs_choose_them(tmp_path: Path) -> None:
    numbers = wide().with_columns(
        pl.Series("Participant", [7.0, 870.0, 12.0]),
        pl.Series("photo", [1, 2, 3], pl.Int8),
        pl.Series("supervised", [False, True, None]),
        pl.col("expression").cast(pl.Categorical),
        pl.col("^[xyz]_.*$").cast(pl.Float32),
    )
    numbers.write_parquet(tmp_path / "faces.parquet")

    assert sorted(readings(tmp_path / "faces.parquet")) == [
        ("12", "surprise", False, "3"),
        ("7", "neutral", False, "1"),
        ("870", "happiness", True, "2"),
    ]


def rows_of(frame: pl.DataFrame) -> list[list[str]]:
    return [line.split(",") for line in frame.write_csv().splitlines()]


def write(rows: list[list[str]], file: Path) -> Path:
    file.write_text("\n".join(",".join(row) for row in rows) + "\n")
    return file


def test_a_wrong_row_stops_no_other_and_is_named(tmp_path: Path) -> None:
    rows = rows_of(wide())
    nameless, unknown, short, empty, again = (list(rows[3]) for _ in range(5))
    nameless[0], unknown[1], empty[0], again[3] = "", "99", "0009", "1"
    empty[4:] = [""] * len(empty[4:])
    rows[2][5] = "left"
    rows[1:1] = [[], nameless, unknown, short[:9]]
    rows += [empty, rows[7]]

    found = find_landmarks(write(rows, tmp_path / "faces.csv"), Dataset())
    errors = {s.file.participant: s.look(Question()) for s in found.shown()}

    assert {name: (r.status, r.error) for name, r in errors.items() if r} == {
        "0007": ("ok", None),
        "0870": ("unreadable", "faces.csv, row 7: x_1 is 'left', not a number"),
        "7": ("unreadable", "is there 2 times: faces.csv, row 8; faces.csv, row 10"),
        "0009": ("no_face", "faces.csv, row 9: no face was found, says the file"),
    }
    assert ignored(found) == {
        "expression not listed in the settings": (1, "99"),
        "no participant is given": (1, "faces.csv, row 3"),
        "row with more or fewer values than the header": (
            1,
            "faces.csv, row 5 (9 values, not 1,408)",
        ),
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("left", "x_3 is 'left', not a number"),
        ("0,5", "x_3 is '0,5', not a number; write a decimal point"),
        ("1_0", "x_3 is '1_0', not a number"),
        ("٣", "x_3 is '٣', not a number"),
        ("", "x of point 3 is missing, NaN or infinity"),
        ("NA", "x of point 3 is missing, NaN or infinity"),
        ("nan", "x of point 3 is missing, NaN or infinity"),
        ("-inf", "x of point 3 is missing, NaN or infinity"),
        ("1e300", "holds a coordinate that is too large"),
        ("x" * 400, "x_3 is 'xxxxxxxxxxxx…', not a number"),
    ],
)
def test_cells_that_are_no_numbers(text: str, said: str, tmp_path: Path) -> None:
    rows = rows_of(wide())
    rows[2][7] = text
    file = tmp_path / "faces.csv"
    file.write_text("\n".join(";".join(row) for row in rows))

    found = readings(file)

    reading = found["0870", "happiness", True, "b"]
    assert reading is not None
    assert reading.error == f"faces.csv, row 3: {said}"
    assert [each.status for each in found.values() if each] == ["ok", "unreadable", "ok"]


def test_missing_and_repeated_points_are_told_by_photograph(tmp_path: Path) -> None:
    table = long()
    mine, other = pl.col("Participant") == "0007", pl.col("Participant") == "7"
    cut = table.filter(~(mine & pl.col("point").is_in([17, 18])))
    doubled = pl.concat([cut, table.filter(other & (pl.col("point") == 5))])
    doubled.write_parquet(tmp_path / "faces.parquet")

    found = readings(tmp_path / "faces.parquet")

    assert {key[0]: each.error for key, each in found.items() if each} == {
        "0007": "faces.parquet, row 2: point 17 of 468 is missing, and 1 more",
        "0870": None,
        "7": "faces.parquet, row 936: point 5 occurs twice",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (pl.col("point") + 1, None),
        (pl.col("point") + 20, "point is 479, not 0 to 477"),
        (pl.col("point") - 1, "point is -1, not 0 to 477"),
        (pl.col("point") + 0.5, "point is 0.5, not 0 to 477"),
        (pl.lit(None).alias("point"), "point is missing, not 0 to 477"),
        (pl.lit("left").alias("point"), "point is 'left', not a number"),
        (pl.col("x") / 640, "x is a share of the picture (0 to 1), but y is not"),
    ],
)
def test_points_by_number(change: pl.Expr, said: str | None, tmp_path: Path) -> None:
    long().with_columns(change).write_csv(tmp_path / "faces.csv")
    if said is None:
        assert_all(tmp_path / "faces.csv")
        return
    for reading in readings(tmp_path / "faces.csv").values():
        assert reading is not None
        assert said in (reading.error or "")


def test_a_long_table_of_another_model_is_refused_photograph_by_photograph(tmp_path: Path) -> None:
    long().filter(pl.col("point") < 68).write_csv(tmp_path / "faces.csv")
    for reading in readings(tmp_path / "faces.csv").values():
        assert reading is not None
        assert "has 68 points, not 468 or 478: the 68 points of OpenFace" in (reading.error or "")


def test_sizes_by_photograph(tmp_path: Path) -> None:
    shares = [pl.col("x") / 640, pl.col("y") / 800, pl.col("z") / 640]
    sized = long().with_columns(*shares, width=pl.lit(640), height=pl.lit(800))
    row = pl.int_range(pl.len())
    sized = sized.with_columns(
        width=pl.when(row == 500).then(641).when(row > 935).then(None).otherwise("width"),
        height=pl.when(row > 935).then(None).otherwise("height"),
    )
    sized.write_csv(tmp_path / "faces.csv")

    found = [each for each in readings(tmp_path / "faces.csv").values() if each]

    assert found[0].status == "ok"
    np.testing.assert_allclose(found[0].landmarks, FACES[0], rtol=1e-6)
    assert found[1].error == (
        "faces.csv, row 470: row 502: width and height are not those of the rows before"
    )
    assert "x and y are shares of the picture" in (found[2].error or "")


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (wide().drop("expression"), "names no photographs: participant, expression and"),
        (wide().with_columns(width=pl.lit(1)), "has a column width alone, not width and height"),
        (long().drop("photo"), "names no photographs: participant, expression and"),
        (wide().drop("y_3"), "has no y of point 3"),
    ],
)
def test_tables_that_are_refused(frame: pl.DataFrame, said: str, tmp_path: Path) -> None:
    frame.write_csv(tmp_path / "faces.csv")
    with pytest.raises(InputError, match=f"faces.csv: {said}"):
        find_landmarks(tmp_path / "faces.csv", Dataset())


def test_a_path_says_it_by_the_layout_or_stands_beside_the_ids(tmp_path: Path) -> None:
    paths = ["00/01/0870/1.jpg", r".\05\00\0870\2.png", "elsewhere/3.jpg"]
    points = wide().select("^[xyz]_.*$")
    points.insert_column(0, pl.Series("path", paths)).write_csv(tmp_path / "faces.csv")

    found = find_landmarks(tmp_path / "faces.csv", Dataset())

    assert [(*file.key, file.path) for file in found.files] == [
        ("0870", "neutral", True, "1", "00/01/0870/1.jpg"),
        ("0870", "happiness", False, "2", "05/00/0870/2.png"),
    ]
    assert ignored(found) == {"not matching the layout": (1, "elsewhere/3.jpg")}

    wide().drop("photo").with_columns(pl.Series("file", paths)).write_csv(tmp_path / "faces.csv")
    found = find_landmarks(tmp_path / "faces.csv", Dataset())
    assert [file.photo for file in found.files] == ["1", "2", "3"]
    assert found.files[0].path == "00/01/0870/1.jpg"


def test_the_same_photograph_in_two_tables_is_taken_from_neither(tmp_path: Path) -> None:
    wide().write_csv(tmp_path / "one.csv")
    long()[:468].write_parquet(tmp_path / "two.parquet")

    found = readings(tmp_path)

    assert sorted(found) == KEYS
    reading = found[KEYS[0]]
    assert reading is not None
    assert reading.error == "is there 2 times: one.csv, row 2; two.parquet, row 2"
    assert [found[key].status for key in KEYS[1:]] == ["ok", "ok"]  # type: ignore[union-attr]


def test_without_identity_each_photograph_is_its_own_participant(tmp_path: Path) -> None:
    wide().drop("Participant").write_csv(tmp_path / "faces.csv")
    found = find_landmarks(tmp_path / "faces.csv", Dataset(identity="photo"))
    assert [file.participant for file in found.files] == ["1", "3", "b"]
