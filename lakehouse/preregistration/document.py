"""What is registered: a document of plain values."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import duckdb
import numpy as np

from lakehouse.errors import QueryError
from lakehouse.lake.inspection import inspect
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.reading import FORMAT
from lakehouse.settings import Settings
from lakehouse.statistics.evidence.detectable import ALPHA, POWER
from lakehouse.statistics.evidence.power import correlation_power, detectable
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.provenance import current_provenance, recorded_provenance

STRENGTHS: Final = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""Correlations whose chance to be found is told."""

CODE: Final = (
    *("lakehouse_version", "git_commit", "duckdb_version", "python_version"),
    *("sql_digest", "muscles_digest"),
)
"""Of the program, as build_info has it."""


def compose(paths: WarehousePaths, settings: Settings) -> dict[str, Any]:
    """Put together what is registered, without when and why.

    It names no participant.

    Returns
    -------
    dict
        Of plain values that JSON holds.

    Raises
    ------
    QueryError
        If there is no database of the lake as it is, or the primary family has no feature.
    LakeError
        If the lake cannot be read.
    """
    inspection = inspect(paths)
    provenance = current_provenance(paths, settings, inspection.digest)
    recorded = recorded_provenance(paths)
    if recorded is None or not provenance.satisfied_by(recorded):
        raise QueryError(
            "there is no database of the lake and the settings as they are",
            where=str(paths.database),
            fix="run `lakehouse build` first; it needs no scores",
        )
    code = asdict(provenance)
    with open_read_only(paths) as connection:
        primary = _primary(connection, settings)
        sample = _sample(connection)
    return {
        "format": FORMAT,
        "primary": primary,
        "sample": sample,
        "power": _power(primary, sample["included"]),
        "photographs_digest": inspection.photographs_digest,
        "code": {name: code[name] for name in CODE},
        "settings": json.loads(settings.model_dump_json()),
    }


def _primary(connection: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, Any]:
    primary = settings.statistics.primary
    grouping = primary.grouping or f"kmeans{settings.clusters.k}"
    rows = connection.execute(
        "select feature from internal.group_features where grouping = ? order by feature",
        [grouping],
    ).fetchall()
    if not rows:
        known = connection.execute(
            "select distinct grouping from internal.group_features order by grouping"
        ).fetchall()
        named = ", ".join(grouping for (grouping,) in known)
        fix = f"choose among {named}" if named else "see exclusions and points_above_average"
        raise QueryError(
            f"no feature is of the grouping {grouping}, so the primary family is empty",
            where="lakehouse.toml, [statistics.primary]",
            fix=fix,
        )
    instruments = primary.instruments or list(settings.instruments)
    return {
        "grouping": grouping,
        "method": primary.method,
        "direction": primary.direction,
        "instruments": instruments,
        "features": [feature for (feature,) in rows],
        "tests": len(rows) * len(instruments),
    }


def _sample(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    [(participants, included, photos)] = rows(
        "select count(*), count(*) filter (included), (select count(*) from photos) "
        "from participants where photos > 0"
    )
    excluded = rows(
        "select reason, count(distinct participant) from exclusions "
        "where scope = 'participant' group by reason order by reason"
    )
    return {
        "participants": participants,
        "included": included,
        "photographs": photos,
        "excluded": dict(excluded),
    }


def _power(primary: Mapping[str, Any], n: int) -> dict[str, Any]:
    level, pairs = np.array(ALPHA / primary["tests"]), np.array(float(n))
    method, one_sided = primary["method"], primary["direction"] != "either"
    found = detectable(pairs, level, POWER, method=method, one_sided=one_sided)
    chances = correlation_power(
        np.array(STRENGTHS), pairs, level, method=method, one_sided=one_sided
    ).tolist()
    return {
        "level": ALPHA,
        "level_of_a_test": float(level),
        "power": POWER,
        "detectable_r": _rounded(float(found)),
        "power_at": {
            f"{r:g}": _rounded(chance) for r, chance in zip(STRENGTHS, chances, strict=True)
        },
    }


def _rounded(value: float) -> float | None:
    """Round to what matters; JSON has no NaN, which stands for too few participants."""
    return None if math.isnan(value) else round(value, 4)
