"""Long tables spread into matrices, and what goes along their rows."""

import numpy as np
import polars as pl

from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.resampling import Blocks


def spread(values: pl.DataFrame, participants: pl.Series) -> tuple[Matrix, list[str]]:
    """Spread values into a matrix.

    Parameters
    ----------
    values : polars.DataFrame
        Columns participant, name, value; each participant has a name once at most.
    participants : polars.Series
        The rows of the matrix, in order.

    Returns
    -------
    matrix : ndarray of float64, shape (participants, names)
        NaN where there is no value.
    names : list of str
        Of the columns, in the order of the alphabet.
    """
    wide = values.pivot(
        "name", index="participant", values="value", aggregate_function=None, sort_columns=True
    )
    rows = participants.rename("participant").to_frame()
    aligned = rows.join(wide, on="participant", how="left", maintain_order="left")
    columns = aligned.drop("participant")
    matrix = columns.select(pl.all().cast(pl.Float64).fill_null(float("nan"))).to_numpy()
    return matrix.reshape(len(aligned), columns.width), columns.columns


def numbered_blocks(named: pl.DataFrame, participants: pl.Series) -> Blocks | None:
    """Give numbers to the blocks within which participants are permuted.

    Parameters
    ----------
    named : polars.DataFrame
        Columns participant and name, of their block.
    participants : polars.Series
        Who is permuted, in order.

    Returns
    -------
    ndarray of int, shape (participants,), or None
        0 for all who are not named, so that they are in a block together; None where nobody is.
    """
    if named.is_empty():
        return None
    of_each = participants.rename("participant").to_frame()
    of_each = of_each.join(named, on="participant", how="left", maintain_order="left")
    blocks: Blocks = of_each["name"].rank("dense").fill_null(0).cast(pl.Int64).to_numpy()
    return blocks.astype(np.intp)
