import pytest

from lakehouse.video.decoding import open_video
from lakehouse.video.facts import Facts
from tests.video_zoo import video_zoo


@pytest.mark.parametrize(
    ("times_s", "lasts_s"),
    [([0.0, 0.1, 0.2], 0.3), ([0.5, 0.75], 1.0), ([0.0, 0.04, 0.08, 2.0], 2.04), ([0.3], 7.0),
     ([], 7.0)],
)  # fmt: skip
def test_a_video_lasts_until_its_last_frame_ends(times_s, lasts_s):
    assert Facts(duration_s=7.0).lasts_s(times_s) == pytest.approx(lasts_s)


@pytest.mark.parametrize(
    "specimen",
    [each for each in video_zoo() if not each.damage and each.opens and len(each.film.shown) == 24],
    ids=lambda each: each.name,
)
def test_whatever_clock_a_container_counts_by(video_zoo_folder, specimen):
    video = open_video(video_zoo_folder / specimen.name)
    lasts = video.facts.lasts_s([frame.time_s for frame in video.frames()])
    assert lasts == pytest.approx(24 / float(specimen.film.rate), abs=0.002)
