"""Gathering a run's photographs into parts, new ones and rewritten ones."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from lakehouse.dataset.cells import CellOrder
from lakehouse.lake.parts import commit_part, next_part_name, read_part, remove_part
from lakehouse.lake.records import Key, PhotoRecord
from lakehouse.paths import WarehousePaths


class PartWriter:
    """Commits parts as they become complete.

    Photographs new to the lake fill parts in the order they come, so that a run that was killed
    and resumed makes the same parts as one that was not. Photographs whose content changed stay
    in their part, which is rewritten once, after the last of its photographs was looked at.

    Parameters
    ----------
    paths : WarehousePaths
        Whose lake is written.
    order : CellOrder
        In which photographs lie in a part.
    part_photos : int
        Photographs in a full part.
    expected : iterable of str
        For each photograph of the run that is in the lake, the name of its part.
    """

    def __init__(
        self,
        paths: WarehousePaths,
        order: CellOrder,
        part_photos: int,
        expected: Iterable[str],
    ) -> None:
        self._paths = paths
        self._order = order
        self._part_photos = part_photos
        self._expected = Counter(expected)
        self._new: list[PhotoRecord] = []
        self._replaced: dict[str, dict[Key, PhotoRecord]] = defaultdict(dict)
        self._moved: dict[str, dict[Key, str]] = defaultdict(dict)
        self.parts_written = 0

    @property
    def between_parts(self) -> bool:
        """Whether no new photograph waits for its part to fill."""
        return not self._new

    def add(self, record: PhotoRecord) -> None:
        """Take a photograph that is new to the lake."""
        self._new.append(record)
        if len(self._new) == self._part_photos:
            self._commit_new()

    def replace(self, part: str, record: PhotoRecord) -> None:
        """Take a photograph in place of its rows in a part."""
        self._replaced[part][record.row.key] = record
        self._looked_at(part)

    def keep(self, part: str, key: Key, moved_to: str | None = None) -> None:
        """Leave a photograph's rows as they are.

        Parameters
        ----------
        moved_to : str, optional
            Its new path, if the file has moved.
        """
        if moved_to is not None:
            self._moved[part][key] = moved_to
        self._looked_at(part)

    def drop(self, part: str, keys: Collection[Key]) -> None:
        """Take photographs out of a part at once.

        Parameters
        ----------
        keys : collection of tuple
        """
        records = [record for record in read_part(self._paths, part) if record.row.key not in keys]
        if records:
            commit_part(self._paths, part, records)
            self.parts_written += 1
        else:
            remove_part(self._paths, part)

    def finish(self) -> None:
        """Commit what is left."""
        self._commit_new()
        for part in sorted({*self._replaced, *self._moved}):
            self._rewrite(part)

    def _looked_at(self, part: str) -> None:
        self._expected[part] -= 1
        if not self._expected[part]:
            self._rewrite(part)

    def _commit_new(self) -> None:
        if self._new:
            # A table's rows come in whatever order.
            self._new.sort(key=lambda record: self._order(record.row.key))
            commit_part(self._paths, next_part_name(self._paths), self._new)
            self._new = []
            self.parts_written += 1

    def _rewrite(self, part: str) -> None:
        replaced = self._replaced.pop(part, {})
        moved = self._moved.pop(part, {})
        if not replaced and not moved:
            return
        records = []
        for record in read_part(self._paths, part):
            key = record.row.key
            if key in moved:
                record = replace(record, row=replace(record.row, path=moved[key]))
            records.append(replaced.get(key, record))
        records.sort(key=lambda record: self._order(record.row.key))
        commit_part(self._paths, part, records)
        self.parts_written += 1
