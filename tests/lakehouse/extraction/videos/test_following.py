import numpy as np
import pytest

from lakehouse.extraction.videos.following import Followed, Following
from lakehouse.ingest.videos.result import SeenFace


def face(x: float, size: float = 100.0) -> SeenFace:
    """Give a face whose box begins at x, 0."""
    corners = np.array([(x, 0, 0), (x + size, size, 0)], np.float32)
    return SeenFace(corners, np.zeros(52, np.float32), 0, 0, 0, None)


def test_the_first_is_the_largest() -> None:
    small, large = face(0, 50), face(300, 120)
    assert Following().choose([small, large], 0.0) is large
    assert Following().choose([], 0.0) is None


def test_who_comes_nearer_does_not_take_the_place() -> None:
    following = Following()
    following.choose([face(0)], 0.0)
    for step in range(1, 30):
        mine, other = face(4.0 * step), face(400, 100 + 20.0 * step)
        assert following.choose([other, mine], step / 25) is mine


@pytest.mark.parametrize(("time_s", "taken"), [(0.5, False), (1.0, False), (1.04, True)])
def test_another_face_is_taken_once_the_first_is_gone_for_long(time_s: float, taken: bool) -> None:
    following = Following()
    following.choose([face(0)], 0.0)
    other = face(400)
    assert following.choose([other], time_s) is (other if taken else None)


def test_it_goes_on_from_what_the_lake_holds() -> None:
    before = face(0)
    following = Following(Followed.of(before.landmarks, 0.0))
    mine, other = face(20), face(300, 200)
    assert following.choose([other, mine], 0.04) is mine
