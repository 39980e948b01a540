"""Steps made part by part, as an engine on several machines would make them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from lakehouse.settings import Settings
from lakehouse.steps.passes import Pass
from lakehouse.steps.registry import load_step

DIVISIONS = ("one part", "a part for each key", "parts of several keys", "with an empty part")


def divided(
    subject: str, name: str, rows: pl.DataFrame, settings: Settings, division: str
) -> pl.DataFrame:
    """Make a step's relation of parts, whose rows and whose tables come in any order."""
    random = np.random.default_rng(len(rows))

    def mapped(one: Pass, each: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
        parts = shuffled(_parts(rows, one.keys, division, random), random)
        made = [pl.DataFrame(schema=one.schema)]
        for part in parts:
            made.append(each(part.sample(fraction=1, shuffle=True, seed=len(made))))
            assert dict(made[-1].schema) == dict(one.schema)
        tables = pl.concat(shuffled(made, random))
        return _merged(one, tables) if one.merged is not None else tables

    found = load_step(subject, name).in_parts(mapped, settings)
    assert isinstance(found, pl.DataFrame)
    return found


def shuffled(things: list[Any], random: np.random.Generator) -> list[Any]:
    return [things[at] for at in random.permutation(len(things))]


def _parts(
    rows: pl.DataFrame, keys: tuple[str, ...], division: str, random: np.random.Generator
) -> list[pl.DataFrame]:
    if division == "one part":
        return [rows]
    numbers = rows.select(keys).unique(maintain_order=True) if keys else rows.with_row_index()
    of_keys = [*range(numbers.height)]
    if division != "a part for each key":
        of_keys = random.integers(0, 3, numbers.height).tolist()
    if not keys:
        numbered = rows.with_columns(pl.Series("part", of_keys, dtype=pl.Int64))
    else:
        part = numbers.with_columns(pl.Series("part", of_keys, dtype=pl.Int64))
        numbered = rows.join(part, on=keys, nulls_equal=True)
    parts = [of_part.drop("part") for of_part in numbered.partition_by("part")]
    return [*parts, rows.clear()] if division == "with an empty part" else parts


def _merged(one: Pass, tables: pl.DataFrame) -> pl.DataFrame:
    """Bring some of the tables together, and then all."""
    merged = one.merged
    assert merged is not None
    every = tables.with_columns(
        half=pl.int_range(pl.len()) % 2,
        key=pl.struct(one.merge).rank("dense") if one.merge else pl.lit(0),
    )
    halves = [
        merged(half.drop("half", "key")).with_columns(half["key"].head(1))
        for half in every.partition_by("key", "half")
    ]
    fewer = pl.concat([every.drop("half").clear(), *halves])
    return pl.concat(
        [tables.clear(), *(merged(part.drop("key")) for part in fewer.partition_by("key"))]
    )
