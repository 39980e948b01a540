import numpy as np
import polars as pl
import pytest
from scipy import stats

from lakehouse.steps.tables import (
    STATISTICS,
    cluster_points,
    correlate_features,
    correlate_instruments,
)

LONG = {
    "grouping": pl.String,
    "kind": pl.String,
    "participant": pl.String,
    "name": pl.String,
    "value": pl.Float64,
}
SCORES = {"participant": pl.String, "instrument": pl.String, "score": pl.Float64}
FEATURES_KEY = dict.fromkeys(("grouping", "feature", "instrument"), pl.String)
INSTRUMENTS_KEY = dict.fromkeys(("instrument_a", "instrument_b"), pl.String)


def long(*rows: tuple[str, str, str, str, float | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=LONG, orient="row")


def column(grouping: str, kind: str, name: str, *values: float | None) -> pl.DataFrame:
    """The rows of one name, for the participants 0, 1, 2…"""
    return long(*((grouping, kind, str(n), name, value) for n, value in enumerate(values)))


def test_points_keep_their_places_and_come_back_in_order() -> None:
    points = pl.DataFrame(
        {"point": [300, 5, 7], "x": [9.0, 1.0, 1.5], "y": [0.0, 0.0, 0.5]},
        schema={"point": pl.Int16, "x": pl.Float64, "y": pl.Float64},
    )

    found = cluster_points(points, k=2, seed=0)

    assert found.rows() == [(5, 1.0, 0.0, 0), (7, 1.5, 0.5, 0), (300, 9.0, 0.0, 1)]


@pytest.mark.parametrize("count", [0, 1])
def test_clusters_are_typed_even_where_there_are_no_points(count: int) -> None:
    points = pl.DataFrame(
        {"point": [3], "x": [1.0], "y": [2.0]},
        schema={"point": pl.Int16, "x": pl.Float64, "y": pl.Float64},
    ).head(count)

    found = cluster_points(points, k=6, seed=0)

    assert dict(found.schema) == {
        "point": pl.Int16,
        "x": pl.Float64,
        "y": pl.Float64,
        "group_id": pl.Int32,
    }
    assert len(found) == count


def test_every_feature_stands_beside_every_instrument_in_order() -> None:
    values = pl.concat(
        [
            column("b", "feature", "05-00_1", 1, 2, 3),
            column("b", "feature", "05-00_0", 1, 2, 3),
            column("b", "instrument", "dbi", 1, 2, 3),
            column("b", "instrument", "bai", 1, 2, 3),
            column("a", "feature", "07-00_0", 1, 2, 3),
            column("a", "instrument", "dbi", 1, 2, 3),
        ]
    )

    found = correlate_features(values)

    assert found.select("grouping", "feature", "instrument").rows() == [
        ("a", "07-00_0", "dbi"),
        ("b", "05-00_0", "bai"),
        ("b", "05-00_0", "dbi"),
        ("b", "05-00_1", "bai"),
        ("b", "05-00_1", "dbi"),
    ]


def test_values_are_paired_by_participant_whatever_their_order() -> None:
    feature = column("a", "feature", "f", 1.0, 5.0, 2.0, 8.0, 3.0)
    score = column("a", "instrument", "dbi", 2.0, 4.0, 4.5, 9.0, 1.0)

    found = correlate_features(pl.concat([feature, score.sample(fraction=1, shuffle=True, seed=1)]))

    expected = stats.pearsonr(feature["value"], score["value"])
    ranked = stats.spearmanr(feature["value"], score["value"])
    [row] = found.to_dicts()
    assert row["n"] == 5
    assert (row["pearson_r"], row["pearson_p"]) == pytest.approx(tuple(expected))
    assert (row["spearman_r"], row["spearman_p"]) == pytest.approx(tuple(ranked))


def test_missing_values_and_absent_participants_do_not_count() -> None:
    feature = column("a", "feature", "f", 1.0, 5.0, 2.0, None, 3.0)
    score = column("a", "instrument", "dbi", 2.0, 4.0, None, 9.0)

    assert correlate_features(pl.concat([feature, score]))["n"].to_list() == [2]


def test_what_cannot_be_correlated_is_null_never_nan() -> None:
    constant = column("a", "feature", "f", 1.0, 1.0, 1.0)
    score = column("a", "instrument", "dbi", 2.0, 4.0, 5.0)

    [row] = correlate_features(pl.concat([constant, score])).to_dicts()

    assert row.pop("n") == 3
    assert {row[name] for name in STATISTICS if name != "n"} == {None}


def test_each_grouping_is_a_family_of_its_own() -> None:
    random = np.random.default_rng(1)
    values = pl.concat(
        [
            *(column("a", "feature", f"f{n}", *random.normal(size=9)) for n in range(4)),
            *(column("b", "feature", f"f{n}", *random.normal(size=9)) for n in range(2)),
            column("b", "feature", "constant", *9 * [1.0]),
            *(
                column(grouping, "instrument", name, *random.normal(size=9))
                for grouping in "ab"
                for name in ("dbi", "bai")
            ),
        ]
    )

    found = correlate_features(values)

    for grouping, tests in (("a", 8), ("b", 4)):
        family = found.filter(grouping=grouping).drop_nulls()
        assert len(family) == tests
        for kind in ("pearson", "spearman"):
            expected = stats.false_discovery_control(family[f"{kind}_p"].to_numpy())
            np.testing.assert_allclose(family[f"{kind}_q"].to_numpy(), expected)


@pytest.mark.parametrize(
    "values",
    [
        long(),
        column("a", "feature", "f", 1, 2, 3),
        column("a", "instrument", "dbi", 1, 2, 3),
    ],
    ids=["nothing", "no scores", "no features"],
)
def test_features_without_scores_or_scores_without_features_give_a_typed_empty_table(
    values: pl.DataFrame,
) -> None:
    found = correlate_features(values)

    assert found.is_empty()
    assert dict(found.schema) == {**FEATURES_KEY, **STATISTICS}


def test_an_instrument_that_nobody_answered_has_a_row_without_pairs() -> None:
    values = pl.concat(
        [column("a", "feature", "f", 1, 2, 3), column("a", "instrument", "dbi", None, None, None)]
    )

    [row] = correlate_features(values).to_dicts()

    assert (row["n"], row["spearman_r"], row["spearman_q"]) == (0, None, None)


def test_instruments_are_paired_once_in_the_order_of_the_alphabet() -> None:
    scores = pl.DataFrame(
        [
            (str(n), name, float(value))
            for name, values in {"oci": (1, 2, 4), "bai": (3, 1, 2), "dbi": (1, 2, 3)}.items()
            for n, value in enumerate(values)
        ],
        schema=SCORES,
        orient="row",
    )

    found = correlate_instruments(scores)

    assert found.select("instrument_a", "instrument_b", "n").rows() == [
        ("bai", "dbi", 3),
        ("bai", "oci", 3),
        ("dbi", "oci", 3),
    ]
    expected = stats.pearsonr([3, 1, 2], [1, 2, 4])
    row = found.row(1, named=True)
    assert (row["pearson_r"], row["pearson_p"]) == pytest.approx(tuple(expected))
    np.testing.assert_allclose(
        found["pearson_q"].to_numpy(), stats.false_discovery_control(found["pearson_p"].to_numpy())
    )


@pytest.mark.parametrize(
    "rows", [[], [("1", "dbi", 2.0), ("2", "dbi", 3.0)]], ids=["no scores", "one instrument"]
)
def test_fewer_than_two_instruments_give_a_typed_empty_table(
    rows: list[tuple[str, str, float]],
) -> None:
    found = correlate_instruments(pl.DataFrame(rows, schema=SCORES, orient="row"))

    assert found.is_empty()
    assert dict(found.schema) == {**INSTRUMENTS_KEY, **STATISTICS}
