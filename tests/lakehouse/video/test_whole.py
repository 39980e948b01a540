import pytest

from lakehouse.video.whole import missing_bytes
from tests.video_zoo import video_zoo

KINDS = {"mp4": "mov", "mov": "mov", "mkv": "matroska", "webm": "matroska", "avi": "avi"}
SOUND = [
    each.name
    for each in video_zoo()
    if not each.damage and each.name.rpartition(".")[2] in KINDS and "otherwise" not in each.name
]


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("cut", [1, 7, 40])
def test_each_byte_that_is_cut_away_is_missed(video_zoo_folder, tmp_path, name, cut):
    content = (video_zoo_folder / name).read_bytes()
    kind = KINDS[name.rpartition(".")[2]]
    path = tmp_path / "clip"
    path.write_bytes(content)
    assert missing_bytes(path, kind) == 0
    path.write_bytes(content[:-cut])
    # A box of which not even the head is left is not known of.
    assert missing_bytes(path, kind) in (cut, 0)
    path.write_bytes(content[: len(content) * 6 // 10])
    assert missing_bytes(path, kind) > 0 or b"moof" in content


@pytest.mark.parametrize("name", ["h264.mp4", "h264.avi"])
def test_what_is_put_behind_a_video_is_not_missed(video_zoo_folder, tmp_path, name):
    path = tmp_path / "clip"
    kind = KINDS[name.rpartition(".")[2]]
    for more in (b"\0" * 100, b"\xff" * 100, b"\xff\xff\xff\xff\0\0\0\0" * 3):
        path.write_bytes((video_zoo_folder / name).read_bytes() + more)
        assert missing_bytes(path, kind) == 0


@pytest.mark.parametrize("kind", ["mov", "avi", "matroska", "mpegts", "ogg"])
@pytest.mark.parametrize("content", [b"", b"\x1a\x45\xdf\xa3", b"\xff" * 30, b"\0" * 30])
def test_what_makes_no_sense_misses_nothing(tmp_path, kind, content):
    (tmp_path / "clip").write_bytes(content)
    assert missing_bytes(tmp_path / "clip", kind) == 0


def test_a_matroska_file_that_was_streamed_says_no_length(tmp_path):
    (tmp_path / "clip").write_bytes(
        b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + b"data"
    )
    assert missing_bytes(tmp_path / "clip", "matroska") == 0
