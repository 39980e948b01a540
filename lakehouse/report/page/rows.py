"""Tables as rows, for charts that carry their data."""

from typing import Any, Final

import polars as pl

from lakehouse.charts.words import Words

_MUSCLES: Final = "muscles"


def rows(frame: pl.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Give a table's rows as the page's script does: what is not a number is null.

    Parameters
    ----------
    words : Words
        What the muscles of a point are called.
    """
    floats = pl.selectors.float()
    frame = frame.with_columns(pl.when(floats.is_finite()).then(floats).otherwise(None))
    if _MUSCLES in frame.columns:
        named = pl.col(_MUSCLES).map_elements(words.muscles, return_dtype=pl.String)
        frame = frame.with_columns(named)
    return frame.to_dicts()
