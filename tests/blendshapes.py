"""The landmarker's 52 blendshapes by the FACS units that they stand for, written down once more."""

from collections.abc import Iterator
from typing import Final

UNITS: Final = {
    "AU01": "browInnerUp",
    "AU02": "browOuterUp*",
    "AU04": "browDown*",
    "AU05": "eyeWide*",
    "AU06": "cheekSquint*",
    "AU07": "eyeSquint*",
    "AU08": "mouthClose",
    "AU09": "noseSneer*",
    "AU10": "mouthUpperUp*",
    "AU12": "mouthSmile*",
    "AU14": "mouthDimple*",
    "AU15": "mouthFrown*",
    "AU16": "mouthLowerDown*",
    "AU17": "mouthShrugLower mouthShrugUpper",
    "AU18": "mouthPucker",
    "AU20": "mouthStretch*",
    "AU22": "mouthFunnel",
    "AU24": "mouthPress*",
    "AU26": "jawOpen",
    "AU28": "mouthRollLower mouthRollUpper",
    "AU29": "jawForward",
    "AU30": "jaw*",
    "AU34": "cheekPuff",
    "AU45": "eyeBlink*",
    "AU61": "eyeLookOutLeft eyeLookInRight",
    "AU62": "eyeLookInLeft eyeLookOutRight",
    "AU63": "eyeLookUp*",
    "AU64": "eyeLookDown*",
}
"""A star stands for Left and Right."""

WITHOUT_UNIT: Final = ("_neutral", "mouthLeft", "mouthRight")


def units_of_blendshapes() -> dict[str, str | None]:
    """Give the unit of each of the 52, in the landmarker's order."""
    pairs = [(name, unit) for unit, names in UNITS.items() for name in _spread(names)]
    return dict(sorted([*pairs, *((name, None) for name in WITHOUT_UNIT)]))


def side_of(blendshape: str) -> str:
    """Tell the side by the end of the name."""
    sides = [side for side in ("left", "right") if blendshape.endswith(side.capitalize())]
    return sides[0] if sides else "both"


def _spread(names: str) -> Iterator[str]:
    for name in names.split():
        yield from (name.replace("*", side) for side in ("Left", "Right")[: 1 + ("*" in name)])
