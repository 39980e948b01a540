"""Intraclass correlations of movement, with what participants have, as a step."""

from typing import Final

import numpy as np
import polars as pl

from lakehouse.statistics.reliability.consistency import icc_consistency
from lakehouse.statistics.threads import one_thread
from lakehouse.steps.dense import dense
from lakehouse.steps.passes import Pass, in_one_part
from lakehouse.steps.registry import spread, step

MOVEMENT: Final = {
    "grouping": pl.String,
    "feature": pl.String,
    "n": pl.Int32,
    "incomplete": pl.Int32,
    "photos": pl.Int32,
    "icc_ck": pl.Float64,
    "icc_ck_low": pl.Float64,
    "icc_ck_high": pl.Float64,
    "var_participants": pl.Float64,
    "var_places": pl.Float64,
    "var_error": pl.Float64,
}


@step()
def movement_components(movements: pl.DataFrame) -> pl.DataFrame:
    """Estimate how the movement in features varies between people and between photographs.

    Parameters
    ----------
    movements : polars.DataFrame
        grouping, feature, participant, place and movement, a row per photograph; none null.

    Returns
    -------
    polars.DataFrame
        The columns of `MOVEMENT`, by grouping and feature. The number of photographs is the one
        that most participants have, two at least, and of equally frequent ones the largest; null
        where nobody has two.
    """
    return in_one_part(_PASSES, movements)


def _of_features(movements: pl.DataFrame, _: None) -> pl.DataFrame:
    """Estimate it for some of the features, of which it is given everybody's rows."""
    tables = [pl.DataFrame(schema=MOVEMENT)]
    for (grouping,), rows in movements.sort("grouping").group_by("grouping", maintain_order=True):
        # Further photographs of somebody take the next place, so that gaps stand at the end.
        ordered = rows.sort("feature", "participant", "place").with_columns(
            repeat=pl.int_range(pl.len()).over("feature", "participant")
        )
        table, (features, *_axes) = dense(
            ordered, ("feature", "participant", "repeat"), ["movement"]
        )
        values = table[..., 0]
        each = (~np.isnan(values)).sum(axis=2)
        photos = np.array([_usual(counts) for counts in each])
        with one_thread():
            found = icc_consistency(values, photos)
        columns = {
            "n": (each > 0).sum(axis=1),
            "incomplete": ((each > 0) & (each < photos[:, None])).sum(axis=1),
            "photos": photos,
            "icc_ck": found["icc"],
            "icc_ck_low": found["low"],
            "icc_ck_high": found["high"],
            "var_participants": found["participants"],
            "var_places": found["places"],
            "var_error": found["error"],
        }
        keys = pl.DataFrame({"feature": features}).with_columns(pl.lit(grouping).alias("grouping"))
        tables.append(
            keys.hstack(pl.DataFrame(columns, nan_to_null=True)).select(
                pl.col(name).cast(kind) for name, kind in MOVEMENT.items()
            )
        )
    return pl.concat(tables)


def _by_feature(features: pl.DataFrame, _: None) -> pl.DataFrame:
    return features.sort("grouping", "feature")


def _usual(counts: np.ndarray) -> float:
    numbers, people = np.unique(counts[counts > 1], return_counts=True)
    return float(numbers[people == people.max()].max()) if len(numbers) else np.nan


_PASSES = (Pass(_of_features, MOVEMENT, _by_feature, keys=("grouping", "feature")),)
spread(movement_components, *_PASSES)
