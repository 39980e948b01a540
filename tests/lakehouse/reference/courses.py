"""Courses of expressions, and the features and stills that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from tests.lakehouse.reference.filmed import Row, Vectors
from tests.lakehouse.reference.moving import Moving, bridged, smoothed

TIMES = ("rise_10_s", "rise_50_s", "rise_90_s", "fall_90_s", "fall_50_s", "apex_s")
COURSE = (
    *("baseline", "baseline_noise", "threshold", "responded", "amplitude", *TIMES),
    *("peak_speed", "area"),
)
REGIONS = (
    ("brows", "eyebrows", "sobrancelhas", "both"),
    ("eyes", "eyes", "olhos", "both"),
    ("cheeks", "cheeks", "bochechas", "both"),
    ("nose", "nose", "nariz", "both"),
    ("mouth", "mouth", "boca", "both"),
    ("jaw", "jaw", "mandíbula", "both"),
    ("left_brow", "left eyebrow", "sobrancelha esquerda", "left"),
    ("right_brow", "right eyebrow", "sobrancelha direita", "right"),
    ("left_eye", "left eye", "olho esquerdo", "left"),
    ("right_eye", "right eye", "olho direito", "right"),
    ("left_cheek", "left cheek", "bochecha esquerda", "left"),
    ("right_cheek", "right cheek", "bochecha direita", "right"),
    ("left_mouth", "left side of the mouth", "lado esquerdo da boca", "left"),
    ("right_mouth", "right side of the mouth", "lado direito da boca", "right"),
)
MEASURES: dict[str, tuple[str, str, str, Callable[[Row], float | None]]] = {
    "onset": ("s", "latency", "latência", lambda row: row["rise_50_s"]),
    "rise": ("s", "rise time", "tempo de subida", lambda row: _less(row, "rise_90_s", "rise_10_s")),
    "speed": ("aligned px/s", "peak speed", "velocidade máxima", lambda row: row["peak_speed"]),
    "amplitude": ("aligned px", "amplitude", "amplitude", lambda row: row["amplitude"]),
}
MEASURED = (
    (0, "face", "whole face", "face inteira"),
    (1, "brows", "eyebrows", "sobrancelhas"),
    (2, "eyes", "eyes", "olhos"),
    (5, "mouth", "mouth", "boca"),
)


class Courses:
    """Relations of how movements rise and fall.

    Parameters
    ----------
    filmed : Moving
    included : dict of str to bool
        Of participants with photographs, whether they are.
    group_names : list of dict
        The rows of `group_names`.
    """

    RELATIONS: ClassVar = (
        *("dynamics_groups", "group_motion", "blendshape_series", "series_dynamics"),
        *("expression_dynamics", "blendshape_dynamics", "dynamics_measures", "trial_measures"),
        *("dynamics_values", "plateau_frames", "stills", "still_landmarks"),
    )

    def __init__(
        self, filmed: Moving, included: dict[str, bool], group_names: Sequence[Row]
    ) -> None:
        self._filmed, self._included, self._names = filmed, included, group_names
        self._trials = {row["trial_index"]: row for row in filmed.trials}
        self._window = filmed.chosen.window_s

    @cached_property
    def dynamics_groups(self) -> list[Row]:
        if not self._filmed.videos:
            return []
        sizes = {group: len(points) for group, points in self._filmed.followed.items()}
        columns = ("name", "name_en", "name_pt", "side")
        whole = ("face", "whole face", "face inteira", "both")
        rows = [
            {"grouping": "regions" if group else "face", "group_id": max(group - 1, 0)}
            | {"group_index": group, "points": sizes[group]}
            | dict(zip(columns, words, strict=True))
            for group, words in enumerate((whole, *REGIONS))
        ]
        grouping = f"kmeans{self._filmed.settings.clusters.k}_eyes"
        for row in self._names:
            if row["grouping"] == grouping and 100 + row["group_id"] in sizes:
                index = 100 + row["group_id"]
                rows.append(row | {"name": f"group{row['group_id']}", "group_index": index})
        return rows

    @property
    def group_motion(self) -> list[Row]:
        named = {row["group_index"]: row for row in self.dynamics_groups}
        rows = []
        for (number, group), moved in self._filmed.motion.items():
            shown = self._filmed.shown[number]
            for place in np.flatnonzero(shown["in_view"]):
                rows.append(
                    self._named(number)
                    | {name: named[group][name] for name in ("grouping", "group_id")}
                    | {"frame": self._filmed.frames[shown["at"][place]]["frame"]}
                    | {"time_s": shown["time_s"][place]}
                    | {name: moved[name][place] for name in ("level", "speed")}
                    | {"window_frames": int(moved["frames"][place])}
                )
        return rows

    def _named(self, number: int) -> Row:
        names = ("participant", "video", "event", "expression", "supervised", "mask")
        return {name: self._trials[number][name] for name in names}

    @cached_property
    def _scores(self) -> dict[str, dict[tuple[str, str, int], float]]:
        scores: dict[str, dict[tuple[str, str, int], float]] = {}
        for row in self._filmed._read("frame_blendshapes"):
            key = (row["participant"], row["video"], row["frame"])
            scores.setdefault(row["blendshape"], {})[key] = row["score"]
        return scores

    @cached_property
    def blendshape_series(self) -> list[Row]:
        return [
            {"series_index": 1000 + at, "blendshape": name}
            for at, name in enumerate(sorted(self._scores), start=1)
        ]

    @cached_property
    def _series(self) -> dict[tuple[int, int], dict[str, Vectors]]:
        """Levels and speeds of groups and of blendshapes."""
        series = dict(self._filmed.motion)
        for row in self.blendshape_series:
            known = self._scores[row["blendshape"]]
            for number, shown in self._filmed.shown.items():
                frames = [self._filmed.frames[at] for at in shown["at"]]
                keys = [(one["participant"], one["video"], one["frame"]) for one in frames]
                if keys:
                    values = np.array([known[key] for key in keys])
                    moved = smoothed(shown["time_s"], values, self._window)
                    series[number, row["series_index"]] = moved
        return series

    @cached_property
    def _courses(self) -> dict[tuple[int, int], Row]:
        return {
            (number, index): self._course(number, index, moved)
            for (number, index), moved in self._series.items()
        }

    def _course(self, number: int, index: int, moved: dict[str, Vectors]) -> Row:
        shown = self._filmed.shown[number]
        row: Row = dict.fromkeys(COURSE)
        level, times = moved["level"], shown["time_s"]
        calm = level[shown["in_neutral"]]
        candidates = np.flatnonzero(shown["in_trial"] & ~shown["in_neutral"])
        floor = 0.1 if index > 1000 else self._filmed.chosen.min_amplitude
        row["responded"] = False
        row["threshold"] = floor
        if not len(calm):
            return row
        row["baseline"] = calm.mean()
        row["baseline_noise"] = calm.std(ddof=1) if len(calm) > 1 else None
        row["threshold"] = max(floor, 5 * (row["baseline_noise"] or 0))
        step = bridged(times[shown["in_trial"]], self._window)
        row["area"] = self._area(level - row["baseline"], times, shown["in_trial"], step)
        if not len(candidates):
            return row
        row["amplitude"] = level[candidates].max() - row["baseline"]
        row["responded"] = bool(len(candidates) >= 3 and row["amplitude"] > row["threshold"])
        if row["responded"]:
            highest = level[candidates] >= level[candidates].max() - 1e-9
            apex = candidates[np.argmax(highest)]
            row["apex_s"] = times[apex]
            share = (level - row["baseline"]) / row["amplitude"]
            self._cross(row, share, times, moved["speed"], apex, shown["in_view"], step)
        return row

    @staticmethod
    def _area(
        above: Vectors, times: Vectors, inside: npt.NDArray[np.bool_], step: float
    ) -> float | None:
        above, times = above[inside], times[inside]
        joined = np.flatnonzero(np.diff(times) <= step)
        if not len(joined):
            return None
        means = (above[joined] + above[joined + 1]) / 2
        return float((means * np.diff(times)[joined]).sum())

    @staticmethod
    def _cross(
        row: Row,
        share: Vectors,
        times: Vectors,
        speed: Vectors,
        apex: int,
        viewed: npt.NDArray[np.bool_],
        step: float,
    ) -> None:
        """Walk from the apex to both sides."""
        kept = np.flatnonzero(viewed)
        apex = int(np.flatnonzero(kept == apex)[0])
        share, times, speed = share[kept], times[kept], speed[kept]

        def when(after: int, mark: float) -> float | None:
            before = after - 1
            apart = times[after] - times[before]
            if apart > step:
                return None
            way = (mark - share[before]) / (share[after] - share[before])
            return float(times[before] + way * apart)

        def rises(after: int, mark: float) -> bool:
            return bool(share[after - 1] < mark <= share[after])

        def falls(after: int, mark: float) -> bool:
            return bool(share[after] < mark <= share[after - 1])

        # A last bit must not decide whether the apex has all of the amplitude.
        share[apex] = max(share[apex], 1.0)
        half = next((at for at in range(apex, 0, -1) if rises(at, 0.5)), None)
        if half is not None:
            tenth = next((at for at in range(half, 0, -1) if rises(at, 0.1)), None)
            most = next((at for at in range(half, apex + 1) if rises(at, 0.9)), None)
            row["rise_50_s"] = when(half, 0.5)
            large = row["amplitude"] >= 2 * row["threshold"]
            row["rise_10_s"] = when(tenth, 0.1) if large and tenth is not None else None
            row["rise_90_s"] = None if most is None else when(most, 0.9)
            if row["rise_50_s"] is not None:
                fast = speed[(tenth or 0) : apex + 1]
                known = fast[~np.isnan(fast)]
                row["peak_speed"] = known.max() if len(known) else None
        back = next((at for at in range(apex + 1, len(share)) if falls(at, 0.5)), None)
        if back is not None:
            leaving = next((at for at in range(back, apex, -1) if falls(at, 0.9)), None)
            row["fall_50_s"] = when(back, 0.5)
            row["fall_90_s"] = None if leaving is None else when(leaving, 0.9)

    @property
    def series_dynamics(self) -> list[Row]:
        return [
            {"trial_index": number, "series_index": index} | course
            for (number, index), course in self._courses.items()
        ]

    def _dynamics(self, number: int, index: int) -> Row:
        trial = self._trials[number]
        absent = dict.fromkeys(COURSE) | {"responded": False}
        course = self._courses.get((number, index), absent)
        reason = None
        if not course["responded"]:
            if trial["frames"] < 3:
                reason = "too_few_frames"
            elif course["baseline"] is None:
                reason = "no_neutral"
            elif course["amplitude"] is None or course["amplitude"] > course["threshold"]:
                reason = "too_few_frames"
            else:
                reason = "below_noise"
        return (
            self._named(number)
            | course
            | {"reason": reason}
            | {"rise_duration_s": _less(course, "rise_90_s", "rise_10_s")}
            | {"fall_duration_s": _less(course, "fall_50_s", "fall_90_s")}
        )

    @cached_property
    def expression_dynamics(self) -> list[Row]:
        return [
            self._dynamics(number, group["group_index"])
            | {name: group[name] for name in ("grouping", "group_id")}
            for number in self._trials
            for group in self.dynamics_groups
        ]

    @property
    def blendshape_dynamics(self) -> list[Row]:
        return [
            self._dynamics(number, row["series_index"]) | {"blendshape": row["blendshape"]}
            for number in self._trials
            for row in self.blendshape_series
        ]

    @cached_property
    def dynamics_measures(self) -> list[Row]:
        sizes = {row["group_index"]: row["points"] for row in self.dynamics_groups}
        rows: list[Row] = []
        for measure, (unit, en, pt, _) in MEASURES.items() if sizes else ():
            for group, name, group_en, group_pt in MEASURED:
                rows.append(
                    {"group_id": len(rows), "name": f"{measure}_{name}", "measure": measure}
                    | {"group_index": group, "unit": unit, "points": sizes[group]}
                    | {"name_en": f"{en}, {group_en}", "name_pt": f"{pt}, {group_pt}"}
                )
        return rows

    @cached_property
    def trial_measures(self) -> list[Row]:
        places: dict[tuple[str, str], int] = {}
        rows = []
        for number, trial in self._trials.items():
            mask = trial["mask"]
            if mask is None or mask.startswith("00") or not self._is_in(trial["participant"]):
                continue
            key = (trial["participant"], mask)
            places[key] = places.get(key, 0) + 1
            kept = ("participant", "expression", "supervised", "mask")
            for measure in self.dynamics_measures:
                course = self._courses.get((number, measure["group_index"]), dict.fromkeys(COURSE))
                rows.append(
                    {name: trial[name] for name in kept}
                    | {"group_id": measure["group_id"], "place": places[key]}
                    | {"value": MEASURES[measure["measure"]][3](course)}
                )
        return rows

    def _is_in(self, participant: str) -> bool:
        return self._included.get(participant, True)

    @property
    def dynamics_values(self) -> list[Row]:
        key = ("participant", "expression", "supervised", "mask", "group_id")
        cells: dict[tuple[Any, ...], list[float | None]] = {}
        for row in self.trial_measures:
            cells.setdefault(tuple(row[name] for name in key), []).append(row["value"])
        rows = []
        for cell, values in cells.items():
            known = known_of(values)
            mean = float(np.mean(known)) if known else None
            rows.append(dict(zip(key, cell, strict=True)) | {"value": mean, "trials": len(known)})
        return rows

    @cached_property
    def _plateaus(self) -> dict[int, npt.NDArray[np.intp]]:
        plateaus = {}
        for (number, group), moved in self._filmed.motion.items():
            course = self._courses[number, group]
            far = course["amplitude"]
            if group or self._filmed.chosen.masks != "plateau" or far is None or far <= 0:
                continue
            shown = self._filmed.shown[number]
            high = moved["level"] >= course["baseline"] + 0.9 * far
            plateaus[number] = shown["at"][high & shown["in_trial"] & ~shown["in_neutral"]]
        return plateaus

    @property
    def plateau_frames(self) -> list[Row]:
        return [
            {"trial_index": number, "frame_index": int(at) + 1}
            for number, places in self._plateaus.items()
            for at in places
        ]

    @cached_property
    def stills(self) -> list[Row]:
        neutral = next(iter(self._filmed.settings.expression_codes()))
        rows = []
        for number in self._plateaus.keys() | self._filmed.rest.keys():
            trial = self._trials[number]
            if self._filmed.chosen.masks != "plateau" or trial["mask"] is None:
                continue
            video = next(
                row
                for row in self._filmed.videos
                if all(row[name] == trial[name] for name in ("participant", "video"))
            )
            kept = ("path", "width", "height", "model_sha256", "extracted_at")
            row = (
                {name: trial[name] for name in ("trial_index", "participant", "supervised")}
                | {"photo": f"{trial['video']}/{trial['event']}"}
                | {name: video[name] for name in kept}
                | {"extractor": f"still of a video: {video['extractor']}"}
            )
            mask = f"00-0{int(trial['supervised'])}"
            rows.append(row | {"expression": neutral, "mask": mask, "at_rest": True})
            if trial["expression"] != neutral and number in self._plateaus:
                own = {name: trial[name] for name in ("expression", "mask")}
                rows.append(row | own | {"at_rest": False})
        return rows

    @property
    def still_landmarks(self) -> list[Row]:
        rows = []
        for still in self.stills:
            number = still["trial_index"]
            face = self._filmed.rest[number]
            if not still["at_rest"]:
                face = self._filmed.aligned[self._plateaus[number]].mean(axis=0)
            kept = ("participant", "expression", "supervised", "mask", "photo")
            named = {name: still[name] for name in kept}
            rows += [
                named | {"point": point} | dict(zip("xyz", face[point].tolist(), strict=True))
                for point in range(478)
            ]
        return rows


def _less(row: Row, one: str, other: str) -> float | None:
    if row[one] is None or row[other] is None:
        return None
    return float(row[one] - row[other])


def known_of(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]
