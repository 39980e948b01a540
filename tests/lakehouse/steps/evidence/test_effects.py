import polars as pl
import pytest

from lakehouse.steps.evidence.effects import EVIDENCE, weigh_effects

GIVEN = {
    "grouping": pl.String,
    "expression": pl.String,
    "group_id": pl.Int32,
    "n": pl.Int32,
    "t": pl.Float64,
    "cohen_dz": pl.Float64,
    "tests": pl.Int32,
    "reason": pl.String,
}


def weighed(sesoi: float | None, *rows: tuple) -> list[dict]:
    found = weigh_effects(pl.DataFrame(rows, schema=GIVEN, orient="row"), sesoi=sesoi)
    assert found.schema == EVIDENCE
    return found.to_dicts()


def test_an_effect_and_none() -> None:
    none, some = weighed(
        0.2,
        ("mesh", "fear", 0, 309, 0.4, 0.4 / 309**0.5, 7, None),
        ("mesh", "happiness", 0, 309, 6.0, 6 / 309**0.5, 7, None),
    )

    assert none["equivalence_p"] < 0.01 < 0.5 < some["equivalence_p"]
    assert none["bayes_factor"] < 0.1 < 1e4 < some["bayes_factor"]
    assert none["detectable_dz"] == some["detectable_dz"] == pytest.approx(0.204, abs=0.01)


def test_what_was_not_tested_says_nothing() -> None:
    [row] = weighed(0.2, ("mesh", "fear", 0, 1, None, None, 0, "fewer than 2"))

    names = ("equivalence_p", "log10_bayes_factor", "bayes_factor", "detectable_dz")
    assert [row[name] for name in names] == [None] * 4
    assert row["reason"] == "fewer than 2"


def test_without_a_bound_there_is_no_test_of_equivalence() -> None:
    [row] = weighed(None, ("mesh", "fear", 0, 50, 1.0, 0.14, 7, None))

    assert (row["sesoi_dz"], row["equivalence_p"]) == (None, None)
    assert row["bayes_factor"] is not None


def test_of_nothing_there_are_no_rows() -> None:
    assert weighed(0.2) == []
