"""Everybody of whom anything is known stands on one side or the other."""

import numpy as np
import pingouin
import pytest

from tests.sql.support import Row, RunModel, table

COLUMNS = (
    "kind, name, category, included_n, included_missing, excluded_n, excluded_missing, "
    "excluded_without_photos, reason"
)
PEOPLE = table(
    "participant included photos",
    ("a", True, 48),
    ("b", True, 48),
    ("c", True, 48),
    ("d", False, 47),
    ("e", False, 0),
)
SCORES = table(
    "participant instrument score",
    ("a", "dbi", 3.0),
    ("b", "dbi", 8.0),
    ("c", "dbi", None),
    ("d", "dbi", 9.0),
    ("e", "dbi", 14.0),
    ("e", "bai", None),
)
COVARIATES = table(
    "participant covariate value category",
    ("a", "sex", None, "f"),
    ("b", "sex", None, "m"),
    ("c", "sex", None, "f"),
    ("d", "sex", None, "m"),
    # Known by this row alone.
    ("z", "sex", None, "it's"),
    ("d", "age", None, None),
)


def judged(*rows: tuple[object, ...]) -> list[Row]:
    return table("kind name category welch_p mann_whitney_p fisher_p reason", *rows)


def test_nobody_is_dropped(run_model: RunModel) -> None:
    rows = run_model(
        "exclusion_balance",
        COLUMNS,
        participants=PEOPLE,
        scores=SCORES,
        covariates=COVARIATES,
        exclusion_tests=judged(("instrument", "dbi", "number", 0.1, 0.2, None, "why")),
    )

    assert rows == [
        ("covariate", "age", "number", 0, 3, 0, 3, 0, "nobody has a value"),
        ("covariate", "sex", "f", 3, 0, 2, 1, 1, None),
        ("covariate", "sex", "it's", 3, 0, 2, 1, 1, None),
        ("covariate", "sex", "m", 3, 0, 2, 1, 1, None),
        ("instrument", "bai", "number", 0, 3, 0, 3, 0, "nobody has a value"),
        ("instrument", "dbi", "number", 2, 1, 2, 1, 1, "why"),
    ]


def test_means_and_shares_stand_beside_each_other(run_model: RunModel) -> None:
    rows = run_model(
        "exclusion_balance",
        "name, category, included_mean, included_sd, excluded_mean, excluded_sd, included_share, "
        "excluded_share, difference, welch_p, mann_whitney_p, fisher_p",
        participants=PEOPLE,
        scores=SCORES,
        covariates=COVARIATES,
        exclusion_tests=judged(
            ("instrument", "dbi", "number", 0.1, 0.2, None, None),
            ("covariate", "sex", "m", None, None, 0.3, None),
        ),
    )

    found = {row[:2]: row[2:] for row in rows}
    root = np.sqrt(12.5)
    g = pingouin.compute_effsize([9, 14], [3, 8], eftype="hedges")
    assert found["dbi", "number"] == pytest.approx(
        (5.5, root, 11.5, root, None, None, g, 0.1, 0.2, None)
    )
    # Austin's difference of two thirds and none, and of one third and a half.
    assert found["sex", "f"][4:7] == pytest.approx((2 / 3, 0, -(2 / 3) / np.sqrt(2 / 9 / 2)))
    between = (1 / 2 - 1 / 3) / np.sqrt((2 / 9 + 1 / 4) / 2)
    assert found["sex", "m"] == pytest.approx((*[None] * 4, 1 / 3, 1 / 2, between, None, None, 0.3))


@pytest.mark.parametrize(("n", "m"), [(2, 1), (1, 1), (3, 300)])
def test_the_difference_is_hedges(run_model: RunModel, n: int, m: int) -> None:
    rng = np.random.default_rng(n)
    scores = [(str(at), "dbi", float(rng.integers(0, 60))) for at in range(n + m)]

    [(difference,)] = run_model(
        "exclusion_balance",
        "difference",
        participants=table(
            "participant included photos", *((str(at), at < n, 1) for at in range(n + m))
        ),
        scores=table("participant instrument score", *scores),
    )

    values = [score for *_, score in scores]
    if n + m == 2:
        assert difference is None
        return
    if min(n, m) > 1:
        expected = pingouin.compute_effsize(values[n:], values[:n], eftype="hedges")
        assert difference == pytest.approx(expected)
    else:
        sd = np.std(values[:n], ddof=1)
        mean = values[2] - np.mean(values[:2])
        assert difference == pytest.approx(mean / sd * (1 - 3 / (4 * 3 - 9)))


@pytest.mark.parametrize(
    ("included", "reason"), [(True, "nobody is left out"), (False, "nobody is included")]
)
def test_where_all_are_on_one_side_it_says_so(
    run_model: RunModel, included: bool, reason: str
) -> None:
    rows = run_model(
        "exclusion_balance",
        "difference, reason",
        participants=table("participant included photos", ("a", included, 1)),
        scores=table("participant instrument score", ("a", "dbi", 3.0)),
        exclusion_tests=judged(("instrument", "dbi", "number", None, None, None, "else")),
    )

    assert rows == [(None, reason)]


def test_the_step_gets_everybodys_values(run_model: RunModel) -> None:
    rows = run_model(
        "exclusion_tests",
        participants=PEOPLE,
        scores=SCORES[:4],
        covariates=COVARIATES[-2:],
    )

    assert rows == [
        ("covariate", "sex", "it's", True, False, 1.0),
        ("instrument", "dbi", "number", False, False, 9.0),
        ("instrument", "dbi", "number", False, True, 3.0),
        ("instrument", "dbi", "number", False, True, 8.0),
    ]
