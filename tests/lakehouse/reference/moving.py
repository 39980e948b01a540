"""How far groups of points lie from neutral, frame by frame, and how fast they move."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from lakehouse.settings import Settings
from tests.lakehouse.reference.alignments import fitted
from tests.lakehouse.reference.faces import Faces
from tests.lakehouse.reference.filmed import SIDED, WHOLES, Filmed, Row, Vectors

EDGE = 1e-6
"""By how much a frame may lie outside a window, in s."""


class Moving(Filmed):
    """Relations of videos up to the movement of groups of points.

    Parameters
    ----------
    faces : Faces
        Of the same lake's photographs.
    settings : Settings
    points : list of dict
        The rows of `points`.
    pav : mapping of int to list of int
        Points of the groups of points above average; empty where there are none.
    """

    RELATIONS: ClassVar = (
        *Filmed.RELATIONS,
        *("rest_points", "neutral_points", "part_groups", "part_motion", "pav_motion"),
    )

    def __init__(
        self,
        faces: Faces,
        settings: Settings,
        points: list[Row],
        pav: Mapping[int, list[int]],
    ) -> None:
        super().__init__(faces, settings, points)
        self._pav = pav

    @cached_property
    def _groups(self) -> dict[int, list[str]]:
        """Parts of each group that is followed."""
        groups = {0: list(self._parts)}
        for number, whole in enumerate(WHOLES, start=1):
            groups[number] = [part for part in self._parts if part.split("_")[-1] == whole]
        number = len(WHOLES)
        for whole in SIDED:
            for side in ("left", "right"):
                number += 1
                groups[number] = [f"{side}_{whole}"]
        return groups

    @property
    def part_groups(self) -> list[Row]:
        return [
            {"group_index": group, "part": part}
            for group, parts in self._groups.items()
            for part in parts
        ]

    @cached_property
    def photographed(self) -> dict[str, Vectors]:
        """Of participants measured from photographs, the neutral face, shape (478, 3)."""
        if self.chosen.neutral != "photos":
            return {}
        neutral = next(iter(self.settings.expression_codes()))
        mine: dict[str, list[int]] = {}
        for at, row in enumerate(self._faces.photo_rows):
            shown = row["expression"] == neutral and not row["supervised"]
            if shown and row["status"] == "ok":
                mine.setdefault(row["participant"], []).append(at)
        return {
            who: fitted(self._faces.landmarks[places], self._faces.basis).mean(axis=0)
            for who, places in mine.items()
        }

    @property
    def rest_points(self) -> list[Row]:
        return [
            {"participant": who, "point": point}
            | dict(zip("xyz", face[point].tolist(), strict=True))
            for who, face in self.photographed.items()
            for point in range(478)
        ]

    @cached_property
    def rest(self) -> dict[int, Vectors]:
        """The neutral face of each trial that has one, shape (478, 3)."""
        faces = {}
        for trial in self.video_trials:
            number = trial["trial_index"]
            shown = self.shown[number]
            if trial["participant"] in self.photographed and len(shown["at"]):
                faces[number] = self.photographed[trial["participant"]]
            elif trial["participant"] not in self.photographed and shown["in_neutral"].any():
                faces[number] = self.aligned[shown["at"][shown["in_neutral"]]].mean(axis=0)
        return faces

    @property
    def trials(self) -> list[Row]:
        return [
            row | {"neutral_source": "photos"} if row["participant"] in self.photographed else row
            for row in super().trials
        ]

    @property
    def neutral_points(self) -> list[Row]:
        return [
            {"trial_index": number, "point": point}
            | dict(zip("xyz", face[point].tolist(), strict=True))
            for number, face in self.rest.items()
            for point in range(478)
        ]

    @cached_property
    def followed(self) -> dict[int, list[int]]:
        """Points of every group that is followed, by its index."""
        parts = {
            group: [point for part in parts for point in self._parts[part]]
            for group, parts in self._groups.items()
        }
        return parts | {100 + group: list(points) for group, points in self._pav.items()}

    @cached_property
    def motion(self) -> dict[tuple[int, int], dict[str, Vectors]]:
        """Level and speed of each group in each trial, and the frames in the windows."""
        found = {}
        for number, face in self.rest.items():
            shown = self.shown[number]
            apart = self.aligned[shown["at"]][..., :2] - face[:, :2]
            distances = np.sqrt((apart**2).sum(axis=2))
            for group, points in self.followed.items():
                values = distances[:, points].mean(axis=1)
                found[number, group] = smoothed(shown["time_s"], values, self.chosen.window_s)
        return found

    @property
    def part_motion(self) -> list[Row]:
        return self._motion_rows(lambda group: group < 100)

    @property
    def pav_motion(self) -> list[Row]:
        return self._motion_rows(lambda group: group >= 100)

    def _motion_rows(self, wanted: Any) -> list[Row]:
        return [
            {"trial_index": number, "group_index": group, "frame_index": int(at) + 1}
            | {"level": moved["level"][place], "speed": moved["speed"][place]}
            | {"window_frames": int(moved["frames"][place])}
            for (number, group), moved in self.motion.items()
            if wanted(group)
            for place, at in enumerate(self.shown[number]["at"])
        ]


def smoothed(times: Vectors, values: Vectors, window: float) -> dict[str, Vectors]:
    """Fit a quadratic around each time, and take its value and slope there."""
    level, speed, frames = (np.full(len(times), np.nan) for _ in range(3))
    for place, time in enumerate(times):
        near = np.abs(times - time) <= window + EDGE
        frames[place] = near.sum()
        level[place] = values[place]
        if near.sum() >= 3:
            shifted = times[near] - time
            _, speed[place], level[place] = np.polyfit(shifted, values[near], 2)
    return {"level": level, "speed": speed, "frames": frames}


def bridged(times: Vectors, window: float) -> float:
    """Tell how long a step between two frames of a trial may be to be crossed."""
    steps = [after - before for before, after in pairwise(times)]
    return max(window, 2.5 * float(np.median(steps))) if steps else window
