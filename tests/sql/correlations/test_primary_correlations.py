import pytest

from tests.sql.support import Row, RunModel, table

INSTRUMENTS = table("instrument is_primary", ("dbi", True), ("bai", False))
COLUMNS = (
    "grouping feature instrument n spearman_r spearman_p pearson_r pearson_p kendall_tau kendall_p"
)
CORRELATIONS = table(
    COLUMNS,
    ("kmeans6", "m05_00_1", "dbi", 20, 0.5, 0.02, -0.1, 0.6, 0.4, 0.03),
    ("kmeans6", "m05_00_2", "dbi", 20, -0.6, 0.01, 0.2, 0.4, -0.5, 0.015),
    ("kmeans6", "m05_00_3", "dbi", 20, 0.1, 0.8, 0.3, 0.2, 0.0, 1.0),
    ("kmeans6", "m05_00_4", "dbi", 2, None, None, None, None, None, None),
    ("kmeans6", "m05_00_1", "bai", 20, 0.9, 0.001, 0.9, 0.001, 0.9, 0.001),
    ("measures", "m05_00_smile", "dbi", 20, 0.9, 0.001, 0.9, 0.001, 0.9, 0.001),
)


def settings(method: str = "spearman", direction: str = "either") -> list[Row]:
    return table(
        "primary_grouping primary_method primary_direction", ("kmeans6", method, direction)
    )


def test_the_family_is_corrected_within_itself(run_model: RunModel) -> None:
    rows = run_model(
        "primary_correlations",
        "rank, feature, instrument, r, p, q, holm, tests",
        correlations=CORRELATIONS,
        instruments=INSTRUMENTS,
        settings=settings(),
    )

    assert [row[:4] for row in rows] == [
        (1, "m05_00_2", "dbi", -0.6),
        (2, "m05_00_1", "dbi", 0.5),
        (3, "m05_00_3", "dbi", 0.1),
    ]
    assert [row[4:] for row in rows] == [
        pytest.approx((0.01, 0.03, 0.03, 3)),
        pytest.approx((0.02, 0.03, 0.04, 3)),
        pytest.approx((0.8, 0.8, 0.8, 3)),
    ]


@pytest.mark.parametrize(
    ("method", "direction", "expected"),
    [
        ("spearman", "positive", {"m05_00_1": 0.01, "m05_00_2": 0.995, "m05_00_3": 0.4}),
        ("spearman", "negative", {"m05_00_1": 0.99, "m05_00_2": 0.005, "m05_00_3": 0.6}),
        ("pearson", "positive", {"m05_00_1": 0.7, "m05_00_2": 0.2, "m05_00_3": 0.1}),
        ("kendall", "either", {"m05_00_1": 0.03, "m05_00_2": 0.015, "m05_00_3": 1.0}),
        # No sign at all is neither one.
        ("kendall", "positive", {"m05_00_1": 0.015, "m05_00_2": 0.9925, "m05_00_3": 0.5}),
        ("kendall", "negative", {"m05_00_1": 0.985, "m05_00_2": 0.0075, "m05_00_3": 0.5}),
    ],
)
def test_p_is_of_the_method_and_the_sign_that_was_expected(
    run_model: RunModel, method: str, direction: str, expected: dict[str, float]
) -> None:
    rows = run_model(
        "primary_correlations",
        "feature, p, method, direction",
        correlations=CORRELATIONS,
        instruments=INSTRUMENTS,
        settings=settings(method, direction),
    )

    assert {row[0]: row[1] for row in rows} == pytest.approx(expected)
    assert {row[2:] for row in rows} == {(method, direction)}


def test_without_a_grouping_it_is_that_of_the_points_above_average(run_model: RunModel) -> None:
    rows = run_model(
        "primary_correlations",
        "feature",
        correlations=CORRELATIONS,
        instruments=INSTRUMENTS,
        settings=table(
            "primary_grouping clusters_k primary_method primary_direction",
            (None, 6, "spearman", "either"),
        ),
    )

    assert sorted(rows) == [("m05_00_1",), ("m05_00_2",), ("m05_00_3",)]
