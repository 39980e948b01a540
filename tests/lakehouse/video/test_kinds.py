"""Videos are known by their first bytes, and nothing is loaded for that."""

import subprocess
import sys

import pytest

from lakehouse.pictures.kinds import ENDINGS as PICTURE_ENDINGS
from lakehouse.video.kinds import ENDINGS, HEAD_BYTES, container_format, is_video, may_be_video
from tests.video_zoo import video_zoo
from tests.zoo import zoo

NO_VIDEOS = {"empty.mp4", "renamed.mp4", "animated.gif"}


@pytest.mark.parametrize("specimen", video_zoo(), ids=lambda each: each.name)
def test_the_zoo_is_known_by_its_bytes(video_zoo_folder, specimen, tmp_path):
    content = (video_zoo_folder / specimen.name).read_bytes()
    assert is_video(content[:HEAD_BYTES]) == (specimen.name not in NO_VIDEOS)
    (tmp_path / "noname").write_bytes(content)
    assert may_be_video(tmp_path / "noname") == (specimen.name not in NO_VIDEOS)


@pytest.mark.slow
def test_no_picture_is_a_video():
    assert [each.name for each in zoo() if is_video(each.content[:HEAD_BYTES])] == []


def test_no_ending_is_both_a_pictures_and_a_videos():
    assert not ENDINGS & PICTURE_ENDINGS


@pytest.mark.parametrize(
    "head",
    [
        b"", b"G", b"GG", b"Good morning, this is a text\n" * 40, b"\0" * 1024,
        b"RIFF\0\0\0\0WAVEfmt ",
        b"OggS" + bytes(24) + b"\x01vorbis", b"OggS" + bytes(24) + b"OpusHead", b"#EXTM3U\n",
        b"ffconcat version 1.0\n", b"v=0\r\no=- 0 0 IN IP4", b"ID3\x03", b"\0\0\0\x1cftypM4A ",
        b"\0\0\0\x1cftypheic", b"\0\0\0\x1cftypavis", b"\0\0\0\x01", b"\0\0\x01\xff",
        b"<?xml version",
    ],
)  # fmt: skip
def test_no_other_file_is_a_video(head):
    assert not is_video(head)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\0\0\0\x14ftypqt  ", "mov"), (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"\0\0\0\x18ftypavc1", "mov"), (b"G" + bytes(187) + b"G" + bytes(187) + b"G", "mpegts"),
        (b"\0\0\0\x01\x67\x64\0\x1f", "h264"), (b"\0\0\0\x01\x40\x01\x0c", "hevc"),
        (b"\0\0\x01\xb3\x16", "mpegvideo"), (b"OggS" + bytes(24) + b"\x80theora", "ogg"),
        (b"YUV4MPEG2 W64 H48", "yuv4mpegpipe"),
    ],
)  # fmt: skip
def test_the_first_bytes_say_what_it_is(head, name):
    assert container_format(head) == name


def test_what_is_called_a_video_is_treated_as_one(tmp_path):
    for name in ("clip.MP4", "clip.webm"):
        (tmp_path / name).write_text("text")
        assert may_be_video(tmp_path / name)
    (tmp_path / "notes.txt").write_text("text")
    assert not may_be_video(tmp_path / "notes.txt")
    assert not may_be_video(tmp_path / "missing")


def test_it_is_told_without_a_decoder():
    code = "import sys, lakehouse.video.kinds as k; assert k.is_video(b'YUV4MPEG2 '); "
    code += "sys.exit('av' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
