"""Small lakes of video with planted courses, uneven steps, gaps and events, straight as Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.lake import schemas
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.portrait import load_landmarks
from tests.blendshapes import units_of_blendshapes

MOUTH: Final = (0, 13, 14, 17, 37, 39, 40, 61, 84, 91, 146, 181, 185, 267, 269, 270, 291, 314, 409)
NAMES: Final = list(units_of_blendshapes())[:4]
"""Blendshapes of frames: four say as much as all."""


@dataclass(frozen=True)
class Clip:
    """A video that is to be.

    Attributes
    ----------
    participant, video : str
    expression : str or None
    supervised : bool or None
    times : sequence of float
        Of the frames, in s.
    peaks : sequence of tuple
        Onset, apex, offset, end and height of each movement; times in s, height in px.
    noise : float
        Standard deviation of where points are found, in px.
    faceless : set of int
        Frames without a face.
    corrupt : set of int
        Frames that cannot be decoded.
    status : str
    seed : int
    """

    participant: str
    video: str
    expression: str | None
    supervised: bool | None
    times: Sequence[float]
    peaks: Sequence[tuple[float, float, float, float, float]] = ()
    noise: float = 0.05
    faceless: frozenset[int] = frozenset()
    corrupt: frozenset[int] = frozenset()
    status: str = "ok"
    seed: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> dict[str, str]:
        """What names it."""
        return {"participant": self.participant, "video": self.video}

    def course(self) -> npt.NDArray[np.float64]:
        """Give how far the mouth has moved at each time, in px."""
        times = np.asarray(self.times)
        moved = np.zeros(len(times))
        for onset, apex, offset, end, height in self.peaks:
            moved += np.interp(times, [onset, apex, offset, end], [0, height, height, 0])
        return moved


def random_clips(seed: int, people: Sequence[str], expressions: Sequence[str]) -> list[Clip]:
    """Make a clip or two of each person and expression, with something amiss in some of them."""
    rng = np.random.default_rng([seed, 7])
    clips = []
    for participant in people:
        for expression in expressions:
            for number in range(1 + (rng.random() < 0.4)):
                steps = rng.choice([1 / 24, 1 / 30, 1 / 12.5], p=[0.4, 0.4, 0.2])
                times = np.cumsum(rng.uniform(0.7, 1.3, int(rng.integers(24, 40))) * steps)
                times -= times[0] if rng.random() < 0.7 else 0
                length = times[-1]
                onset = length * rng.uniform(0.3, 0.5)
                peak = (onset, onset + 0.2, onset + 0.4, onset + 0.65, rng.uniform(15, 50))
                gap = int(rng.integers(5, 20))
                clips.append(
                    Clip(
                        *(participant, f"{expression} {number}", expression),
                        bool(rng.random() < 0.5),
                        [float(time) for time in times],
                        [peak] if rng.random() < 0.85 else [],
                        faceless=frozenset(
                            range(gap, gap + int(rng.integers(1, 8))) if rng.random() < 0.4 else ()
                        ),
                        corrupt=frozenset({3} if rng.random() < 0.2 else ()),
                        seed=int(rng.integers(2**31)),
                    )
                )
    return clips


def session(participant: str) -> tuple[Clip, list[dict[str, Any]]]:
    """Make a video of several trials, one without end, one with an ignored stretch, and a neutral
    stretch."""
    times = [float(at) for at in np.arange(0.4, 8.0, 0.05)]
    peaks = [(1.2, 1.5, 1.8, 2.2, 30.0), (3.3, 3.5, 3.9, 4.2, 22.0), (6.0, 6.3, 7.0, 9.0, 40.0)]
    clip = Clip(participant, "all of it", None, None, times, peaks, seed=11)
    rows = [
        ("001", 1.0, 1.6, "happiness", False, "trial"),
        ("002", 3.1, 1.5, "happiness", True, "trial"),
        ("003", 5.7, None, "fear", None, "trial"),
        ("calm", 4.8, 0.6, None, None, "neutral"),
        ("cough", 6.5, 0.2, None, None, "ignore"),
    ]
    names = ("event", "onset_s", "duration_s", "expression", "supervised", "kind")
    return clip, [clip.key | dict(zip(names, row, strict=True)) for row in rows]


def write_random_videos(
    paths: WarehousePaths, clips: Sequence[Clip], events: Sequence[dict[str, Any]] = ()
) -> None:
    """Write a lake of clips, in two parts, and its events if there are any."""
    for folder in (paths.frame_landmarks, paths.frame_blendshapes, paths.videos, paths.frames):
        folder.mkdir(parents=True, exist_ok=True)
    for part in range(2):
        name = f"part-{part + 1:06d}.parquet"
        made = [_clip_rows(clip) for clip in clips[part::2]]
        for folder, place, schema in (
            (paths.frame_landmarks, 0, schemas.FRAME_LANDMARKS),
            (paths.frame_blendshapes, 1, schemas.FRAME_BLENDSHAPES),
            (paths.videos, 2, schemas.VIDEOS),
            (paths.frames, 3, schemas.FRAMES),
        ):
            tables = [schema.empty_table(), *(each[place] for each in made)]
            pq.write_table(pa.concat_tables(tables), folder / name, compression="zstd")
    if events:
        table = pa.Table.from_pylist(list(events), schema=schemas.EVENTS)
        pq.write_table(table, paths.events)


def _clip_rows(clip: Clip) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    rng = np.random.default_rng(clip.seed)
    rest = load_landmarks() + rng.normal(0, 3, (478, 3))
    directions = rng.normal(0, 1, (478, 3)) * 0.2
    directions[list(MOUTH)] *= 5
    landmarks, blendshapes, frames = [], [], []
    for frame, (time, moved) in enumerate(zip(clip.times, clip.course(), strict=True)):
        status = "corrupt" if frame in clip.corrupt else "ok"
        status = "no_face" if frame in clip.faceless else status
        frames.append(
            clip.key
            | {"frame": frame, "time_s": time, "status": status}
            | {"faces": int(status == "ok"), "yaw": 1.5 if status == "ok" else None}
        )
        if status != "ok":
            continue
        face = _seen(rest + directions * moved + rng.normal(0, clip.noise, rest.shape), rng)
        keys = [[value] * len(face) for value in (clip.participant, clip.video, frame)]
        columns = [*keys, np.arange(len(face), dtype=np.int16), *face.T]
        landmarks.append(pa.table(columns, schema=schemas.FRAME_LANDMARKS))
        blendshapes += [
            clip.key
            | {"frame": frame, "blendshape": name}
            | {"score": min(1.0, 0.1 * place + moved / 60 + 0.01 * float(rng.random()))}
            for place, name in enumerate(NAMES)
        ]
    steps = np.diff(clip.times)
    video = (
        dict.fromkeys(schemas.VIDEOS.names)
        | clip.key
        | {
            "expression": clip.expression,
            "supervised": clip.supervised,
            "path": f"{clip.participant}/{clip.video}.mp4",
            "rotation": 0,
            "duration_s": float(clip.times[-1]),
            "decoded_frames": len(clip.times),
            "face_frames": sum(row["status"] == "ok" for row in frames),
            "median_step_s": float(np.median(steps)) if len(steps) else None,
            "status": clip.status,
            "extractor": "tests",
            "extracted_at": "2020-01-01T00:00:00+00:00",
        }
        | clip.extra
    )
    return (
        pa.concat_tables([schemas.FRAME_LANDMARKS.empty_table(), *landmarks]),
        pa.Table.from_pylist(blendshapes, schema=schemas.FRAME_BLENDSHAPES),
        pa.Table.from_pylist([video], schema=schemas.VIDEOS),
        pa.Table.from_pylist(frames, schema=schemas.FRAMES),
    )


def _seen(face: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Turn, scale and shift a face a little, and round it as the lake does."""
    angle, scale = rng.normal(0, 0.05), rng.uniform(0.95, 1.05)
    cos, sin = np.cos(angle), np.sin(angle)
    turned = face @ np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]]) * scale
    return (np.round((turned + rng.normal(0, 5, 3)) * 16) / 16).astype(np.float32)
