"""Made-up photographs as the lake holds them."""

import numpy as np

from lakehouse.lake.records import PhotoRecord, PhotoRow


def photo_record(photo: str, *, seed: float = 0.0, points: int | None = 5) -> PhotoRecord:
    """Make a record of participant 0870 with a few points, or none."""
    row = PhotoRow(
        participant="0870",
        expression="neutral",
        supervised=False,
        photo=photo,
        path=f"{photo}.jpg",
        sha256=f"hash {seed}",
        bytes=10,
        width=20,
        height=30,
        orientation=1,
        status="ok" if points else "no_face",
        faces=1,
        face_height=100.5,
        yaw=1.0,
        pitch=2.0,
        roll=3.0,
        extractor="test",
        model_sha256="model",
        extracted_at="2026-01-01T00:00:00+00:00",
    )
    if not points:
        return PhotoRecord(row)
    landmarks = np.arange(points * 3, dtype=np.float32).reshape(-1, 3) + np.float32(seed)
    return PhotoRecord(row, landmarks, ("jawOpen", "mouthLeft"), np.float32([seed, 1]))
