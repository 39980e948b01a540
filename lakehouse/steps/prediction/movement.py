"""How alike the movement of two participants is, as a function from a table to a table."""

import math
from typing import Final

import numpy as np
import polars as pl

from lakehouse.statistics.threads import one_thread
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.dense import dense
from lakehouse.steps.registry import step

AXES: Final = ("dx", "dy", "dz")
PRODUCTS: Schema = {
    "participant_a": pl.String,
    "participant_b": pl.String,
    "product": pl.Float64,
}


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
    array, (participants, *_) = dense(
        displacements, ("participant", "mask", "point"), AXES[:dimensions]
    )
    whole = np.isfinite(array).all(axis=(1, 2, 3))
    names = participants.filter(pl.Series(whole, dtype=pl.Boolean))
    fields = array[whole].reshape(len(names), math.prod(array.shape[1:]))
    with one_thread():
        products = fields @ fields.T
    a, b = np.triu_indices(len(names))
    columns = (names.gather(a), names.gather(b), products[a, b])
    return pl.DataFrame(dict(zip(PRODUCTS, columns, strict=True)), schema=PRODUCTS)
