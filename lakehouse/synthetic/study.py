"""The plan of a synthetic study: who takes part, how they move, what they score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.synthetic.action_units import ACTION_UNITS
from lakehouse.synthetic.camera import Shot, Tone, draw_shot, draw_tone, limited_normal
from lakehouse.synthetic.expressions import EXPRESSIONS, mean_intensities
from lakehouse.synthetic.face_shapes import SHAPE_MODES
from lakehouse.synthetic.mesh_points import MOUTH_CORNER_LEFT
from lakehouse.synthetic.scores import draw_scores, standardised, without

Vectors = npt.NDArray[np.float64]

_PLANTED_UNIT: Final = "12L"
_PLANTED_SPREAD: Final = 0.45
"""Coefficient of variation of the planted unit's intensity among participants."""

# Coefficients of variation of an intensity: by participant, by mask, by unit and side.
_EXPRESSIVITY: Final = 0.12
_MASK_SPREAD: Final = 0.10
_UNIT_SPREAD: Final = 0.18
_PHOTO_SPREAD: Final = 0.06

# Nobody's face is at rest twice in the same way: standard deviation of intensity that is
# added in every mask, neutral ones included, in the units that wander most.
_RESTLESSNESS: Final[dict[str, float]] = {
    "10R": 0.20,
    "10L": 0.20,
    "12R": 0.05,
    "12L": 0.05,
    "15R": 0.07,
    "15L": 0.07,
    "17": 0.32,
    "20R": 0.05,
    "20L": 0.05,
    "23R": 0.05,
    "23L": 0.05,
    "25": 0.11,
    "26": 0.10,
    "1R": 0.05,
    "1L": 0.05,
    "4R": 0.05,
    "4L": 0.05,
}
# Raising the upper lip, parting the lips and dropping the jaw begin at rest, as closed lips
# cannot close further; the other units may also go below it.
_ONE_WAY: Final = ("10R", "10L", "25", "26", "27")


@dataclass(frozen=True)
class Planted:
    """The one relation between a movement and a score that a plan contains.

    Attributes
    ----------
    expression : str
        Where the movement shows.
    supervised : bool
        In which condition.
    point : int
        Mesh point that the movement's action unit is anchored at.
    instrument : str
        The questionnaire whose score follows the movement.
    rho : float
        Pearson correlation of the true intensity with the score before rounding.
    """

    expression: str
    supervised: bool
    point: int
    instrument: str
    rho: float


@dataclass(frozen=True, eq=False)
class StudyPlan:
    """A synthetic study, complete but for the pictures.

    Attributes
    ----------
    seed : int
        What all randomness comes from.
    participants : tuple of str
        Ids, leading zeros kept.
    expressions : tuple of str
        In the order of their codes.
    conditions : tuple of bool
        Values of supervised.
    photos : int
        Photographs per participant, expression and condition.
    shapes : ndarray of float64, shape (participants, len(SHAPE_MODES))
        Face shapes in standard deviations.
    tones : tuple of Tone
        Complexion and light per participant.
    intensities : ndarray of float64, \
shape (participants, expressions, conditions, len(ACTION_UNITS))
        Mean intensity of each action unit in each mask.
    planted : Planted
        The relation to be found again.
    planted_scores : ndarray of float64, shape (participants,)
        The planted score before rounding.
    scores : polars.DataFrame
        Columns participant and ``<instrument>_score``.
    """

    seed: int
    participants: tuple[str, ...]
    expressions: tuple[str, ...]
    conditions: tuple[bool, ...]
    photos: int
    shapes: Vectors
    tones: tuple[Tone, ...]
    intensities: Vectors
    planted: Planted
    planted_scores: Vectors
    scores: pl.DataFrame

    @property
    def planted_intensities(self) -> Vectors:
        """Intensity that the planted score follows, shape (participants,).

        Raises
        ------
        ValueError
            If the plan lacks the planted expression or condition.
        """
        expression = self.expressions.index(self.planted.expression)
        condition = self.conditions.index(self.planted.supervised)
        chosen: Vectors = self.intensities[
            :, expression, condition, ACTION_UNITS.index(_PLANTED_UNIT)
        ]
        return chosen

    def photo(
        self, participant: str, expression: str, supervised: bool, photo: int
    ) -> tuple[Vectors, Vectors, Shot]:
        """Look up everything that one photograph depends on.

        Parameters
        ----------
        participant, expression, supervised
            The mask.
        photo : int
            Number of the photograph in its mask, from 1.

        Returns
        -------
        intensities : ndarray of float64, shape (len(ACTION_UNITS),)
            Of the action units at this moment.
        shape : ndarray of float64, shape (len(SHAPE_MODES),)
            The participant's face.
        shot : Shot
            Pose, camera and light; the participant's tone is in it.

        Raises
        ------
        ValueError
            If the plan has no such photograph.
        """
        if not 1 <= photo <= self.photos:
            raise ValueError(f"photo must be between 1 and {self.photos}, not {photo}")
        person = self.participants.index(participant)
        cell = (self.expressions.index(expression), self.conditions.index(supervised))
        rng = np.random.default_rng([self.seed, _STREAMS["photos"], person, *cell, photo])
        shot = draw_shot(rng)
        wavering = 1 + _PHOTO_SPREAD * limited_normal(rng, len(ACTION_UNITS))
        return (
            self.intensities[person, cell[0], cell[1]] * wavering,
            self.shapes[person],
            replace(shot, tone=self.tones[person].combined(shot.tone)),
        )


# Each part of a plan draws from its own stream, so a change to one leaves the others.
_STREAMS: Final = {"faces": 1, "movements": 2, "scores": 3, "photos": 4}


def plan_study(
    participants: int | Sequence[str] = 24,
    photos: int = 3,
    *,
    seed: int = 0,
    expressions: Sequence[str] = EXPRESSIONS,
    conditions: Sequence[bool] = (False, True),
    rho: float = 0.85,
) -> StudyPlan:
    """Plan a study; nothing is drawn on the screen or written.

    Parameters
    ----------
    participants : int or sequence of str
        How many, with ids ``0101``, ``0102`` and so on, or their ids.
    photos : int
        Photographs per participant, expression and condition.
    seed : int
        The same seed gives the same study.
    expressions : sequence of str
        In the order of their codes; see `KNOWN_EXPRESSIONS`.
    conditions : sequence of bool
        Values of supervised: without and with an emoji as cue.
    rho : float
        Correlation of the planted movement, the left mouth corner's in unsupervised
        happiness, with the planted score, asrsb.

    Returns
    -------
    StudyPlan
        Pure data, cheap to make.

    Raises
    ------
    ValueError
        If a number is out of range, or an expression is unknown or given twice.
    """
    if isinstance(participants, int):
        participants = [f"{101 + number:04d}" for number in range(participants)]
    people, kinds, cues = tuple(participants), tuple(expressions), tuple(conditions)
    for what, values in (("participant", people), ("expression", kinds), ("condition", cues)):
        if not values or len(set(values)) != len(values):
            raise ValueError(f"at least one {what}, none of them twice, not {values}")
    if photos < 1:
        raise ValueError(f"at least one photo per mask, not {photos}")
    if not -1 <= rho <= 1:
        raise ValueError(f"a correlation lies between -1 and 1, not {rho}")
    planted = Planted("happiness", False, MOUTH_CORNER_LEFT, "asrsb", rho)

    faces = np.random.default_rng([seed, _STREAMS["faces"]])
    shapes = limited_normal(faces, (len(people), len(SHAPE_MODES)))
    tones = tuple(draw_tone(faces, 0.06) for _ in people)
    movements = np.random.default_rng([seed, _STREAMS["movements"]])
    # Evenly spread, so that ranks tell people apart as well as values do.
    drive = standardised(movements.permutation(len(people)).astype(np.float64))
    intensities = _draw_intensities(drive, kinds, cues, movements)
    if planted.expression in kinds and planted.supervised in cues:
        level = mean_intensities(planted.expression, planted.supervised)[_PLANTED_UNIT]
        cell = (kinds.index(planted.expression), cues.index(planted.supervised))
        intensities[:, cell[0], cell[1], ACTION_UNITS.index(_PLANTED_UNIT)] = level * (
            1 + _PLANTED_SPREAD * drive
        )
    scores, exact = draw_scores(
        people, drive, planted.instrument, rho, np.random.default_rng([seed, _STREAMS["scores"]])
    )
    return StudyPlan(
        seed, people, kinds, cues, photos, shapes, tones, intensities, planted, exact, scores
    )


def _draw_intensities(
    drive: Vectors,
    expressions: tuple[str, ...],
    conditions: tuple[bool, ...],
    rng: np.random.Generator,
) -> Vectors:
    """Draw every participant's intensities, uncorrelated with the planted drive."""
    count = len(drive)
    cells = (count, len(expressions), len(conditions))
    levels = np.array(
        [
            [
                [mean_intensities(expression, cue).get(unit, 0.0) for unit in ACTION_UNITS]
                for cue in conditions
            ]
            for expression in expressions
        ]
    )
    expressivity = _EXPRESSIVITY * limited_normal(rng, count)[:, None, None, None]
    by_mask = _MASK_SPREAD * limited_normal(rng, cells)[..., None]
    by_unit = _UNIT_SPREAD * limited_normal(rng, (*cells, len(ACTION_UNITS)))
    resting = np.array([_RESTLESSNESS.get(unit, 0.0) for unit in ACTION_UNITS])
    restless = resting * limited_normal(rng, (*cells, len(ACTION_UNITS)))
    intensities = without(levels * (1 + expressivity + by_mask + by_unit) + restless, drive)
    for unit in _ONE_WAY:
        one_way = intensities[..., ACTION_UNITS.index(unit)]
        np.abs(one_way, out=one_way)
    return intensities
