"""What points, groups and features are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final

from tests.lakehouse.reference.atlas import mirror_images
from tests.lakehouse.reference.lake import Lake
from tests.lakehouse.reference.measures import Measured

Row = dict[str, Any]

OF_FEATURE: Final = ("expression", "supervised", "mask", "grouping", "group_id")
LANGUAGES: Final = ("en", "pt")
SIDES: Final = {"en": ("right", "left"), "pt": ("direit", "esquerd")}
AND: Final = {"en": "and", "pt": "e"}
NUMBERED: Final = {"en": "(group {})", "pt": "(grupo {})"}
CUE: Final = {"en": ("without cue", "with cue"), "pt": ("sem pista", "com pista")}
MEASURED: Final = {
    "en": {"distance": "", "projected": ", projected"}
    | {"squared_unbiased": ", squared without noise"},
    "pt": {"distance": "", "projected": ", projetado"}
    | {"squared_unbiased": ", ao quadrado sem ruído"},
}
WHOLE: Final = {"name_en": "whole face", "name_pt": "face inteira"}
OUTER: Final = {469: 476, 471: 474}
"""Of the right iris: its inner and outer edge, and their mirror images."""


def feature_name(mask: str, group: int | str) -> str:
    expression, cue = mask.split("-")
    return f"m{expression}_{cue}_{group}"


def feature_of(row: Row) -> Row:
    """Describe the feature of a row that has a mask and a group, or besides a measure."""
    return {"feature": feature_name(row["mask"], row.get("measure", row["group_id"]))} | {
        name: row[name] for name in OF_FEATURE
    }


@dataclass(frozen=True)
class Words:
    """What nothing but the models says.

    Parameters
    ----------
    points : dict of int to dict
        Region, English and Portuguese name of each point of the right side and the midline.
    regions : dict of str to dict
        The rows of `face_regions`.
    """

    points: dict[int, Row]
    regions: dict[str, Row]


class Names:
    """Relations of names.

    Parameters
    ----------
    reference : Measured
    lake : Lake
    words : Words
    """

    RELATIONS: ClassVar = ("points", "group_names", "group_features", "feature_list")

    def __init__(self, reference: Measured, lake: Lake, words: Words) -> None:
        self._reference, self._lake, self._words = reference, lake, words

    @cached_property
    def points(self) -> list[Row]:
        places = [*mirror_images(), *(_iris(point) for point in range(468, 478))]
        return [self._point(point, *place) for point, place in enumerate(places)]

    def _point(self, point: int, image: int, side: str) -> Row:
        said = self._words.points[image if side == "left" else point]
        region = self._words.regions[said["region"]]
        row = {"point": point, "side": side, "mirrored_point": image, "region": said["region"]}
        for language in LANGUAGES:
            right, left = SIDES[language]
            name = said[f"name_{language}"]
            if name and side == "left":
                name = left.join(name.split(right))
            row |= {
                f"name_{language}": name,
                f"region_{language}": _sided(region, side, language),
            }
        return row

    @cached_property
    def group_names(self) -> list[Row]:
        rows = [{"grouping": "mesh", "group_id": 0, "side": "both", "points": 468, **WHOLE}]
        for grouping in self._reference.groups:
            rows += self._of_grouping(grouping)
        rows += [
            {"grouping": "measures"}
            | {name: row[name] for name in ("group_id", "side", "points")}
            | {f"name_{language}": row[f"label_{language}"] for language in LANGUAGES}
            for row in self._reference.measure_definitions
        ]
        return rows

    def _of_grouping(self, grouping: str) -> list[Row]:
        groups = self._reference.groups[grouping]
        sides = {group: self._side(points) for group, points in groups.items()}
        told: dict[str, dict[int, str]] = {language: {} for language in LANGUAGES}
        for language, names in told.items():
            short = {group: self._named(groups[group], sides[group], language) for group in groups}
            for group, points in groups.items():
                names[group] = short[group]
                if [*short.values()].count(short[group]) > 1:
                    names[group] = self._named(points, sides[group], language, all_three=True)
            so_far = Counter(names.values())
            names |= {
                group: f"{name} {NUMBERED[language].format(group)}"
                for group, name in names.items()
                if so_far[name] > 1
            }
        return [
            {"grouping": grouping, "group_id": group, "side": sides[group], "points": len(points)}
            | {f"name_{language}": told[language][group] for language in LANGUAGES}
            for group, points in groups.items()
        ]

    def _side(self, points: list[int]) -> str:
        counts = Counter(self.points[point]["side"] for point in points)
        for side in ("left", "right"):
            if counts[side] / len(points) >= 0.75:
                return side
        return "both"

    def _named(
        self, points: list[int], side: str, language: str, *, all_three: bool = False
    ) -> str:
        counts = Counter(self.points[point]["region"] for point in points)
        order = sorted(
            counts, key=lambda region: (-counts[region], self._words.regions[region]["place"])
        )
        most = counts[order[0]]
        kept = order[:3] if all_three else [r for r in order[:2] if counts[r] >= most / 2]
        words = []
        for region in kept:
            said = self._words.regions[region]
            if side == "both":
                words.append(said[f"both_{language}"])
            elif words:
                words.append(said[f"part_{language}"])
            else:
                words.append(_sided(said, side, language))
        if len(words) == 1:
            return words[0]
        return f"{', '.join(words[:-1])} {AND[language]} {words[-1]}"

    @cached_property
    def group_features(self) -> list[Row]:
        rows = {
            (row["mask"], row["grouping"], row["group_id"]): feature_of(row)
            for row in self._reference.feature_rows
        }
        return [*rows.values()]

    @property
    def feature_list(self) -> list[Row]:
        groups = {(row["grouping"], row["group_id"]): row for row in self.group_names}
        labels = {row["expression"]: row for row in self._lake.expressions}
        found = []
        for row in self.group_features:
            measure = row["grouping"] == "measures"
            if not row["grouping"].endswith("_eyes") and not measure:
                continue
            group, cue = groups[row["grouping"], row["group_id"]], row["supervised"]
            said = {}
            for language in LANGUAGES:
                shown = labels[row["expression"]]
                word = shown[f"label_{language}"] or shown["label_en"]
                name = group[f"name_{language}"]
                way = MEASURED[language][self._reference.choices.feature]
                said[f"label_{language}"] = f"{word} {CUE[language][cue]}, {name}{way}"
            found.append(
                row
                | said
                | {"paper_name": None if measure else f"{row['mask']}_{row['group_id']}"}
                | {"condition": "supervised" if cue else "unsupervised"}
                | {"points": group["points"]}
            )
        return found


def _iris(point: int) -> tuple[int, str]:
    """The mirror image of an iris' point, whose five run round both eyes the same way."""
    images = {right: right + 5 for right in range(468, 473)} | OUTER
    images |= {left: right for right, left in images.items()}
    return images[point], "right" if point < 473 else "left"


def _sided(region: Row, side: str, language: str) -> str:
    if side in ("midline", "both"):
        return str(region[f"both_{language}"])
    right, left = SIDES[language]
    word = str(region[f"left_{language}"])
    return word if side == "left" else right.join(word.split(left))
