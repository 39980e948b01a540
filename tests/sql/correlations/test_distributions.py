import numpy as np
import pytest
from scipy import stats

from tests.sql.support import Row, RunModel, table

INSTRUMENTS = table(
    "instrument min_score max_score", ("dbi", 0.0, 10.0), ("mood", None, None), ("bai", 1.0, 4.0)
)
PEOPLE = [{"participant": str(number), "included": number < 12} for number in range(14)]


def values_of(kind: str, name: str, values: list[float | None]) -> list[Row]:
    return table(
        "kind name participant value",
        *((kind, name, str(number), value) for number, value in enumerate(values)),
    )


def described(run_model: RunModel, columns: str, rows: list[Row]) -> list[tuple[object, ...]]:
    return run_model(
        "distributions",
        columns,
        analysed_values=rows,
        instruments=INSTRUMENTS,
        participants=PEOPLE,
    )


def test_moments_are_those_of_scipy(run_model: RunModel) -> None:
    values = [0.0, 1.0, 1.0, 2.0, 3.0, 9.0, 10.0]

    [row] = described(
        run_model,
        "n, missing, mean, sd, median, lowest, highest, skewness, kurtosis",
        values_of("instrument", "dbi", [*values, None]),
    )

    assert row == pytest.approx(
        (
            *(7, 5, np.mean(values), np.std(values, ddof=1), 2.0, 0.0, 10.0),
            stats.skew(values, bias=False),
            stats.kurtosis(values, bias=False),
        )
    )


def test_the_range_of_an_instrument_is_its_floor_and_ceiling(run_model: RunModel) -> None:
    columns = "name, floor_value, ceiling_value, at_floor, at_ceiling, at_lowest, at_highest"
    rows = [
        *values_of("instrument", "dbi", [0.0, 0.0, 5.0, 10.0]),
        *values_of("instrument", "bai", [2.0, 3.0, 3.0, None]),
        *values_of("instrument", "mood", [2.0, 3.0, 3.0, 3.0]),
    ]

    assert described(run_model, columns, rows) == [
        ("bai", 1.0, 4.0, 0.0, 0.0, pytest.approx(1 / 3), pytest.approx(2 / 3)),
        ("dbi", 0.0, 10.0, 0.5, 0.25, 0.5, 0.25),
        ("mood", None, None, None, None, 0.25, 0.75),
    ]


def test_a_feature_has_a_floor_of_zero_and_no_ceiling(run_model: RunModel) -> None:
    rows = values_of("feature", "m05_00_2", [0.0, 1.0, 2.0, 3.0])

    assert described(
        run_model, "floor_value, ceiling_value, at_floor, at_ceiling, at_lowest", rows
    ) == [(0.0, None, 0.25, None, 0.25)]


@pytest.mark.parametrize(
    ("values", "skewness", "kurtosis"),
    [([], False, False), ([1.0], False, False), ([1.0, 2.0], False, False),
     ([1.0, 2.0, 4.0], True, False), ([1.0, 2.0, 4.0, 5.0], True, True),
     ([0.1] * 7, False, False)],
)  # fmt: skip
def test_what_cannot_be_computed_is_null(
    run_model: RunModel, values: list[float], skewness: bool, kurtosis: bool
) -> None:
    [row] = described(
        run_model,
        "n, sd is null, skewness is not null, kurtosis is not null, mean is null",
        values_of("instrument", "dbi", [*values, None]),
    )

    assert row == (len(values), len(values) < 2, skewness, kurtosis, not values)


def test_the_test_of_normality_stands_beside(run_model: RunModel) -> None:
    tested = table(
        "kind name test statistic p reason",
        ("instrument", "dbi", "shapiro-wilk", 0.9, 0.01, None),
        ("feature", "dbi", None, None, None, "another"),
    )

    rows = run_model(
        "distributions",
        "normality_test, normality_statistic, normality_p, reason",
        analysed_values=values_of("instrument", "dbi", [1.0, 2.0, 3.0]),
        normality_tests=tested,
        participants=PEOPLE,
    )
    assert rows == [("shapiro-wilk", 0.9, 0.01, None)]
