"""The portrait and the landmarks that come with it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lakehouse.synthetic.mesh_points import CHIN, FOREHEAD, INNER_EYE_LEFT, INNER_EYE_RIGHT
from lakehouse.synthetic.portrait import load_landmarks, load_portrait

_DETECT = """
import sys
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
from lakehouse.synthetic.portrait import load_portrait
image = load_portrait().image
options = vision.FaceLandmarkerOptions(
    base_options=BaseOptions(model_asset_path=sys.argv[1]), min_face_presence_confidence=0.8
)
with vision.FaceLandmarker.create_from_options(options) as landmarker:
    faces = landmarker.detect(mp.Image(mp.ImageFormat.SRGB, image)).face_landmarks
height, width = image.shape[:2]
np.save(sys.argv[2], [[p.x * width, p.y * height, p.z * width] for p in faces[0]])
"""


def test_portrait_is_large_and_upright() -> None:
    portrait = load_portrait()
    assert portrait.image.dtype == np.uint8
    assert portrait.image.shape == (896, 768, 3)
    assert portrait.points.shape == (478, 3)
    assert portrait.face_height > 300
    across = portrait.points[INNER_EYE_LEFT] - portrait.points[INNER_EYE_RIGHT]
    assert abs(np.degrees(np.arctan2(across[1], across[0]))) < 1


def test_landmarks_lie_in_the_picture() -> None:
    points = load_landmarks()
    assert np.isfinite(points).all()
    assert (points[:, :2] > 0).all()
    assert (points[:, :2] < (768, 896)).all()
    assert points[CHIN, 1] > points[FOREHEAD, 1]


def test_without_scikit_image_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "skimage.data", None)
    with pytest.raises(ImportError, match=r"pip install 'expression-lakehouse\[demo\]'"):
        load_portrait.__wrapped__()


@pytest.mark.slow
def test_shipped_landmarks_are_what_the_detector_finds(
    face_model_path: Path, tmp_path: Path
) -> None:
    # A proxy that nothing listens at keeps the detector from reporting its use.
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{closed.getsockname()[1]}"
        names = ("http_proxy", "https_proxy", "all_proxy")
        proxies = {key: proxy for name in names for key in (name, name.upper())}
        found = tmp_path / "found.npy"
        subprocess.run(
            [sys.executable, "-c", _DETECT, str(face_model_path), str(found)],
            env={**os.environ, **proxies},
            check=True,
            capture_output=True,
            timeout=120,
        )
    away = np.load(found)[:, :2] - load_landmarks()[:, :2]
    assert np.hypot(*away.T).max() < 2.0
