"""Who is left out, tested against who is not."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from scipy import stats

from lakehouse.steps.quality.balance import compare_excluded

SCHEMA = {
    "kind": pl.String,
    "name": pl.String,
    "category": pl.String,
    "categorical": pl.Boolean,
    "included": pl.Boolean,
    "value": pl.Float64,
}


def people(
    name: str, included: list[float], excluded: list[float], category: str | None = None
) -> list[tuple[object, ...]]:
    key = ("covariate", name, category or "number", category is not None)
    return [(*key, True, value) for value in included] + [(*key, False, at) for at in excluded]


def compared(*rows: tuple[object, ...]) -> dict[tuple[str, str], dict[str, object]]:
    table = compare_excluded(pl.DataFrame(list(rows), schema=SCHEMA, orient="row"))
    return {(row["name"], row["category"]): row for row in table.to_dicts()}


def test_numbers_have_two_tests_and_categories_one() -> None:
    ages, few = [20.0, 31, 25, 25, 40, 22], [30.0, 41, 33]

    found = compared(
        *people("age", ages, few), *people("sex", [1, 1, 0, 0, 1], [0, 0, 1], category="f")
    )

    age, sex = found["age", "number"], found["sex", "f"]
    expected = stats.ttest_ind(ages, few, equal_var=False).pvalue
    assert age["welch_p"] == pytest.approx(expected)
    ranks = stats.rankdata([*ages, *few])
    sums = np.array([sum(three) for three in combinations(ranks, 3)])
    assert age["mann_whitney_p"] == pytest.approx(2 * np.mean(sums >= ranks[6:].sum()))
    assert age["fisher_p"] is None
    assert sex["fisher_p"] == pytest.approx(stats.fisher_exact([[3, 2], [1, 2]]).pvalue)
    assert sex["welch_p"] is sex["mann_whitney_p"] is None
    assert age["reason"] is sex["reason"] is None


@pytest.mark.parametrize(
    ("included", "excluded", "reason", "tested"),
    [
        ([], [1, 2], "nobody included has a value", set()),
        ([1, 2], [], "nobody left out has a value", set()),
        ([3, 3], [3], "the same for everybody", set()),
        ([3, 3], [4, 4], "neither group varies", {"mann_whitney_p"}),
        ([3, 4], [4], "no welch_p: a group is a single person", {"mann_whitney_p"}),
    ],
)
def test_what_is_not_tested_says_why(
    included: list[float], excluded: list[float], reason: str, tested: set[str]
) -> None:
    [row] = compared(*people("age", included, excluded)).values()

    assert row["reason"] == reason
    assert {name for name in row if name.endswith("_p") and row[name] is not None} == tested


def test_shares_of_all_or_nobody_are_tested_all_the_same() -> None:
    found = compared(*people("sex", [1, 1, 1], [0, 0], "f"), *people("site", [1, 1], [1], "a"))

    assert found["sex", "f"]["reason"] == "neither group varies"
    assert found["sex", "f"]["fisher_p"] == pytest.approx(0.1)
    assert found["site", "a"]["reason"] == "the same for everybody"


def test_nobody_known_gives_a_typed_empty_table() -> None:
    table = compare_excluded(pl.DataFrame(schema=SCHEMA))

    assert table.is_empty()
    assert table.schema["welch_p"] == pl.Float64
