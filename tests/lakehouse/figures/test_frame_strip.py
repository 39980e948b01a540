import numpy as np

from lakehouse.figures.curve import Curve, Mark, Run
from lakehouse.figures.frame_strip import StripFrame, draw_strip

EDGES = np.array([[0, 1], [1, 2], [0, 2]])
MESH = np.array([[30.0, 30.0], [60.0, 30.0], [45.0, 60.0]])
CURVE = Curve([Run(np.array([0.0, 1.0]), np.array([0.0, 5.0]))], [Mark(0.2, "onset")])


def frames(*greys, mesh=None):
    return [
        StripFrame(np.full((90, 90, 3), grey, np.uint8), mesh, "apex", grey / 100, "note")
        for grey in greys
    ]


def test_frames_stand_beside_each_other():
    strip = draw_strip("title", frames(10, 50, 90), CURVE, EDGES)
    rows = [row for row in strip if {10, 50, 90} <= set(row[:, 0].tolist())]
    assert len(rows) >= 360
    middle = rows[100][:, 0].tolist()
    assert middle.index(10) < middle.index(50) < middle.index(90)


def test_a_face_is_cut_out():
    picture = np.zeros((90, 90, 3), np.uint8)
    picture[25:65, 25:65] = 200
    frame = StripFrame(picture, MESH, "apex", 0.5, "")
    strip = draw_strip("title", [frame], CURVE, EDGES)
    # Most of what is shown is face, though most of the picture is not.
    tile = strip[60:360, 20:370]
    assert (tile == 200).mean() > 0.7


def test_a_long_title_takes_two_lines():
    short = draw_strip("title", frames(50), CURVE, EDGES)
    long = draw_strip("a long title " * 4, frames(50), CURVE, EDGES)
    assert long.shape[0] > short.shape[0]


def test_a_trial_without_a_curve_can_be_drawn():
    assert draw_strip("title", frames(50, 60), Curve([]), EDGES).shape[2] == 3
