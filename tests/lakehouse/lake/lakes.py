"""A small lake in parts that nobody has sorted, and what a lake holds, fit to be compared."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.dataset.cells import CellOrder
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.parts import commit_part, part_name, part_names, read_part
from lakehouse.lake.records import PhotoRecord
from lakehouse.lake.schemas import SCORES
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.photo_records import photo_record

ORDER = CellOrder(list(Settings().dataset.expression_codes()))


def plain(found: PhotoRecord) -> object:
    arrays = (found.landmarks, found.blendshapes)
    lists = [None if array is None else array.tolist() for array in arrays]
    return (found.row, found.blendshape_names, lists)


def record(
    participant: str, expression: str, photo: str, points: int | None = 5, seed: float = 0
) -> PhotoRecord:
    made = photo_record(photo, points=points, seed=seed)
    return replace(made, row=replace(made.row, participant=participant, expression=expression))


def write_lake(paths: WarehousePaths, parts: Sequence[Sequence[PhotoRecord]]) -> None:
    for number, records in enumerate(parts, start=1):
        commit_part(paths, part_name(number), records)
    scores = {"participant": ["1"], "instrument": ["dbi"], "score": [1.0]}
    write_parquet(pa.table(scores, schema=SCORES), paths.scores)


# Three runs' parts: none is sorted over the lake, one photograph has no face.
PARTS = [
    [record("2", "anger", "1"), record("2", "fear", "1", seed=1)],
    [record("1", "neutral", "10", seed=2), record("3", "neutral", "1", points=None)],
    [record("1", "neutral", "9", seed=3), record("2", "neutral", "1", seed=4, points=3)],
]
# Participant, then the study's order of expressions; 9 comes before 10.
SORTED = [PARTS[2][0], PARTS[1][0], PARTS[2][1], PARTS[0][0], PARTS[0][1], PARTS[1][1]]


def content(paths: WarehousePaths) -> list[list[object]]:
    return [[plain(found) for found in read_part(paths, name)] for name in part_names(paths)]


def rows(paths: WarehousePaths) -> list[Counter[tuple[object, ...]]]:
    """Count the rows of each kind, in whatever order they are."""
    return [
        Counter(
            tuple(row.values())
            for path in sorted(folder.glob("*.parquet"))
            for row in pq.ParquetFile(path).read().to_pylist()
        )
        for folder in (paths.photos, paths.landmarks, paths.blendshapes)
    ]
