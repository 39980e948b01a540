import numpy as np
import polars as pl
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from lakehouse.settings.statistics import Statistics
from lakehouse.steps.correlations.correlate import (
    FEATURE_SCORES,
    PAIRS,
    correlate_feature_pairs,
    correlate_features,
    correlate_pairs,
)
from tests.lakehouse.steps.correlations.long_values import KEY, feature, long, score

ALWAYS = {"n", "family", "tests", "instrument_tests", "permutations", "reason"}
OF_FEW = {"fewest": 3, "permutations": 19, "bootstraps": 20}
"""Settings with which few participants have tests too."""
NAMED = {"participant": pl.String, "name": pl.String, "value": pl.Float64}


def correlated(*parts: pl.DataFrame, **statistics: int) -> pl.DataFrame:
    chosen = Statistics.model_validate(OF_FEW | statistics)
    return correlate_features(pl.concat(parts), statistics=chosen)


def named(**columns: tuple[float | None, ...]) -> pl.DataFrame:
    rows = [
        (str(n), name, value) for name, values in columns.items() for n, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema=NAMED, orient="row")


def paired(values: pl.DataFrame, kind: str, **statistics: int) -> pl.DataFrame:
    return correlate_pairs(values, Statistics.model_validate(OF_FEW | statistics), kind=kind)


def test_every_feature_stands_beside_every_instrument_in_order() -> None:
    found = correlated(
        feature("b", "m05_00_1", 1, 2, 3),
        feature("b", "m05_00_0", 1, 2, 3),
        feature("a", "m05_00_1", 1, 2, 3),
        score("dbi", 1, 2, 3),
        score("bai", 1, 2, 3),
    )

    assert found.select("grouping", "feature", "instrument").rows() == [
        ("a", "m05_00_1", "bai"),
        ("a", "m05_00_1", "dbi"),
        ("b", "m05_00_0", "bai"),
        ("b", "m05_00_0", "dbi"),
        ("b", "m05_00_1", "bai"),
        ("b", "m05_00_1", "dbi"),
    ]
    assert dict(found.schema) == {**KEY, **FEATURE_SCORES}


def test_what_a_feature_is_stands_beside_its_name() -> None:
    found = correlated(feature("k", "m05_00_1", 1, 2, 3), feature("k", "m07_01_12", 1, 2, 3),
                       score("dbi", 1, 2, 3))  # fmt: skip

    assert found.select("feature", "expression", "supervised", "mask", "group_id").rows() == [
        ("m05_00_1", "happiness", False, "05-00", 1),
        ("m07_01_12", "surprise", True, "07-01", 12),
    ]


def test_values_are_paired_by_participant_whatever_their_order() -> None:
    x, y = (1.0, 5.0, 2.0, 8.0, 3.0), (2.0, 4.0, 4.5, 9.0, 1.0)

    found = correlated(
        feature("a", "f", *x), score("dbi", *y).sample(fraction=1, shuffle=True, seed=1)
    )

    [row] = found.to_dicts()
    assert row["n"] == 5
    for method, test in (("pearson", stats.pearsonr), ("spearman", stats.spearmanr)):
        exact = stats.permutation_test(
            (x,), lambda taken, test=test: test(taken, y).statistic, permutation_type="pairings"
        )
        assert row[f"{method}_r"] == pytest.approx(exact.statistic)
        share = (np.abs(exact.null_distribution) >= abs(exact.statistic) - 1e-9).mean()
        assert row[f"{method}_p"] == pytest.approx(share)
    assert (row["kendall_tau"], row["kendall_p"]) == pytest.approx(tuple(stats.kendalltau(x, y)))
    interval = stats.pearsonr(x, y).confidence_interval()
    assert (row["pearson_low"], row["pearson_high"]) == pytest.approx(tuple(interval))
    assert row["spearman_low"] < row["spearman_r"] < row["spearman_high"]
    for name in ("", "pearson_"):
        assert row[f"{name}loo_low"] <= row[f"{name or 'spearman_'}r"] <= row[f"{name}loo_high"]


def test_missing_values_and_absent_participants_do_not_count() -> None:
    found = correlated(feature("a", "f", 1, 5, 2, None, 3), score("dbi", 2, 4, None, 9))

    assert found["n"].to_list() == [2]
    assert found["reason"].to_list() == ["fewer than 3 participants have both"]


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ((1, 1, 1, 1), (2, 4, 5, 6), "the feature is the same for everybody"),
        ((2, 4, 5, 6), (1, 1, 1, 1), "the score is the same for everybody"),
        ((1, 1, 1, 1), (1, 1, 1, 1), "the feature is the same for everybody"),
        ((1, 1, 1, 5), (2, 4, 6, None), "the feature is the same for everybody"),
        ((1, 2, 3, 5), (None, None, None, None), "fewer than 3 participants have both"),
        ((1, 2), (1, 2), "fewer than 3 participants have both"),
    ],
)
def test_what_cannot_be_correlated_is_null_never_nan_and_says_why(
    x: tuple[float, ...], y: tuple[float, ...], reason: str
) -> None:
    [row] = correlated(feature("a", "f", *x), score("dbi", *y)).to_dicts()

    assert {row[name] for name in FEATURE_SCORES.keys() - ALWAYS} == {None}
    assert (row["reason"], row["tests"], row["instrument_tests"]) == (reason, 0, 0)
    assert row["family"] == "a: 1 features × 1 instruments, 0 tests"


def test_three_participants_have_a_correlation_that_excludes_nothing() -> None:
    [row] = correlated(feature("a", "f", 1, 2, 4), score("dbi", 3, 1, 8)).to_dicts()

    assert row["spearman_r"] == pytest.approx(0.5)
    assert (row["spearman_low"], row["spearman_high"]) == (-1, 1)
    assert (row["loo_low"], row["reason"]) == (None, None)
    assert 0 < row["permutation_p"] <= 1


def test_few_people_have_r_but_no_test_and_lower_nobodys_q() -> None:
    random = np.random.default_rng(5)
    x, y = random.normal(size=(2, 12))
    parts = [feature("a", "m05_00_0", *x), score("dbi", *y), score("bai", *y[::-1])]
    with_sparse = [*parts, score("oci", *x[:4], *8 * [None]), score("srq", *x[:9])]

    without, found = (correlated(*some, fewest=10) for some in (parts, with_sparse))

    assert found.filter(pl.col("instrument").is_in(["dbi", "bai"])).equals(
        without.with_columns(pl.col("family").str.replace("2 instruments", "4 instruments"))
    )
    few = found.filter(pl.col("instrument").is_in(["oci", "srq"]))
    assert set(few["reason"]) == {"fewer than 10 participants have both: no test, no interval"}
    assert few["spearman_r"].to_list() == few["pearson_r"].to_list() == [1.0, 1.0]
    assert few["kendall_tau"].to_list() == [1.0, 1.0]
    assert set(found["tests"]) == {2}
    assert few["instrument_tests"].to_list() == [0, 0]
    kept = ALWAYS | {name for name in FEATURE_SCORES if name.endswith(("_r", "_tau"))}
    kept |= {name for name in FEATURE_SCORES if "loo" in name}
    assert {value for name in FEATURE_SCORES.keys() - kept for value in few[name]} == {None}


def test_a_perfect_correlation_of_few_has_the_p_of_all_orders() -> None:
    found = correlated(
        feature("a", "m05_00_0", *range(9)),
        *(score(f"s{n}", *range(n), *(9 - n) * [None]) for n in (3, 4, 5, 9)),
    )

    for method in ("pearson", "spearman", "kendall"):
        assert found[f"{method}_p"].to_list() == pytest.approx([2 / 6, 2 / 24, 2 / 120, 2 / 362880])


def test_permutations_keep_to_blocks_also_where_scores_are_missing() -> None:
    random = np.random.default_rng(8)
    site = random.permutation(np.repeat(["a", "b", ""], [14, 10, 6]))
    # Sites differ in both, participants of a site in neither.
    x = random.normal(size=30) + 3 * (site == "a")
    y = random.normal(size=30) + 3 * (site == "a")
    y[[2, 11]] = np.nan
    values = [
        feature("k", "m05_00_0", *x),
        score("dbi", *(None if np.isnan(value) else value for value in y)),
    ]
    blocks = long(
        *(
            ("block", None, None, str(who), name, None, None, None, None, None)
            for who, name in enumerate(site)
            if name
        )
    )

    apart, together = (
        correlated(*values, *more, permutations=4999)["permutation_p"].item()
        for more in ([blocks], [])
    )

    known = np.flatnonzero(~np.isnan(y))
    ranks = [stats.rankdata(side[known]) for side in (x, y)]
    observed = abs(np.corrcoef(*ranks)[0, 1])
    reached = 0
    for _ in range(4999):
        order = np.arange(len(known))
        for name in set(site):
            members = np.flatnonzero(site[known] == name)
            order[members] = random.permutation(members)
        reached += abs(np.corrcoef(ranks[0], ranks[1][order])[0, 1]) >= observed - 1e-9
    assert together < 0.001
    assert apart == pytest.approx((1 + reached) / 5000, abs=0.03)
    assert apart > 0.05


@pytest.fixture(scope="module")
def families() -> pl.DataFrame:
    random = np.random.default_rng(1)
    columns = [random.normal(size=12) for _ in range(4)]
    return correlated(
        *(feature("a", f"f{n}", *values) for n, values in enumerate(columns[:2])),
        *(feature("b", f"f{n}", *values) for n, values in enumerate(columns)),
        feature("b", "constant", *12 * [1.0]),
        *(score(name, *(random.normal(size=12) + columns[0])) for name in ("dbi", "bai")),
        score("oci", *11 * [None], 3),
        permutations=99,
    )


def test_each_grouping_is_a_family_of_its_own(families: pl.DataFrame) -> None:
    for grouping, tests, name in (
        ("a", 4, "a: 2 features × 3 instruments, 4 tests"),
        ("b", 8, "b: 5 features × 3 instruments, 8 tests"),
    ):
        family = families.filter(grouping=grouping)
        assert set(family["family"]) == {name}
        assert set(family["tests"]) == {tests}
        tested = family.filter(pl.col("reason").is_null())
        assert len(tested) == tests
        for kind in ("pearson", "spearman"):
            p = tested[f"{kind}_p"].to_numpy()
            for column, method in (("q", "fdr_bh"), ("bonferroni", "bonferroni")):
                expected = multipletests(p, method=method)[1]
                np.testing.assert_allclose(tested[f"{kind}_{column}"].to_numpy(), expected)


def test_each_instrument_is_a_family_too(families: pl.DataFrame) -> None:
    for (_, instrument), family in families.group_by("grouping", "instrument"):
        tested = family.filter(pl.col("reason").is_null())
        assert set(family["instrument_tests"]) == {len(tested)}
        assert (len(tested) == 0) == (instrument == "oci")
        for kind in ("pearson", "spearman"):
            np.testing.assert_allclose(
                tested[f"{kind}_q_instrument"].to_numpy(),
                multipletests(tested[f"{kind}_p"].to_numpy(), method="fdr_bh")[1]
                if len(tested)
                else [],
            )


def test_a_feature_of_two_groupings_differs_by_its_family_only(families: pl.DataFrame) -> None:
    small, large = (
        families.filter(pl.col("feature").is_in(["f0", "f1"]), grouping=grouping)
        for grouping in "ab"
    )
    of_family = {"grouping", "family", "tests", "instrument_tests", "permutation_p"}
    adjusted = {name for name in small.columns if "_q" in name or "bonferroni" in name}

    same = [name for name in small.columns if name not in of_family | adjusted]
    assert small.select(same).equals(large.select(same), null_equal=True)
    known = small["permutation_p"].is_not_null()
    assert (large["permutation_p"].filter(known) >= small["permutation_p"].filter(known)).all()
    assert set(small["permutations"]) == {99}


def test_the_seed_decides_the_permutations() -> None:
    random = np.random.default_rng(3)
    values = pl.concat(
        [feature("a", "f", *random.normal(size=9)), score("dbi", *random.normal(size=9))]
    )

    first, again, other = (
        correlated(values, permutations=199, seed=seed)["permutation_p"].item()
        for seed in (1, 1, 2)
    )

    assert first == again != other


def test_without_permutations_there_is_no_permutation_p() -> None:
    [row] = correlated(feature("a", "f", 1, 2, 4), score("dbi", 3, 1, 8), permutations=0).to_dicts()

    assert (row["permutation_p"], row["permutations"]) == (None, 0)
    assert row["spearman_q"] is not None


@pytest.mark.parametrize(
    "values",
    [long(), feature("a", "f", 1, 2, 3), score("dbi", 1, 2, 3)],
    ids=["nothing", "no scores", "no features"],
)
def test_features_without_scores_or_scores_without_features_give_a_typed_empty_table(
    values: pl.DataFrame,
) -> None:
    found = correlated(values)

    assert found.is_empty()
    assert dict(found.schema) == {**KEY, **FEATURE_SCORES}


def test_pairs_stand_once_in_the_order_of_the_alphabet() -> None:
    found = paired(named(oci=(1, 2, 4), bai=(3, 1, 2), dbi=(1, 2, 3)), "instrument")

    assert found.select("instrument_a", "instrument_b", "n").rows() == [
        ("bai", "dbi", 3),
        ("bai", "oci", 3),
        ("dbi", "oci", 3),
    ]
    row = found.row(1, named=True)
    assert row["pearson_r"] == pytest.approx(stats.pearsonr([3, 1, 2], [1, 2, 4]).statistic)
    assert row["pearson_p"] == 1  # No order of three values makes it weaker.
    assert dict(found.schema) == {"instrument_a": pl.String, "instrument_b": pl.String, **PAIRS}


def test_both_features_of_a_pair_are_described() -> None:
    values = pl.concat([feature("k", "m07_01_3", 1, 2, 4), feature("k", "m05_00_1", 1, 3, 2)])

    [row] = correlate_feature_pairs(values, statistics=Statistics.model_validate(OF_FEW)).to_dicts()

    described = ("feature", "expression", "supervised", "mask", "grouping", "group_id")
    assert list(row)[:12] == [f"{name}_{end}" for end in "ab" for name in described]
    assert list(row.values())[:12] == [
        *("m05_00_1", "happiness", False, "05-00", "k", 1),
        *("m07_01_3", "surprise", True, "07-01", "k", 3),
    ]
    assert row["spearman_r"] == pytest.approx(0.5)


@pytest.mark.slow
def test_all_pairs_are_one_family() -> None:
    random = np.random.default_rng(2)
    columns = {f"f{n}": tuple(random.normal(size=9)) for n in range(4)} | {"same": 9 * (1.0,)}

    found = paired(named(**columns), "feature")

    assert set(found["family"]) == {"all pairs of 5 features, 6 tests"}
    assert set(found["tests"]) == {6}
    assert found.filter(feature_b="same")["reason"].to_list() == 4 * [
        "feature_b is the same for everybody"
    ]
    tested = found.filter(pl.col("reason").is_null())
    for kind in ("pearson", "spearman"):
        p = tested[f"{kind}_p"].to_numpy()
        for column, method in (("q", "fdr_bh"), ("bonferroni", "bonferroni")):
            expected = multipletests(p, method=method)[1]
            np.testing.assert_allclose(tested[f"{kind}_{column}"].to_numpy(), expected)


@pytest.mark.parametrize("columns", [{}, {"dbi": (2.0, 3.0)}], ids=["none", "one"])
def test_fewer_than_two_columns_give_a_typed_empty_table(
    columns: dict[str, tuple[float, ...]],
) -> None:
    found = paired(named(**columns), "instrument")

    assert found.is_empty()
    assert dict(found.schema) == {"instrument_a": pl.String, "instrument_b": pl.String, **PAIRS}
