"""Columns of landmarks by their names."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.importing.refused import RefusedError
from lakehouse.importing.tables.wide_columns import find_wide_columns

NAMES = (
    *("{axis}_{point}", "{axis}{point}", "{axis}.{point}", "{axis}-{point}", "{axis} {point}"),
    *("{point}_{axis}", "landmark_{point}_{axis}", "lm{point}_{axis}", "lm{point}{axis}"),
    *("face_{axis}_{point}", "face landmarks {axis}{point}", "{upper}_{point}", "{point}.{upper}"),
)


def columns(name: str, points: int, *, axes: str = "xyz", first: int = 0) -> list[str]:
    return [
        name.format(axis=axis, upper=axis.upper(), point=point)
        for axis in axes
        for point in range(first, first + points)
    ]


@pytest.mark.parametrize("points", [468, 478])
@pytest.mark.parametrize("name", NAMES)
def test_usual_names(name: str, points: int) -> None:
    expected = columns(name, points)
    found = find_wide_columns(["participant", "x", "index", *expected, "age"])
    assert found is not None
    assert (found.points, found.names, found.told) == (points, tuple(expected), ())


@pytest.mark.slow
@given(st.sampled_from(NAMES), st.sampled_from([468, 478]), st.randoms(use_true_random=False))
def test_whatever_their_order(name: str, points: int, chance: random.Random) -> None:
    expected = columns(name, points)
    shuffled = chance.sample(["photo", *expected], len(expected) + 1)
    found = find_wide_columns(shuffled)
    assert found is not None
    assert found.names == tuple(expected)


def test_depth_may_be_left_out_and_points_may_count_from_1() -> None:
    expected = columns("{axis}_{point}", 478, axes="xy", first=1)
    found = find_wide_columns(expected)
    assert found is not None
    assert found.names == tuple(expected)
    assert found.told == ("points are numbered from 1: x_1 is point 0",)


def test_of_several_sets_the_one_of_a_mesh_is_taken() -> None:
    face = columns("face_{axis}_{point}", 468)
    found = find_wide_columns([*columns("pose_{axis}_{point}", 33), *face])
    assert found is not None
    assert found.names == tuple(face)


@pytest.mark.parametrize("names", [["x", "y"], ["x_1", "y_1"], ["participant", "max_x"], []])
def test_other_columns_are_none(names: list[str]) -> None:
    assert find_wide_columns(names) is None


OPENFACE = [
    *("frame", " confidence", *columns(" eye_lmk_{axis}_{point}", 56, axes="xy")),
    *columns(" {axis}_{point}", 68, axes="xy"),
    *(*columns(" {upper}_{point}", 68), " AU01_r", " AU01_c"),
]
FEAT = [*("input", "FaceScore"), *columns("{axis}_{point}", 68, axes="xy"), "AU01", "Pitch"]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (OPENFACE, "has 68 points, not 468 or 478: the 68 points of OpenFace, dlib, py-feat"),
        (FEAT, "has 68 points, not 468 or 478: the 68 points of OpenFace, dlib, py-feat"),
        (columns("{axis}{point}", 5), "has 5 points, not 468 or 478: the five points"),
        (columns("{axis}{point}", 98), "has 98 points, .*WFLW"),
        (columns("{axis}{point}", 106), "has 106 points, .*InsightFace"),
        (columns("{axis}{point}", 467), "has 467 points, not the 468 or 478 of MediaPipe's"),
        (columns("{axis}{point}", 500), "has 500 points, not the 468 or 478 of MediaPipe's"),
        (columns("{axis}{point}", 468, first=10), "has points from 10 on, not from 0 or 1: x10"),
        ([n for n in columns("{axis}{point}", 468) if n != "y17"], r"has no y of point 17 \(1 mis"),
        ([n for n in columns("{axis}{point}", 468) if n != "x17"], r"has no x of point 17 \(1"),
        ([*columns("{axis}{point}", 468), "y468"], "has y468, but x for 468 points only"),
        (
            [*columns("{axis}{point}", 468), *columns("old_{axis}{point}", 468)],
            r"has several sets of landmarks \(x0 and old_x0\), not one",
        ),
    ],
)
def test_anything_else_is_refused(names: list[str], reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        find_wide_columns(names)
