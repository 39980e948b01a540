"""Who has results, who is left out and why, and what looks like a mistake."""

from dataclasses import dataclass
from typing import Final

import duckdb

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.connection import open_read_only

_REMARKS: Final = {
    "exclusions": "select reason, scope, list(participant order by participant) from exclusions "
    "group by reason, scope order by scope = 'participant' desc, scope, reason",
    "suspicions": "select suspicion, '', list(participant order by participant) from suspicions "
    "group by suspicion order by suspicion",
}


@dataclass(frozen=True)
class Remark:
    """A reason for which participants are left out, or a suspicion.

    Parameters
    ----------
    word : str
        As in `exclusions.reason` or `suspicions.suspicion`.
    scope : str
        What is left out, as in `exclusions.scope`; empty for a suspicion.
    participants : tuple of str
        Whom it concerns.
    """

    word: str
    scope: str
    participants: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """What the database says of the participants.

    Parameters
    ----------
    trouble : str or None
        Why the database cannot be read, and what to do, though there is one. Nothing else is then
        known.
    included, known : int
        Participants with results, and all of whom there are photographs or scores.
    left_out : tuple of Remark
        Those who are left out altogether first.
    suspicions : tuple of Remark
    """

    trouble: str | None = None
    included: int = 0
    known: int = 0
    left_out: tuple[Remark, ...] = ()
    suspicions: tuple[Remark, ...] = ()


def overview(paths: WarehousePaths) -> Overview:
    """Read what the present database says of the participants.

    Returns
    -------
    Overview
        An empty one where there is no database.
    """
    if not paths.database.exists():
        return Overview()
    try:
        with open_read_only(paths) as connection:
            return _read(connection)
    except QueryError as error:
        return Overview(trouble=f"{error.what}; {error.fix}")
    except duckdb.Error:
        fix = "`lakehouse build --force` makes it anew"
        return Overview(trouble=f"not made by `lakehouse build`; {fix}")


def _read(connection: duckdb.DuckDBPyConnection) -> Overview:
    [(included, known)] = connection.execute(
        "select count(*) filter (where included), count(*) from participants"
    ).fetchall()
    # An older version's database lacks a relation; `status` calls it out of date.
    listed = "select table_name from duckdb_tables() where schema_name = 'main'"
    there = {name for (name,) in connection.execute(listed).fetchall()}
    left_out, suspicions = (
        tuple(Remark(word, scope, tuple(names)) for word, scope, names in _rows(connection, name))
        if name in there
        else ()
        for name in _REMARKS
    )
    return Overview(None, included, known, left_out, suspicions)


def _rows(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str, list[str]]]:
    return connection.execute(_REMARKS[relation]).fetchall()
