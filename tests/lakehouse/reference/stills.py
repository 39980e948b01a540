"""Studies whose masks are made of videos: their stills as photographs of a lake of their own."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.lake import schemas
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.lakehouse.reference.moving import Moving
from tests.lakehouse.reference.results import Given, Results


class OfStills(Results):
    """What a warehouse of videos alone should hold.

    The stills that the reference finds in the videos are written as photographs, from which all
    that follows is computed; groups of points that follow from them are then followed through the
    videos.

    Parameters
    ----------
    paths : WarehousePaths
        Of which only the lake is read; the stills get a folder beside it.
    chosen : Settings
        With plateaus as masks.
    extras, given
        As for `Results`.
    """

    def __init__(
        self, paths: WarehousePaths, chosen: Settings, extras: Collection[str], given: Given
    ) -> None:
        stills = WarehousePaths(paths.root / "stills of the reference")
        super().__init__(stills, chosen, extras, given)
        self._videos = Results(paths, chosen, extras, given)
        _write(stills, self._videos["stills"], self._videos["still_landmarks"])

    @cached_property
    def _filmed(self) -> Moving:
        return Moving(
            self._videos.reference, self._chosen, self._names.points, self._followed_groups
        )


def _write(paths: WarehousePaths, stills: pl.DataFrame, landmarks: pl.DataFrame) -> None:
    """Write stills as photographs, their landmarks with all digits."""
    known = [name for name in schemas.PHOTOS.names if name in stills.columns]
    rows = [
        dict.fromkeys(schemas.PHOTOS.names) | {"status": "ok", "faces": 1} | row
        for row in stills.select(known).to_dicts()
    ]
    points = landmarks.select(schemas.LANDMARKS.names).with_columns(pl.col("point").cast(pl.Int16))
    for folder, table in (
        (paths.photos, pa.Table.from_pylist(rows, schema=schemas.PHOTOS)),
        (paths.landmarks, points.to_arrow()),
        (paths.blendshapes, schemas.BLENDSHAPES.empty_table()),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, folder / "part-000001.parquet")
