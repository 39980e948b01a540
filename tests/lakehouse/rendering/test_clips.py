import numpy as np
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.rendering.clips import (
    RefusedVideoError,
    chosen_clip,
    clips,
    curve_of,
    frames_of,
    meshes_of,
    original_video,
    trials_of,
)
from lakehouse.rendering.rendered import RenderError
from lakehouse.rendering.selection import Selection
from tests.copies import copied
from tests.lakehouse.rendering.filmed import (
    DAMAGED,
    HOSTILE,
    NO_FACE,
    ONSET_S,
    PLAIN,
    TIMES,
    intensity,
    portrait_mesh,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(filmed_study):
    return WarehousePaths(filmed_study / "warehouse")


def clip(paths, video, participant=PLAIN):
    return chosen_clip(paths, Selection((participant,)), video)


def test_all_videos_are_there(paths):
    rows = clips(paths)
    assert rows.select("participant", "video").rows() == [
        (PLAIN, "lost"), (PLAIN, "session"), (PLAIN, "smile-2"), (PLAIN, "still"),
        (HOSTILE, "smile-2"),
    ]  # fmt: skip
    assert rows["code"].to_list() == ["01", None, "05", "06", "05"]


def test_a_video_is_found_by_its_id_and_whose_it_is(paths):
    assert clip(paths, "smile-2", HOSTILE)["participant"] == HOSTILE
    assert chosen_clip(paths, Selection(), "session")["video"] == "session"
    with pytest.raises(RenderError, match=r"2 participants .* --participant"):
        chosen_clip(paths, Selection(), "smile-2")
    with pytest.raises(RenderError, match="no video 'nod'"):
        clip(paths, "nod")
    with pytest.raises(RenderError, match="participant 'nobody'"):
        clip(paths, "smile-2", "nobody")


def test_frames_and_trials_are_on_the_videos_clock(paths):
    frames = frames_of(paths, clip(paths, "session"))
    assert frames["time_s"].to_list() == TIMES.tolist()
    assert frames["status"][NO_FACE], frames["status"][DAMAGED] == ("no_face", "corrupt")
    trials = trials_of(paths, clip(paths, "session"))
    assert trials.select("event", "onset_s").rows() == [("one", ONSET_S), ("two", 2.2)]


def test_the_curve_follows_what_the_face_did(paths):
    row = clip(paths, "smile-2")
    curve = curve_of(paths, row, trials_of(paths, row))
    [run] = curve.runs
    assert np.corrcoef(run.levels, intensity(run.times))[0, 1] > 0.99
    assert [mark.name for mark in curve.marks] == ["happiness"]
    assert set(run.times) <= set(TIMES)


def test_curves_of_several_trials_begin_at_their_onsets(paths):
    row = clip(paths, "session")
    curve = curve_of(paths, row, trials_of(paths, row))
    assert [run.begins_s for run in curve.runs] == [ONSET_S, 2.2]
    assert [mark.time_s for mark in curve.marks] == [ONSET_S, 2.2]
    assert [mark.name for mark in curve.marks] == ["happiness", "surprise"]


def test_a_mesh_is_that_of_its_frame(paths, monkeypatch):
    # In several readings.
    monkeypatch.setattr("lakehouse.rendering.clips._FRAMES_AT_ONCE", 7)
    row = clip(paths, "smile-2", HOSTILE)
    numbers = [0, 5, 6, 40, NO_FACE, DAMAGED, 72, 80, 89]
    meshes = dict(zip(numbers, meshes_of(paths, row, numbers), strict=True))
    assert meshes[NO_FACE] is None
    assert meshes[DAMAGED] is None
    for number in set(numbers) - {NO_FACE, DAMAGED}:
        wanted = portrait_mesh(0.8 * float(intensity(TIMES[number])), number)
        np.testing.assert_array_equal(meshes[number], wanted[:468, :2])


def test_the_video_is_the_one_that_was_measured(filmed_study, paths, tmp_path):
    row = clip(paths, "smile-2", HOSTILE)
    root = copied(filmed_study / "videos", tmp_path / "videos")
    assert original_video(root, row).facts.width == 160
    file = root / row["path"]
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(RefusedVideoError, match="has changed since"):
        original_video(root, row)
    file.unlink()
    with pytest.raises(RefusedVideoError, match=r"cannot be read \(No such file"):
        original_video(root, row)


def test_what_is_no_video_is_refused_in_words(filmed_study, paths):
    row = clip(paths, "lost") | {"sha256": _sha256(filmed_study / "videos" / "a" / "lost.mp4")}
    with pytest.raises(RefusedVideoError, match=r"cannot be decoded \(the file is not a video\)"):
        original_video(filmed_study / "videos", row)


def _sha256(path):
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()
