from tests.sql.support import Row, RunModel, table

CONTEXT: dict[str, list[Row]] = {
    "feature_list": table(
        "feature label_en",
        *((f"m05_00_{group}", f"happiness, group {group}") for group in range(9)),
        *((f"m07_01_{group}", f"eyes wide, group {group}") for group in range(14)),
    ),
    "instruments": table(
        "instrument name", ("dbi", "Beck Depression Inventory"), ("bai", "Beck Anxiety Inventory")
    ),
}
NAMES = "grouping feature instrument spearman_p pearson_p"


def test_without_permutations_the_smallest_spearman_p_of_a_grouping_stands_first(
    run_model: RunModel,
) -> None:
    correlations = table(
        NAMES,
        ("kmeans6", "m05_00_2", "dbi", 0.04, 0.001),
        ("kmeans6", "m05_00_3", "dbi", 0.01, 0.9),
        ("kmeans6_eyes", "m05_00_7", "dbi", 0.03, 0.9),
        ("kmeans6", "m05_00_4", "dbi", 0.02, 0.9),
    )

    rows = run_model(
        "strongest_correlations",
        "grouping, rank, feature",
        correlations=correlations,
        **CONTEXT,
    )

    assert rows == [
        ("kmeans6", 1, "m05_00_3"),
        ("kmeans6", 2, "m05_00_4"),
        ("kmeans6", 3, "m05_00_2"),
        ("kmeans6_eyes", 1, "m05_00_7"),
    ]


def test_the_permutation_p_comes_first_and_unknown_ones_last(run_model: RunModel) -> None:
    correlations = table(
        f"{NAMES} permutation_p",
        ("kmeans6", "m05_00_2", "dbi", 0.001, 0.5, 0.3),
        ("kmeans6", "m05_00_3", "dbi", 0.0001, 0.5, None),
        ("kmeans6", "m05_00_4", "dbi", 0.02, 0.5, 0.1),
        ("kmeans6", "m05_00_5", "dbi", 0.01, 0.5, 0.1),
    )

    rows = run_model(
        "strongest_correlations", "rank, feature", correlations=correlations, **CONTEXT
    )

    assert rows == [(1, "m05_00_5"), (2, "m05_00_4"), (3, "m05_00_2"), (4, "m05_00_3")]


def test_ties_are_ranked_by_pearson_p_then_by_name(run_model: RunModel) -> None:
    correlations = table(
        NAMES,
        ("kmeans6", "m07_01_0", "dbi", 0.5, 0.5),
        ("kmeans6", "m05_00_1", "dbi", 0.5, 0.5),
        ("kmeans6", "m05_00_1", "bai", 0.5, 0.5),
        ("kmeans6", "m07_01_9", "dbi", 0.5, 0.1),
    )

    rows = run_model(
        "strongest_correlations",
        "rank, feature, instrument",
        correlations=correlations,
        **CONTEXT,
    )

    assert rows == [
        (1, "m07_01_9", "dbi"),
        (2, "m05_00_1", "bai"),
        (3, "m05_00_1", "dbi"),
        (4, "m07_01_0", "dbi"),
    ]


def test_comparisons_are_the_labels_of_both_sides(run_model: RunModel) -> None:
    correlations = table(
        f"{NAMES} expression supervised mask group_id",
        ("kmeans6", "m05_00_2", "dbi", 0.1, 0.1, "happiness", False, "05-00", 2),
        ("kmeans12_eyes", "m07_01_13", "bai", 0.1, 0.1, "eyes_wide", True, "07-01", 13),
    )

    rows = run_model(
        "strongest_correlations",
        "mask, expression, supervised, group_id, comparison",
        correlations=correlations,
        **CONTEXT,
    )

    assert rows == [
        (
            *("05-00", "happiness", False, 2),
            "happiness, group 2 versus Beck Depression Inventory",
        ),
        (
            *("07-01", "eyes_wide", True, 13),
            "eyes wide, group 13 versus Beck Anxiety Inventory",
        ),
    ]


def test_pairs_that_could_not_be_tested_are_not_ranked(run_model: RunModel) -> None:
    correlations = table(NAMES, ("kmeans6", "m05_00_2", "dbi", None, None))

    assert run_model("strongest_correlations", correlations=correlations, **CONTEXT) == []


def test_statistics_are_carried_over(run_model: RunModel) -> None:
    statistics = {
        "n": 9,
        "pearson_r": 0.1,
        "pearson_p": 0.2,
        "pearson_q": 0.3,
        "spearman_r": 0.4,
        "spearman_p": 0.5,
        "spearman_q": 0.6,
        "permutation_p": 0.7,
        "spearman_low": 0.8,
        "spearman_high": 0.9,
        "pearson_low": 1.1,
        "pearson_high": 1.2,
        "loo_low": 1.3,
        "loo_high": 1.4,
        "family": "kmeans6",
        "tests": 8,
    }
    key = {"grouping": "kmeans6", "feature": "m05_00_2", "instrument": "dbi"}

    rows = run_model(
        "strongest_correlations",
        ", ".join(statistics),
        correlations=[{**key, **statistics}],
        **CONTEXT,
    )

    assert rows == [tuple(statistics.values())]
