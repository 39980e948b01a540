"""`lakehouse render video --clip` and `lakehouse render frame-strip`."""

import av
import pytest

from lakehouse.paths import WarehousePaths
from tests.cli.conftest import linked
from tests.lakehouse.rendering.filmed import PLAIN

pytestmark = pytest.mark.slow


@pytest.fixture
def place(filmed_study, tmp_path):
    return linked(filmed_study, tmp_path / "study")


@pytest.fixture
def render(lakehouse, place):
    def call(*arguments):
        return lakehouse("--warehouse", place / "warehouse", "render", *arguments)

    return call


def test_a_clip_is_drawn_among_the_figures(render, place):
    answer = render("video", place / "videos", "--clip", "still", "--participant", PLAIN)
    out = place / "warehouse" / "figures" / "clips" / PLAIN / "still.mp4"
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"30 frames, 1.0 s: {out}\n"
    with av.open(out) as container:
        assert container.streams.video[0].frames == 30


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--clip", "smile-2"), 1, "2 participants have a video 'smile-2'"),
        (("--clip", "nod"), 1, "there is no video 'nod'"),
        (("--clip", "lost"), 1, "the video has no frames (the file is not a video)"),
        (("--clip", "still", "--fps", "5"), 2, "leave out --expression and --fps"),
        (("--clip", "still", "--expression", "fear"), 2, "leave out --expression and --fps"),
        (("--clip", "still", "--out", "videos/a/still.mp4"), 2, "lies among the photographs"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(render, place, monkeypatch, words, code, said):
    monkeypatch.chdir(place)
    answer = render("video", "videos", *words)
    assert answer.code == code
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_frame_strips_are_drawn_and_counted(render, place):
    answer = render("frame-strip", place / "videos", "--participant", PLAIN)
    assert (answer.code, answer.err) == (0, "")
    assert "2 frame strips" in answer.out
    assert "3 trials in which no movement was found are left out" in answer.out
    folder = WarehousePaths(place / "warehouse").root / "figures" / "frame-strips" / PLAIN
    assert sorted(path.name for path in folder.iterdir()) == [
        "session--one.png",
        "smile-2--trial.png",
    ]


def test_a_video_that_is_gone_is_refused(render, place):
    (place / "videos" / "a" / "smile-2.mp4").unlink()
    answer = render("frame-strip", place / "videos", "--expression", "happiness")
    assert answer.code == 1
    assert "a/smile-2.mp4: cannot be read" in answer.err
    assert "2 frame strips" in answer.out
