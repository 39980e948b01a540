"""Videos with exact times, uneven steps and gaps: every relation equals plain NumPy."""

from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow.parquet as pq
import pytest

from lakehouse.lake import schemas
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.checks import run_checks
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lakehouse.random_videos import Clip, random_clips, session, write_random_videos
from tests.lakehouse.reference.averages import Averages
from tests.lakehouse.reference.compare import compare
from tests.lakehouse.reference.moving import Moving
from tests.lean import lean

# The reference reads the canonical face from it.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("face_model_path")]

RELATIONS: Final = (*Moving.RELATIONS, *Averages.RELATIONS)
PEOPLE: Final = ("001", "é ü", "0870")


OF_STILLS: Final = (
    *("photos", "photo_points", "photo_verdicts", "exclusions", "participants", "cells"),
    *("photo_alignments", "cell_points", "analysed_distances", "mask_averages", "neutral_face"),
    *("points_above_average", "pav_clusters", "pav_mask_means", "pav_groups", "group_distances"),
)
"""What follows from photographs, where stills stand for them."""


def compared(folder: Path, **video: Any) -> dict[str, pl.DataFrame]:
    """Build a lake of videos only, compare every relation of theirs, and check all rules."""
    paths = WarehousePaths(folder)
    clips = random_clips(3, PEOPLE, ("neutral", "happiness", "fear"))
    whole, events = session("001")
    short = Clip("001", "two frames", "fear", False, [0.0, 0.04])
    sleepy = Clip("0870", "sleepy", "sleepy", False, [at / 25 for at in range(40)])
    write_random_videos(paths, [*clips, whole, short, sleepy], events)
    # The reference reads photographs too, of which there are none.
    for parts, schema in (
        (paths.photos, schemas.PHOTOS),
        (paths.landmarks, schemas.LANDMARKS),
        (paths.blendshapes, schemas.BLENDSHAPES),
    ):
        parts.mkdir()
        pq.write_table(schema.empty_table(), parts / "part-000001.parquet")
    settings = lean(video=video, quality={"photos_per_mask": "any", "masks": "neutral"})
    stills = OF_STILLS if video.get("masks") == "plateau" else ()
    found = compare(paths, settings, (*RELATIONS, *stills))
    assert [check.name for check in run_checks(paths) if not check.kept] == []
    return found


def test_every_relation_of_videos(tmp_path: Path) -> None:
    found = compared(tmp_path)

    dynamics = found["expression_dynamics"]
    assert set(dynamics["reason"].drop_nulls()) == {"below_noise", "too_few_frames"}
    assert set(found["trials"]["neutral_source"].drop_nulls()) == {"event", "start"}
    for name in ("rise_10_s", "rise_50_s", "rise_90_s", "fall_90_s", "fall_50_s", "peak_speed"):
        assert dynamics.filter("responded")[name].null_count() < dynamics["responded"].sum() / 2
    assert len(found["synchrony"]) > 0
    assert found["side_asymmetry"]["asymmetry"].null_count() < len(found["side_asymmetry"])


@pytest.mark.parametrize(
    "video",
    [
        {"neutral": "stillest", "window_s": 0.15},
        {"neutral": "start", "neutral_s": 0.3, "min_amplitude": 30},
    ],
    ids=lambda video: "-".join(map(str, video.values())),
)
def test_every_relation_of_videos_otherwise(tmp_path: Path, video: dict[str, Any]) -> None:
    found = compared(tmp_path, **video)

    assert found["expression_dynamics"]["responded"].any()
    if video.get("neutral") == "stillest":
        assert set(found["trials"]["neutral_source"].drop_nulls()) == {"stillest"}


PHOTOGRAPHED: Final = CohortPlan(
    seed=4,
    participants=4,
    expressions=3,
    photos=2,
    conditions=False,
    trouble=0.0,
    moving=40,
    depth=1.0,
    scores=True,
)


@pytest.mark.parametrize("neutral", ["photos", "events"])
def test_people_with_photographs_and_videos(tmp_path: Path, neutral: str) -> None:
    paths = WarehousePaths(tmp_path)
    expressions = write_random_cohort(paths, PHOTOGRAPHED)
    photos = pq.read_table(paths.photos)
    people = sorted(set(photos["participant"].to_pylist()))
    clips = random_clips(6, [*people[:2], "filmed only"], expressions)
    write_random_videos(paths, clips)
    settings = lean(
        video={"neutral": neutral},
        dataset={"expressions": {name: name for name in expressions}},
        quality={"photos_per_mask": "any", "masks": "neutral"},
    )

    found = compare(paths, settings, RELATIONS)

    assert len(found["pav_motion"]) > 0
    by_photos = found["trials"].filter(neutral_source="photos")
    expected = set(people[:2]) if neutral == "photos" else set()
    assert set(by_photos["participant"]) == expected


def test_plateaus_that_stand_for_photographs(tmp_path: Path) -> None:
    found = compared(tmp_path, masks="plateau")

    assert len(found["plateau_frames"]) > 3 * len(found["trials"]) / 2
    assert len(found["still_landmarks"]) == 478 * len(found["stills"]) > 0
    # Groups of points that stills have above average are followed through the videos.
    assert len(found["photos"]) == len(found["stills"])
    assert 20 < len(found["points_above_average"]) < 468
    followed = found["pav_groups"].filter(grouping="kmeans6_eyes")["group_id"].n_unique()
    assert found["pav_motion"]["group_index"].n_unique() == followed == 8
    assert (found["pav_mask_means"]["mean_distance"] > 0).all()
