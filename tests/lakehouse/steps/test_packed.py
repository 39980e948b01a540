"""Arrays in cells come out as they went in, and are added as they are."""

import numpy as np
import polars as pl
import pytest

from lakehouse.steps.packed import added, packed, unpacked

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0, 4)])
def test_arrays_come_out_as_they_went_in(shape: tuple[int, ...]) -> None:
    # Turned around, so that rows do not lie in one piece.
    arrays = np.asfortranarray(RANDOM.normal(size=(5, *shape)))

    np.testing.assert_array_equal(unpacked(packed(arrays), shape), arrays)


def test_tables_are_added_in_one_order_whatever_theirs() -> None:
    arrays = RANDOM.normal(size=(6, 4)) * 10.0 ** np.arange(0, 24, 4)[:, None]
    tables = pl.DataFrame({"first": [*range(6)], "draw": [7] * 6, "sums": packed(arrays)})

    for table in (tables, tables.reverse()):
        found = added(table)

        assert found.select("first", "draw").rows() == [(0, 7)]
        np.testing.assert_array_equal(unpacked(found["sums"]), np.cumsum(arrays, axis=0)[-1:])


def test_one_table_stays_as_it_is() -> None:
    table = pl.DataFrame({"first": [3], "sums": packed(np.ones((1, 2)))})

    assert added(table).equals(table)
