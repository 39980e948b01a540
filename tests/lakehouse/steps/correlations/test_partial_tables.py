import numpy as np
import pandas as pd
import pingouin
import polars as pl
import pytest
from scipy import stats

from lakehouse.settings.statistics import Statistics
from lakehouse.steps.correlations.partial import PARTIAL, correlate_given
from tests.lakehouse.steps.correlations.long_values import KEY, covariate, feature, long, score

PEOPLE = 30


def given(*parts: pl.DataFrame, covariates: list[str]) -> pl.DataFrame:
    statistics = Statistics(covariates=covariates, permutations=99, bootstraps=50)
    return correlate_given(pl.concat(parts), statistics=statistics)


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


def drawn(random: np.random.Generator) -> list[float]:
    return random.normal(size=PEOPLE).tolist()


def partial(x, y, z, method: str) -> tuple[int, float, float]:
    frame = pd.DataFrame({"x": x, "y": y} | {f"z{n}": column for n, column in enumerate(z)})
    covar = [name for name in frame if name.startswith("z")]
    found = pingouin.partial_corr(frame, "x", "y", covar, method=method)
    return found["n"].item(), found["r"].item(), found["p_val"].item()


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_numbers_and_categories_are_held_constant(random: np.random.Generator, method: str) -> None:
    x, y, age = drawn(random), drawn(random), [None, *drawn(random)[1:]]
    group = [str(level) for level in random.choice(["b", "a", "c"], PEOPLE)]

    [row] = given(
        feature("k", "m05_00_0", *x),
        score("dbi", *y),
        covariate("age", *age),
        covariate("group", *group),
        covariate("other", *drawn(random)),
        covariates=["age", "group"],
    ).to_dicts()

    dummies = [[float(level == name) for level in group] for name in "bc"]
    n, r, p = partial(x, y, [age, *dummies], method)
    assert (row["n"], row[f"{method}_df"]) == (n, n - 5)
    assert (row[f"{method}_r"], row[f"{method}_p"]) == pytest.approx((r, p))
    assert row["covariates"] == "age, group"
    assert row["family"] == "k given age, group: 1 features × 1 instruments, 1 tests"
    assert 0 < row["permutation_p"] <= 1


def test_a_covariate_of_masks_is_that_of_the_features_own_mask(random: np.random.Generator) -> None:
    x, y, age = [drawn(random), drawn(random)], drawn(random), drawn(random)
    yaw = [drawn(random), drawn(random)]

    found = given(
        feature("k", "m07_01_0", *x[1]),
        feature("k", "m05_00_0", *x[0]),
        score("dbi", *y),
        covariate("age", *age),
        covariate("yaw", *yaw[0], mask="05-00"),
        covariate("yaw", *yaw[1], mask="07-01"),
        covariates=["yaw", "age"],
    )

    assert found["feature"].to_list() == ["m05_00_0", "m07_01_0"]
    for row, column, pose in zip(found.to_dicts(), x, yaw, strict=True):
        _, r, p = partial(column, y, [pose, age], "spearman")
        assert (row["spearman_r"], row["spearman_p"]) == pytest.approx((r, p))
    assert found.select("mask", "expression", "supervised", "group_id").rows() == [
        ("05-00", "happiness", False, 0),
        ("07-01", "surprise", True, 0),
    ]
    assert set(found["tests"]) == {2}
    assert found["permutation_p"].is_not_null().all()


def test_who_has_no_category_is_unknown_even_where_there_is_one_level(
    random: np.random.Generator,
) -> None:
    sex = [None, None, *(PEOPLE - 2) * ["f"]]

    [row] = given(
        feature("k", "m05_00_0", *drawn(random)),
        score("dbi", *drawn(random)),
        covariate("sex", *sex),
        covariates=["sex"],
    ).to_dicts()

    assert (row["n"], row["spearman_df"], row["pearson_df"]) == (28, 26, 26)


def test_a_covariate_that_is_not_there_leaves_nulls_and_a_reason(
    random: np.random.Generator,
) -> None:
    [row] = given(
        feature("k", "m05_00_0", *drawn(random)), score("dbi", *drawn(random)), covariates=["age"]
    ).to_dicts()

    assert (row["n"], row["spearman_r"], row["permutation_p"]) == (0, None, None)
    assert row["reason"] == "too few participants have both and all covariates"


def test_what_the_covariates_explain_says_so(random: np.random.Generator) -> None:
    x = drawn(random)

    [row] = given(
        feature("k", "m05_00_0", *x),
        score("dbi", *drawn(random)),
        covariate("age", *np.exp(x)),
        covariates=["age"],
    ).to_dicts()

    assert row["reason"] == "the covariates explain all of the feature"
    assert row["spearman_r"] is None
    assert row["pearson_r"] is not None

    [row] = given(
        feature("k", "m05_00_0", *x),
        score("dbi", *drawn(random)),
        covariate("age", *(2 * value for value in x)),
        covariates=["age"],
    ).to_dicts()
    assert (row["spearman_r"], row["pearson_r"]) == (None, None)


def test_categories_of_their_own_for_everybody_use_everybody_up(
    random: np.random.Generator,
) -> None:
    [row] = given(
        feature("k", "m05_00_0", *drawn(random)),
        score("dbi", *drawn(random)),
        covariate("name", *(f"n{number}" for number in range(PEOPLE))),
        covariates=["name"],
    ).to_dicts()

    assert (row["n"], row["spearman_df"], row["spearman_r"]) == (PEOPLE, 0, None)
    assert row["reason"] == "too few participants have both and all covariates"


def test_few_people_have_r_but_no_test_as_each_covariate_takes_one_more(
    random: np.random.Generator,
) -> None:
    columns = [random.normal(size=11).tolist() for _ in range(4)]

    one, two = (
        given(
            feature("k", "m05_00_0", *columns[0]),
            score("dbi", *columns[1]),
            score("bai", *columns[1][:9], None, None),
            covariate("age", *columns[2]),
            covariate("height", *columns[3]),
            covariates=covariates,
        )
        for covariates in (["age"], ["age", "height"])
    )

    assert one["reason"].to_list() == [
        "fewer than 10 participants, less one for each covariate, have both and all covariates: "
        "no test, no interval",
        None,
    ]
    assert one["spearman_r"].is_not_null().all()
    tested = ("spearman_p", "pearson_q", "spearman_bonferroni", "permutation_p", "pearson_low")
    for column in tested:
        assert one[column].is_null().to_list() == [True, False]
        assert two[column].is_null().all()
    assert (one["tests"].to_list(), two["tests"].to_list()) == ([1, 1], [0, 0])


def test_the_interval_is_that_of_the_residuals(random: np.random.Generator) -> None:
    x, y, age = (np.exp(random.normal(size=200)) for _ in range(3))
    y += x + age
    statistics = Statistics(covariates=["age"], permutations=0, bootstraps=5000)
    values = [feature("k", "m05_00_0", *x), score("dbi", *y), covariate("age", *age)]

    [row] = correlate_given(pl.concat(values), statistics=statistics).to_dicts()

    design = np.column_stack([np.ones(200), age])
    rest = [side - design @ np.linalg.lstsq(design, side, rcond=None)[0] for side in (x, y)]
    expected = stats.bootstrap(
        rest,
        lambda a, b, axis=-1: stats.pearsonr(a, b, axis=axis).statistic,
        paired=True,
        n_resamples=9999,
        random_state=np.random.default_rng(1),
    ).confidence_interval
    assert (row["pearson_low"], row["pearson_high"]) == pytest.approx(tuple(expected), abs=0.01)


@pytest.mark.parametrize(
    ("parts", "covariates"),
    [
        ([feature("k", "m05_00_0", 1, 2, 3), score("dbi", 1, 2, 3)], []),
        ([feature("k", "m05_00_0", 1, 2, 3)], ["age"]),
        ([score("dbi", 1, 2, 3), covariate("age", 1, 2, 3)], ["age"]),
        ([long()], ["age"]),
    ],
    ids=["no covariates", "no scores", "no features", "nothing"],
)
def test_too_little_gives_a_typed_empty_table(
    parts: list[pl.DataFrame], covariates: list[str]
) -> None:
    found = given(*parts, covariates=covariates)

    assert found.is_empty()
    assert dict(found.schema) == {**KEY, **PARTIAL}
