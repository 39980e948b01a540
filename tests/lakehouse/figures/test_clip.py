import numpy as np
import pytest

from lakehouse.figures.clip import ClipPages, Moment
from lakehouse.figures.curve import DARK, Curve, Run

EDGES = np.array([[0, 1], [1, 2], [0, 2]])
MESH = np.array([[10.0, 10.0], [50.0, 10.0], [30.0, 40.0]])
CURVE = Curve([Run(np.linspace(0, 60, 601), np.linspace(0, 10, 601))])
GREY = np.full((48, 64, 3), 90, dtype=np.uint8)


@pytest.mark.parametrize(
    ("shape", "shown"),
    [((64, 48), (960, 720)), ((1920, 1080), (1280, 720)), ((1080, 1920), (404, 720)),
     ((67, 49), (984, 720)), ((3000, 20), (1280, 8))],
)  # fmt: skip
def test_a_page_holds_the_frame_and_has_even_sides(shape, shown):
    pages = ClipPages(shape, EDGES, CURVE, 1.0)
    assert pages.size == (max(800, shown[0]), shown[1] + 220)
    page = pages.draw(np.full((shape[1], shape[0], 3), 90, np.uint8), None, Moment(0.5, ()))
    assert page.shape == (pages.size[1], pages.size[0], 3)
    left = (pages.size[0] - shown[0]) // 2
    assert (page[: shown[1], left : left + shown[0]] == 90).all()
    assert (page[: shown[1], :left] == DARK.ground).all()


def test_the_mesh_lies_where_the_face_is():
    pages = ClipPages((64, 48), EDGES, CURVE, 1.0)
    page = pages.draw(GREY, MESH, Moment(0.5, ()))
    y, x = np.nonzero((page[:720] != 90).any(axis=2))
    low, high = (MESH + 0.5).min(axis=0) * 15, (MESH + 0.5).max(axis=0) * 15
    assert [x.min(), y.min()] == pytest.approx(low, abs=3)
    assert [x.max(), y.max()] == pytest.approx(high, abs=3)


def test_the_clock_goes_on_and_the_curve_with_it():
    pages = ClipPages((64, 48), EDGES, CURVE, 1.0)
    one, other = (pages.draw(GREY, None, Moment(time_s, ())) for time_s in (0.25, 0.75))
    clocks = [page[720:, :290] for page in (one, other)]
    assert (clocks[0] != clocks[1]).any()
    lines = [np.nonzero((page[800, 290:] > 250).all(axis=1))[0].mean() for page in (one, other)]
    assert lines[1] - lines[0] > 200


def test_what_is_known_of_a_frame_stands_below_the_clock():
    pages = ClipPages((64, 48), EDGES, CURVE, 1.0)
    plain, said = (pages.draw(GREY, None, Moment(0.5, lines)) for lines in ((), ("frame 12",)))
    changed = np.nonzero((plain != said).any(axis=2))
    assert changed[0].min() > 720
    assert changed[1].max() < 290
    many = Moment(0.5, tuple(f"line {number} " * 9 for number in range(30)))
    assert pages.draw(GREY, None, many).shape == plain.shape


def test_a_long_curve_is_shown_piece_by_piece():
    long = ClipPages((64, 48), EDGES, CURVE, 60.0)
    first, second, third = (
        long.draw(GREY, None, Moment(time_s, ()))[720:, 290:] for time_s in (1.0, 21.0, 41.0)
    )
    # The moment is at the same place of its piece, and the pieces are different.
    lines = [np.nonzero((piece[80] > 250).all(axis=1))[0].mean() for piece in (first, third)]
    assert lines[0] == pytest.approx(lines[1])
    assert (first != second).any()
    assert (long.draw(GREY, None, Moment(1.0, ()))[720:, 290:] == first).all()
