"""Tables of participants that come along, such as scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from lakehouse.errors import InputError
from lakehouse.files.listing import present
from lakehouse.inputs.shown import short_name
from lakehouse.lake.additions import Key, Values, added
from lakehouse.lake.participant_tables import read_values, require_one_kind, write_values
from lakehouse.lake.schemas import COVARIATES, SCORES
from lakehouse.merging.staged import Staged
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class TableToWrite:
    """A table of the lake with what was added to it.

    Attributes
    ----------
    added : int
        Values that the lake did not have.
    """

    file: Path
    schema: pa.Schema
    values: dict[Key, Values]
    added: int

    def write(self) -> None:
        """Put it in the place of the lake's.

        Raises
        ------
        LakeError
            If it cannot be written.
        """
        write_values(self.values, self.file, self.schema)


def plan_tables(paths: WarehousePaths, staged: Sequence[Staged]) -> tuple[TableToWrite, ...]:
    """Add the tables of participants to those of the lake; nothing is written yet.

    Returns
    -------
    tuple of TableToWrite
        Those to which something is added.

    Raises
    ------
    InputError
        If a participant has two values of one name.
    LakeError
        If a table is damaged.
    """
    tables = []
    for name, schema in (("scores", SCORES), ("covariates", COVARIATES)):
        file: Path = getattr(paths, name)
        earlier = values = read_values(file, schema)
        for each in staged:
            theirs: Path = getattr(each.paths, name)
            if present(theirs):
                addition = added(values, read_values(theirs, schema))
                _refuse_changes(addition.changed, theirs)
                require_one_kind(addition.values, str(theirs))
                values = addition.values
        if values != earlier:
            count = _known(values) - _known(earlier)
            tables.append(TableToWrite(file, schema, values, count))
    return tuple(tables)


def _refuse_changes(changed: Sequence[Key], file: Path) -> None:
    if changed:
        participant, name = changed[0]
        raise InputError(
            f"has another {short_name(name)} of participant {short_name(participant)} than the "
            f"lake, or than the others, and {len(changed) - 1:,} more like that",
            where=str(file),
            fix="correct the table there, or delete it; nothing was merged",
        )


def _known(values: dict[Key, Values]) -> int:
    return sum(any(part is not None for part in parts) for parts in values.values())
