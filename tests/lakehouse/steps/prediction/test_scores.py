"""Scores foretold from movement, against scikit-learn on the movement itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression, RidgeCV
from sklearn.metrics import r2_score, root_mean_squared_error

from lakehouse.settings.statistics import Statistics
from lakehouse.statistics.prediction.nested_ridge import PENALTIES
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.steps.prediction.people import FOLDS, REPEATS
from lakehouse.steps.prediction.scores import PREDICTION, predict_scores

SCHEMA = {
    "kind": pl.String,
    "participant": pl.String,
    "name": pl.String,
    "level": pl.String,
    "value": pl.Float64,
}
NUMBERS = [name for name in PREDICTION if PREDICTION[name] == pl.Float64]


def table(
    x: np.ndarray,
    scores: dict[str, np.ndarray],
    covariates: dict[tuple[str, str | None], np.ndarray] | None = None,
    *,
    strangers: int = 0,
) -> pl.DataFrame:
    """Long rows; NaN is no row. Strangers have the first score and no masks."""
    who = [f"{number:03d}" for number in range(len(x))]
    products = x @ x.T
    rows: list[tuple[Any, ...]] = [
        ("product", who[a], who[b], None, products[a, b])
        for a in range(len(x))
        for b in range(a, len(x))
    ]
    for name, values in scores.items():
        rows += [
            ("instrument", one, name, None, value)
            for one, value in zip(who, values.tolist(), strict=True)
            if not np.isnan(value)
        ]
    for (name, level), values in (covariates or {}).items():
        rows += [
            ("covariate", one, name, level, value)
            for one, value in zip(who, values.tolist(), strict=True)
            if not np.isnan(value)
        ]
    first = next(iter(scores))
    rows += [("instrument", f"stranger {at}", first, None, 5.0) for at in range(strangers)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def foretold(
    values: pl.DataFrame,
    *covariates: str,
    permutations: int = 19,
    identity: str = "participant",
    report: Report = unheard,
    **changed: int,
) -> dict[str, dict[str, Any]]:
    chosen: dict[str, Any] = {"bootstraps": 50, "seed": 3} | changed
    # A tenth is drawn.
    chosen |= {"covariates": list(covariates), "permutations": 10 * permutations}
    found = predict_scores(
        values, statistics=Statistics(**chosen), identity=identity, report=report
    )
    assert found.schema == PREDICTION
    return {row["instrument"]: row for row in found.to_dicts()}


def cohort(n: int = 60, seed: int = 0) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 4)) @ rng.normal(size=(4, 50)) + rng.normal(size=(n, 50))
    planted = x[:, :15].mean(axis=1)
    planted = 10 + 4 * planted / planted.std()
    return x, {
        "dbi": planted + rng.normal(0, 3, n),
        "bai": rng.integers(0, 30, n).astype(float),
    }


def test_what_is_planted_is_found_and_nothing_else() -> None:
    x, scores = cohort()

    found = foretold(table(x, scores), permutations=199)

    dbi, bai = found["dbi"], found["bai"]
    assert dbi["r"] > 0.5
    assert dbi["r_low"] < dbi["r"] < dbi["r_high"]
    assert dbi["r_squared_low"] < dbi["r_squared"] < dbi["r_squared_high"]
    assert dbi["permutation_p"] == dbi["permutation_p_alone"] == pytest.approx(1 / 200)
    assert dbi["error"] < dbi["baseline_error"]
    assert bai["permutation_p"] >= bai["permutation_p_alone"] > 0.05
    assert (dbi["n"], dbi["left_out"], dbi["tests"], dbi["covariates"]) == (60, 0, 2, None)
    assert dbi["reason"] is bai["reason"] is None


def of_scikit_learn(
    x: np.ndarray, y: np.ndarray, given: np.ndarray, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """What is foretold and what was to be, over the folds that the step deals."""
    rng = np.random.default_rng([seed, 1])
    predicted, left = np.zeros(len(y)), np.zeros(len(y))
    for _ in range(REPEATS):
        folds = rng.permutation(len(y)) % FOLDS
        for fold in range(FOLDS):
            train, test = folds != fold, folds == fold
            of_x = LinearRegression().fit(given[train], x[train])
            of_y = LinearRegression().fit(given[train], y[train])
            rest = x[train] - of_x.predict(given[train])
            alphas = PENALTIES * (rest**2).sum() / train.sum()
            ridge = RidgeCV(alphas=alphas)
            ridge.fit(rest, y[train] - of_y.predict(given[train]))
            predicted[test] += ridge.predict(x[test] - of_x.predict(given[test]))
            left[test] += y[test] - of_y.predict(given[test])
    return predicted / REPEATS, left / REPEATS


def test_it_is_what_scikit_learn_finds() -> None:
    x, scores = cohort()

    found = foretold(table(x, scores))

    for name, y in scores.items():
        predicted, left = of_scikit_learn(x, y, np.zeros((60, 1)), 3)
        row = found[name]
        assert row["r"] == pytest.approx(stats.pearsonr(predicted, left).statistic, abs=1e-9)
        assert row["error"] == pytest.approx(root_mean_squared_error(left, predicted), abs=1e-9)
        baseline = root_mean_squared_error(left, np.zeros(60))
        assert row["baseline_error"] == pytest.approx(baseline, abs=1e-9)
        share = 1 - row["error"] ** 2 / row["baseline_error"] ** 2
        assert row["r_squared"] == pytest.approx(share, abs=1e-9)
        # The baseline is the mean of others, which is a little worse than everybody's own.
        assert row["r_squared"] == pytest.approx(r2_score(left, predicted), abs=0.01)


def test_a_covariate_that_explains_it_leaves_nothing_to_foretell() -> None:
    rng = np.random.default_rng(5)
    age = rng.normal(30, 6, 80)
    x = np.outer(age, rng.normal(size=40)) + rng.normal(0, 3, (80, 40))
    values = table(x, {"dbi": age + rng.normal(0, 3, 80)}, {("age", None): age})

    without, held = foretold(values)["dbi"], foretold(values, "age")["dbi"]

    assert without["r"] > 0.7
    assert without["permutation_p"] == 1 / 20
    assert held["r"] < 0.3
    assert held["permutation_p"] > 0.05
    assert held["covariates"] == "age"


def test_categories_are_taken_out_by_their_levels() -> None:
    x, scores = cohort()
    rng = np.random.default_rng(1)
    site = rng.integers(0, 3, 60)
    levels = {("site", level): (site == at).astype(float) for at, level in enumerate("abc")}
    plain = {("one", None): levels["site", "b"], ("two", None): levels["site", "c"]}

    by_level = foretold(table(x, scores, levels), "site")
    by_number = foretold(table(x, scores, plain), "one", "two")

    for name in scores:
        for column in NUMBERS:
            assert by_level[name][column] == pytest.approx(by_number[name][column], abs=1e-9)


def test_missing_scores_and_covariates_are_counted() -> None:
    x, scores = cohort()
    scores["bai"][:7] = np.nan
    age = np.arange(60.0)
    age[5:9] = np.nan

    found = foretold(table(x, scores, {("age", None): age}, strangers=3), "age")

    assert (found["dbi"]["n"], found["dbi"]["left_out"]) == (56, 4 + 3)
    assert (found["bai"]["n"], found["bai"]["left_out"]) == (51, 2)
    assert found["bai"]["tests"] == 2
    # Who did not answer the one questionnaire changes nothing of the other.
    full = foretold(table(x, cohort()[1], {("age", None): age}), "age")["dbi"]
    assert full["r"] == pytest.approx(found["dbi"]["r"])


def test_who_lacks_a_covariate_that_is_known_of_nobody_is_left_out() -> None:
    x, scores = cohort()
    age = {("age", None): np.arange(60.0)}

    for known, held in (({}, ["site"]), (age, ["age", "site"])):
        found = foretold(table(x, scores, known), *held)["dbi"]
        assert (found["n"], found["left_out"], found["r"]) == (0, 60, None)


@pytest.mark.parametrize(
    ("said", "scores", "covariates"),
    [
        ("the score is the same for everybody", np.full(60, 7.0), ()),
        ("the covariates explain all of the score", np.arange(60.0) * 2 + 3, ("order",)),
        (
            "fewer than 10 participants have the score, every mask and all covariates",
            np.where(np.arange(60) < 9, 1.0, np.nan),
            (),
        ),
        (
            "fewer than 10 participants have the score, every mask and all covariates",
            np.full(60, np.nan),
            (),
        ),
    ],
)
def test_a_score_that_cannot_be_foretold_says_why(
    said: str, scores: np.ndarray, covariates: tuple[str, ...]
) -> None:
    x, others = cohort()
    # Somebody without masks was asked, so that there is a row where nobody else was.
    values = table(x, {"odd": scores, **others}, {("order", None): np.arange(60.0)}, strangers=1)

    found = foretold(values, *covariates)

    assert found["odd"]["reason"] == said
    assert all(found["odd"][name] is None for name in NUMBERS)
    assert found["dbi"]["reason"] is None
    assert found["dbi"]["tests"] == 2


def test_nobody_who_moves_otherwise_gives_a_reason() -> None:
    _, scores = cohort()

    found = foretold(table(np.ones((60, 5)), scores))

    said = "nobody's movement differs, or the covariates explain all of it"
    assert {row["reason"] for row in found.values()} == {said}


def test_covariates_must_leave_somebody_to_learn_from() -> None:
    x, scores = cohort(10)
    levels = {("who", str(at)): (np.arange(10) == at).astype(float) for at in range(9)}

    found = foretold(table(x, scores, levels), "who")

    assert found["dbi"]["reason"] == "too few participants to learn from"


def test_without_identity_nothing_is_foretold() -> None:
    x, scores = cohort()

    found = foretold(table(x, scores), identity="photo")["dbi"]

    assert found["reason"] == "dataset.identity is photo, so the others may hold the same person"
    assert found["r"] is None


@pytest.mark.parametrize("n", [2, 3, 4, 5, 9, 10, 11])
def test_few_people_give_numbers_or_a_reason(n: int) -> None:
    x, scores = cohort(n)

    found = foretold(table(x, scores), fewest=3)["dbi"]

    assert (found["r"] is None) == (n < 4) == (found["reason"] is not None)


def test_it_depends_on_the_seed_alone() -> None:
    x, scores = cohort()
    values = table(x, scores)

    first = foretold(values)

    assert foretold(values.sample(fraction=1, shuffle=True, seed=1)) == first
    assert foretold(values, seed=4) != first


def test_nothing_is_resampled_where_none_is_asked_for() -> None:
    x, scores = cohort()

    found = foretold(table(x, scores), permutations=0, bootstraps=0)["dbi"]

    unknown = {name for name in NUMBERS if found[name] is None}
    ends = {"r_low", "r_high", "r_squared_low", "r_squared_high"}
    assert unknown == {*ends, "permutation_p", "permutation_p_alone"}


def test_more_people_than_are_paired_give_a_reason() -> None:
    asked = pl.DataFrame(
        {"kind": "instrument", "participant": [str(at) for at in range(3001)], "name": "dbi"}
    ).with_columns(level=pl.lit(None, pl.String), value=pl.lit(1.0))

    [row] = foretold(asked).values()

    assert row["reason"] == "more than 3000 participants"
    assert (row["n"], row["left_out"]) == (0, 3001)


def test_nobody_asked_gives_a_typed_empty_table() -> None:
    assert foretold(pl.DataFrame(schema=SCHEMA)) == {}


def test_progress_is_told() -> None:
    x, scores = cohort()
    scores["bai"][0] = np.nan
    told: list[tuple[int, int]] = []

    foretold(table(x, scores), report=lambda done, total: told.append((done, total)))

    assert told == [(19, 38), (38, 38)]


@pytest.mark.slow
def test_where_nothing_is_related_p_is_uniform() -> None:
    p = []
    for seed in range(200):
        x, _ = cohort(40, seed)
        rng = np.random.default_rng([seed, 7])
        scores = {name: np.maximum(rng.normal(0, 1, 40), -0.5) for name in ("dbi", "bai")}
        found = foretold(table(x, scores), bootstraps=0, permutations=19, seed=seed)
        p.append(found["dbi"]["permutation_p_alone"])

    # Of twenty values, each as likely.
    counts = np.bincount(np.rint(np.array(p) * 20).astype(int), minlength=21)[1:]
    assert stats.chisquare(counts).pvalue > 0.001
