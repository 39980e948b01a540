import pytest

from tests.sql.support import RunModel, table

CORRELATIONS = table(
    "grouping feature instrument pearson_p pearson_r spearman_p spearman_r kendall_p kendall_tau",
    ("kmeans6", "f", "dbi", 0.05, 0.1, 0.06, -0.3, 4e-16, -0.95),
    ("kmeans6", "f", "bai", 0.0004, -0.25, 1e-5, 0.29999, 0.5, 0.0),
    ("kmeans6", "f", "oci", None, None, None, None, None, None),
    # Of too few participants for a test.
    ("kmeans6", "f", "srq", None, 1.0, None, 1.0, None, 1.0),
)


def passed(run_model: RunModel, method: str, kind: str) -> list[tuple[float, int, float | None]]:
    rows = run_model(
        "correlation_thresholds",
        "method, kind, threshold, passed, expected, grouping, tests",
        correlations=CORRELATIONS,
    )
    assert {(grouping, tests) for *_, grouping, tests in rows} == {("kmeans6", 2)}
    return [row[2:5] for row in rows if row[:2] == (method, kind)]


def test_p_values_at_or_below_a_threshold_pass_it(run_model: RunModel) -> None:
    found = {threshold: number for threshold, number, _ in passed(run_model, "pearson", "p")}

    assert sorted(found) == [float(f"5e-{power}") for power in range(15, 1, -1)]
    assert {threshold for threshold, number in found.items() if number == 2} == {0.05}
    assert {threshold for threshold, number in found.items() if number == 1} == {0.005, 0.0005}
    assert [number for _, number, _ in passed(run_model, "kendall", "p")] == 14 * [1]


def test_correlations_of_either_sign_at_or_above_a_threshold_pass_it(run_model: RunModel) -> None:
    found = passed(run_model, "spearman", "r")

    assert found == [
        (tenths / 10, passing, None) for tenths, passing in enumerate([2, 2, 1, *6 * [0]], start=1)
    ]


def test_as_many_p_values_as_chance_would_have_are_expected(run_model: RunModel) -> None:
    for threshold, _, expected in passed(run_model, "spearman", "p"):
        assert expected == pytest.approx(2 * threshold)
