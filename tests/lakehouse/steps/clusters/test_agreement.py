"""Two lists of grouped points compared, against sets and counts of pairs."""

from itertools import combinations
from math import comb

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.steps.clusters.agreement import Regrouped, compare_points

LISTS = st.dictionaries(st.integers(0, 30), st.none() | st.integers(0, 3), max_size=25)


def points(groups: dict[int, int | None]) -> pl.DataFrame:
    schema = {"point": pl.Int16, "group_id": pl.Int32}
    return pl.DataFrame([*groups.items()], schema=schema, orient="row")


def adjusted_rand(here: list[int], there: list[int]) -> float:
    """Count pairs of points that lie together here, there and in both."""
    pairs = list(combinations(range(len(here)), 2))
    own = sum(here[a] == here[b] for a, b in pairs)
    other = sum(there[a] == there[b] for a, b in pairs)
    both = sum(here[a] == here[b] and there[a] == there[b] for a, b in pairs)
    expected = own * other / len(pairs)
    largest = (own + other) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


@given(LISTS, LISTS)
def test_indices_are_those_of_sets_and_pairs(
    here: dict[int, int | None], there: dict[int, int | None]
) -> None:
    found = compare_points(points(here), points(there))

    both = here.keys() & there.keys()
    either = here.keys() | there.keys()
    assert (found.points_here, found.points_there) == (len(here), len(there))
    assert found.points_in_both == len(both)
    assert found.jaccard == (len(both) / len(either) if either else None)
    assert found.only_here == tuple(sorted(here.keys() - there.keys()))
    assert found.only_there == tuple(sorted(there.keys() - here.keys()))
    labels = [(p, here[p], there[p]) for p in sorted(both) if None not in (here[p], there[p])]
    assert found.points_compared == len(labels)
    if len(labels) < 2:
        assert found.adjusted_rand is None
    else:
        _, mine, theirs = zip(*labels, strict=True)
        assert comb(len(labels), 2) > 0
        assert found.adjusted_rand == pytest.approx(adjusted_rand(mine, theirs))
    agreeing = [label for label in labels if label[1:] in found.matched]
    assert len({own for own, _ in found.matched}) == len(found.matched)
    assert len({other for _, other in found.matched}) == len(found.matched)
    assert [moved.point for moved in found.regrouped] == [
        label[0] for label in labels if label not in agreeing
    ]


def test_names_of_groups_do_not_matter_and_the_point_that_moved_is_named() -> None:
    here = {point: point // 5 for point in range(15)}
    there = {point: 9 - group for point, group in here.items()}
    same = compare_points(points(here), points(there))
    assert (same.jaccard, same.adjusted_rand, same.regrouped) == (1.0, 1.0, ())
    assert same.matched == ((0, 9), (1, 8), (2, 7))

    moved = compare_points(points(here), points({**there, 3: 7}))
    assert moved.regrouped == (Regrouped(3, 0, 7),)
    assert moved.adjusted_rand is not None
    assert 0 < moved.adjusted_rand < 1


def test_a_list_without_groups() -> None:
    found = compare_points(points({1: 0, 2: 1}), points({1: None, 2: None}))
    assert (found.jaccard, found.adjusted_rand, found.groups_there) == (1.0, None, 0)
    assert found.matched == ()
