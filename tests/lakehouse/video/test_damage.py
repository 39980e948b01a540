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
    numbers, ended = read(path)
    assert numbers == list(range(len(numbers)))
    assert ended in VideoStatus


def read(path):
    """Give the numbers of all frames, and the status."""
    numbers = []
    try:
        frames = open_video(path).frames()
        for frame in frames:
            assert frame.corrupt or frame.pixels().size
            numbers.append(frame.number)
    except VideoProblemError as error:
        return numbers, error.status
    assert frames.ending.frames == len(numbers)
    return numbers, frames.ending.status
