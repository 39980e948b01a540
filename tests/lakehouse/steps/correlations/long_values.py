"""Long tables of features, scores and covariates, as the correlation steps take them."""

import polars as pl

LONG = {
    "kind": pl.String,
    "grouping": pl.String,
    "mask": pl.String,
    "participant": pl.String,
    "name": pl.String,
    "value": pl.Float64,
    "category": pl.String,
}


def long(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=LONG, orient="row")


def feature(grouping: str, name: str, *values: float | None) -> pl.DataFrame:
    """The rows of one feature, for the participants 0, 1, 2…"""
    mask = name.split("_")[0]
    return long(
        *(("feature", grouping, mask, str(n), name, value, None) for n, value in enumerate(values))
    )


def score(name: str, *values: float | None) -> pl.DataFrame:
    return long(
        *(("instrument", None, None, str(n), name, value, None) for n, value in enumerate(values))
    )


def covariate(name: str, *values: float | str | None, mask: str | None = None) -> pl.DataFrame:
    """The rows of one covariate: numbers or categories."""
    return long(
        *(
            ("covariate", None, mask, str(n), name, None, value)
            if isinstance(value, str)
            else ("covariate", None, mask, str(n), name, value, None)
            for n, value in enumerate(values)
        )
    )
