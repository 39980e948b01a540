from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lakehouse.errors import DamagedError
from lakehouse.ingest.result import Answer, Face, Outcome, Status, Unchanged
from lakehouse.spark.answers import read_answers, write_answers
from lakehouse.system.file_stamps import FileStamp

RNG = np.random.default_rng(0)
FACE = Face(
    faces=2,
    landmarks=RNG.normal(size=(478, 3)).astype(np.float32),
    blendshape_names=("browDownLeft", "jawOpen"),
    blendshapes=np.array([0.1, np.nan], np.float32),
    yaw=1 / 3,
    pitch=-2.5,
    roll=1e-300,
    retry="turned_90",
)
STAMP = FileStamp(2**40, 1_790_000_000_123_456_789, -1, 2**64 - 1)
ANSWERS: dict[str, Answer] = {
    "found": Outcome(Status.OK, None, "ab" * 32, 2**40, 320, 240, 6, FACE, STAMP),
    "nobody": Outcome(Status.NO_FACE, "no face was found", "cd" * 32, 7, 320, 240, 1),
    "unreadable": Outcome(Status.UNREADABLE, "Permission denied"),
    "known": Unchanged(),
    "of many points": Outcome(Status.OK, face=FACE, sha256="ef" * 32),
}


def alike(one: Any, other: Any) -> bool:
    """Compare to the last bit, and by type."""
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, Outcome | Face | Unchanged):
        return type(one) is type(other) and all(
            alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one)
        )
    return type(one) is type(other) and bool(one == other)


def test_answers_come_back_to_the_last_bit_and_in_order(tmp_path: Path) -> None:
    write_answers(tmp_path / "a.parquet", list(ANSWERS.values()))

    found = read_answers(tmp_path / "a.parquet")

    assert len(found) == len(ANSWERS)
    for name, answer in zip(ANSWERS, found, strict=True):
        assert alike(ANSWERS[name], answer), name


@pytest.mark.parametrize("name", ANSWERS)
def test_a_share_may_hold_one_kind_of_answer_only(name: str, tmp_path: Path) -> None:
    write_answers(tmp_path / "a.parquet", [ANSWERS[name]])

    [answer] = read_answers(tmp_path / "a.parquet")

    assert alike(ANSWERS[name], answer)


def test_words_that_are_no_text_are_as_the_lake_would_hold_them(tmp_path: Path) -> None:
    write_answers(tmp_path / "a.parquet", [Outcome(Status.CRASHED, "gone: \udcff")])

    [answer] = read_answers(tmp_path / "a.parquet")

    assert isinstance(answer, Outcome)
    assert answer.error == "gone: ?"


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_answers(path, list(ANSWERS.values()))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(DamagedError):
        read_answers(path)
