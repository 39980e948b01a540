"""How alike the movement of two participants is, as a function from a table to a table."""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl

from lakehouse.statistics.threads import one_thread
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.dense import dense
from lakehouse.steps.packed import added, packed, unpacked
from lakehouse.steps.passes import Pass, ascending, different, in_one_part
from lakehouse.steps.registry import spread, step

AXES: Final = ("dx", "dy", "dz")
PRODUCTS: Schema = {
    "participant_a": pl.String,
    "participant_b": pl.String,
    "product": pl.Float64,
}
_SUMS: Schema = {"first_mask": pl.String, "products": pl.Binary, "gaps": pl.Binary}


@step(dimensions="distance.dimensions")
def movement_products(displacements: pl.DataFrame, *, dimensions: int) -> pl.DataFrame:
    """Multiply participants' displacements, all masks, points and axes as one vector each.

    Parameters
    ----------
    displacements : polars.DataFrame
        Columns participant, mask, point, dx, dy and dz (aligned pixels).
    dimensions : int
        2 for the image plane, 3 for depth as well.

    Returns
    -------
    polars.DataFrame
        The columns of `PRODUCTS`, each pair once and each participant with itself. Participants
        whose displacements have gaps do not count.
    """
    return in_one_part(_PASSES, displacements, dimensions=dimensions)


def _axes(displacements: pl.DataFrame, _: None) -> pl.DataFrame:
    return different(displacements, pl.col("participant"), pl.col("point"))


def _of_masks(
    displacements: pl.DataFrame, known: Mapping[str, pl.Series], *, dimensions: int
) -> pl.DataFrame:
    """Multiply everybody's displacements in some masks, and count who has gaps in them."""
    keys = ("participant", "mask", "point")
    array, _levels = dense(displacements, keys, AXES[:dimensions], known)
    gaps = np.asarray(~np.isfinite(array).all(axis=(1, 2, 3)))
    array[gaps] = 0.0
    fields = array.reshape(len(gaps), math.prod(array.shape[1:]))
    with one_thread():
        products = fields @ fields.T
    return pl.DataFrame(
        {
            "first_mask": [displacements["mask"].min()],
            "products": packed(products[None]),
            "gaps": packed(gaps[None].astype(np.float64)),
        },
        schema_overrides=_SUMS,
    )


def _of_pairs(parts: pl.DataFrame, known: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Add up the masks, and list the participants without gaps."""
    if parts.is_empty():
        return pl.DataFrame(schema=PRODUCTS)
    participants, sums = known["participant"], added(parts)
    [gaps] = unpacked(sums["gaps"])
    [products] = unpacked(sums["products"], (len(gaps), len(gaps)))
    places = np.flatnonzero(gaps == 0)
    a, b = (places[of_pair] for of_pair in np.triu_indices(len(places)))
    columns = (participants.gather(a), participants.gather(b), products[a, b])
    return pl.DataFrame(dict(zip(PRODUCTS, columns, strict=True)), schema=PRODUCTS)


_PASSES = (
    Pass(_axes, {"participant": pl.String, "point": pl.Int16}, ascending),
    Pass(_of_masks, _SUMS, _of_pairs, keys=("mask",), merged=added),
)
spread(movement_products, *_PASSES)
