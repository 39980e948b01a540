"""Tables of supervised against unsupervised, against SciPy row by row."""

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from scipy import stats

from lakehouse.settings import Settings
from lakehouse.steps.cue.effects import EFFECTS, POINT_EFFECTS, compare_groups, compare_points
from tests.lakehouse.steps.in_parts import DIVISIONS, divided

GROUPS = {
    "grouping": pl.String,
    "expression": pl.String,
    "group_id": pl.Int32,
    "participant": pl.String,
    "supervised": pl.Boolean,
    "own_distance": pl.Float64,
    "paper_distance": pl.Float64,
    "own_noise": pl.Float64,
    "paper_noise": pl.Float64,
}
POINTS = {
    "participant": pl.String,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "point": pl.Int16,
    "own_distance": pl.Float64,
    "paper_distance": pl.Float64,
}
TOO_FEW = "fewer than 2 participants have both masks"
TOO_FEW_FACES = f"{TOO_FEW} and the neutral face of either condition"


def gappy_groups(people: int = 45) -> pl.DataFrame:
    """Two expressions, two groupings of two and three groups; masks and distances are missing."""
    random = np.random.default_rng(3)
    rows = []
    for who in range(people):
        for expression in ("fear", "anger"):
            for cue in (False, True):
                if random.random() < 0.1:
                    continue
                for group in range(3):
                    value = round(random.gamma(4) + cue * group, 1)
                    known = None if random.random() < 0.1 else value
                    own = None if random.random() < 0.1 else value + group
                    noise = (0.5 + group, 0.25)
                    rows += [
                        (grouping, expression, group, str(who), cue, own, known, *noise)
                        for grouping in ("k2", "k2_eyes")[group == 2 :]
                    ]
    order = random.permutation(len(rows))
    return pl.DataFrame([rows[at] for at in order], schema=GROUPS, orient="row")


def both_known(rows: pl.DataFrame, value: str) -> tuple[np.ndarray, np.ndarray]:
    sides = [
        dict(rows.filter(supervised=cue).select("participant", value).drop_nulls().rows())
        for cue in (True, False)
    ]
    people = sorted(sides[0].keys() & sides[1].keys())
    return tuple(np.array([side[who] for who in people]) for side in sides)


def test_every_row_is_what_scipy_makes_of_its_pairs() -> None:
    given = gappy_groups()

    found = compare_groups(given)

    assert found.schema == {
        **{name: GROUPS[name] for name in ("grouping", "expression", "group_id")},
        **EFFECTS,
    }
    keys = found.select("grouping", "expression", "group_id").rows()
    assert keys == [
        *(("k2", expression, group) for expression in ("anger", "fear") for group in range(2)),
        *(("k2_eyes", expression, group) for expression in ("anger", "fear") for group in range(3)),
    ]
    for row in found.to_dicts():
        key = {name: row[name] for name in ("grouping", "expression", "group_id")}
        for prefix, distance in (("", "own_distance"), ("paper_", "paper_distance")):
            x, y = both_known(given.filter(**key), distance)
            noise = 0.25 if prefix else 0.5 + key["group_id"]
            assert row[f"{prefix}n"] == len(x) < 45
            assert row[f"{prefix}supervised_mean"] == pytest.approx(x.mean())
            assert row[f"{prefix}unsupervised_mean"] == pytest.approx(y.mean())
            assert row[f"{prefix}mean_difference"] == pytest.approx(x.mean() - y.mean())
            assert row[f"{prefix}t_p"] == pytest.approx(stats.ttest_rel(x, y).pvalue)
            exact = stats.wilcoxon(x - y, zero_method="pratt").pvalue
            assert row[f"{prefix}wilcoxon_p"] == pytest.approx(exact)
            assert row[f"{prefix}noise_difference"] == noise
            assert row[f"{prefix}over_noise"] == pytest.approx((x.mean() - y.mean()) / noise)
            assert row[f"{prefix}reason"] is None


def test_each_grouping_is_a_family() -> None:
    found = compare_groups(gappy_groups())

    for (grouping,), family in found.group_by("grouping"):
        groups = {"k2": 2, "k2_eyes": 3}[grouping]
        words = f"{grouping}: 2 expressions × {groups} groups, {2 * groups} tests"
        assert family["family"].unique().to_list() == [words]
        assert family["tests"].unique().to_list() == [2 * groups]
        for test in ("t", "wilcoxon"):
            adjusted = stats.false_discovery_control(family[f"{test}_p"].to_numpy())
            np.testing.assert_allclose(family[f"{test}_q"], adjusted)


def one_pair(*rows: tuple[str, bool, float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        [("k", "fear", 0, *row, row[2], 1.0, 1.0) for row in rows], schema=GROUPS, orient="row"
    )


@pytest.mark.parametrize(
    ("rows", "n", "reason"),
    [
        ([("a", False, 1.0), ("b", False, 2.0)], 0, TOO_FEW),
        ([("a", True, 1.0), ("a", False, 2.0)], 1, TOO_FEW),
        ([("a", True, None), ("a", False, None)], 0, TOO_FEW),
        (
            [("a", True, 1.0), ("a", False, 1.0), ("b", True, 5.0), ("b", False, 5.0)],
            2,
            "nobody's two masks differ",
        ),
        (
            [("a", True, 1.5), ("a", False, 1.0), ("b", True, 5.5), ("b", False, 5.0)],
            2,
            "the difference is the same for everybody",
        ),
    ],
)
def test_what_cannot_be_compared_says_why(rows: list, n: int, reason: str) -> None:
    [row] = compare_groups(one_pair(*rows)).to_dicts()

    assert (row["paper_n"], row["paper_reason"], row["paper_tests"]) == (n, reason, 0)
    own_reason = TOO_FEW_FACES if reason == TOO_FEW else reason
    assert (row["n"], row["reason"], row["tests"]) == (n, own_reason, 0)
    assert [row[name] for name in ("t", "t_p", "t_q", "cohen_dz", "dz_low")] == [None] * 5
    assert (row["mean_difference"] is None) == (n == 0)


def test_a_point_that_differs_by_rounding_only_does_not_differ() -> None:
    rounding = pl.when(supervised=True).then(3e-10 * pl.col("participant").cast(pl.Int32))
    pinned = gappy_points().filter(point=0).with_columns(own_distance=rounding.otherwise(0.0))

    found = compare_points(pinned, flips=9, seed=0)

    assert found["reason"].unique().to_list() == ["nobody's two masks differ"]


def test_three_participants_are_compared() -> None:
    rows = [
        (who, cue, at + 2.0 * cue * at) for at, who in enumerate("abc") for cue in (True, False)
    ]

    [row] = compare_groups(one_pair(*rows)).to_dicts()

    assert (row["n"], row["reason"], row["rank_biserial"]) == (3, None, 1)
    assert row["cohen_dz"] == pytest.approx(1)
    assert row["dz_low"] < row["cohen_dz"] < row["dz_high"]


def gappy_points() -> pl.DataFrame:
    random = np.random.default_rng(8)
    rows = [
        (str(who), expression, cue, point, *random.gamma(4, size=2) + 9.0 * cue * (point == 1))
        for who in range(20)
        for expression in ("fear", "anger")
        for cue in (False, True)
        if (who, cue) not in {(3, True), (4, False)}
        for point in (0, 1, 467)
    ]
    return pl.DataFrame(rows, schema=POINTS, orient="row").sample(fraction=1, shuffle=True, seed=0)


def test_points_are_compared_as_groups_are_and_tested_as_maps() -> None:
    given = gappy_points()

    found = compare_points(given, flips=199, seed=1)

    assert found.schema == {"expression": pl.String, "point": pl.Int16, **POINT_EFFECTS}
    expected = [(name, point) for name in ("anger", "fear") for point in (0, 1, 467)]
    assert found.select("expression", "point").rows() == expected
    for row in found.to_dicts():
        own = given.filter(expression=row["expression"], point=row["point"])
        paper = np.subtract(*both_known(own, "paper_distance"))
        assert row["paper_t_p"] == pytest.approx(stats.ttest_1samp(paper, 0).pvalue)
        assert row["paper_mean_difference"] == pytest.approx(paper.mean())
        x, y = both_known(own, "own_distance")
        assert row["n"] == len(x) == 18
        assert row["t_p"] == pytest.approx(stats.ttest_rel(x, y).pvalue)
        assert row["mean_difference"] == pytest.approx((x - y).mean())
        assert row["t_p"] < row["max_t_p"] <= row["all_max_t_p"] or row["max_t_p"] == 1 / 200
        assert (row["family"], row["tests"]) == (f"{row['expression']}: 3 points", 3)
        assert (row["flips"], row["reason"]) == (199, None)
    strongest = found.filter(point=1)["max_t_p"].to_list()
    assert strongest == [1 / 200] * 2
    assert found.equals(compare_points(given.reverse(), flips=199, seed=1))


def test_points_of_one_condition_say_that_there_is_nothing_to_compare() -> None:
    found = compare_points(gappy_points().filter(supervised=True), flips=9, seed=0)

    assert len(found) == 6
    assert found["n"].to_list() == [0] * 6
    assert found["max_t_p"].null_count() == found["all_max_t_p"].null_count() == 6
    assert found["reason"].unique().to_list() == [TOO_FEW_FACES]
    assert found["paper_reason"].unique().to_list() == [TOO_FEW]


def test_without_a_neutral_face_of_the_condition_only_the_papers_comparison_is_there() -> None:
    own = pl.when(pl.col("supervised").not_()).then(pl.col("own_distance"))
    groups = gappy_groups().with_columns(own_distance=own)
    points = gappy_points().with_columns(own_distance=own)

    for found in (compare_groups(groups), compare_points(points, flips=9, seed=0)):
        assert found["n"].unique().to_list() == [0]
        assert found["mean_difference"].null_count() == found["t_p"].null_count() == len(found)
        assert found["reason"].unique().to_list() == [TOO_FEW_FACES]
        assert found["paper_t_p"].null_count() == found["paper_reason"].count() == 0


def test_progress_counts_both_comparisons() -> None:
    told: list[tuple[int, int]] = []

    compare_points(gappy_points(), flips=9, seed=0, report=lambda *done: told.append(done))

    assert told[-1] == (18, 18)
    assert told == sorted(told)


def test_no_distances_give_typed_empty_tables() -> None:
    groups = compare_groups(pl.DataFrame(schema=GROUPS))
    points = compare_points(pl.DataFrame(schema=POINTS), flips=9, seed=0)

    assert (len(groups), len(points)) == (0, 0)
    assert groups.schema == compare_groups(gappy_groups()).schema
    assert points.schema == compare_points(gappy_points(), flips=0, seed=0).schema


@pytest.mark.parametrize("division", DIVISIONS)
def test_expressions_may_be_compared_in_parts(division: str) -> None:
    settings = Settings.model_validate({"statistics": {"permutations": 60, "seed": 1}})
    given = gappy_points()
    # Of one expression a participant and a point are missing, but the other's signs stay.
    fewer = given.filter(
        (pl.col("expression") == "anger") | ~pl.col("participant").is_in(["1", "12"]),
        (pl.col("expression") == "fear") | (pl.col("point") != 1),
    )

    for rows in (given, fewer, given.filter(expression="fear"), given.clear()):
        expected = compare_points(rows, flips=60, seed=1)
        found = divided("cue", "compare_points", rows, settings, division)

        assert_frame_equal(found, expected, rel_tol=1e-12, abs_tol=0)
