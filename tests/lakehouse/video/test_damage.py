"""Whatever happens to a file, the answer is frames or a reason, never another error."""

import random

import pytest

from lakehouse.video.decoding import open_video
from lakehouse.video.problems import VideoProblemError, VideoStatus
from tests.video_zoo import video_zoo


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Cut a file short, overwrite some of its bytes, or take some out."""
    place = rng.randrange(len(content))
    kind = rng.choice(["cut", "overwritten", "taken out"])
    if kind == "cut":
        return content[:place]
    length = rng.choice([1, 30, 300])
    noise = rng.randbytes(length) if kind == "overwritten" else b""
    return content[:place] + noise + content[place + length :]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "specimen",
    [each for each in video_zoo() if each.opens and not each.damage],
    ids=lambda each: each.name,
)
def test_a_damaged_file_gives_frames_or_a_reason(video_zoo_folder, tmp_path, specimen, seed):
    content = (video_zoo_folder / specimen.name).read_bytes()
    path = tmp_path / "clip.mp4"
    path.write_bytes(damaged(content, random.Random(f"{specimen.name} {seed}")))
    try:
        frames = open_video(path).frames()
        numbers = [frame.number for frame in frames if frame.corrupt or frame.pixels().size]
    except VideoProblemError as error:
        assert error.status not in ("ok", None)
        assert error.reason
    else:
        assert numbers == list(range(len(numbers)))
        assert frames.ending.frames == len(numbers)
        assert frames.ending.status in (VideoStatus.OK, VideoStatus.TRUNCATED)
