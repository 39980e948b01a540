"""Files that should hold landmarks of many photographs, and hold anything."""

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import LakehouseError
from lakehouse.importing.finding import find_landmarks
from lakehouse.importing.refused import RefusedError
from lakehouse.importing.sources import Question
from lakehouse.settings.dataset import Dataset
from tests.attack.command_line import CommandLine, fifo
from tests.lakehouse.importing.trees import face

ENDINGS = (
    *(".csv", ".tsv", ".txt", ".parquet", ".feather", ".arrow", ".json", ".jsonl", ".npy", ".npz"),
    ".pts",
)


def frame(people: int = 2) -> pl.DataFrame:
    points = {
        f"{axis}{p}": [face()[p, i]] * people for i, axis in enumerate("xy") for p in range(468)
    }
    paths = {"path": [f"00/01/{person:04d}/1.jpg" for person in range(people)]}
    return pl.DataFrame({**paths, **points})


def good(ending: str) -> bytes:
    """Give a sound file of each kind."""
    table, buffer = frame(), io.BytesIO()
    results = {path: {"face_landmarks": [face().tolist()]} for path in table["path"]}
    if ending in (".csv", ".txt"):
        table.write_csv(buffer)
    elif ending == ".tsv":
        table.write_csv(buffer, separator="\t")
    elif ending == ".parquet":
        table.write_parquet(buffer)
    elif ending in (".feather", ".arrow"):
        table.write_ipc(buffer)
    elif ending == ".json":
        return json.dumps(results).encode()
    elif ending == ".jsonl":
        return "\n".join(json.dumps({path: result}) for path, result in results.items()).encode()
    elif ending == ".npy":
        np.save(buffer, face())
    elif ending == ".npz":
        np.savez_compressed(
            buffer, landmarks=np.stack([face()] * 2), paths=table["path"].to_numpy().astype(str)
        )
    else:
        return b"version: 1\nn_points: 68\n{\n1 2\n}\n"
    return buffer.getvalue()


GOOD = {ending: good(ending) for ending in ENDINGS}


def look_at_all(file: Path) -> list[str]:
    """Read whatever there is; only what a user can do something about may come of it."""
    statuses = []
    # The second is what a table says when it is read again; the import makes it the first.
    with suppress(LakehouseError, RefusedError):
        for shown in find_landmarks(file, Dataset(layout="{expression}/{participant}")).shown():
            reading = shown.look(Question())
            assert reading is not None
            assert reading.landmarks is None or np.isfinite(reading.landmarks[:, :2]).all()
            statuses.append(str(reading.status))
    return statuses


@pytest.mark.parametrize("ending", ENDINGS)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_content(ending: str, tmp_path_factory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / f"00{ending}"
    file.write_bytes(content)
    look_at_all(file)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
@given(data=st.data())
def test_damaged_files(ending: str, tmp_path_factory, data: st.DataObject) -> None:
    content = bytearray(GOOD[ending])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(content))))
    file = tmp_path_factory.mktemp("damaged") / f"00{ending}"
    file.write_bytes(bytes(content[:cut]))
    look_at_all(file)


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=5), st.integers()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(
                st.sampled_from(["face_landmarks", "landmark", "x", "y", "path", "photo", "data"]),
                inner,
                max_size=4,
            ),
        ),
        max_leaves=12,
    )
)
def test_any_json(tmp_path_factory, value: object) -> None:
    file = tmp_path_factory.mktemp("json") / "00.json"
    file.write_text(json.dumps(value))
    look_at_all(file)
    file.rename(file.with_suffix(".jsonl"))
    look_at_all(file.with_suffix(".jsonl"))


def test_pipes_and_links_are_not_waited_for(tmp_path: Path) -> None:
    for ending in ENDINGS:
        fifo(tmp_path / f"pipe{ending}")
        (tmp_path / f"link{ending}").symlink_to("nowhere")
    (tmp_path / "good.csv").write_bytes(GOOD[".csv"])
    dataset = Dataset(layout="{expression}/{_}/{participant}/{photo}")
    assert len(find_landmarks(tmp_path, dataset).files) == 2
    for ending in ENDINGS:
        look_at_all(tmp_path / f"pipe{ending}")


def test_an_archive_that_claims_to_be_huge_takes_no_memory(tmp_path: Path) -> None:
    header = io.BytesIO()
    shape = {"descr": "<f8", "fortran_order": False, "shape": (10**9, 478, 3)}
    np.lib.format.write_array_header_1_0(header, shape)
    with zipfile.ZipFile(tmp_path / "00.npz", "w") as archive:
        archive.writestr("landmarks.npy", header.getvalue())
        archive.writestr("paths.npy", header.getvalue())
    assert look_at_all(tmp_path / "00.npz") == []


def test_what_stands_in_a_file_does_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = frame(1).with_columns(
        pl.lit("\x1b[31m/1.jpg").alias("path"), pl.lit("\x1b[2J").alias("x3")
    )
    rows.write_csv(tmp_path / "faces.csv")
    type_in = CommandLine(tmp_path / "study", capsys)
    code, out, err = type_in("import-landmarks", tmp_path / "faces.csv")
    assert code == 1
    assert "\x1b" not in out + err


def test_what_columns_are_called_does_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = frame(1).with_columns(pl.lit("5").alias("emotion\x1b[31m"))
    renamed.rename({"path": "\x1bpath"}).write_csv(tmp_path / "faces.csv")
    type_in = CommandLine(tmp_path / "study", capsys)
    for options in ([], ["--map", "expression=emotion\x1b[31m"], ["--map", "photo=\x1b[2J"]):
        code, out, err = type_in("import-landmarks", tmp_path / "faces.csv", *options)
        assert "\x1b" not in out + err
        assert (code, err.count("\n")) in ((0, 0), (1, 1))
        assert "path as path" in out or code == 1


NAMES = ("path", "Path", "image", "file", "participant", "VP", "emotion", "photo", "cue", "width")
CELLS = st.one_of(
    st.sampled_from(["", "00/01/7/1.jpg", "C:\\", "/", "happy", "5", "smile", "yes", "-1", "\0"]),
    st.text(max_size=4),
)


@pytest.mark.slow
@given(
    columns=st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True),
    mapped=st.dictionaries(
        st.sampled_from(["path", "participant", "expression", "supervised", "photo"]),
        st.one_of(st.sampled_from([*NAMES, "x0", "#"]), st.text(min_size=1, max_size=3)),
        max_size=2,
    ),
    data=st.data(),
)
def test_any_columns(
    tmp_path_factory, columns: list[str], mapped: dict[str, str], data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("columns")
    ids = {name: data.draw(st.lists(CELLS, min_size=2, max_size=2)) for name in columns}
    points = frame(2).drop("path")
    points.with_columns(**{name: pl.Series(cells) for name, cells in ids.items()}).write_parquet(
        root / "1.parquet"
    )
    entries = [{name: cells[place] for name, cells in ids.items()} for place in range(2)]
    result = {"face_landmarks": [face().tolist()]}
    (root / "2.json").write_text(json.dumps([{**entry, **result} for entry in entries]))
    arrays = {f"{name}s": np.array(cells) for name, cells in ids.items()}
    np.savez(root / "3.npz", landmarks=np.stack([face()] * 2), **arrays)
    for file in root.iterdir():
        with suppress(LakehouseError, RefusedError):
            for shown in find_landmarks(file, Dataset(), columns=mapped).shown():  # type: ignore[arg-type]
                assert shown.look(Question()) is not None
