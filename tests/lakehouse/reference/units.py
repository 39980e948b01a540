"""Muscles' movement and action units' scores, by looking each point and blendshape up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from tests.blendshapes import UNITS, side_of, units_of_blendshapes
from tests.lakehouse.reference.arithmetic import mean_known
from tests.lakehouse.reference.faces import PHOTO, Vectors
from tests.lakehouse.reference.lake import Lake
from tests.lakehouse.reference.movement import Reference

Row = dict[str, Any]
Scores = dict[str, tuple[float, float, float]]
"""By unit: of both sides, of the left one and of the right one; NaN where there is none."""

NAMES = """
    1 inner brow raiser, 2 outer brow raiser, 4 brow lowerer, 5 upper lid raiser, 6 cheek raiser,
    7 lid tightener, 8 lips toward each other, 9 nose wrinkler, 10 upper lip raiser,
    11 nasolabial furrow deepener, 12 lip corner puller, 13 sharp lip puller, 14 dimpler,
    15 lip corner depressor, 16 lower lip depressor, 17 chin raiser, 18 lip pucker, 19 tongue show,
    20 lip stretcher, 21 neck tightener, 22 lip funneler, 23 lip tightener, 24 lip pressor,
    25 lips part, 26 jaw drop, 27 mouth stretch, 28 lip suck, 29 jaw thrust, 30 jaw sideways,
    31 jaw clencher, 33 cheek blow, 34 cheek puff, 38 nostril dilator, 39 nostril compressor,
    43 eyes closed, 45 blink, 46 wink, 61 eyes turn left, 62 eyes turn right, 63 eyes up,
    64 eyes down
"""
"""As the FACS manual has them."""
SIDES = ("left", "right")
MEASURES = ("score", "score_left", "score_right")
CHANGES = ("change", "change_left", "change_right")


class Units:
    """Relations about muscles and action units.

    Parameters
    ----------
    reference : Reference
    lake : Lake
    muscles : list of dict
        Rows of the relation muscles.
    """

    RELATIONS: ClassVar = (
        *("action_units", "blendshape_action_units", "action_unit_scores", "action_unit_means"),
        *("photo_action_units", "muscle_distances", "muscle_group_distances"),
    )

    def __init__(self, reference: Reference, lake: Lake, muscles: list[Row]) -> None:
        self._reference, self._lake, self._muscles = reference, lake, muscles

    @property
    def action_units(self) -> list[Row]:
        listed = [each.split(maxsplit=1) for each in NAMES.split(",")]
        return [
            {"action_unit": f"AU{number:0>2}", "label_en": " ".join(name.split())}
            for number, name in listed
        ]

    @property
    def blendshape_action_units(self) -> list[Row]:
        return [
            {"blendshape": name, "action_unit": unit, "side": side_of(name)}
            for name, unit in units_of_blendshapes().items()
        ]

    @cached_property
    def _scores(self) -> dict[tuple[Any, ...], Scores]:
        """By photograph."""
        units, found = units_of_blendshapes(), defaultdict[Any, Any](lambda: defaultdict(dict))
        for row in self._lake.blendshapes.to_dicts():
            if unit := units.get(row["blendshape"]):
                key = tuple(row[name] for name in PHOTO)
                found[key][unit][row["blendshape"]] = row["score"]
        return {
            key: {unit: _by_side(shapes) for unit, shapes in of_photo.items()}
            for key, of_photo in found.items()
        }

    @property
    def action_unit_scores(self) -> list[Row]:
        return [
            row
            | {"mask": mask, "action_unit": unit}
            | dict(zip(MEASURES, self._scores[key][unit], strict=True))
            for key, row, mask in self._photographs()
            for unit in self._scores.get(key, ())
        ]

    def _photographs(self) -> Iterable[tuple[tuple[Any, ...], Row, str | None]]:
        reference = self._reference
        for row, (mask, _) in zip(reference.photo_rows, reference.verdicts, strict=True):
            key = tuple(row[name] for name in PHOTO)
            yield key, dict(zip(PHOTO, key, strict=True)), mask

    @property
    def action_unit_means(self) -> list[Row]:
        reference = self._reference
        means: dict[tuple[str, str, str], tuple[Vectors, int]] = {}
        for cell in reference.cells:
            of_unit = defaultdict(list)
            for at in cell.photos:
                key = tuple(reference.photo_rows[at][name] for name in PHOTO)
                for unit, scores in self._scores.get(key, {}).items():
                    of_unit[unit].append(scores)
            for unit, scores in of_unit.items():
                mean = mean_known(np.array(scores))
                means[cell.participant, cell.mask, unit] = mean, len(scores)
        nothing = np.full(3, np.nan), 0
        keys = {(cell.participant, cell.mask): cell for cell in reference.cells}
        rows = []
        for (who, mask, unit), (scores, photos) in means.items():
            cell, rest = keys[who, mask], means.get((who, "00-00", unit), nothing)[0]
            rows.append(
                {"participant": who, "expression": cell.expression, "supervised": cell.supervised}
                | {"mask": mask, "action_unit": unit, "photos": photos}
                | dict(zip(MEASURES, scores, strict=True))
                | dict(zip(CHANGES, scores - rest, strict=True))
            )
        return rows

    @property
    def photo_action_units(self) -> list[Row]:
        reference, rows = self._reference, []
        kept = ("faces", "face_height", "pitch", "yaw", "roll")
        for photo, verdict, (key, row, mask) in zip(
            reference.photo_rows, reference.verdicts, self._photographs(), strict=True
        ):
            if photo["status"] == "ok":
                scores = self._scores.get(key, {})
                rows.append(
                    row
                    | {"mask": mask, "usable": verdict[1] is None}
                    | {name: photo[name] for name in kept}
                    | {unit: scores[unit][0] if unit in scores else np.nan for unit in UNITS}
                )
        return rows

    @property
    def muscle_distances(self) -> list[Row]:
        return self._distances("muscle")

    @property
    def muscle_group_distances(self) -> list[Row]:
        return self._distances("muscle_group")

    def _distances(self, kind: str) -> list[Row]:
        sides: dict[str, dict[int, str]] = defaultdict(dict)
        for row in self._muscles:
            sides[row[kind]][row["point"]] = row["side"]
        reference, rows = self._reference, []
        keys = ("participant", "expression", "supervised", "mask")
        for at in reference.compared:
            moved, cell = reference.distances[at], reference.cells[at]
            for name, points in sides.items():
                on = {
                    f"mean_{side}": _mean(moved[point] for point in points if points[point] == side)
                    for side in SIDES
                }
                rows.append(
                    {key: getattr(cell, key) for key in keys}
                    | {kind: name, "points": len(points)}
                    | {"mean_distance": _mean(moved[point] for point in points)}
                    | on
                )
        return rows


def _by_side(shapes: dict[str, float]) -> tuple[float, float, float]:
    left, right = (
        _mean(score for name, score in shapes.items() if side_of(name) == side) for side in SIDES
    )
    return _mean(shapes.values()), left, right


def _mean(values: Iterable[float]) -> float:
    """Of those that are known, by adding up; NaN where none is."""
    known = [float(value) for value in values if not np.isnan(value)]
    return sum(known) / len(known) if known else np.nan
