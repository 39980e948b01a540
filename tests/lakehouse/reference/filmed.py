"""Videos: trials, their frames, and where neutral is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import zip_longest
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from lakehouse.settings import Settings
from tests.lakehouse.reference.alignments import fitted
from tests.lakehouse.reference.faces import Faces, read_parts

Row = dict[str, Any]
Vectors = npt.NDArray[np.float64]

CHUNK = 2**16
WHOLES = {
    "brow": ("brow",),
    "eye": ("upper_eyelid", "lower_eyelid", "inner_eye_corner", "outer_eye_corner"),
    "cheek": ("below_eye", "cheek"),
    "nose": ("nose_bridge", "nose_side", "nose_tip", "nose_wing", "nose_base"),
    "mouth": ("upper_lip", "mouth_corner", "lower_lip"),
    "jaw": ("below_lower_lip", "jaw", "chin"),
}
SIDED = ("brow", "eye", "cheek", "mouth")
VIDEO = ("participant", "video")


class Filmed:
    """Relations of videos, their trials and where neutral is.

    Parameters
    ----------
    faces : Faces
        Of the same lake's photographs.
    settings : Settings
    points : list of dict
        The rows of `points`.
    """

    RELATIONS: ClassVar = (
        *("videos", "frames", "events", "video_trials", "video_chunks", "frame_alignments"),
        *("offered_stretches", "still_centres", "still_stretches", "neutral_stretches"),
        *("trial_frames", "trials", "face_parts"),
    )

    def __init__(self, faces: Faces, settings: Settings, points: list[Row]) -> None:
        self.settings, self.chosen = settings, settings.video
        self._faces, self._points = faces, points
        self._codes = faces.choices.codes()

    def _read(self, folder: str) -> list[Row]:
        there = (self._faces.lake / folder).exists()
        rows: list[Row] = read_parts(self._faces.lake / folder).to_pylist() if there else []
        return rows

    @cached_property
    def videos(self) -> list[Row]:
        rows = sorted(self._read("videos"), key=lambda row: [row[name] for name in VIDEO])
        return [{"video_index": at, **row} for at, row in enumerate(rows, start=1)]

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {(row["participant"], row["video"]): row["video_index"] for row in self.videos}

    @cached_property
    def frames(self) -> list[Row]:
        key = (*VIDEO, "frame")
        rows = sorted(self._read("frames"), key=lambda row: [row[name] for name in key])
        return [
            {"frame_index": at, "video_index": self._numbers[row["participant"], row["video"]]}
            | row
            for at, row in enumerate(rows, start=1)
        ]

    @cached_property
    def events(self) -> list[Row]:
        file = self._faces.lake / "events.parquet"
        listed = pq.read_table(file).to_pylist() if file.exists() else []
        taken = {
            (row["participant"], row["video"])
            for row in listed
            if "trial" in (row["kind"], row["event"])
        }
        names = ("participant", "video", "expression", "supervised")
        whole = {"event": "trial", "onset_s": 0.0, "duration_s": None, "kind": "trial"}
        return [row | {"implied": False} for row in listed] + [
            {name: row[name] for name in names} | whole | {"implied": True}
            for row in self.videos
            if row["expression"] is not None and (row["participant"], row["video"]) not in taken
        ]

    def _ends(self, kind: str) -> list[Row]:
        """Give the events of a kind in order, each with its end on the video's clock or None."""
        order = ("participant", "video", "onset_s", "event")
        rows = sorted(
            (row for row in self.events if row["kind"] == kind),
            key=lambda row: [row[name] for name in order],
        )
        ended = []
        for row, following in zip_longest(rows, rows[1:]):
            end = None
            if row["duration_s"] is not None:
                end = row["onset_s"] + row["duration_s"]
            elif following and all(following[name] == row[name] for name in VIDEO):
                end = following["onset_s"]
            if (row["participant"], row["video"]) in self._numbers:
                ended.append(row | {"end_s": end})
        return ended

    @cached_property
    def video_trials(self) -> list[Row]:
        found = []
        for number, row in enumerate(self._ends("trial"), start=1):
            video = self.videos[self._numbers[row["participant"], row["video"]] - 1]
            expression = row["expression"] if row["expression"] is not None else video["expression"]
            flags = [row["supervised"], video["supervised"], False]
            supervised = next(flag for flag in flags if flag is not None)
            code = self._codes.get(expression)
            mask = None if code is None else f"{code:02d}-0{int(supervised)}"
            kept = ("participant", "video", "event", "onset_s", "end_s", "implied")
            found.append(
                {"trial_index": number, "video_index": video["video_index"]}
                | {name: row[name] for name in kept}
                | {"expression": expression, "supervised": supervised, "mask": mask}
            )
        return found

    @cached_property
    def video_chunks(self) -> list[Row]:
        first: dict[int, int] = {}
        for row in self.frames:
            first.setdefault(row["video_index"], row["frame_index"])
        return [
            {"video_index": video, "chunk_index": frame // CHUNK} for video, frame in first.items()
        ]

    @cached_property
    def landmarks(self) -> Vectors:
        """As in the lake, shape (frames, 478, 3), NaN where there are none."""
        dense = np.full((len(self.frames), 478, 3), np.nan)
        places = {
            (row["participant"], row["video"], row["frame"]): row["frame_index"] - 1
            for row in self.frames
        }
        for row in self._read("frame_landmarks"):
            at = places[row["participant"], row["video"], row["frame"]]
            dense[at, row["point"]] = [row["x"], row["y"], row["z"]]
        return dense

    @cached_property
    def aligned(self) -> Vectors:
        """All frames aligned, shape (frames, 478, 3), NaN where there is no face to align."""
        ignored = self._ends("ignore")
        usable = np.zeros(len(self.frames), bool)
        for at, row in enumerate(self.frames):
            out = any(
                all(each[name] == row[name] for name in VIDEO)
                and row["time_s"] >= each["onset_s"]
                and (each["end_s"] is None or row["time_s"] < each["end_s"])
                for each in ignored
            )
            usable[at] = row["status"] == "ok" and not out
        places = np.full_like(self.landmarks, np.nan)
        if usable.any():
            places[usable] = fitted(self.landmarks[usable], self._faces.basis)
        return places

    @cached_property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Frames that are aligned."""
        return np.asarray(~np.isnan(self.aligned[:, 0, 0]))

    @property
    def frame_alignments(self) -> list[Row]:
        chunks = {row["video_index"]: row["chunk_index"] for row in self.video_chunks}
        rows = []
        for at in np.flatnonzero(self.seen):
            frame, raw, placed = self.frames[at], self.landmarks[at], self.aligned[at]
            x, y = raw[:, 0], raw[:, 1]
            # Four unknowns of two equations for each point.
            equations = np.block(
                [
                    [x[:, None], y[:, None], np.ones((478, 1)), np.zeros((478, 1))],
                    [y[:, None], -x[:, None], np.zeros((478, 1)), np.ones((478, 1))],
                ]
            )
            cos, sin, right, down = np.linalg.lstsq(equations, placed[:, :2].T.ravel())[0]
            scale, deep = np.polyfit(raw[:, 2], placed[:, 2], 1)
            rows.append(
                {name: frame[name] for name in ("frame_index", "video_index", "time_s")}
                | {"chunk_index": chunks[frame["video_index"]]}
                | {"scaled_cos": cos, "scaled_sin": sin, "offset_x": right, "offset_y": down}
                | {"scale": scale, "offset_z": deep}
            )
        return rows

    @cached_property
    def times(self) -> Vectors:
        """Of all frames, on the clocks of their videos."""
        return np.array([row["time_s"] for row in self.frames])

    @cached_property
    def of_video(self) -> npt.NDArray[np.intp]:
        """Of all frames, the number of the video."""
        return np.array([row["video_index"] for row in self.frames], np.intp)

    def _within(self, video: int, start: float, end: float) -> npt.NDArray[np.bool_]:
        inside = (self.times >= start) & (self.times < end)
        return np.asarray(self.seen & (self.of_video == video) & inside)

    @cached_property
    def _offers(self) -> dict[int, tuple[str, float, float]]:
        length = self.chosen.neutral_s
        offers = {}
        for trial in self.video_trials:
            stretches: list[tuple[str, float, float]] = []
            if self.chosen.neutral == "events":
                calm = [
                    row
                    for row in self.events
                    if row["kind"] == "neutral" and all(row[name] == trial[name] for name in VIDEO)
                ]
                onset = trial["onset_s"]
                before = sorted(
                    (row for row in calm if row["onset_s"] <= onset),
                    key=lambda row: -row["onset_s"],
                )
                after = sorted(
                    (row for row in calm if row["onset_s"] > onset), key=lambda row: row["onset_s"]
                )
                for row in (*before, *after):
                    lasting = length if row["duration_s"] is None else row["duration_s"]
                    stretches.append(("event", row["onset_s"], row["onset_s"] + lasting))
            mine = self.of_video == trial["video_index"]
            if self.chosen.neutral != "stillest" and mine.any():
                begin = float(self.times[mine].min())
                stretches.append(
                    ("start", begin, begin + length)
                    if trial["implied"]
                    else ("start", trial["onset_s"] - length, trial["onset_s"])
                )
            for source, start, end in stretches:
                if self._within(trial["video_index"], start, end).sum() >= 3:
                    offers[trial["trial_index"]] = (source, start, end)
                    break
        return offers

    @property
    def offered_stretches(self) -> list[Row]:
        return _stretches(self._offers)

    @cached_property
    def _searched(self) -> list[int]:
        return sorted(
            {
                trial["video_index"]
                for trial in self.video_trials
                if trial["trial_index"] not in self._offers
            }
        )

    @cached_property
    def _parts(self) -> dict[str, list[int]]:
        parts: dict[str, list[int]] = {}
        for row in self._points:
            if row["point"] >= 468:
                continue
            [*whole] = [name for name, regions in WHOLES.items() if row["region"] in regions]
            name = whole[0] if whole else "other"
            parts.setdefault(f"{row['side']}_{name}" if name in SIDED else name, []).append(
                row["point"]
            )
        return parts

    @property
    def face_parts(self) -> list[Row]:
        return [
            {"point": point, "part": part}
            for part, points in self._parts.items()
            for point in points
        ]

    @property
    def still_centres(self) -> list[Row]:
        rows = []
        for at in np.flatnonzero(self.seen & np.isin(self.of_video, self._searched)):
            for part, points in self._parts.items():
                x, y = self.aligned[at, points, :2].mean(axis=0)
                frame = {name: self.frames[at][name] for name in ("video_index", "frame_index")}
                rows.append(frame | {"part": part, "x": x, "y": y})
        return rows

    @cached_property
    def _stillest(self) -> dict[int, tuple[float, float]]:
        length, found = self.chosen.neutral_s, {}
        for video in self._searched:
            mine = self.seen & (self.of_video == video)
            if not mine.any():
                continue
            times = np.sort(self.times[mine])
            usual = np.median(np.diff(times)) if len(times) > 1 else np.inf
            best = np.inf
            for quarter in np.unique(np.floor(4 * times / length)):
                start = times[np.floor(4 * times / length) == quarter].min()
                held = self._within(video, start, start + length)
                if held.sum() < 3 or 2 * held.sum() * usual < length:
                    continue
                centres = [
                    self.aligned[held][:, points, :2].mean(axis=1)
                    for points in self._parts.values()
                ]
                spread = np.mean([centre.var(axis=0).sum() for centre in centres])
                if spread < best:
                    best, found[video] = spread, (float(start), float(start + length))
        return found

    @property
    def still_stretches(self) -> list[Row]:
        return [
            {"video_index": video, "from_s": start, "to_s": end}
            for video, (start, end) in self._stillest.items()
        ]

    @cached_property
    def stretches(self) -> dict[int, tuple[str, float, float]]:
        """Of each trial that has one, what it is measured from."""
        return self._offers | {
            trial["trial_index"]: ("stillest", *self._stillest[trial["video_index"]])
            for trial in self.video_trials
            if trial["trial_index"] not in self._offers and trial["video_index"] in self._stillest
        }

    @property
    def neutral_stretches(self) -> list[Row]:
        return _stretches(self.stretches)

    @cached_property
    def shown(self) -> dict[int, dict[str, npt.NDArray[Any]]]:
        """Frames of each trial by time: their places, times and flags."""
        found = {}
        for trial in self.video_trials:
            onset, end = trial["onset_s"], trial["end_s"]
            source, start, stop = self.stretches.get(trial["trial_index"], ("", 1.0, 0.0))
            video = trial["video_index"]
            within = self._within(video, -np.inf, np.inf if end is None else end)
            flags = {
                "in_trial": within & (self.times >= onset),
                "in_view": within & (self.times >= onset - self.chosen.neutral_s),
                "in_neutral": self._within(video, start, stop) & bool(source),
            }
            at = np.flatnonzero(flags["in_view"] | flags["in_neutral"])
            at = at[np.argsort(self.times[at], kind="stable")]
            found[trial["trial_index"]] = {
                "at": at,
                "time_s": self.times[at] - onset,
                **{name: flag[at] for name, flag in flags.items()},
            }
        return found

    @property
    def trial_frames(self) -> list[Row]:
        return [
            {"trial_index": number, "frame_index": int(shown["at"][place]) + 1}
            | {"time_s": shown["time_s"][place]}
            | {name: bool(shown[name][place]) for name in ("in_trial", "in_view", "in_neutral")}
            for number, shown in self.shown.items()
            for place in range(len(shown["at"]))
        ]

    @property
    def trials(self) -> list[Row]:
        rows = []
        for trial in self.video_trials:
            number = trial["trial_index"]
            shown = self.shown[number]
            steps = np.diff(shown["time_s"][shown["in_trial"]])
            end = trial["end_s"]
            dropped = ("video_index", "end_s", "implied")
            rows.append(
                {name: value for name, value in trial.items() if name not in dropped}
                | {
                    "duration_s": None if end is None else end - trial["onset_s"],
                    "neutral_source": self.stretches.get(number, (None,))[0],
                    "neutral_frames": int(shown["in_neutral"].sum()),
                    "frames": int(shown["in_trial"].sum()),
                    "median_step_s": float(np.median(steps)) if len(steps) else None,
                    "max_step_s": float(steps.max()) if len(steps) else None,
                }
            )
        return rows


def _stretches(found: Mapping[int, tuple[str, float, float]]) -> list[Row]:
    names = ("neutral_source", "from_s", "to_s")
    return [
        {"trial_index": number} | dict(zip(names, stretch, strict=True))
        for number, stretch in found.items()
    ]
