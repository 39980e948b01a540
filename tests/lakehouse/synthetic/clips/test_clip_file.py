"""What players and OpenFace's and py-feat's users stumble over: times, rotation, sizes."""

import io
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from lakehouse.synthetic.clips.clip import fitted
from lakehouse.synthetic.clips.clip_file import encoded, encoded_pictures
from lakehouse.synthetic.clips.clip_study import plan_clips
from lakehouse.synthetic.clips.filming import TICKS, Filming


def decoded(content):
    """The frames' times and pictures, turned as the file asks for."""
    with av.open(io.BytesIO(content)) as container:
        frames = [
            (frame.pts * frame.time_base, np.rot90(frame.to_ndarray(format="rgb24"), turns), turns)
            for frame in container.decode(video=0)
            for turns in [frame.rotation // 90]
        ]
        assert container.streams.video[0].codec.name == "h264"
    return frames


@pytest.fixture(scope="module")
def pictures():
    """A patch that moves from left to right over a gradient, twelve times."""
    ground = np.tile(np.linspace(40, 200, 96, dtype=np.uint8)[:, None, None], (1, 128, 3))
    moving = np.repeat(ground[None], 12, axis=0)
    for place, picture in enumerate(moving):
        picture[20:44, 8 + 8 * place : 24 + 8 * place] = (250, 30, 30)
    return moving


@pytest.mark.parametrize("rate", [24, Fraction(30000, 1001), 60, None])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_times_and_pictures_come_back(pictures, rate, rotation):
    rate = None if rate is None else Fraction(rate)
    filming = Filming(rate, 1.0, (128, 96), rotation)
    ticks = filming.frame_ticks(np.random.default_rng(3))[: len(pictures)]
    frames = decoded(encoded_pictures(pictures, ticks, filming))
    assert [time for time, _, _ in frames] == [Fraction(tick, TICKS) for tick in ticks.tolist()]
    for (_, picture, turns), drawn in zip(frames, pictures, strict=True):
        assert turns % 4 == rotation // 90
        assert np.abs(picture.astype(float) - drawn).mean() < 6


@pytest.mark.slow
def test_a_clip_gives_the_same_bytes_and_its_own_times():
    filming = Filming(None, duration_s=2.5, size=(160, 192), rotation_deg=90)
    clip = plan_clips(1, ("happiness",), filming).clips[0]
    some = slice(0, 60, 12)
    clip = replace(clip, ticks=clip.ticks[some], sway=clip.sway[some], grain=clip.grain[some])
    content = encoded(clip)
    assert encoded(clip) == content
    frames = decoded(content)
    assert [float(time) for time, _, _ in frames] == clip.times_s.tolist()
    for (_, picture, _), drawn in zip(frames, clip.pictures(), strict=True):
        assert picture.shape == drawn.shape == (192, 160, 3)
        assert np.abs(picture.astype(float) - drawn).mean() < 5


def test_x264_gives_the_same_bytes_every_time(pictures):
    filming = Filming(None, 1.0, (128, 96))
    ticks = filming.frame_ticks(np.random.default_rng(3))[: len(pictures)]
    assert len({encoded_pictures(pictures, ticks, filming) for _ in range(20)}) == 1


@pytest.mark.parametrize(("size", "inner"), [((300, 100), (83, 100)), ((100, 300), (100, 120))])
def test_a_picture_is_brought_to_a_size_whole_and_undistorted(size, inner):
    picture = np.full((240, 200, 3), 90, np.uint8)
    picture[[0, -1]] = 10
    picture[:, [0, -1]] = 10
    picture[119:121, 99:101] = 255
    brought = fitted(picture, size)
    assert brought.shape == (size[1], size[0], 3)
    middle = brought[size[1] // 2 - 2 : size[1] // 2 + 2, size[0] // 2 - 2 : size[0] // 2 + 2]
    assert middle.max() == brought.max()
    left, top = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    assert (brought[:, : left + 1] == brought[:, left : left + 1]).all()
    assert (brought[: top + 1] == brought[top : top + 1]).all()
