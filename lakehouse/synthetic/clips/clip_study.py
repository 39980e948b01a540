"""The plan of a study of clips: who moves when, and whose score follows a latency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.synthetic.camera import Shot, draw_shot, limited_normal
from lakehouse.synthetic.clips.clip import Clip, Face
from lakehouse.synthetic.clips.filming import TICKS, Filming
from lakehouse.synthetic.clips.time_course import TimeCourse
from lakehouse.synthetic.expressions import EXPRESSIONS
from lakehouse.synthetic.scores import draw_scores, standardised
from lakehouse.synthetic.study import StudyPlan, plan_study

Vectors = npt.NDArray[np.float64]

NEUTRAL: Final = EXPRESSIONS[0]
"""Of a clip in which nothing moves."""

_CUE_S: Final = 0.5
_HALF_RISE_S: Final = (0.5, 0.12)
"""From the cue until half of the apex is reached: mean and standard deviation."""
_RISE_S: Final = (0.4, 0.15)
_HOLD_S: Final = (0.25, 0.15)
_FALL_S: Final = (0.4, 0.15)
"""Mean, and standard deviation as a share of it. All are over within two seconds of the cue."""
_AMPLITUDE: Final = 1.3
"""Of the mean, in photographs' expressions: those that people pose for a moment are larger."""
_AMPLITUDE_SPREAD: Final = 0.1
_LEAST: Final = 0.6
"""No duration is shorter than this share of its mean."""


@dataclass(frozen=True)
class PlantedLatency:
    """The one relation between the time of a movement and a score that a study contains.

    Attributes
    ----------
    expression : str
        Whose latency, from the cue to half of the apex.
    supervised : bool
        In which condition.
    instrument : str
        The questionnaire whose score follows it.
    rho : float
        Their Pearson correlation, before the score is rounded.
    """

    expression: str
    supervised: bool
    instrument: str
    rho: float


@dataclass(frozen=True, eq=False)
class ClipStudy:
    """A study of clips, complete but for the pictures.

    Attributes
    ----------
    participants : tuple of str
        Ids, leading zeros kept.
    clips : tuple of Clip
        By participant, expression and condition.
    planted : PlantedLatency
        The relation to be found again.
    scores : polars.DataFrame
        Columns participant and ``<instrument>_score``.
    """

    participants: tuple[str, ...]
    clips: tuple[Clip, ...]
    planted: PlantedLatency
    scores: pl.DataFrame


# Each part of a plan draws from its own stream, so a change to one leaves the others.
_STREAMS: Final = {"latencies": 11, "courses": 12, "clips": 13, "scores": 14}


def plan_clips(
    participants: int | Sequence[str] = 14,
    expressions: Sequence[str] = ("disgust", "happiness", "surprise"),
    filming: Filming = Filming(duration_s=2.5),
    *,
    conditions: Sequence[bool] = (False,),
    seed: int = 0,
    rho: float = 0.95,
) -> ClipStudy:
    """Plan a study of clips; nothing is drawn or written.

    Parameters
    ----------
    participants : int or sequence of str
        How many, with ids ``0101``, ``0102`` and so on, or their ids.
    expressions : sequence of str
        See `KNOWN_EXPRESSIONS`; in clips of ``neutral`` nothing but the head moves.
    filming : Filming
        Of all clips.
    conditions : sequence of bool
        Values of supervised.
    seed : int
        The same seed gives the same study.
    rho : float
        Correlation of the planted latency, until half of the smile, with the planted score, asrsa.

    Returns
    -------
    ClipStudy
        Cheap to make.

    Raises
    ------
    ValueError
        If a number is out of range, an expression is unknown or given twice, or the clips end
        before the movements.
    """
    kinds = tuple(expressions)
    # With the photographs' relation planted at 0: nothing but the latency follows a score.
    plan = plan_study(
        participants,
        seed=seed,
        expressions=[*dict.fromkeys((NEUTRAL, *kinds))],
        conditions=conditions,
        rho=0.0,
    )
    if not kinds or len(set(kinds)) != len(kinds):
        raise ValueError(f"at least one expression, none of them twice, not {kinds}")
    people = plan.participants
    rng = np.random.default_rng([seed, _STREAMS["latencies"]])
    # Evenly spread, so that ranks tell people apart as well as values do.
    latencies = standardised(rng.permutation(len(people)).astype(np.float64))
    planted = PlantedLatency("happiness", False, "asrsa", rho)
    scores, _ = draw_scores(
        people,
        latencies,
        planted.instrument,
        rho,
        np.random.default_rng([seed, _STREAMS["scores"]]),
    )
    clips = tuple(
        _clip(
            plan,
            (participant, expression, supervised),
            filming,
            latencies[person]
            if (expression, supervised) == (planted.expression, planted.supervised)
            else None,
        )
        for person, participant in enumerate(people)
        for expression in kinds
        for supervised in plan.conditions
    )
    late = max(clip.course.end_s for clip in clips)
    if late > filming.duration_s:
        raise ValueError(f"movements last until {late:.1f} s, clips only {filming.duration_s} s")
    return ClipStudy(people, clips, planted, scores)


def _clip(
    plan: StudyPlan, mask: tuple[str, str, bool], filming: Filming, latency: float | None
) -> Clip:
    """Draw one clip; its latency is a standardised one where it is planted."""
    participant, expression, supervised = mask
    person, condition = plan.participants.index(participant), plan.conditions.index(supervised)
    place = plan.expressions.index(expression)
    draws = np.random.default_rng([plan.seed, _STREAMS["clips"], person, place, condition])
    ticks = filming.frame_ticks(draws)
    states = plan.intensities[person, :, condition]
    face = Face(
        rest=states[plan.expressions.index(NEUTRAL)],
        apex=states[place],
        shape=plan.shapes[person],
        shot=_shot(plan, person),
    )
    return Clip(
        participant,
        expression,
        supervised,
        video=f"{expression}-{supervised:02d}",
        face=face,
        course=_course(
            np.random.default_rng([plan.seed, _STREAMS["courses"], person, place, condition]),
            latency,
            still=expression == NEUTRAL,
        ),
        cue_s=_CUE_S,
        ticks=ticks,
        sway=filming.swaying(ticks / TICKS, draws),
        grain=draws.integers(256, size=(len(ticks), 2)),
        filming=filming,
    )


def _shot(plan: StudyPlan, person: int) -> Shot:
    """Draw a participant's light and distance, which stay."""
    shot = draw_shot(np.random.default_rng([plan.seed, _STREAMS["clips"], person]))
    return replace(shot, tone=plan.tones[person].combined(shot.tone))


def _course(rng: np.random.Generator, latency: float | None, *, still: bool) -> TimeCourse:
    """Draw when a movement begins and how long its parts last."""
    own, *durations, strength = limited_normal(rng, 5).tolist()
    rise, hold, fall = (
        mean * max(_LEAST, 1 + spread * deviation)
        for (mean, spread), deviation in zip((_RISE_S, _HOLD_S, _FALL_S), durations, strict=True)
    )
    mean, spread = _HALF_RISE_S
    half = mean + spread * (own if latency is None else latency)
    return TimeCourse(
        _CUE_S + half - rise / 2,
        rise,
        hold,
        fall,
        amplitude=0.0 if still else _AMPLITUDE * (1 + _AMPLITUDE_SPREAD * strength),
    )
