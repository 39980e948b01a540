"""What each expression is made of, and what the emoji changes.

The prototypes are those of the FACS manual's investigator's guide; contempt is the
one-sided tightening of the lip corner.

References
----------
.. [1] P. Ekman, W. V. Friesen, J. C. Hager. Facial Action Coding System: Investigator's
       Guide. Research Nexus, Salt Lake City, 2002.
.. [2] P. Ekman, W. V. Friesen. A new pan-cultural facial expression of emotion.
       Motivation and Emotion 10, 1986 (contempt).
"""

from __future__ import annotations

from typing import Final

from lakehouse.synthetic.action_units import SIDED_UNITS, SIDES

EXPRESSIONS: Final[tuple[str, ...]] = (
    "neutral",
    "anger",
    "contempt",
    "disgust",
    "fear",
    "happiness",
    "sadness",
    "surprise",
)
"""The study's eight, in the order of their codes 00 to 07."""

# Mean intensity of each unit without a cue. A unit without side acts on both.
_RECIPES: Final[dict[str, dict[str, float]]] = {
    "neutral": {},
    "anger": {"4": 0.4, "5": 0.25, "7": 0.4, "17": 0.15, "23": 0.45},
    "contempt": {"12R": 0.1, "14R": 0.45, "14L": 0.1},
    "disgust": {"9": 0.55, "10": 0.25, "15": 0.4, "17": 0.5},
    "fear": {"1": 0.22, "2": 0.15, "4": 0.15, "5": 0.5, "20": 0.3, "25": 0.2, "26": 0.05},
    "happiness": {"6": 0.45, "12": 0.65, "25": 0.5},
    "sadness": {"1": 0.3, "4": 0.2, "15": 0.32, "17": 0.2},
    "surprise": {"1": 0.3, "2": 0.3, "5": 0.5, "25": 0.25, "26": 0.42},
    "sleepy": {"43": 0.85},
    "wink": {"6L": 0.2, "43L": 0.9, "12L": 0.2},
}
KNOWN_EXPRESSIONS: Final[tuple[str, ...]] = tuple(_RECIPES)
"""The study's eight, and two that other collections have: sleepy and wink."""

# Ratio of intensity under the cue to without it. The paper (4.1.2) saw less of happiness
# and more of surprise, and its mean distances to neutral grew in every other expression.
_CUE_GAIN: Final[dict[str, float]] = {
    "anger": 1.35,
    "contempt": 1.25,
    "disgust": 1.4,
    "fear": 1.4,
    "happiness": 0.84,
    "sadness": 1.25,
    "surprise": 1.35,
}


def mean_intensities(expression: str, supervised: bool) -> dict[str, float]:
    """Look up how strongly each action unit shows in an expression on average.

    Parameters
    ----------
    expression : str
        One of `KNOWN_EXPRESSIONS`.
    supervised : bool
        Whether an emoji was shown as cue.

    Returns
    -------
    dict of str to float
        Intensity (0 absent, 1 maximal) by the name used in `ACTION_UNITS`; units that do
        not take part are left out.

    Raises
    ------
    ValueError
        If the expression is not known.
    """
    if expression not in _RECIPES:
        raise ValueError(
            f"no recipe for the expression {expression!r}; known are {', '.join(_RECIPES)}"
        )
    gain = _CUE_GAIN.get(expression, 1.0) if supervised else 1.0
    intensities: dict[str, float] = {}
    for unit, level in _RECIPES[expression].items():
        names = [unit + side for side in SIDES] if unit in SIDED_UNITS else [unit]
        intensities.update(dict.fromkeys(names, level * gain))
    return intensities
