"""The mean squares that intraclass correlations are made of."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.formula.api import ols

from tests.sql.support import Row, RunModel, table

COLUMNS = "feature, n, left_out, photos, mean_distance, ms_participants, ms_photos, ms_error"

FEATURES = table(
    "feature expression supervised mask grouping group_id",
    ("m05_00_2", "happiness", False, "05-00", "kmeans6", 2),
    ("m01_00_2", "anger", False, "01-00", "kmeans6", 2),
)


def distances(values: dict[str, list[float | None]], mask: str = "05-00") -> list[Row]:
    """The photographs of each participant, in the order of their places."""
    return table(
        "participant mask grouping group_id place mean_distance",
        *(
            (who, mask, "kmeans6", 2, place, value)
            for who, photos in values.items()
            for place, value in enumerate(photos, start=1)
        ),
    )


def mean_squares(run_model: RunModel, rows: list[Row]) -> list[tuple[object, ...]]:
    return run_model("reliability", COLUMNS, photo_group_distances=rows, group_features=FEATURES)


def analysed(values: dict[str, list[float]]) -> list[float]:
    """Mean squares of a two-way analysis of variance without replication."""
    long = pd.DataFrame(
        [(who, place, v) for who, row in values.items() for place, v in enumerate(row)],
        columns=["who", "place", "value"],
    )
    found = sm.stats.anova_lm(ols("value ~ C(who) + C(place)", long).fit())
    squares: list[float] = found["mean_sq"].loc[["C(who)", "C(place)", "Residual"]].tolist()
    return squares


@pytest.mark.parametrize("photos", [2, 3, 5])
def test_mean_squares_are_those_of_a_two_way_analysis(run_model: RunModel, photos: int) -> None:
    random = np.random.default_rng(photos)
    table_ = random.normal(20, 3, (9, 1)) + random.normal(0, 1, (9, photos)) + np.arange(photos)
    values = {str(who): row.tolist() for who, row in enumerate(table_)}

    [row] = mean_squares(run_model, distances(values))

    assert row[:4] == ("m05_00_2", 9, 0, photos)
    assert row[4:] == pytest.approx((table_.mean(), *analysed(values)))


def test_as_many_photographs_count_as_most_participants_have(run_model: RunModel) -> None:
    random = np.random.default_rng(1)
    complete = {str(who): random.normal(9, 2, 3).tolist() for who in range(5)}
    values = {
        **complete,
        "few": [1.0, 2.0],
        "one": [5.0],
        "many": [7.0, 8.0, 9.0, 100.0],
        "gap": [None, 4.0, 5.0, 6.0],
        "flat": [None, None, None],
    }

    [row] = mean_squares(run_model, distances(values))

    assert row[1:4] == (7, 3, 3)
    counted = {**complete, "many": [7.0, 8.0, 9.0], "gap": [4.0, 5.0, 6.0]}
    assert row[5:] == pytest.approx(analysed(counted))


def test_of_two_numbers_as_frequent_the_larger_counts(run_model: RunModel) -> None:
    values = {"a": [1.0, 2.0], "b": [3.0, 5.0], "c": [1.0, 2.0, 3.0], "d": [4.0, 4.0, 7.0]}

    [row] = mean_squares(run_model, distances(values))

    assert row[1:4] == (2, 2, 3)


def test_features_do_not_mix(run_model: RunModel) -> None:
    smiles = {"a": [1.0, 2.0], "b": [3.0, 5.0]}
    frowns = {"a": [7.0, 2.0], "b": [9.0, 1.0], "c": [4.0, 4.0]}

    rows = mean_squares(run_model, distances(smiles) + distances(frowns, "01-00"))

    apart = [
        *mean_squares(run_model, distances(frowns, "01-00")),
        *mean_squares(run_model, distances(smiles)),
    ]
    assert [row[:4] for row in rows] == [row[:4] for row in apart]
    assert [row[4:] for row in rows] == [pytest.approx(row[4:]) for row in apart]


def test_without_repeated_photographs_there_are_no_mean_squares(run_model: RunModel) -> None:
    nobody = mean_squares(run_model, distances({"a": [1.0], "b": [2.0], "c": [None, None]}))
    somebody = mean_squares(run_model, distances({"a": [1.0, 3.0], "b": [2.0]}))

    assert nobody == [("m05_00_2", 0, 3, None, None, None, None, None)]
    assert somebody == [("m05_00_2", 1, 1, 2, 2.0, None, 2.0, None)]


def test_measures_are_analysed_by_their_changes(run_model: RunModel) -> None:
    values = {"a": [-3.0, -1.0, 2.0], "b": [4.0, 6.0, 5.0], "c": [0.5, 0.0, -2.0]}
    changes = table(
        "participant mask measure place change",
        *(
            (who, "05-00", "opening", place, value)
            for who, photos in values.items()
            for place, value in enumerate(photos, start=1)
        ),
        # Photographs that are not paired have no change.
        ("a", "05-00", "opening", None, None),
        ("a", "00-00", "opening", None, None),
    )

    [row] = run_model(
        "reliability",
        COLUMNS,
        photo_measures=changes,
        measure_definitions=table("measure group_id", ("opening", 0)),
        group_features=table(
            "feature expression supervised mask grouping group_id",
            ("m05_00_opening", "happiness", False, "05-00", "measures", 0),
        ),
    )

    assert row[:4] == ("m05_00_opening", 3, 0, 3)
    mean = float(np.mean([*values.values()]))
    assert row[4:] == pytest.approx((mean, *analysed(values)))
