"""What of the correlations stands, in words."""

from typing import Any

from lakehouse.report.findings.correlations import correlations
from tests.lakehouse.report.given import Given, facts, settings, words

FAMILY = {
    "grouping": "kmeans6",
    "correlated": 540,
    "tests": 540,
    "features": 90,
    "instruments": 6,
    "spearman_p": 60,
    "spearman_q": 0,
    "pearson_q": 0,
    "max_t": 0,
    "permutations": 9999,
}
STRONGEST = {
    "grouping": "kmeans6",
    "feature": "m05_00_2",
    "instrument": "asrsb",
    "n": 309,
    "spearman_r": 0.212,
    "spearman_low": 0.102,
    "spearman_high": 0.318,
    "spearman_q": 0.092,
    "permutation_p": 0.063,
}
PREDICTED = [
    {"instrument": "asrsb", "n": 309, "r": 0.1, "permutation_p": 0.6},
    {"instrument": "dbi", "n": 309, "r": 0.0, "permutation_p": 0.9},
]


def said(
    counted: dict[str, Any] | None = None,
    predicted: list[dict[str, Any]] | None = None,
    language: str = "en",
    **known: Any,
) -> str:
    frames = {
        "glance_correlations": [FAMILY | (counted or {})],
        "glance_strongest": [STRONGEST],
        "glance_evidence": [
            {"grouping": "kmeans6", "n": 309, "detectable_r": 0.267, "smaller": 12}
        ],
        "glance_prediction": PREDICTED if predicted is None else predicted,
    }
    return correlations(Given(facts(**known), frames), words(language)) or ""


def test_none_that_stands_is_said_first() -> None:
    assert said().startswith(
        "Of 540 correlations between groups of points and questionnaires none stands after "
        "correction for their number; in single tests 60 of Spearman’s have p < 0.05, where "
        "chance alone would give about 27."
    )


def test_what_stands_is_counted_by_method() -> None:
    told = said({"spearman_q": 1, "pearson_q": 2, "max_t": 1})

    assert "1 of them has q < 0.05; of Pearson’s, 2." in told
    assert "(max-T) 1 has p < 0.05." in told
    assert "none stands" not in told


def test_none_of_a_method_is_a_word() -> None:
    told = said({"spearman_q": 2, "permutations": None}, language="pt")

    assert "2 delas têm q < 0,05; das de Pearson, nenhuma." in told
    assert "max-T)" not in told


def test_the_strongest_has_interval_n_q_and_max_t() -> None:
    assert (
        "“m05_00_2” with “asrsb”: Spearman’s r = 0.21 (95 % interval [0.10, 0.32], n = 309, "
        "q = 0.092, max-T p = 0.063)" in said()
    )


def test_what_would_have_been_found_is_told() -> None:
    assert "With n = 309 and as many tests, a correlation of 0.27" in said()
    assert "80\N{NO-BREAK SPACE}%" in said()


def test_a_smallest_correlation_that_matters_is_told_or_missed() -> None:
    set_at = settings(statistics={"sesoi_r": 0.1})

    assert "set at 0.10; shown to be weaker: 12 of 540." in said(settings=set_at)
    assert "`statistics.sesoi_r`" in said()


def test_prediction_is_told_with_its_family_wise_p() -> None:
    better = [PREDICTED[0] | {"permutation_p": 0.01}, PREDICTED[1]]

    assert (
        "none of 2 questionnaires does demonstrably better than chance (smallest family-wise "
        "p = 0.60)" in said()
    )
    assert "asrsb does better than chance (smallest family-wise p = 0.010, r = 0.10)" in said(
        predicted=better
    )


def test_without_the_statistics_their_command_is_told() -> None:
    bare = said(extras=frozenset())

    assert bare.endswith("`lakehouse build --statistics`.")
    assert "0.27" not in bare


def test_pairs_that_are_no_tests_are_counted() -> None:
    assert "180 more pairs have fewer than 10 people" in said({"correlated": 720})


def test_without_scores_the_command_is_told() -> None:
    assert "`lakehouse scores FILE`" in said(scored=0)
    assert said({"tests": 0}).startswith("No feature could be tested")
    assert said(included=0) == ""


IN_TIME = FAMILY | {"grouping": "dynamics", "correlated": 126, "tests": 120, "spearman_q": 3}
LATEST = STRONGEST | {"grouping": "dynamics", "feature": "m05_00_onset_mouth", "spearman_r": 0.97}


def said_of_time(language: str = "en", **known: Any) -> str:
    frames = {
        "glance_correlations": [IN_TIME],
        "glance_strongest": [LATEST],
        "glance_evidence": [],
        "glance_prediction": [],
    }
    return correlations(Given(facts(**known), frames), words(language)) or ""


def test_what_happens_in_time_is_a_family_of_its_own() -> None:
    told = said_of_time()

    assert told.startswith(
        "Of 120 correlations of what happens in time, such as latencies, q < 0.05 holds for 3. The "
    )
    assert "“m05_00_onset_mouth” with “asrsb”: Spearman’s r = 0.97" in told
    assert "q < 0,05 vale para 3." in said_of_time("pt")


def test_who_was_filmed_and_not_photographed_has_a_finding_too() -> None:
    assert said_of_time(included=0).startswith("Of 120 correlations of what happens in time")
