import av
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.rendering.clip_video import render_clip
from lakehouse.rendering.rendered import RenderError
from lakehouse.rendering.selection import Selection
from tests.lakehouse.rendering.filmed import DAMAGED, NO_FACE, PLAIN, TIMES
from tests.numbered_video import number_in


@pytest.fixture
def paths(filmed_study):
    return WarehousePaths(filmed_study / "warehouse")


@pytest.fixture(scope="module")
def drawn(filmed_study, once):
    """The session, drawn; read only."""

    def make(folder):
        out = folder / "new" / "clip.mp4"
        told = []
        rendered = render_clip(
            WarehousePaths(filmed_study / "warehouse"), filmed_study / "videos", out,
            Selection((PLAIN,)), "session", progress=lambda *words: told.append(words),
        )  # fmt: skip
        return out, rendered, told

    return once("clip", make)


@pytest.mark.slow
def test_every_frame_is_drawn_at_its_own_time(drawn):
    out, rendered, told = drawn
    with av.open(out) as container:
        shown = list(container.decode(video=0))
    assert [frame.time for frame in shown] == pytest.approx(TIMES, abs=1.2e-5)
    pages = [frame.to_ndarray(format="rgb24") for frame in shown]
    # The mesh covers some of the blocks' middles, but not those at the edges.
    assert [number_in(page[:720]) for page in pages[::11]] == list(range(0, 90, 11))
    assert rendered.pictures == {"frames, 3.0 s": 90}
    assert rendered.where == out
    assert told[-1] == (90, 90, "")


@pytest.mark.slow
def test_a_mesh_is_drawn_where_there_is_a_face(drawn):
    with av.open(drawn[0]) as container:
        pages = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]

    def green(page):
        page = page.astype(int)
        return int(((page[..., 1] > page[..., 0] + 60) & (page[..., 1] > 120))[:720].sum())

    assert green(pages[40]) > 1000
    assert green(pages[NO_FACE]) == green(pages[DAMAGED]) == 0


def test_a_video_without_frames_is_refused_with_the_reason(paths, filmed_study, tmp_path):
    with pytest.raises(RenderError, match=r"no frames \(the file is not a video\)"):
        render_clip(
            paths, filmed_study / "videos", tmp_path / "out.mp4", Selection((PLAIN,)), "lost"
        )
    assert not (tmp_path / "out.mp4").exists()
