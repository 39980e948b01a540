"""Long tables spread into matrices."""

import polars as pl

from lakehouse.statistics.available_cases import Matrix


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
