"""Structures of C as arrays."""

import ctypes

import numpy as np
import pytest

from lakehouse.system.structures import float_columns


class Point(ctypes.Structure):
    _fields_ = (("number", ctypes.c_int), ("x", ctypes.c_float), ("name", ctypes.c_char_p),
                ("y", ctypes.c_float), ("depth", ctypes.c_double))  # fmt: skip


POINTS = (Point * 3)(*[(place, place / 2, b"a", -place / 4, 1.0) for place in range(3)])
FIRST = ctypes.cast(POINTS, ctypes.POINTER(Point))


def test_fields_are_columns_of_the_same_memory() -> None:
    columns = float_columns(FIRST, 3, ("x", "y"))

    np.testing.assert_array_equal(columns["x"], np.float32([0, 0.5, 1]))
    np.testing.assert_array_equal(columns["y"], np.float32([0, -0.25, -0.5]))
    POINTS[1].x = 7
    assert columns["x"][1] == 7
    POINTS[1].x = 0.5


@pytest.mark.parametrize("name", ["depth", "number", "z"])
def test_other_fields_are_refused(name: str) -> None:
    with pytest.raises(TypeError, match="of single precision"):
        float_columns(FIRST, 3, ("x", name))
