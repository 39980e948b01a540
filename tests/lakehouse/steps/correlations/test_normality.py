import numpy as np
import polars as pl
import pytest
from scipy import stats

from lakehouse.steps.correlations.distributions import normality

SCHEMA = {
    "kind": pl.String,
    "name": pl.String,
    "value": pl.Float64,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "mask": pl.String,
    "grouping": pl.String,
    "group_id": pl.Int32,
}
NONE = (None,) * 5
SMILE = ("happiness", False, "05-00", "kmeans6_eyes", 2)


def row_of(*values: float | None) -> dict[str, object]:
    rows = [("instrument", "dbi", value, *NONE) for value in values]
    [row] = normality(pl.DataFrame(rows, schema=SCHEMA, orient="row")).to_dicts()
    return row


@pytest.mark.parametrize("count", [3, 309, 5000])
def test_few_values_are_tested_by_shapiro_and_wilk(count: int) -> None:
    values = np.random.default_rng(count).integers(0, 30, count).astype(float)

    row = row_of(*values, None)

    expected = stats.shapiro(values)
    assert (row["test"], row["reason"]) == ("shapiro-wilk", None)
    assert row["statistic"] == pytest.approx(expected.statistic)
    assert row["p"] == pytest.approx(expected.pvalue)


def test_many_values_are_tested_by_dagostino_and_pearson() -> None:
    values = np.random.default_rng(0).gamma(9, size=5001)

    row = row_of(*values)

    expected = stats.normaltest(values)
    assert row["test"] == "dagostino-pearson"
    assert (row["statistic"], row["p"]) == pytest.approx((expected.statistic, expected.pvalue))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ((None,), "fewer than 3 values"),
        ((1.0, None, 2.0), "fewer than 3 values"),
        ((0.1, 0.1, 0.1), "the same for everybody"),
    ],
)
def test_what_cannot_be_tested_says_why(values: tuple[float | None, ...], reason: str) -> None:
    row = row_of(*values)

    assert (row["test"], row["statistic"], row["p"], row["reason"]) == (None, None, None, reason)


def test_no_values_give_a_typed_empty_table() -> None:
    found = normality(pl.DataFrame(schema=SCHEMA))

    assert found.is_empty()
    assert found.schema["p"] == pl.Float64


def test_variables_come_back_by_kind_and_name() -> None:
    rows = [
        ("instrument", "b", 1.0, *NONE),
        ("feature", "c", 1.0, *SMILE),
        ("instrument", "a", 1.0, *NONE),
    ]

    found = normality(pl.DataFrame(rows, schema=SCHEMA, orient="row"))

    assert found.select("kind", "name").rows() == [
        ("feature", "c"),
        ("instrument", "a"),
        ("instrument", "b"),
    ]
    beside = found.select("expression", "supervised", "mask", "grouping", "group_id")
    assert beside.rows() == [SMILE, NONE, NONE]


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_the_unit_does_not_matter(scale: float) -> None:
    values = np.random.default_rng(1).normal(size=20)

    assert row_of(*values * scale)["p"] == pytest.approx(row_of(*values)["p"])
