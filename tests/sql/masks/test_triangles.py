import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pytest

from tests.sql.support import RunModel

_TESSELATION = """
from lakehouse.extraction.network import close_network
close_network()
from mediapipe.tasks.python.vision import FaceLandmarksConnections
for line in FaceLandmarksConnections.FACE_LANDMARKS_TESSELATION:
    print(line.start, line.end)
"""


@pytest.fixture(scope="module", name="triangles")
def listed(run_model: RunModel) -> list[tuple[int, int, int]]:
    rows = run_model("triangles", "triangle, point_a, point_b, point_c")
    assert [triangle for triangle, *_ in rows] == list(range(852))
    return [points for _, *points in rows]


def _sides(triangle: list[int]) -> list[tuple[int, int]]:
    return list(pairwise([*triangle, triangle[0]]))


def test_every_triangle_comes_once_and_every_point_is_in_one(triangles) -> None:
    assert len({frozenset(points) for points in triangles}) == 852
    assert {point for points in triangles for point in points} == set(range(468))
    assert all(len(set(points)) == 3 and points[0] == min(points) for points in triangles)


def test_all_run_the_same_way_round(triangles) -> None:
    # Two triangles at a common side pass it in opposite directions.
    directed = Counter(side for points in triangles for side in _sides(points))
    assert set(directed.values()) == {1}


def test_the_borders_are_the_face_the_eyes_and_the_mouth(triangles) -> None:
    directed = {side for points in triangles for side in _sides(points)}
    following = {start: end for end, start in directed if (start, end) not in directed}
    borders = []
    while following:
        start, border = min(following), []
        while start in following:
            border.append(start)
            start = following.pop(start)
        borders.append(border)
    assert sorted(map(len, borders)) == [16, 16, 20, 36]
    by_length = {len(border): set(border) for border in borders}
    assert {10, 152, 234, 454} <= by_length[36]
    assert {13, 14, 78, 308} <= by_length[20]


@pytest.mark.slow
def test_they_are_those_of_the_installed_mediapipe(triangles) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _TESSELATION], capture_output=True, text=True, check=True
    )
    lines = [tuple(map(int, line.split())) for line in answer.stdout.splitlines()]
    theirs = []
    for start in range(0, len(lines), 3):
        first, second, third = lines[start : start + 3]
        assert (first[1], second[1], third[1]) == (second[0], third[0], first[0])
        corners = [first[0], second[0], third[0]]
        smallest = corners.index(min(corners))
        theirs.append(corners[smallest:] + corners[:smallest])
    assert [list(points) for points in triangles] == theirs
