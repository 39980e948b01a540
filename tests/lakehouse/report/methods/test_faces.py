"""What the methods say of faces, of photographs and of stills of videos."""

from typing import Any

import pytest

from lakehouse.report.methods.draft import Draft
from lakehouse.report.methods.faces import alignment, landmarks
from tests.lakehouse.report.given import Given, facts, settings, words


def draft(**sections: dict[str, Any]) -> Draft:
    rows = [{"extractor": "mediapipe 1.2.2", "model_sha256": "ab", "photographs": 84}]
    return Draft(Given(facts(settings=settings(**sections)), {"extractors": rows}), words())


@pytest.mark.parametrize(
    ("masks", "picture"), [("photos", "photograph"), ("plateau", "frame of the videos")]
)
def test_landmarks_are_of_photographs_or_of_frames(masks: str, picture: str) -> None:
    said = " ".join(landmarks(draft(video={"masks": masks})))
    assert f"on the face in each {picture}; the least confidence" in said
    assert "taken over" not in said


def test_stills_are_explained_before_masks_are_made_of_them() -> None:
    *_, still, mask = alignment(draft(video={"masks": "plateau"}))
    assert still.startswith("A still is the mean face")
    assert mask.startswith("A participant’s mask")
    assert len(alignment(draft())) == 2
