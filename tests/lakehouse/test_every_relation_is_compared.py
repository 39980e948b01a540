"""Every relation, and every column of it, is compared with the reference or excused by name."""

from collections import Counter

import polars as pl
import pytest

from lakehouse.warehouse.macros import load_macros
from lakehouse.warehouse.models import Model, load_models
from tests.lakehouse.reference import compare
from tests.lakehouse.reference.compare import (
    EVERY_COLUMN,
    GIVEN,
    NOT_COMPARED,
    assert_same,
    uncovered,
)
from tests.lakehouse.reference.macros import Macros
from tests.lakehouse.reference.results import Results

MODELS = {model.name: model for model in load_models()}


def renamed(model: Model, name: str) -> Model:
    return model.model_copy(update={"name": name})


def test_every_relation_is_compared() -> None:
    assert uncovered(load_models()) == []


def test_a_relation_that_is_added_must_be_compared_too() -> None:
    added = renamed(MODELS["masks"], "masks_of_cats")

    assert uncovered([*load_models(), added]) == ["masks_of_cats"]


def test_a_relation_may_be_excused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    added = renamed(MODELS["masks"], "masks_of_cats")
    excuses = {**NOT_COMPARED, "masks_of_cats": {"whiskers": "are not seen"}}
    monkeypatch.setattr(compare, "NOT_COMPARED", excuses)
    assert uncovered([added]) == ["masks_of_cats"]

    monkeypatch.setattr(
        compare, "NOT_COMPARED", {"masks_of_cats": {EVERY_COLUMN: "nobody draws cats"}}
    )
    assert uncovered([added]) == []


def test_what_is_compared_is_there_and_computed_in_one_place() -> None:
    claimed = Counter(name for subject in Results.SUBJECTS for name in subject.RELATIONS)

    assert claimed.keys() <= MODELS.keys()
    assert set(claimed.values()) == {1}
    for subject in Results.SUBJECTS:
        assert all(hasattr(subject, name) for name in subject.RELATIONS), subject


def test_what_is_excused_or_given_is_there_and_says_why() -> None:
    assert NOT_COMPARED.keys() | GIVEN.keys() <= MODELS.keys()
    for name, reasons in NOT_COMPARED.items():
        assert reasons.keys() <= MODELS[name].header.columns.keys() | {EVERY_COLUMN}
        assert all(len(reason.split()) > 3 for reason in reasons.values())
        assert (EVERY_COLUMN in reasons) != (name in Results.names())
    assert all(len(reason.split()) > 3 for reason in GIVEN.values())


def test_every_macro_is_compared() -> None:
    assert {macro.name for macro in load_macros()} == set(Macros.NAMES)
    assert all(hasattr(Macros, name) for name in Macros.NAMES)


EXPRESSIONS = pl.DataFrame(
    {
        "expression": ["neutral", "joy"],
        "code": ["00", "01"],
        "label_en": ["neutral", "joy"],
        "label_pt": ["neutra", None],
    }
)
POINTS = pl.DataFrame({"point": [0, 1], "masks_above": [3, 3], "mean_distance": [1e4, 2.0]})


def differ(name: str, found: pl.DataFrame, expected: pl.DataFrame) -> str | None:
    """What the comparison says, if it says anything."""
    try:
        assert_same(MODELS[name], found, expected)
    except AssertionError as error:
        return str(error).splitlines()[0]
    return None


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    turned = EXPRESSIONS.reverse().select(reversed(EXPRESSIONS.columns))

    assert differ("expressions", EXPRESSIONS, turned) is None


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (EXPRESSIONS.head(1), "expressions: 1 rows, not 2"),
        (EXPRESSIONS.with_columns(label_fr=pl.lit("joie")), "expressions: other columns"),
        (EXPRESSIONS.drop("label_pt"), "expressions: other columns"),
        (
            EXPRESSIONS.with_columns(label_pt=pl.lit("neutra")),
            "expressions.label_pt: 1 of 2 differ, first ('neutra', None)",
        ),
    ],
    ids=["a row less", "a column that nobody compares", "a column less", "a text"],
)
def test_relations_that_differ_are_told_apart(found: pl.DataFrame, said: str) -> None:
    assert differ("expressions", found, EXPRESSIONS) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1e4 + 5e-5, 2.0 - 5e-7], None),
        ([1e4, 2.0 + 2e-6], "points_above_average.mean_distance: 1 of 2 differ"),
        ([1e4 + 2e-4, 2.0], "points_above_average.mean_distance: 1 of 2 differ"),
        ([1e4, None], "points_above_average.mean_distance: other nulls"),
        ([1e4, float("nan")], "points_above_average.mean_distance: 1 of 2 differ"),
    ],
    ids=str,
)
def test_numbers_must_be_near(values: list[float | None], said: str | None) -> None:
    found = POINTS.with_columns(mean_distance=pl.Series(values))

    told = differ("points_above_average", found, POINTS)

    assert told == said or (told is not None and said is not None and told.startswith(said))


def test_whole_numbers_must_be_equal() -> None:
    found = POINTS.with_columns(masks_above=pl.Series([3, 4]))

    told = differ("points_above_average", found, POINTS)

    assert told == "points_above_average.masks_above: 1 of 2 differ, first (4, 3)"


def test_a_whole_number_is_not_compared_with_a_fraction() -> None:
    expected = POINTS.with_columns(masks_above=pl.Series([3.0, 3.4]))

    told = differ("points_above_average", POINTS, expected)

    assert told == "points_above_average.masks_above: Int64 beside Float64"


TESTED = pl.DataFrame(
    {
        "kind": ["feature"],
        "name": ["m00_01_0"],
        "test": ["shapiro-wilk"],
        "statistic": [0.9],
        "p": [1e-9],
        "reason": [None],
    },
    schema_overrides={"reason": pl.String},
)


@pytest.mark.parametrize(("p", "same"), [(1e-9 * (1 + 5e-7), True), (1.1e-9, False)])
def test_small_probabilities_must_be_near_in_relation_to_themselves(p: float, same: bool) -> None:
    told = differ("normality_tests", TESTED.with_columns(p=pl.lit(p)), TESTED)

    assert (told is None) == same


@pytest.mark.parametrize(("passed", "same"), [(3, True), (5, True), (2, False), (6, False)])
def test_counts_that_rounding_alters_must_lie_between(passed: int, same: bool) -> None:
    found = pl.DataFrame(
        {
            "grouping": ["kmeans6"],
            "method": ["spearman"],
            "kind": ["r"],
            "threshold": [0.1],
            "tests": [9],
            "passed": [passed],
            "expected": [None],
        },
        schema_overrides={"expected": pl.Float64},
    )
    expected = found.with_columns(passed=pl.lit(3), passed_most=pl.lit(5))

    assert (differ("correlation_thresholds", found, expected) is None) == same


def test_an_excused_column_is_passed_over_and_no_other() -> None:
    columns = {
        column: ["text"] for column in MODELS["build_info"].header.columns if column != "seconds"
    }
    found = pl.DataFrame({**columns, "seconds": [1.0]})

    expected = found.drop(NOT_COMPARED["build_info"])

    assert differ("build_info", found, expected) is None
    assert differ("build_info", found, expected.drop("settings")) == "build_info: other columns"
    # What is compared all the same needs no excuse.
    assert differ("build_info", found, found) == "build_info: other columns"
