import numpy as np
import pandas as pd
import pingouin
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.steps.reliability.intraclass import RELIABILITY, intraclass

GIVEN = {
    name: kind
    for name, kind in RELIABILITY.items()
    if not name.startswith("icc") and name not in ("sem", "sdc", "reason")
}


def squares_of(table: np.ndarray) -> tuple[float, float, float]:
    n, k = table.shape
    people, places, grand = table.mean(axis=1), table.mean(axis=0), table.mean()
    rest = table - people[:, None] - places + grand
    return (
        float(k * ((people - grand) ** 2).sum() / (n - 1)),
        float(n * ((places - grand) ** 2).sum() / (k - 1)),
        float((rest**2).sum() / ((n - 1) * (k - 1))),
    )


def mean_squares(*tables: np.ndarray) -> pl.DataFrame:
    rows = [
        ("kmeans6", f"m05_00_{at}", "happiness", False, "05-00", at, *part.shape[:1], 0,
         part.shape[1], part.mean(), *squares_of(part))
        for at, part in enumerate(tables)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=GIVEN, orient="row")


def row_of(table: np.ndarray) -> dict[str, object]:
    [row] = intraclass(mean_squares(table)).to_dicts()
    return row


def ratings(seed: int, n: int, k: int, *, between: float = 2, drift: float = 0) -> np.ndarray:
    """Rounded, so that there are ties."""
    random = np.random.default_rng(seed)
    table = random.normal(20, between, (n, 1)) + random.normal(size=(n, k)) + drift * np.arange(k)
    return np.round(table, 1)


def of_pingouin(
    table: np.ndarray, monkeypatch: pytest.MonkeyPatch, gone: list[tuple[int, int]]
) -> pd.DataFrame:
    """ICCs by type, of the participants without a gap."""
    monkeypatch.setitem(pingouin.options, "round.column.CI95", 9)
    long = pd.DataFrame(
        [(who, place, v) for (who, place), v in np.ndenumerate(table) if (who, place) not in gone],
        columns=["who", "place", "value"],
    )
    found = pingouin.intraclass_corr(long, "who", "place", "value", nan_policy="omit")
    return found.set_index("Type")


# Pingouin's own, where it leaves out participants with gaps.
@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
@pytest.mark.parametrize(
    ("n", "k", "between", "drift"),
    [(309, 3, 2, 0), (40, 3, 0.3, 1.5), (12, 5, 1, 0), (5, 2, 3, 0.5), (25, 3, 0, 0)],
)
def test_correlations_and_intervals_are_those_of_pingouin(
    monkeypatch: pytest.MonkeyPatch, n: int, k: int, between: float, drift: float
) -> None:
    table = ratings(n, n, k, between=between, drift=drift)
    gone = [(1, 0), (3, k - 1), (3, 0)]

    row = row_of(np.delete(table, [1, 3], axis=0))

    expected = of_pingouin(table, monkeypatch, gone)
    for name, kind in (("icc_a1", "ICC(A,1)"), ("icc_ak", "ICC(A,k)")):
        assert row[name] == pytest.approx(expected.loc[kind, "ICC"])
        ends = (row[f"{name}_low"], row[f"{name}_high"])
        assert ends == pytest.approx(tuple(expected.loc[kind, "CI95"]), abs=1e-8)
    assert row["reason"] is None


def test_the_error_of_measurement_is_the_spread_about_the_own_mean() -> None:
    table = ratings(0, 30, 4, drift=0.7)

    row = row_of(table)

    within = np.sqrt(table.var(axis=1, ddof=1).mean())
    assert row["sem"] == pytest.approx(within)
    assert row["sdc"] == pytest.approx(1.959964 * np.sqrt(2) * within)


def test_the_true_reliability_lies_in_95_of_100_intervals() -> None:
    tables = [ratings(seed, 40, 3, between=1.0) for seed in range(400)]

    found = intraclass(mean_squares(*tables))

    covered = ((found["icc_a1_low"] <= 0.5) & (found["icc_a1_high"] >= 0.5)).mean()
    assert 0.92 <= covered <= 0.98


@given(seed=st.integers(0, 10**6), n=st.integers(2, 8), k=st.integers(2, 4))
def test_estimates_lie_in_their_intervals_and_shift_and_scale_do_not_matter(
    seed: int, n: int, k: int
) -> None:
    table = np.random.default_rng(seed).normal(50, 1, (n, k))

    row, other = row_of(table), row_of(3 * table + 100)

    assert row["icc_a1"] <= 1
    if row["icc_a1_low"] is None:
        assert row["icc_a1"] < 0
        assert row["icc_a1_high"] is None
        assert row["reason"].startswith("people differ by less than their photographs")
    else:
        assert row["icc_a1_low"] <= row["icc_a1"] <= row["icc_a1_high"] <= 1
    if row["icc_ak"] is not None and row["icc_ak_low"] is not None:
        assert row["icc_ak_low"] <= row["icc_ak"] <= row["icc_ak_high"]
    assert other["icc_a1"] == pytest.approx(row["icc_a1"], abs=1e-6)
    assert other["sem"] == pytest.approx(3 * row["sem"])


def test_people_who_do_not_differ_have_no_reliable_mean() -> None:
    row = row_of(np.array([[1.0, 5.0], [5.0, 1.0], [3.0, 3.0]]))

    assert row["icc_a1"] < 0
    assert (row["icc_ak"], row["icc_ak_low"]) == (None, None)
    assert row["reason"] == "people differ by less than their photographs, so the mean has no ICC"


def test_photographs_that_do_not_differ_have_no_interval() -> None:
    row = row_of(np.array([[1.0, 1.0], [5.0, 5.0], [3.1, 3.1]]))

    assert (row["icc_a1"], row["icc_ak"]) == pytest.approx((1, 1))
    assert (row["icc_a1_low"], row["icc_ak_high"], row["sem"]) == (None, None, 0)
    assert row["reason"] == "photographs of a person do not differ, so there are no intervals"


def test_where_nothing_differs_there_is_nothing_to_tell() -> None:
    row = row_of(np.full((4, 3), 0.1))

    assert (row["icc_a1"], row["icc_a1_low"], row["icc_ak"]) == (None, None, None)
    assert row["sem"] == pytest.approx(0, abs=1e-15)
    assert row["reason"] == "the same for everybody in every photograph"


@pytest.mark.parametrize(
    ("n", "photos", "reason"),
    [
        (0, None, "nobody has two photographs of the mask and of the neutral face"),
        (1, 3, "fewer than 2 participants have that many photographs"),
    ],
)
def test_what_is_missing_is_said(n: int, photos: int | None, reason: str) -> None:
    of_feature = ("kmeans6", "m05_00_0", "happiness", False, "05-00", 0)
    row = (*of_feature, n, 2, photos, None, None, None, None)

    [found] = intraclass(pl.DataFrame([row], schema=GIVEN, orient="row")).to_dicts()

    assert (found["icc_a1"], found["sem"], found["sdc"], found["reason"]) == (
        *(None, None, None),
        reason,
    )


def test_no_features_give_a_typed_empty_table() -> None:
    found = intraclass(pl.DataFrame(schema=GIVEN))

    assert found.is_empty()
    assert dict(found.schema) == RELIABILITY
