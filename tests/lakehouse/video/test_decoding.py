"""Every frame of every video in the zoo is there, in its place and at its time."""

import threading
from itertools import pairwise

import numpy as np
import pytest

from lakehouse.video import decoding
from lakehouse.video.decoding import Frames, Place, open_video
from lakehouse.video.problems import VideoProblemError
from tests.numbered_video import Film, number_in, write
from tests.video_zoo import video_zoo

OPEN = [pytest.param(each, id=each.name) for each in video_zoo() if each.opens]
SHUT = [pytest.param(each, id=each.name) for each in video_zoo() if not each.opens]
SOUGHT = [
    pytest.param(each, id=each.name)
    for each in video_zoo()
    if each.opens
    and not each.damage
    and each.name.rpartition(".")[2] in ("mp4", "mov", "mkv", "webm")
    and len(each.film.ticks) > 1
]


def seen(frames):
    """Number, time, mark and pixels of frames, and the ending; nothing of corrupt pixels."""
    rows = [
        (each.number, each.time_s, each.corrupt, b"" if each.corrupt else each.pixels().tobytes())
        for each in frames
    ]
    return rows, frames.ending


def test_the_zoo_is_large_enough():
    assert len(video_zoo()) >= 30
    assert len({each.name for each in video_zoo()}) == len(video_zoo())


@pytest.mark.parametrize("specimen", OPEN)
def test_every_frame_is_in_its_place(video_zoo_folder, specimen):
    video = open_video(video_zoo_folder / specimen.name)
    frames = video.frames()
    shown, corrupt = [], 0
    for place, frame in enumerate(frames):
        assert frame.number == place
        corrupt += frame.corrupt
        if not frame.corrupt:
            pixels = frame.pixels()
            assert pixels.shape == (video.facts.height, video.facts.width, 3)
            assert pixels.dtype == np.uint8
            assert pixels.flags.c_contiguous
            number = number_in(pixels)
            shown.append(number)
            # To the last digit, but for containers that round.
            wanted = specimen.film.times[number]
            assert frame.time_s == pytest.approx(wanted, abs=specimen.rounded_s, rel=0)
    assert all(before < after for before, after in pairwise(shown))
    ending = frames.ending
    assert ending.status == specimen.status
    assert ending.frames == len(shown) + corrupt
    if specimen.damage:
        assert 30 < ending.frames <= len(specimen.film.ticks)
    else:
        assert shown == specimen.film.shown
        assert ending.error is None
    assert (specimen.error or "") in (ending.error or "")


@pytest.mark.parametrize("specimen", OPEN)
def test_the_facts_are_told(video_zoo_folder, specimen):
    facts = open_video(video_zoo_folder / specimen.name).facts
    assert {name: getattr(facts, name) for name in specimen.facts} == specimen.facts
    assert facts.codec
    assert facts.pixel_format
    if not specimen.facts.keys() & {"rotation"}:
        assert (facts.rotation, facts.mirrored) == (0, False)
    if not specimen.film.interlaced:
        assert facts.interlaced is False


@pytest.mark.parametrize("specimen", OPEN)
def test_decoding_behind_a_known_frame_gives_what_decoding_from_the_start_gives(
    video_zoo_folder, specimen
):
    video = open_video(video_zoo_folder / specimen.name)
    rows, ending = seen(video.frames())
    # Each place behind a key frame, and the last.
    for place in sorted({*range(0, len(rows), 3), len(rows) - 1}):
        number, time_s, *_ = rows[place]
        assert seen(video.frames(Place(number, time_s))) == (rows[place + 1 :], ending)


@pytest.mark.parametrize("specimen", SOUGHT)
def test_it_seeks_where_that_is_exact(video_zoo_folder, specimen, monkeypatch):
    video = open_video(video_zoo_folder / specimen.name)
    rows, _ = seen(video.frames())
    monkeypatch.delattr(Frames, "_from_start")
    for number, time_s, *_ in rows[::5]:
        assert seen(video.frames(Place(number, time_s)))[0] == rows[number + 1 :]


def test_seeking_decodes_from_a_key_frame_only(video_zoo_folder, monkeypatch):
    video = open_video(video_zoo_folder / "cut.mkv")
    last = list(video.frames())[-1]
    decoded = []
    frames_of = decoding.Packets.frames

    def counting(packets):
        for each in frames_of(packets):
            decoded.append(each.time_s)
            yield each

    monkeypatch.setattr(decoding.Packets, "frames", counting)
    list(video.frames(Place(last.number - 1, 48 / 25)))
    assert last.number > 40
    assert len(decoded) < 20


def test_a_time_that_is_not_the_frames_own_is_not_sought(video_zoo_folder):
    video = open_video(video_zoo_folder / "h264.mkv")
    rows, ending = seen(video.frames())
    assert seen(video.frames(Place(9, 0.3601))) == (rows[10:], ending)


@pytest.mark.parametrize("specimen", SHUT)
def test_what_gives_no_frames_says_why_in_one_line(video_zoo_folder, specimen):
    with pytest.raises(VideoProblemError) as caught:
        open_video(video_zoo_folder / specimen.name)
    assert caught.value.status == specimen.status
    assert specimen.error in caught.value.reason
    assert "\n" not in caught.value.reason
    assert str(video_zoo_folder) not in caught.value.reason
    assert specimen.name not in caught.value.reason


@pytest.mark.parametrize("name", ["corrupt.mp4", "corrupt.ts", "corrupt.mkv"])
def test_damage_is_marked_until_the_next_key_frame(video_zoo_folder, name):
    frames = open_video(video_zoo_folder / name).frames()
    marks = [frame.corrupt for frame in frames]
    assert frames.ending.status == "ok"
    # In Matroska the packets are gone, with those that hang on them.
    assert sum(marks) >= 8 or frames.ending.frames < 60
    assert sum(marks) < 20
    assert not any(marks[:20])
    assert not any(marks[-8:])


def test_a_frame_of_which_no_pixels_are_wanted_is_not_converted(video_zoo_folder, monkeypatch):
    video = open_video(video_zoo_folder / "h264.mp4")
    monkeypatch.setattr(decoding.Stored, "upright", None)
    assert [frame.number for frame in video.frames()] == list(range(24))


def test_the_file_is_closed_when_it_is_left_early(video_zoo_folder, tmp_path):
    video = open_video(video_zoo_folder / "h264.mp4")
    frames = video.frames()
    next(frames)
    frames.close()
    assert list(frames) == []
    assert frames.ending is None


def test_a_worker_decodes_in_its_own_thread_only(video_zoo_folder):
    before = set(threading.enumerate())
    frames = open_video(video_zoo_folder / "h264.mkv").frames()
    next(frames)
    assert set(threading.enumerate()) <= before
    frames.close()


def test_frames_of_more_pixels_than_any_camera_has_are_not_decoded(tmp_path, monkeypatch):
    write(Film(ticks=(0, 1)), tmp_path / "large.mp4")
    monkeypatch.setattr("lakehouse.video.opening._MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(VideoProblemError, match="more than 3,071 pixels") as caught:
        open_video(tmp_path / "large.mp4")
    assert caught.value.status == "unsupported"


def test_a_video_that_became_another_meanwhile_is_told(tmp_path):
    write(Film(ticks=(0, 1)), tmp_path / "video.mp4")
    video = open_video(tmp_path / "video.mp4")
    (tmp_path / "video.mp4").write_bytes(b"text")
    with pytest.raises(VideoProblemError, match="damaged or was never finished"):
        next(video.frames())


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_is_no_file_is_unreadable(tmp_path, kind):
    path = tmp_path if kind == "folder" else tmp_path / "missing.mp4"
    with pytest.raises(VideoProblemError, match=r"cannot be read \(.+\)") as caught:
        open_video(path)
    assert caught.value.status == "unreadable"
