import numpy as np
import pandas as pd
import pingouin
import pytest

from lakehouse.statistics.reliability.consistency import icc_consistency
from tests.lakehouse.statistics.reliability.test_variance_components import tables


# Pingouin's own.
@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
@pytest.mark.parametrize("places", [2, 3, 5])
def test_pingouin_finds_the_same_without_gaps(places: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pingouin.options, "round.column.CI95", 9)
    [table] = tables(0.0, places=places)[2:3]
    long = pd.DataFrame(
        [(who, place, value) for (who, place), value in np.ndenumerate(table)],
        columns=["who", "place", "value"],
    )

    found = icc_consistency(table[None], np.array([float(places)]))

    theirs = pingouin.intraclass_corr(long, "who", "place", "value", nan_policy="omit").set_index(
        "Type"
    )
    [name] = [kind for kind in theirs.index if kind in ("ICC3k", "ICC(C,k)")]
    assert found["icc"][0] == pytest.approx(theirs.loc[name, "ICC"], abs=1e-6)
    interval = next(theirs.loc[name, column] for column in theirs if column.startswith("CI95"))
    assert [found["low"][0], found["high"][0]] == pytest.approx(list(interval), abs=1e-6)


def test_intervals_hold_the_truth_with_gaps_too() -> None:
    random = np.random.default_rng(5)
    values = random.normal(size=(300, 40, 1)) + random.normal(size=(300, 40, 3))
    values[random.random(values.shape) < 0.15] = np.nan

    found = icc_consistency(values, np.full(300, 3.0))

    covered = (found["low"] <= 0.75) & (found["high"] >= 0.75)
    assert 0.91 <= covered.mean() <= 0.98
    assert found["icc"].mean() == pytest.approx(0.75, abs=0.02)


def test_values_without_error_have_no_interval() -> None:
    values = np.repeat(np.array([[1.0, 2.0, 4.0]]), 3, axis=0).T[None]

    found = icc_consistency(values, np.array([3.0]))

    assert found["icc"][0] == 1
    assert np.isnan([found["low"][0], found["high"][0]]).all()
