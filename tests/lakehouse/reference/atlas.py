"""What is known of the mesh beforehand, read from where it comes from.

From MediaPipe's canonical face in the face model, from its list of connections, from the paper
and from anatomy.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from lakehouse.extraction.face_model import model_path
from tests.canonical_face import read_canonical_face
from tests.lakehouse.reference.alignments import NOSE_TIP, CanonicalBasis

Row = dict[str, Any]

LEFT_EYELID = (362, 382, 381, 380, 374, 373, 390, 249, 463, 341, 256, 252, 253, 254, 339, 255, 359)
RIGHT_EYELID = (33, 7, 163, 144, 145, 153, 154, 155, 133, 112, 26, 22, 23, 24, 110, 25, 130)
"""The paper's lists."""

# Where each muscle counts, and the action units of which the FACS manual names it as a basis.
GROUPS = {
    "forehead": ("frontalis_inner", "frontalis_outer"),
    "orbital": (
        *("corrugator_supercilii", "orbicularis_oculi_orbital"),
        "orbicularis_oculi_palpebral",
    ),
    "nasal": ("procerus", "nasalis"),
    "oral": (
        *("levator_labii_superioris_alaeque_nasi", "levator_labii_superioris"),
        *("levator_anguli_oris", "zygomaticus_minor", "zygomaticus_major", "risorius"),
        *("buccinator", "orbicularis_oris_upper", "orbicularis_oris_lower"),
        *("depressor_anguli_oris", "depressor_labii_inferioris", "mentalis", "platysma"),
    ),
    "jaw": ("masseter", "temporalis"),
}
UNITS = {
    1: ("frontalis_inner",),
    2: ("frontalis_outer",),
    4: ("corrugator_supercilii", "procerus"),
    6: ("orbicularis_oculi_orbital",),
    7: ("orbicularis_oculi_palpebral",),
    8: ("orbicularis_oris_upper", "orbicularis_oris_lower"),
    9: ("levator_labii_superioris_alaeque_nasi",),
    10: ("levator_labii_superioris",),
    11: ("zygomaticus_minor",),
    12: ("zygomaticus_major",),
    13: ("levator_anguli_oris",),
    14: ("buccinator",),
    15: ("depressor_anguli_oris",),
    16: ("depressor_labii_inferioris",),
    17: ("mentalis",),
    18: ("orbicularis_oris_upper", "orbicularis_oris_lower"),
    20: ("risorius", "platysma"),
    21: ("platysma",),
    22: ("orbicularis_oris_upper", "orbicularis_oris_lower"),
    23: ("orbicularis_oris_upper", "orbicularis_oris_lower"),
    24: ("orbicularis_oris_upper", "orbicularis_oris_lower"),
    25: (
        *("depressor_labii_inferioris", "mentalis"),
        *("orbicularis_oris_upper", "orbicularis_oris_lower"),
    ),
    26: ("masseter", "temporalis"),
    28: ("orbicularis_oris_upper", "orbicularis_oris_lower"),
    31: ("masseter",),
    38: ("nasalis",),
    39: ("nasalis",),
    43: ("orbicularis_oculi_palpebral",),
    45: ("orbicularis_oculi_palpebral",),
    46: ("orbicularis_oculi_palpebral",),
}
WORDS = {-1: "right", 0: "midline", 1: "left"}
"""By the sign of x in the canonical face, which runs to the participant's left."""


class Atlas:
    """Relations about the mesh.

    Parameters
    ----------
    basis : CanonicalBasis
    of_one_side : dict of str to list of int
        The points of each muscle of the built-in atlas on the right and on the midline, which
        nothing but the atlas says.
    own_muscles : Path or None
        The user's file that takes the atlas' place.
    """

    RELATIONS: ClassVar = (
        *("mirror_points", "triangles", "procrustes_basis", "eyelid_points", "muscles"),
        "muscle_action_units",
    )

    def __init__(
        self, basis: CanonicalBasis, of_one_side: dict[str, list[int]], own_muscles: Path | None
    ) -> None:
        self._basis = basis
        self._of_one_side = of_one_side
        self._own_muscles = own_muscles

    @property
    def mirror_points(self) -> list[Row]:
        return [
            {"point": point, "mirrored_point": image, "side": side}
            for point, (image, side) in enumerate(mirror_images())
        ]

    @property
    def triangles(self) -> list[Row]:
        return [
            {"triangle": number, "point_a": a, "point_b": b, "point_c": c}
            for number, (a, b, c) in enumerate(tesselation())
        ]

    @property
    def procrustes_basis(self) -> list[Row]:
        basis = self._basis
        heights = dict(zip(basis.points.tolist(), basis.places[:, 1], strict=True))
        return [
            {"point": point, "weight": weight, "upper": bool(place[1] < heights[NOSE_TIP])}
            | dict(zip("xyz", place.tolist(), strict=True))
            for point, weight, place in zip(
                basis.points.tolist(), basis.weights.tolist(), basis.places, strict=True
            )
        ]

    @property
    def eyelid_points(self) -> list[Row]:
        return [
            {"point": point, "side": side, "place": place}
            for place, (side, points) in enumerate((("left", LEFT_EYELID), ("right", RIGHT_EYELID)))
            for point in points
        ]

    @property
    def muscles(self) -> list[Row]:
        if self._own_muscles is not None:
            with self._own_muscles.open(newline="", encoding="utf-8") as file:
                return [
                    {name: row[name] for name in ("muscle", "side", "muscle_group")}
                    | {"point": int(row["point"])}
                    for row in csv.DictReader(file)
                ]
        images = mirror_images()
        rows = []
        for muscle, right in self._of_one_side.items():
            [group] = [group for group, muscles in GROUPS.items() if muscle in muscles]
            rows += [
                {
                    "muscle": muscle,
                    "point": point,
                    "side": images[point][1],
                    "muscle_group": group,
                }
                for point in {*right, *(images[point][0] for point in right)}
            ]
        return rows

    @property
    def muscle_action_units(self) -> list[Row]:
        pairs = [(muscle, unit) for unit, muscles in UNITS.items() for muscle in muscles]
        if self._own_muscles is not None:
            with self._own_muscles.open(newline="", encoding="utf-8") as file:
                named = {row["muscle"]: row["action_unit"] for row in csv.DictReader(file)}
            pairs = [
                (muscle, int(unit.removeprefix("AU")))
                for muscle, units in named.items()
                for unit in units.split()
            ]
        return [{"muscle": muscle, "action_unit": f"AU{unit:02d}"} for muscle, unit in pairs]


@cache
def mirror_images() -> list[tuple[int, str]]:
    """Of each point of the mesh, the point where x is turned round, and the side it lies on."""
    vertices = read_canonical_face(model_path())[1]
    number = {tuple(vertex): point for point, vertex in enumerate(vertices.tolist())}
    return [(number[-x, y, z], WORDS[int(np.sign(x))]) for x, y, z in vertices.tolist()]


@cache
def tesselation() -> list[tuple[int, ...]]:
    """Triangles of MediaPipe's list of connections, each from its smallest point on.

    The list is read as text: the library itself stays outside this process.
    """
    found = find_spec("mediapipe")
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin).parent / "tasks" / "python" / "vision" / "face_landmarker.py"
    _, _, rest = source.read_text().partition("FACE_LANDMARKS_TESSELATION: List[Connection] = [")
    listed = rest.partition("]")[0]
    starts = [int(start) for start in re.findall(r"Connection\((\d+), *\d+\)", listed)]
    triangles = [starts[at : at + 3] for at in range(0, len(starts), 3)]
    return [
        tuple(corners[corners.index(min(corners)) :] + corners[: corners.index(min(corners))])
        for corners in triangles
    ]
