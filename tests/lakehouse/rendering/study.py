"""A small warehouse with real photographs, made without a face model."""

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from lakehouse.inputs.settings_file import load_settings
from lakehouse.lake.schemas import BLENDSHAPES, LANDMARKS, PHOTOS
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.portrait import load_portrait
from lakehouse.warehouse.build import build
from tests.photographs import encoded

PLAIN = "0101"
HOSTILE = 'a/b\nç "q" %2F'
PARTICIPANTS = (PLAIN, HOSTILE)
CELLS = (("neutral", False), ("neutral", True), ("happiness", False), ("happiness", True))
PHOTOS_PER_CELL = 1
ALIGNED = len(PARTICIPANTS) * len(CELLS) * PHOTOS_PER_CELL
"""Photographs that enter a mask; one has two faces, one none, and one is no picture."""

NEVER_SURPRISED = "surprise"

_SETTINGS = '[quality]\nphotos_per_mask = "any"\nmasks = "neutral"\n'
_WIDTH = 384


def write_study(paths: WarehousePaths, root: Path) -> None:
    """Write photographs below `root`, their landmarks into the lake, and build."""
    paths.root.mkdir(parents=True)
    paths.settings.write_text(_SETTINGS)
    photos, landmarks = [], []
    degrees = iter(range(-40, 400, 7))
    for participant in PARTICIPANTS:
        for cell in CELLS:
            for number in range(PHOTOS_PER_CELL):
                key = (participant, *cell, f"photo {number}")
                turned = next(degrees) % 30 - 15
                row, mesh = _photograph(root, key, turned, moved=3.0 * (cell[0] == "happiness"))
                photos.append(row)
                landmarks.append(_landmarks(key, mesh))
    two = (PLAIN, "neutral", False, "two faces")
    row, mesh = _photograph(root, two, 0)
    photos.append({**row, "faces": 2})
    landmarks.append(_landmarks(two, mesh))
    for photo, status in (("cup", "no_face"), ("text", "unreadable")):
        row, _ = _photograph(root, (PLAIN, NEVER_SURPRISED, False, photo), 0)
        absent = dict.fromkeys(("face_height", "yaw", "pitch", "roll"))
        photos.append({**row, **absent, "status": status, "error": "because", "faces": 0})
    for folder, table in (
        (paths.photos, pa.Table.from_pylist(photos, schema=PHOTOS)),
        (paths.landmarks, pa.concat_tables(landmarks)),
        (paths.blendshapes, BLENDSHAPES.empty_table()),
    ):
        folder.mkdir(parents=True)
        pq.write_table(table, folder / "part-000001.parquet")
    build(paths, load_settings(paths.settings))


def _photograph(root, key, degrees, moved=0.0):
    """Turn the portrait, its mesh with it, and write it."""
    portrait = load_portrait()
    scale = _WIDTH / portrait.image.shape[1]
    image = Image.fromarray(portrait.image).resize((_WIDTH, round(portrait.image.shape[0] * scale)))
    middle = np.array(image.size) / 2
    mesh = portrait.points * scale
    mesh[61, 0] -= moved
    mesh[291, 0] += moved
    turn = np.deg2rad(degrees)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    mesh[:, :2] = (mesh[:, :2] - middle) @ turned + middle
    # Pillow turns anticlockwise where y runs downwards.
    content = encoded(image.rotate(-degrees, Image.Resampling.BICUBIC), "JPEG", quality=90)
    digest = hashlib.sha256(repr(key).encode()).hexdigest()[:8]
    path = f"folder é {key[1]}/{digest}.jpg"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)
    row = {
        **dict.fromkeys(PHOTOS.names),
        **dict(zip(("participant", "expression", "supervised", "photo"), key, strict=True)),
        "path": path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "width": image.width,
        "height": image.height,
        "orientation": 1,
        "status": "ok",
        "faces": 1,
        "face_height": float(np.hypot(*(mesh[152, :2] - mesh[10, :2]))),
        "yaw": 0.0,
        "pitch": 0.0,
        "roll": float(degrees),
        "extractor": "by hand",
        "extracted_at": "2026-01-01T00:00:00+00:00",
    }
    return row, mesh


def _landmarks(key, mesh):
    keys = [[value] * len(mesh) for value in key]
    axes = [mesh[:, axis].astype(np.float32) for axis in range(3)]
    return pa.table([*keys, np.arange(len(mesh), dtype=np.int16), *axes], schema=LANDMARKS)
