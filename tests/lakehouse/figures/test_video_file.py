from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from lakehouse.figures.video_file import write_timed_video, write_video

COLOURS = [(200, 40, 40), (40, 200, 40), (40, 40, 200)]


def frames(count):
    for number in range(count):
        yield np.full((48, 64, 3), COLOURS[number % 3], dtype=np.uint8)


@pytest.mark.parametrize("fps", [1, 5, 30])
def test_every_picture_is_a_frame_of_h264(tmp_path, fps):
    path = tmp_path / "video.tmp"
    assert write_video(frames(7), path, fps, (64, 48)) == 7
    with av.open(path) as container:
        assert "mp4" in container.format.name
        [stream] = container.streams
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.codec_context.width, stream.codec_context.height) == (64, 48)
        assert stream.average_rate == fps
        assert float(stream.duration * stream.time_base) == pytest.approx(7 / fps)
        shown = [frame.to_ndarray(format="rgb24")[24, 32] for frame in container.decode(stream)]
    assert len(shown) == 7
    for number, colour in enumerate(shown):
        assert colour == pytest.approx(np.array(COLOURS[number % 3]), abs=12)


def test_it_plays_while_it_loads(tmp_path):
    write_video(frames(3), tmp_path / "video", 5, (64, 48))
    content = (tmp_path / "video").read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_the_same_pictures_give_the_same_file(tmp_path):
    for name in "ab":
        write_video(frames(9), tmp_path / name, 5, (64, 48))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_pictures_are_taken_one_at_a_time(tmp_path):
    alive = []

    def counted():
        for number in range(40):
            alive.append(number)
            yield np.zeros((48, 64, 3), dtype=np.uint8)

    assert write_video(counted(), tmp_path / "video", 5, (64, 48)) == len(alive)


def test_a_file_that_cannot_be_written_is_the_systems_error(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        write_video(frames(1), tmp_path / "missing" / "video", 5, (64, 48))


@pytest.mark.parametrize("folder", ["http:", "pipe:1", "what?%03d", "back\\slash"])
def test_a_path_is_a_path(tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)
    path = Path(folder) / "video.mp4"
    path.parent.mkdir(parents=True)
    assert write_video(frames(3), path, 5, (64, 48)) == 3
    assert path.stat().st_size > 0


def test_frames_keep_their_own_times(tmp_path):
    times = [0.0, 0.02, 0.5, 0.5, 0.517, 1.25]
    timed = zip(times, frames(6), strict=True)
    assert write_timed_video(timed, tmp_path / "video", (64, 48)) == 6
    with av.open(tmp_path / "video") as container:
        shown = [frame.time for frame in container.decode(video=0)]
    assert shown == pytest.approx(times, abs=1.2e-5)
    assert all(before < after for before, after in pairwise(shown))
