"""Tables with a row for each photograph, and a column for each coordinate of each point."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from lakehouse.dataset.listing import IgnoredCounter
from lakehouse.importing.coordinates import NoLandmarksError
from lakehouse.importing.pictured import NotListedError, PhotographReader, Pictured
from lakehouse.importing.readings import Seen, SeenFace, picture_size
from lakehouse.importing.sources import Look, look_at
from lakehouse.importing.tables.batches import Batch, Table, numbers, texts
from lakehouse.importing.tables.table_columns import TableColumns
from lakehouse.importing.tables.wide_columns import WideColumns


class WideTable:
    """Landmarks of a wide table, which is gone through twice: for the ids, and for the points.

    Parameters
    ----------
    columns : TableColumns
        Of ids and sizes.
    points : WideColumns
        Of landmarks.
    ignored : IgnoredCounter
        Counts the rows that cannot be taken.

    Attributes
    ----------
    pictured : list of Pictured
        In the order of the rows.

    Raises
    ------
    RefusedError
        If the file is damaged.
    """

    extractor: Final = "import (wide table)"

    def __init__(
        self,
        table: Table,
        columns: TableColumns,
        points: WideColumns,
        photographs: PhotographReader,
        ignored: IgnoredCounter,
    ) -> None:
        self._table = table
        self._columns = columns
        self._points = points
        self.pictured: list[Pictured] = []
        self._taken: set[int] = set()
        # One coordinate too, by which blank lines are told from rows without ids.
        first = points.names[0]
        for batch in table.batches([*columns.ids.values(), first]):
            for row, values in zip(
                batch.rows.tolist(), texts(batch.frame).iter_rows(named=True), strict=True
            ):
                said = {meaning: values[column] for meaning, column in columns.ids.items()}
                if values[first] is None and not any(said.values()):
                    continue
                try:
                    self.pictured.append(photographs.read_row(said, self._where(row), table.path))
                    self._taken.add(row)
                except NotListedError as error:
                    ignored.add(error.reason, error.example)

    def looks(self) -> Iterator[Look]:
        """Read the points, row by row."""
        for batch in self._table.batches([*self._points.names, *self._columns.sizes]):
            points = _Points(batch, self._points, self._columns.sizes)
            for place, row in enumerate(batch.rows.tolist()):
                if row in self._taken:
                    yield look_at(self._where(row), partial(points.seen, place))

    def _where(self, row: int) -> str:
        return f"{self._table.path.name}, row {row}"


class _Points:
    """The coordinates of a batch of rows."""

    def __init__(self, batch: Batch, columns: WideColumns, sizes: Sequence[str]) -> None:
        found = numbers(batch.frame, columns.names)
        axes = len(columns.names) // columns.points
        self._points = found.values.reshape(-1, axes, columns.points)
        self._faults = found.faults
        self._sizes = numbers(batch.frame, sizes) if sizes else None

    def seen(self, place: int) -> Seen:
        for faults in (self._faults, self._sizes.faults if self._sizes else {}):
            if place in faults:
                raise NoLandmarksError(faults[place])
        size = picture_size(*self._sizes.values[place].tolist()) if self._sizes else None
        values = self._points[place]
        if np.isnan(values).all():
            return Seen((), size)
        return Seen((SeenFace(_with_depth(values)),), size)


def _with_depth(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    points = np.full((values.shape[1], 3), np.nan)
    points[:, : len(values)] = values.T
    return points
