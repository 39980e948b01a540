"""Tables with a row for each point of each photograph, in whatever order."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import polars as pl

from lakehouse.dataset.listing import IgnoredCounter
from lakehouse.importing.pictured import NotListedError, PhotographReader, Pictured
from lakehouse.importing.sources import Look, look_at
from lakehouse.importing.tables.batches import Batch, Table, numbers, texts
from lakehouse.importing.tables.long_faces import LongFaces, Points
from lakehouse.importing.tables.table_columns import TableColumns

_PLACE: Final = "\0place"


class LongTable:
    """Landmarks of a long table, which is gone through once and kept, 12 kB a photograph.

    Parameters
    ----------
    ignored : IgnoredCounter
        Counts the photographs that cannot be taken.

    Attributes
    ----------
    pictured : list of Pictured
        In the order of their first rows.

    Raises
    ------
    RefusedError
        If the file is damaged.
    """

    extractor: Final = "import (long table)"

    def __init__(
        self,
        table: Table,
        columns: TableColumns,
        photographs: PhotographReader,
        ignored: IgnoredCounter,
    ) -> None:
        self._columns = columns
        # One may say two things.
        self._id_columns = list(dict.fromkeys(columns.ids.values()))
        self._places: dict[tuple[str | None, ...], int] = {}
        self._faces = LongFaces()
        first_rows: list[int] = []
        coordinates = [*columns.point, *columns.axes, *columns.sizes]
        for batch in table.batches([*columns.ids.values(), *coordinates]):
            self._add(batch, first_rows)
        self.pictured: list[Pictured] = []
        self._taken: list[int] = []
        for (ids, place), row in zip(self._places.items(), first_rows, strict=True):
            if not any(ids):
                continue
            where = f"{table.path.name}, row {row}"
            try:
                values = dict(zip(self._id_columns, ids, strict=True))
                said = {meaning: values[column] for meaning, column in columns.ids.items()}
                self.pictured.append(photographs.read_row(said, where, table.path))
                self._taken.append(place)
            except NotListedError as error:
                ignored.add(error.reason, error.example)

    def looks(self) -> Iterator[Look]:
        """Give what was kept of each photograph."""
        for shown, place in zip(self.pictured, self._taken, strict=True):
            yield look_at(shown.where, partial(self._faces.seen, place))

    def _add(self, batch: Batch, first_rows: list[int]) -> None:
        ids = texts(batch.frame.select(self._id_columns))
        keys = ids.with_row_index(_PLACE).group_by(ids.columns, maintain_order=True).first()
        places = []
        for *key, first in keys.select([*ids.columns, _PLACE]).iter_rows():
            place = self._places.setdefault(tuple(key), len(self._places))
            if place == len(first_rows):
                first_rows.append(int(batch.rows[first]))
            places.append(place)
        known = keys.select(ids.columns).with_columns(pl.Series(_PLACE, places, pl.Int64))
        joined = ids.join(
            known, on=ids.columns, how="left", nulls_equal=True, maintain_order="left"
        )
        sizes = self._columns.sizes
        self._faces.add(
            Points(
                rows=batch.rows,
                faces=joined[_PLACE].to_numpy(),
                points=numbers(batch.frame, self._columns.point),
                axes=numbers(batch.frame, self._columns.axes),
                sizes=numbers(batch.frame, sizes) if sizes else None,
            )
        )
