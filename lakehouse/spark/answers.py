"""Answers of a cluster's tasks on their way to the lake: a sealed file for each share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from lakehouse.files.parquet import write_parquet
from lakehouse.ingest.lake_record import encodable
from lakehouse.ingest.result import Answer, Face, Outcome, Status, Unchanged
from lakehouse.lake.parts import read_table
from lakehouse.system.file_stamps import FileStamp

_FOUND: Final = ("faces", "yaw", "pitch", "roll", "retry")
_READ: Final = ("sha256", "bytes", "width", "height", "orientation")

_SCHEMA: Final = pa.schema(
    [
        # Without one, the content is the one already known.
        pa.field("status", pa.string()),
        pa.field("error", pa.string()),
        pa.field("sha256", pa.string()),
        pa.field("bytes", pa.int64()),
        pa.field("width", pa.int64()),
        pa.field("height", pa.int64()),
        pa.field("orientation", pa.int64()),
        pa.field("faces", pa.int64()),
        pa.field("yaw", pa.float64()),
        pa.field("pitch", pa.float64()),
        pa.field("roll", pa.float64()),
        pa.field("retry", pa.string()),
        pa.field("landmarks", pa.list_(pa.float32())),
        pa.field("blendshape_names", pa.list_(pa.string())),
        pa.field("blendshapes", pa.list_(pa.float32())),
        pa.field("stamp_bytes", pa.int64()),
        pa.field("stamp_mtime_ns", pa.int64()),
        pa.field("stamp_ctime_ns", pa.int64()),
        pa.field("stamp_inode", pa.uint64()),
    ]
)


def write_answers(path: Path, answers: Sequence[Answer]) -> None:
    """Write what became of a share's photographs.

    Parameters
    ----------
    path : Path
        In a folder that exists.
    answers : sequence of Outcome or Unchanged
        In the order of the share.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_parquet(pa.Table.from_pylist([_row(each) for each in answers], schema=_SCHEMA), path)


def read_answers(path: Path) -> list[Answer]:
    """Read back what `write_answers` has written, verified by its checksum.

    Raises
    ------
    LakeError
        If it is missing or damaged.
    """
    table = read_table(path, _SCHEMA.names)
    # As arrays: as lists of numbers, a face's points would take a hundred times the time.
    arrays = {
        name: [array.values.to_numpy() if array.is_valid else None for array in table[name]]
        for name in ("landmarks", "blendshapes")
    }
    rows = table.drop_columns(list(arrays)).to_pylist()
    return [
        _answer(row, points, scores)
        for row, points, scores in zip(
            rows, arrays["landmarks"], arrays["blendshapes"], strict=True
        )
    ]


def _row(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Unchanged):
        return {}
    row: dict[str, Any] = {name: getattr(answer, name) for name in _READ}
    row |= {"status": str(answer.status), "error": encodable(answer.error)}
    if face := answer.face:
        row |= {name: getattr(face, name) for name in (*_FOUND, "blendshape_names")}
        row |= {"landmarks": face.landmarks.ravel(), "blendshapes": face.blendshapes}
    if answer.stamp:
        row |= {f"stamp_{name}": value for name, value in answer.stamp._asdict().items()}
    return row


def _answer(row: dict[str, Any], points: Any, scores: Any) -> Answer:
    if row["status"] is None:
        return Unchanged()
    face = stamp = None
    if points is not None:
        face = Face(
            landmarks=np.asarray(points, np.float32).reshape(-1, 3),
            blendshape_names=tuple(row["blendshape_names"]),
            blendshapes=np.asarray(scores, np.float32),
            **{name: row[name] for name in _FOUND},
        )
    if row["stamp_bytes"] is not None:
        stamp = FileStamp(**{name: row[f"stamp_{name}"] for name in FileStamp._fields})
    return Outcome(
        Status(row["status"]),
        row["error"],
        face=face,
        stamp=stamp,
        **{name: row[name] for name in _READ},
    )
