"""What the correlations would be, were movement measured in another way."""

import numpy as np
import polars as pl

from lakehouse.statistics.correlation import spearman
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.matrices import spread
from lakehouse.steps.registry import step

_INSTRUMENT = "instrument"
KIND_CORRELATIONS: Schema = {
    "kind": pl.String,
    "feature": pl.String,
    "instrument": pl.String,
    "spearman_r": pl.Float64,
}


@step()
def correlate_kinds(values: pl.DataFrame) -> pl.DataFrame:
    """Correlate features of several kinds with every instrument, by ranks and without tests.

    Parameters
    ----------
    values : polars.DataFrame
        Columns kind, participant, name, value; the scores are of the kind "instrument".

    Returns
    -------
    polars.DataFrame
        The columns of `KIND_CORRELATIONS`, by kind, feature and instrument; null where there is
        no correlation. Empty where there are no features or no scores.
    """
    participants = values["participant"].unique().sort()
    scores, instruments = spread(values.filter(kind=_INSTRUMENT), participants)
    tables = [pl.DataFrame(schema=KIND_CORRELATIONS)]
    for (kind,), rows in values.sort("kind").group_by("kind", maintain_order=True):
        if kind == _INSTRUMENT or not instruments:
            continue
        features, names = spread(rows, participants)
        tables.append(
            pl.DataFrame(
                {
                    "kind": [kind] * (len(names) * len(instruments)),
                    "feature": np.repeat(np.array(names, dtype=object), len(instruments)).tolist(),
                    "instrument": [*instruments] * len(names),
                    "spearman_r": spearman(features, scores).r.ravel(),
                },
                schema=KIND_CORRELATIONS,
                nan_to_null=True,
            )
        )
    return pl.concat(tables)
