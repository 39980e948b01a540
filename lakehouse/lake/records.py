"""Photographs as the lake holds them, to and from Arrow tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lakehouse.lake import schemas

Key = tuple[str, str, bool, str]
"""Participant, expression, supervised, photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRow:
    """A row of `photos`; the columns are described in `sql/lake/photos.sql`.

    What is not known is left out.
    """

    participant: str
    expression: str
    supervised: bool
    photo: str
    path: str
    sha256: str | None = None
    bytes: int | None = None
    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    status: str
    error: str | None = None
    faces: int | None = None
    face_height: float | None = None
    yaw: float | None = None
    pitch: float | None = None
    roll: float | None = None
    retry: str | None = None
    extractor: str
    model_sha256: str | None = None
    extracted_at: str

    @property
    def key(self) -> Key:
        """What identifies the photograph."""
        return self.participant, self.expression, self.supervised, self.photo


@dataclass(frozen=True, slots=True, eq=False)
class PhotoRecord:
    """Everything the lake holds about a photograph.

    Attributes
    ----------
    row : PhotoRow
        Its row in `photos`.
    landmarks : ndarray of float32, shape (points, 3), or None
        x, y, z; NaN becomes null.
    blendshape_names : tuple of str
    blendshapes : ndarray of float32, shape (len(blendshape_names),), or None
    """

    row: PhotoRow
    landmarks: npt.NDArray[np.float32] | None = None
    blendshape_names: tuple[str, ...] = ()
    blendshapes: npt.NDArray[np.float32] | None = None


class PartTables(NamedTuple):
    """The tables of one part."""

    landmarks: pa.Table
    blendshapes: pa.Table
    photos: pa.Table


def to_tables(records: Sequence[PhotoRecord]) -> PartTables:
    """Lay photographs out as the tables of a part.

    Parameters
    ----------
    records : sequence of PhotoRecord
        In the order their rows are to have.

    Returns
    -------
    PartTables
        With the schemas of `lakehouse.lake.schemas`.
    """
    found = [record for record in records if record.landmarks is not None]
    points = [record.landmarks for record in found if record.landmarks is not None]
    expressive = [record for record in records if record.blendshapes is not None]
    scores = [record.blendshapes for record in expressive if record.blendshapes is not None]
    stacked = np.concatenate(points) if points else np.empty((0, 3), np.float32)
    numbers = [np.arange(len(landmarks), dtype=np.int16) for landmarks in points]
    return PartTables(
        landmarks=pa.table(
            [
                *_keys(found, [len(landmarks) for landmarks in points]),
                np.concatenate(numbers) if numbers else np.empty(0, np.int16),
                *(pa.array(stacked[:, axis], from_pandas=True) for axis in range(3)),
            ],
            schema=schemas.LANDMARKS,
        ),
        blendshapes=pa.table(
            [
                *_keys(expressive, [len(record.blendshape_names) for record in expressive]),
                pa.array([name for record in expressive for name in record.blendshape_names]),
                np.concatenate(scores) if scores else np.empty(0, np.float32),
            ],
            schema=schemas.BLENDSHAPES,
        ),
        photos=pa.table(
            [
                pa.array([getattr(record.row, field.name) for record in records], field.type)
                for field in schemas.PHOTOS
            ],
            schema=schemas.PHOTOS,
        ),
    )


def from_tables(tables: PartTables) -> list[PhotoRecord]:
    """Take a part's photographs out of its tables.

    Returns
    -------
    list of PhotoRecord
        In the order of the photos' rows.
    """
    axes = [tables.landmarks[axis].to_numpy() for axis in ("x", "y", "z")]
    points = np.stack(axes, axis=1).astype(np.float32, copy=False)
    scores = tables.blendshapes["score"].to_numpy()
    names = tables.blendshapes["blendshape"].to_pylist()
    landmarks = {key: points[rows] for key, rows in key_runs(tables.landmarks)}
    expressive = dict(key_runs(tables.blendshapes))
    records = []
    for values in tables.photos.to_pylist():
        row = PhotoRow(**values)
        rows = expressive.get(row.key)
        records.append(
            PhotoRecord(
                row,
                landmarks.get(row.key),
                tuple(names[rows]) if rows else (),
                scores[rows] if rows else None,
            )
        )
    return records


def _keys(records: Sequence[PhotoRecord], counts: Sequence[int]) -> list[pa.Array]:
    """Repeat each photograph's key for as many rows as it has."""
    rows = pa.array(np.repeat(np.arange(len(records)), counts))
    return [
        pa.array(
            [getattr(record.row, name) for record in records], schemas.PHOTOS.field(name).type
        ).take(rows)
        for name in schemas.KEY
    ]


def key_runs(table: pa.Table) -> Iterator[tuple[Key, slice]]:
    """Find where each photograph's rows are; they are next to each other.

    Parameters
    ----------
    table : pyarrow.Table
        With the columns of a photograph's key.

    Yields
    ------
    tuple
        The key.
    slice
        Its rows.
    """
    if not table.num_rows:
        return
    starts = np.zeros(table.num_rows, dtype=bool)
    starts[0] = True
    for name in schemas.KEY:
        codes = table[name].combine_chunks().dictionary_encode().indices.to_numpy()
        starts[1:] |= codes[1:] != codes[:-1]
    first = np.flatnonzero(starts)
    ends = [*first[1:].tolist(), table.num_rows]
    keys = table.select(schemas.KEY).take(pa.array(first)).to_pydict()
    columns = [keys[name] for name in schemas.KEY]
    for key, start, end in zip(zip(*columns, strict=True), first.tolist(), ends, strict=True):
        yield key, slice(start, end)
