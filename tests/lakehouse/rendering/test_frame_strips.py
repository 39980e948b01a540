import numpy as np
import pytest
from PIL import Image

from lakehouse.paths import WarehousePaths
from lakehouse.rendering import frame_strips
from lakehouse.rendering.frame_strips import render_frame_strips
from lakehouse.rendering.rendered import RenderError
from lakehouse.rendering.selection import Selection
from tests.copies import copied
from tests.lakehouse.rendering.filmed import APEX_S, HOSTILE, ONSET_S, PLAIN, RISE_S, TIMES
from tests.numbered_video import number_in

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(filmed_study):
    return WarehousePaths(filmed_study / "warehouse")


@pytest.fixture
def shown(monkeypatch):
    """Everything that was drawn, by its title."""
    drawn = {}

    def draw(title, frames, curve, edges):
        drawn[title] = (frames, curve)
        return np.zeros((4, 4, 3), np.uint8)

    monkeypatch.setattr(frame_strips, "draw_strip", draw)
    return drawn


def test_trials_with_a_movement_are_drawn(paths, filmed_study, tmp_path):
    rendered = render_frame_strips(paths, filmed_study / "videos", tmp_path, Selection())
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png")}
    assert files == {
        f"{PLAIN}/smile-2--trial.png", f"{PLAIN}/session--one.png",
        "a%2Fb%0A%C3%A7%20%22q%22%20%252F/smile-2--trial.png",
    }  # fmt: skip
    assert rendered.pictures == {"frame strips": 3}
    [note] = rendered.notes
    assert note.startswith("3 trials in which no movement was found")
    with Image.open(tmp_path / PLAIN / "session--one.png") as picture:
        assert picture.width == 3 * 376 + 16


@pytest.mark.parametrize(
    ("title", "onset_s"),
    [
        (f"participant {PLAIN} · video smile-2 · happiness, unsupervised", 0.0),
        (f"participant {PLAIN} · video session · happiness, supervised", ONSET_S),
        (f"participant {HOSTILE} · video smile-2 · happiness, unsupervised", 0.0),
    ],
)
def test_the_frames_are_those_of_the_times(paths, filmed_study, tmp_path, shown, title, onset_s):
    render_frame_strips(paths, filmed_study / "videos", tmp_path, Selection())
    frames, curve = shown[title]
    assert [frame.name for frame in frames] == ["onset", "50 %", "apex"]
    for frame, wanted in zip(frames, (onset_s, RISE_S, APEX_S), strict=True):
        assert frame.time_s == pytest.approx(wanted, abs=0.1)
        # The number in the picture is the frame's, and its time is that frame's.
        number = number_in(frame.picture)
        assert frame.time_s == TIMES[number]
        assert frame.note.endswith(f"frame {number}")
        assert frame.mesh.shape == (468, 2)
    assert len(curve.runs) == 1


def test_a_choice_is_drawn_alone(paths, filmed_study, tmp_path, shown):
    chosen = Selection((HOSTILE,), ("05",))
    assert render_frame_strips(paths, filmed_study / "videos", tmp_path, chosen).notes == ()
    assert len(shown) == 1
    with pytest.raises(RenderError, match="no trial of expression 'fear'"):
        render_frame_strips(paths, filmed_study / "videos", tmp_path, Selection((), ("fear",)))


def test_a_video_that_is_not_what_it_was_is_refused_and_the_others_drawn(
    paths, filmed_study, tmp_path
):
    root = copied(filmed_study / "videos", tmp_path / "videos")
    (root / "a" / "smile-2.mp4").write_bytes(b"text")
    (root / "a" / "session.mp4").unlink()
    rendered = render_frame_strips(paths, root, tmp_path / "out", Selection())
    assert rendered.pictures == {"frame strips": 1}
    assert sorted(rendered.refused) == [
        "a/session.mp4: cannot be read (No such file or directory)",
        "a/smile-2.mp4: has changed since its landmarks were found",
    ]
