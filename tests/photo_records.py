"""Made-up photographs as the lake holds them."""

import numpy as np

from lakehouse.lake.records import PhotoRecord, PhotoRow


def photo_record(photo: str, *, seed: float = 0.0, points: int | None = 5) -> PhotoRecord:
    """Make a record of participant 0870 with a few points, or none."""
    row = PhotoRow(
        *("0870", "neutral", False, photo, f"{photo}.jpg", f"hash {seed}", 10, 20, 30, 1),
        *("ok" if points else "no_face", None, 1, 100.5, 1.0, 2.0, 3.0, None),
        *("test", "model", "2026-01-01T00:00:00+00:00"),
    )
    if not points:
        return PhotoRecord(row)
    landmarks = np.arange(points * 3, dtype=np.float32).reshape(-1, 3) + np.float32(seed)
    return PhotoRecord(row, landmarks, ("jawOpen", "mouthLeft"), np.float32([seed, 1]))
