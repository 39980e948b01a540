import numpy as np
import polars as pl
import pytest

from lakehouse.steps.dense import dense, one_level

ROWS = pl.DataFrame(
    [("b", True, 1, 1.0, 10.0), ("a", False, 0, 2.0, None), ("a", True, 1, 3.0, 30.0)],
    schema={"who": pl.String, "cue": pl.Boolean, "point": pl.Int16, "x": pl.Float32, "y": float},
    orient="row",
)


def test_each_row_lies_where_its_keys_say() -> None:
    array, levels = dense(ROWS, ("who", "cue", "point"), ("x", "y"))

    assert [level.to_list() for level in levels] == [["a", "b"], [False, True], [0, 1]]
    expected = np.full((2, 2, 2, 2), np.nan)
    expected[1, 1, 1] = 1, 10
    expected[0, 0, 0] = 2, np.nan
    expected[0, 1, 1] = 3, 30
    np.testing.assert_array_equal(array, expected)
    assert array.dtype == np.float64


@pytest.mark.parametrize("points", [(-300, -299), (-300, 7), (32767, -32768), (4, 4)])
def test_whole_numbers_need_not_follow_each_other(points: tuple[int, int]) -> None:
    rows = pl.DataFrame(
        {"who": ["a", "b"], "point": points, "x": [1.0, 2.0]}, schema_overrides={"point": pl.Int16}
    )

    array, (_, level) = dense(rows, ("who", "point"), ("x",))

    assert level.to_list() == sorted(set(points))
    for at, (point, value) in enumerate(zip(points, (1.0, 2.0), strict=True)):
        assert array[at, level.to_list().index(point), 0] == value
    assert np.isfinite(array).sum() == 2


def test_the_order_of_the_rows_does_not_matter() -> None:
    array, _ = dense(ROWS, ("who", "cue", "point"), ("x",))
    turned, _ = dense(ROWS.reverse(), ("who", "cue", "point"), ("x",))

    np.testing.assert_array_equal(array, turned)


def test_no_rows_make_an_empty_array() -> None:
    array, levels = dense(ROWS.clear(), ("who", "point"), ("x", "y"))

    assert array.shape == (0, 0, 2)
    assert [len(level) for level in levels] == [0, 0]


@pytest.mark.parametrize(("wanted", "found"), [(True, [3.0, 1.0]), (None, [np.nan, np.nan])])
def test_a_place_that_is_not_there_is_all_gaps(wanted: object, found: list[float]) -> None:
    array, (_, cues, _) = dense(ROWS, ("who", "cue", "point"), ("x",))

    taken = one_level(array[..., 0], 1, cues, wanted)

    assert taken.shape == (2, 2)
    np.testing.assert_array_equal(taken[:, 1], found)
