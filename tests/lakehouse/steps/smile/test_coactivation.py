from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from scipy import stats

from lakehouse.steps.smile.coactivation import (
    COACTIVATION,
    RESIDUALS,
    coactivation,
    coactivation_residuals,
)

NUMBERS = ("corner_rise", "eye_narrowing", "cheek_rise", "jaw_opening", "yaw", "pitch")
SCHEMA = {
    **dict.fromkeys(("participant", "condition", "side"), pl.String),
    **dict.fromkeys(NUMBERS, pl.Float64),
}


def measures(values: np.ndarray, *, side: str = "mean") -> pl.DataFrame:
    """A row per participant, NaN for null."""
    return pl.DataFrame(
        [(f"{who:03d}", "supervised", side, *row) for who, row in enumerate(values.tolist())],
        schema=SCHEMA,
        orient="row",
    ).with_columns(pl.col(NUMBERS).fill_nan(None))


def smiles(seed: int, rows: int, *, gaps: bool = False) -> np.ndarray:
    """Measures of participants, with ties."""
    random = np.random.default_rng(seed)
    rise, jaw, yaw, pitch, cheek = random.normal(size=(5, rows)) * [[20], [15], [4], [3], [5]]
    narrow = 0.004 * rise + 0.002 * jaw - 0.01 * pitch + random.normal(0, 0.05, rows)
    values = np.round(np.column_stack([rise, narrow, cheek + rise / 4, jaw, yaw, pitch]), 2)
    if gaps:
        values[random.random(values.shape) < 0.1] = np.nan
    return values


def row_of(values: np.ndarray) -> dict[str, object]:
    [row] = coactivation(measures(values), fewest=3).to_dicts()
    return row


@pytest.mark.parametrize(("rows", "gaps"), [(309, False), (60, True), (8, False)])
def test_the_slope_is_that_of_statsmodels(rows: int, gaps: bool) -> None:
    values = smiles(rows, rows, gaps=gaps)

    row = row_of(values)
    left = coactivation_residuals(measures(values))

    complete = ~np.isnan(values[:, [0, 1, 3, 4, 5]]).any(axis=1)
    x, y = values[complete][:, [0, 3, 4, 5]], values[complete, 1]
    fit = sm.OLS(y, sm.add_constant(x)).fit(cov_type="HC3", use_t=True)
    assert row["adjusted_for"] == "jaw_opening, yaw, pitch"
    assert (row["regression_n"], row["df"]) == (complete.sum(), fit.df_resid)
    assert (row["slope"], row["slope_se"], row["slope_p"]) == pytest.approx(
        (fit.params[1], fit.bse[1], fit.pvalues[1])
    )
    assert (row["slope_low"], row["slope_high"]) == pytest.approx(tuple(fit.conf_int()[1]))
    assert row["r_squared"] == pytest.approx(fit.rsquared)
    assert row["residual_sd"] == pytest.approx(np.sqrt(fit.mse_resid))
    assert row["reason"] is None
    assert left["participant"].to_list() == [f"{who:03d}" for who in np.flatnonzero(complete)]
    assert left["residual"].to_numpy() == pytest.approx(fit.resid)
    assert left["expected"].to_numpy() == pytest.approx(fit.fittedvalues)


def test_correlations_are_those_of_scipy() -> None:
    values = smiles(5, 50, gaps=True)

    row = row_of(values)

    known = values[~np.isnan(values[:, :2]).any(axis=1)]
    assert row["n"] == len(known)
    for prefix, column in (("", 0), ("cheek_", 2)):
        pair = known[~np.isnan(known[:, column])]
        expected = stats.spearmanr(pair[:, 1], pair[:, column])
        assert row[f"{prefix}spearman_r"] == pytest.approx(expected.statistic)
        assert row[f"{prefix}spearman_p"] == pytest.approx(expected.pvalue)
        half = 1.959964 * np.sqrt((1 + expected.statistic**2 / 2) / (len(pair) - 3))
        ends = np.tanh(np.arctanh(expected.statistic) + np.array([-half, half]))
        found = (row[f"{prefix}spearman_low"], row[f"{prefix}spearman_high"])
        assert found == pytest.approx(tuple(ends), abs=1e-7)


def test_means_have_intervals_of_students_t() -> None:
    values = smiles(6, 20)

    row = row_of(values)

    for column, name in enumerate(("corner_rise", "eye_narrowing")):
        test = stats.ttest_1samp(values[:, column], 0)
        low, high = test.confidence_interval(0.95)
        assert row[name] == pytest.approx(values[:, column].mean())
        assert (row[f"{name}_low"], row[f"{name}_high"]) == pytest.approx((low, high))
        assert row[f"{name}_size"] == pytest.approx(np.abs(values[:, column]).mean())
    assert row["cheek_rise"] == pytest.approx(values[:, 2].mean())


def test_conditions_and_sides_do_not_mix() -> None:
    parts = [measures(smiles(7, 30)), measures(smiles(8, 30), side="left")]

    together = pl.concat(parts).sample(fraction=1, shuffle=True, seed=0)

    apart = [coactivation(part, fewest=3) for part in parts]
    assert coactivation(together, fewest=3).equals(pl.concat(reversed(apart)))
    left = [coactivation_residuals(part) for part in parts]
    assert coactivation_residuals(together).equals(pl.concat(reversed(left)))


@pytest.mark.parametrize(
    ("unknown", "held"),
    [((4, 5), "jaw_opening"), ((5,), "jaw_opening, yaw"), ((3, 4, 5), None)],
)
def test_what_is_not_known_is_not_held_constant(unknown: Sequence[int], held: str | None) -> None:
    values = smiles(9, 12)
    values[:, list(unknown)] = np.nan

    row = row_of(values)

    assert (row["adjusted_for"], row["regression_n"], row["reason"]) == (held, 12, None)


def test_what_does_not_differ_is_not_held_constant() -> None:
    values = smiles(10, 12)
    values[:, 4] = 0
    values[:, 5] = 2 * values[:, 3] + 1

    assert row_of(values)["adjusted_for"] == "jaw_opening"


def spoilt(column: int, value: float | np.ndarray) -> np.ndarray:
    values = smiles(11, 9)
    values[:, column] = value
    return values


@pytest.mark.parametrize(
    ("values", "reason", "correlated"),
    [
        (smiles(11, 1), "fewer than 3 participants have all measures", False),
        (smiles(11, 2), "fewer than 3 participants have all measures", False),
        (smiles(11, 3), "too few participants for what is held constant", True),
        (smiles(11, 5), "too few participants for what is held constant", True),
        (spoilt(0, np.nan), "fewer than 3 participants have all measures", False),
        (spoilt(0, 0.1), "the corners of the mouth rise alike in everybody", False),
        (spoilt(1, 0.1), "the eyes narrow alike in everybody", False),
        (spoilt(3, 2 * smiles(11, 9)[:, 0]),
         "what is held constant explains all of the corners' rise", True),
        (spoilt(4, np.eye(9)[2]),
         "one participant alone determines a slope, so it has no error", True),
        (spoilt(2, 0.1), "the cheeks rise alike in everybody", True),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_why(
    values: np.ndarray, reason: str, correlated: bool
) -> None:
    row = row_of(values)

    assert row["reason"] == reason
    assert (row["spearman_r"] is not None) == correlated
    assert (row["slope_p"] is None) == (reason != "the cheeks rise alike in everybody")


def test_a_smile_of_which_mouth_and_jaw_tell_everything_leaves_nothing() -> None:
    values = smiles(12, 9)
    values[:, 1] = 0.01 * values[:, 0] + 0.5

    row = row_of(values)

    assert row["slope"] == pytest.approx(0.01)
    assert row["slope_p"] == pytest.approx(0, abs=1e-9)
    assert row["residual_sd"] == pytest.approx(0, abs=1e-12)


def test_without_happiness_the_tables_are_empty_and_typed() -> None:
    nothing = pl.DataFrame(schema=SCHEMA)

    assert dict(coactivation(nothing, fewest=3).schema) == COACTIVATION
    assert dict(coactivation_residuals(nothing).schema) == RESIDUALS
    assert len(coactivation(nothing, fewest=3)) + len(coactivation_residuals(nothing)) == 0
