import polars as pl
import pytest

from lakehouse.steps.evidence.correlations import EVIDENCE, KEY, weigh_correlations

GIVEN = {
    **KEY,
    **dict.fromkeys(("pearson_r", "spearman_r"), pl.Float64),
    "tested": pl.Boolean,
    "tests": pl.Int32,
    **dict.fromkeys(
        (
            *("feature_reliability", "feature_reliability_low", "feature_reliability_high"),
            "instrument_reliability",
        ),
        pl.Float64,
    ),
    "reason": pl.String,
}
PAIR = {
    "grouping": "kmeans6",
    "feature": "m05_00_2",
    "expression": "happiness",
    "supervised": False,
    "mask": "05-00",
    "group_id": 2,
    "instrument": "asrsb",
    "n": 309,
    "pearson_r": 0.224,
    "spearman_r": 0.212,
    "tested": True,
    "tests": 540,
    "feature_reliability": 0.7,
    "feature_reliability_low": 0.6,
    "feature_reliability_high": 0.8,
    "instrument_reliability": 0.85,
    "reason": None,
}


def weighed(sesoi: float | None = 0.1, **changed: object) -> dict:
    table = pl.DataFrame([PAIR | changed], schema=GIVEN, orient="row")
    found = weigh_correlations(table, sesoi=sesoi)
    assert found.schema == EVIDENCE
    [row] = found.to_dicts()
    return row


def test_the_study_s_strongest_pair() -> None:
    row = weighed()

    assert row["detectable_r"] == pytest.approx(0.265, abs=0.001)
    assert row["r_disattenuated"] == pytest.approx(0.224 / (0.7 * 0.85) ** 0.5)
    assert row["r_disattenuated_low"] < row["r_disattenuated"] < row["r_disattenuated_high"]
    assert row["bayes_factor"] == pytest.approx(10 ** row["log10_bayes_factor"])
    assert row["bayes_factor"] > 100
    assert row["spearman_equivalence_p"] > 0.95
    assert (row["reason"], row["disattenuation_reason"]) == (None, None)


def test_a_small_correlation_is_smaller_than_what_would_matter() -> None:
    row = weighed(0.15, pearson_r=0.01, spearman_r=-0.01)

    assert row["pearson_equivalence_p"] < 0.05
    assert row["spearman_equivalence_p"] < 0.05
    assert row["bayes_factor"] < 0.2


def test_nothing_is_tested_without_a_bound() -> None:
    row = weighed(None)

    names = ("sesoi_r", "pearson_equivalence_p", "spearman_equivalence_p")
    assert [row[name] for name in names] == [None] * 3


def test_what_is_not_tested_is_not_weighed() -> None:
    few = "fewer than 10 participants have both: no test, no interval"
    row = weighed(n=8, tested=False, reason=few)

    weights = (
        *("pearson_equivalence_p", "spearman_equivalence_p", "bayes_factor", "log10_bayes_factor"),
        *("detectable_r", "r_disattenuated_low", "r_disattenuated_high"),
    )
    assert [row[name] for name in weights] == [None] * 7
    assert row["reason"] == few
    assert row["r_disattenuated"] == weighed(n=8)["r_disattenuated"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"pearson_r": None}, "there is no correlation"),
        (
            {"instrument_reliability": None},
            "the questionnaire's reliability is not in the settings",
        ),
        ({"feature_reliability": None}, "the feature's reliability is not known"),
        ({"feature_reliability": 0.0}, "the feature's reliability is not above 0"),
        ({"feature_reliability": -0.1}, "the feature's reliability is not above 0"),
    ],
)
def test_a_correlation_that_cannot_be_corrected_says_why(
    changed: dict[str, object], reason: str
) -> None:
    row = weighed(**changed)

    assert row["r_disattenuated"] is None
    assert row["r_disattenuated_low"] is None
    assert row["disattenuation_reason"] == reason


def test_more_than_a_number_can_hold_is_told_by_its_logarithm() -> None:
    row = weighed(n=20_000, pearson_r=0.99, spearman_r=0.99)

    assert row["bayes_factor"] is None
    assert row["log10_bayes_factor"] > 300


def test_of_nothing_there_are_no_rows() -> None:
    assert weigh_correlations(pl.DataFrame(schema=GIVEN), sesoi=0.1).is_empty()
