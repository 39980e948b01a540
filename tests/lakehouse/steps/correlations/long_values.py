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
    "expression": pl.String,
    "supervised": pl.Boolean,
    "group_id": pl.Int32,
}
KEY = {
    "grouping": pl.String,
    "feature": pl.String,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "mask": pl.String,
    "group_id": pl.Int32,
    "instrument": pl.String,
}
"""The columns that name a feature and an instrument, in order."""

NOBODYS = (None, None, None)
WORDS = {"05": "happiness", "07": "surprise"}


def long(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=LONG, orient="row")


def feature(grouping: str, name: str, *values: float | None) -> pl.DataFrame:
    """The rows of one feature, such as m05_00_2, for the participants 0, 1, 2…"""
    _, code, cue, group = (name if name[0] == "m" else "_05_00_0").replace("m", "_").split("_")
    described = WORDS[code], cue == "01", int(group)
    return long(
        *(
            ("feature", grouping, f"{code}-{cue}", str(n), name, value, None, *described)
            for n, value in enumerate(values)
        )
    )


def score(name: str, *values: float | None) -> pl.DataFrame:
    return long(
        *(
            ("instrument", None, None, str(n), name, value, None, *NOBODYS)
            for n, value in enumerate(values)
        )
    )


def covariate(name: str, *values: float | str | None, mask: str | None = None) -> pl.DataFrame:
    """The rows of one covariate: numbers or categories."""
    return long(
        *(
            ("covariate", None, mask, str(n), name, None, value, *NOBODYS)
            if isinstance(value, str)
            else ("covariate", None, mask, str(n), name, value, None, *NOBODYS)
            for n, value in enumerate(values)
        )
    )
