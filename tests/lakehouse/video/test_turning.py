import struct

import numpy as np
import pytest

from lakehouse.video.turning import SlantedError, Turn, turn_of

ONE = 1 << 16


def matrix(a, b, c, d):
    return struct.pack("=9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)


@pytest.mark.parametrize("signs", [(1, 1), (1, -1), (-1, 1), (-1, -1)])
@pytest.mark.parametrize("crossed", [False, True])
@pytest.mark.parametrize("size", [ONE, ONE // 2, 3])
def test_each_pixel_goes_where_the_matrix_says(signs, crossed, size):
    first, second = (sign * size for sign in signs)
    a, b, c, d = (0, first, second, 0) if crossed else (first, 0, 0, second)
    height, width = 3, 5
    pixels = np.arange(height * width, dtype=np.uint8).reshape(height, width)
    shown = turn_of(matrix(a, b, c, d))(pixels[..., None])[..., 0]
    assert shown.shape == ((width, height) if crossed else (height, width))
    for p in range(width):
        for q in range(height):
            x, y = (a * p + c * q) // size, (b * p + d * q) // size
            # What lies left of or above the origin is moved back into the picture, whole.
            x = x if a + c > 0 else shown.shape[1] - 1 + x
            y = y if b + d > 0 else shown.shape[0] - 1 + y
            assert shown[y, x] == pixels[q, p]


def test_what_is_upright_stays():
    assert turn_of(matrix(ONE, 0, 0, ONE)) == Turn(0, False) == Turn()


@pytest.mark.parametrize("values", [(46341, 46341, -46341, 46341), (0, 0, 0, 0), (ONE, 0, 0, 0)])
def test_slanted_frames_are_refused(values):
    with pytest.raises(SlantedError):
        turn_of(matrix(*values))


def test_a_hair_beside_a_quarter_turn_is_one():
    assert turn_of(matrix(20, ONE, -ONE, 30)) == Turn(90)
