"""What is averaged over courses, and how courses are alike."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import Any, ClassVar

import numpy as np
from scipy import stats

from tests.lakehouse.reference.courses import Courses, known_of
from tests.lakehouse.reference.filmed import Row
from tests.lakehouse.reference.moving import bridged

GRID = 20
"""Points of the grid in a second."""

_AVERAGED = ("rise_duration_s", "fall_duration_s", "peak_speed")


class Averages(Courses):
    """Relations of how movements rise and fall, and of what they have in common."""

    RELATIONS: ClassVar = (
        *Courses.RELATIONS,
        *("grid_frames", "event_averages", "stimulus_summary", "side_asymmetry", "synchrony"),
    )

    @cached_property
    def grid_frames(self) -> list[Row]:
        rows = []
        for number, shown in self._filmed.shown.items():
            at, times = shown["at"][shown["in_view"]], shown["time_s"][shown["in_view"]]
            if not len(at):
                continue
            step = bridged(shown["time_s"][shown["in_trial"]], self._window)
            for point in range(int(np.floor(times[0] * GRID)), int(np.ceil(times[-1] * GRID)) + 1):
                time = point / GRID
                before = int(np.searchsorted(times, time, side="right")) - 1
                if before < 0:
                    continue
                after, share = before, 0.0
                if before + 1 < len(times) and times[before + 1] - times[before] <= step:
                    after = before + 1
                    share = (time - times[before]) / (times[after] - times[before])
                elif times[before] != time:
                    continue
                rows.append(
                    {"trial_index": number, "step": point, "share": share}
                    | {"before_index": int(at[before]) + 1, "after_index": int(at[after]) + 1}
                )
        return rows

    def _gridded(self, number: int, group: int) -> dict[int, float]:
        """Give the levels of a group on the grid of a trial."""
        shown = self._filmed.shown[number]
        levels = dict(
            zip(
                (shown["at"] + 1).tolist(), self._filmed.motion[number, group]["level"], strict=True
            )
        )
        return {
            row["step"]: (1 - row["share"]) * levels[row["before_index"]]
            + row["share"] * levels[row["after_index"]]
            for row in self._grid.get(number, ())
        }

    @cached_property
    def _grid(self) -> dict[int, list[Row]]:
        grid: dict[int, list[Row]] = {}
        for row in self.grid_frames:
            grid.setdefault(row["trial_index"], []).append(row)
        return grid

    @property
    def event_averages(self) -> list[Row]:
        cells: dict[tuple[Any, ...], dict[str, list[float]]] = {}
        for number, group in self._filmed.motion:
            trial = self._trials[number]
            baseline = self._courses[number, group]["baseline"]
            if trial["mask"] is None or baseline is None:
                continue
            for step, level in self._gridded(number, group).items():
                cell = cells.setdefault((trial["mask"], group, step), {})
                cell.setdefault(trial["participant"], []).append(level - baseline)
        named = {row["group_index"]: row for row in self.dynamics_groups}
        masks = {trial["mask"]: trial for trial in self._trials.values()}
        rows = []
        for (mask, group, step), people in cells.items():
            means = np.array([np.mean(levels) for levels in people.values()])
            low = high = sd = None
            if len(means) > 1:
                sd = means.std(ddof=1)
                half = stats.t.ppf(0.975, len(means) - 1) * sd / np.sqrt(len(means))
                low, high = means.mean() - half, means.mean() + half
            rows.append(
                {name: masks[mask][name] for name in ("expression", "supervised", "mask")}
                | {name: named[group][name] for name in ("grouping", "group_id")}
                | {"time_s": step / GRID, "participants": len(people)}
                | {"trials": sum(map(len, people.values())), "mean_level": means.mean()}
                | {"sd_level": sd, "low": low, "high": high}
            )
        return rows

    @property
    def stimulus_summary(self) -> list[Row]:
        key = ("expression", "supervised", "mask", "grouping", "group_id")
        cells: dict[tuple[Any, ...], dict[str, list[Row]]] = {}
        for row in self.expression_dynamics:
            if row["mask"] is not None:
                cell = cells.setdefault(tuple(row[name] for name in key), {})
                cell.setdefault(row["participant"], []).append(row)
        rows = []
        for cell, people in cells.items():
            trials = [row for mine in people.values() for row in mine]

            def means(column: str, of: dict[str, list[Row]] = people) -> list[float]:
                each = (known_of([row[column] for row in mine]) for mine in of.values())
                return [float(np.mean(values)) for values in each if values]

            far, late = means("amplitude"), means("rise_50_s")
            rows.append(
                dict(zip(key, cell, strict=True))
                | {"trials": len(trials), "responded": sum(row["responded"] for row in trials)}
                | {"participants": len(people), "latencies": len(late)}
                | {"mean_amplitude": _mean(far), "sd_amplitude": _sd(far)}
                | {"mean_latency_s": _mean(late), "sd_latency_s": _sd(late)}
                | {f"mean_{name}": _mean(means(name)) for name in _AVERAGED}
            )
        return rows

    @property
    def side_asymmetry(self) -> list[Row]:
        named = {row["name"]: row["group_index"] for row in self.dynamics_groups}
        rows = []
        for number in self._trials if named else ():
            for pair in ("brow", "eye", "cheek", "mouth"):
                left, right = (
                    self._dynamics(number, named[f"{side}_{pair}"]) for side in ("left", "right")
                )
                far, other = left["amplitude"], right["amplitude"]
                moved = (left["responded"] or right["responded"]) and min(far, other) >= 0
                rows.append(
                    self._named(number)
                    | {"pair": pair, "amplitude_left": far, "amplitude_right": other}
                    | {"asymmetry": (far - other) / (far + other) if moved else None}
                )
        return rows

    @property
    def synchrony(self) -> list[Row]:
        rows = []
        for number in self._trials:
            moved = [
                group
                for group in range(1, 7)
                if self._courses.get((number, group), {}).get("responded")
            ]
            for one, other in combinations(moved, 2):
                a, b = self._gridded(number, one), self._gridded(number, other)
                found = []
                for lag in range(-10, 11):
                    both = [step for step in a if step + lag in b]
                    if len(both) >= 5 and 2 * len(both) >= len(a):
                        pair = [[a[step] for step in both], [b[step + lag] for step in both]]
                        found.append((-np.corrcoef(pair)[0, 1], abs(lag), lag))
                at_once = [-r for r, _, lag in found if lag == 0]
                best, _, lag = min(found)
                rows.append(
                    self._named(number)
                    | {"grouping": "regions", "group_a": one - 1, "group_b": other - 1}
                    | {"n": len(a), "r_zero": at_once[0], "r_max": -best, "lag_s": lag / GRID}
                )
        return rows


def _mean(values: list[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _sd(values: list[float]) -> float | None:
    return float(np.std(values, ddof=1)) if len(values) > 1 else None
