"""A small warehouse with videos whose frames carry their number, made without a face model."""

import hashlib
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa

from lakehouse.files.parquet import write_parquet
from lakehouse.lake.schemas import (
    EVENTS,
    FRAME_BLENDSHAPES,
    FRAME_LANDMARKS,
    FRAMES,
    VIDEOS,
)
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.portrait import load_portrait
from lakehouse.video.decoding import open_video
from lakehouse.warehouse.build import build
from tests.lean import LEAN
from tests.numbered_video import Film, write

PLAIN = "0101"
HOSTILE = 'a/b\nç "q" %2F'
SHAPE = (160, 120)

# Milliseconds: a camera that stutters.
STEPS = np.resize([33, 34, 33, 50, 33, 17], 90)
TICKS = tuple(int(tick) for tick in np.cumsum(STEPS) - STEPS[0])
UNEVEN = Film(ticks=TICKS, time_base=Fraction(1, 1000), shape=SHAPE, gop=24, b_frames=2)
TIMES = np.array(UNEVEN.times)
FRAMES_OF_ALL = len(TICKS)
ONSET_S, RISE_S, APEX_S = 0.6, 1.3, 1.9
NO_FACE, DAMAGED = 70, 71


def intensity(times: np.ndarray) -> np.ndarray:
    """Half way at `RISE_S`, highest at `APEX_S`."""
    rising = 1 / (1 + np.exp(-(times - RISE_S) * 12))
    return rising - 0.3 * np.clip(times - APEX_S, 0, None)


def write_filmed_study(folder: Path) -> Path:
    """Write `videos` and a `warehouse` of them, built."""
    paths = WarehousePaths(folder / "warehouse")
    write_films(paths, folder / "videos")
    build(paths, LEAN)
    return folder


def write_films(paths: WarehousePaths, root: Path) -> None:
    """Write videos below `root`, and what was found in them into the lake."""
    tables = [
        _filmed(root, (PLAIN, "smile-2"), "a/smile-2.mp4", "happiness"),
        _filmed(root, (HOSTILE, "smile-2"), "b/ü smile.mp4", "happiness", moved=0.8),
        _filmed(root, (PLAIN, "still"), "a/still.mp4", "sadness", moved=0.0, frames=30),
        _filmed(root, (PLAIN, "session"), "a/session.mp4", None),
    ]
    lost = dict.fromkeys(VIDEOS.names) | {
        "participant": PLAIN, "video": "lost", "expression": "anger", "supervised": False,
        "path": "a/lost.mp4", "status": "unreadable", "error": "the file is not a video",
        "extractor": "by hand", "extracted_at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    (root / "a" / "lost.mp4").write_text("text")
    videos, frames, landmarks = zip(*tables, strict=True)
    for place, table in (
        (paths.videos, pa.Table.from_pylist([*videos, lost], schema=VIDEOS)),
        (paths.frames, pa.Table.from_pylist(list(chain(*frames)), schema=FRAMES)),
        (paths.frame_landmarks, pa.concat_tables(landmarks)),
        (paths.frame_blendshapes, FRAME_BLENDSHAPES.empty_table()),
    ):
        place.mkdir(parents=True, exist_ok=True)
        write_parquet(table, place / "part-000777.parquet")
    events = [_event("one", "happiness", ONSET_S), _event("two", "surprise", 2.2)]
    write_parquet(pa.Table.from_pylist(events, schema=EVENTS), paths.events)


def _event(event, expression, onset_s):
    return {
        "participant": PLAIN, "video": "session", "event": event, "onset_s": onset_s,
        "duration_s": None, "expression": expression, "supervised": True, "kind": "trial",
    }  # fmt: skip


def _filmed(root, key, path, expression, moved=1.0, frames=FRAMES_OF_ALL):
    """Write a video; gives its row, those of its frames, and its landmarks."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    write(replace(UNEVEN, ticks=TICKS[:frames]), root / path)
    facts = open_video(root / path).facts
    row = dict.fromkeys(VIDEOS.names) | {
        "participant": key[0], "video": key[1], "path": path, "expression": expression,
        "supervised": None if expression is None else False, "status": "ok",
        "sha256": hashlib.sha256((root / path).read_bytes()).hexdigest(),
        "width": facts.width, "height": facts.height, "duration_s": facts.duration_s,
        "decoded_frames": frames, "extractor": "by hand",
        "extracted_at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    rows, landmarks = [], []
    for number, time_s in enumerate(TIMES[:frames]):
        status = {NO_FACE: "no_face", DAMAGED: "corrupt"}.get(number, "ok")
        rows.append(
            dict.fromkeys(FRAMES.names)
            | {
                "participant": key[0], "video": key[1], "frame": number, "time_s": time_s,
                "status": status,
            }
        )  # fmt: skip
        if status == "ok":
            landmarks.append(_landmarks(key, number, moved * float(intensity(time_s))))
    return row, rows, pa.concat_tables(landmarks)


def _landmarks(key, number, strength):
    mesh = portrait_mesh(strength, number)
    columns = [[value] * len(mesh) for value in (*key, number)]
    axes = [mesh[:, axis].astype(np.float32) for axis in range(3)]
    return pa.table([*columns, np.arange(len(mesh), dtype=np.int16), *axes], schema=FRAME_LANDMARKS)


def portrait_mesh(strength: float, seed: int) -> np.ndarray:
    """Place the portrait's points in the small picture, the mouth drawn apart and a little noise.

    Returns
    -------
    ndarray, shape (478, 3)
    """
    portrait = load_portrait()
    scale = SHAPE[1] / portrait.image.shape[0]
    mesh = portrait.points * scale
    mesh[:, 0] += (SHAPE[0] - portrait.image.shape[1] * scale) / 2
    middle = mesh[[61, 291]].mean(axis=0)
    near = np.exp(-(((mesh[:, :2] - middle[:2]) / 6.0) ** 2).sum(axis=1))
    mesh[:, 0] += np.sign(mesh[:, 0] - middle[0]) * near * 6.0 * strength
    noise = np.random.default_rng(seed).normal(0, 0.02, mesh.shape)
    return np.round((mesh + noise) * 16) / 16
