"""Tables as rows, for charts that carry their data."""

from typing import Any

import polars as pl


def rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Give a table's rows as the page's script does: what is not a number is null."""
    floats = pl.selectors.float()
    return frame.with_columns(pl.when(floats.is_finite()).then(floats).otherwise(None)).to_dicts()
