"""Other models' points, which are refused and never taken for MediaPipe's."""

import re
from pathlib import Path
from typing import Final

from lakehouse.vocabulary import ALL_POINTS, MESH_POINTS

COUNTS: Final = (MESH_POINTS, ALL_POINTS)
"""Points of a face of MediaPipe's, without and with the irises."""

_HEAD_BYTES: Final = 200
_POINTS: Final = re.compile(rb"n_points:\s*(\d{1,6})")

_MODELS: Final = {
    5: "the five points of face detectors such as RetinaFace and MTCNN",
    6: "the six points of MediaPipe's face detector",
    21: "the 21 points of AFLW, or those of a hand",
    29: "the 29 points of COFW",
    33: "the 33 points of MediaPipe's pose of the body",
    51: "iBUG's points without the outline (dlib)",
    66: "the 66 points of older trackers",
    68: "the 68 points of OpenFace, dlib, py-feat and iBUG 300-W",
    98: "the 98 points of WFLW",
    106: "the 106 points of InsightFace and JD-landmark",
    194: "the 194 points of HELEN",
}


def refusal(points: int) -> str:
    """Say why a face with so many points is not taken.

    Returns
    -------
    str
        It fits behind "has".
    """
    expected = f"{MESH_POINTS} or {ALL_POINTS}"
    if model := _MODELS.get(points):
        return (
            f"{points} points, not {expected}: {model}; distances and atlas are those of "
            "MediaPipe's face mesh, so extract the photographs with it"
        )
    return f"{points:,} points, not the {expected} of MediaPipe's face mesh"


def points_file_refusal(path: Path) -> str:
    """Say why a file of points as iBUG and dlib write them (.pts) is not taken.

    Returns
    -------
    str
        With the number of points, where the file says it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        head = b""
    match = _POINTS.search(head)
    return (
        f"has {refusal(int(match[1]))}" if match else "is a file of another model's points (.pts)"
    )
