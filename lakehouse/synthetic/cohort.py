"""A cohort of any size straight into the lake: landmarks and scores without photographs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from lakehouse.errors import LakeError, UsageError
from lakehouse.files.listing import present
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import PART_PHOTOS, commit_part, part_name, part_names, recover
from lakehouse.lake.records import PhotoRecord, PhotoRow
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort_faces import (
    ALIKE,
    ONE_POSTURE,
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    Blocks,
    CohortFaces,
    CohortMask,
    Person,
    Tremble,
)
from lakehouse.synthetic.cohort_scores import draw_cohort_scores
from lakehouse.synthetic.expressions import KNOWN_EXPRESSIONS
from lakehouse.synthetic.study_scores import STUDY, draw_study_scores

EXTRACTOR: Final = "synthetic"

_EXTRACTED_AT: Final = "1970-01-01T00:00:00+00:00"
"""No moment, so that the same seed gives the same bytes."""

_PLANTED_MASK: Final = ("happiness", False)

# People and scores draw from streams of their own, so a change to one leaves the other.
_STREAMS: Final = {"people": 11, "scores": 12}


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """What was written.

    Attributes
    ----------
    participants, photos, landmarks, parts : int
        How many were written.
    masks : int
        Expressions times conditions.
    instruments : tuple of str
    seconds : float
        Wall time.
    """

    participants: int
    photos: int
    landmarks: int
    parts: int
    masks: int
    instruments: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class CohortOptions:
    """How a cohort is made, besides its size.

    Parameters
    ----------
    part_photos : int
        In a part of the lake at most, but a participant's are never parted.
    on_written : callable, optional
        Called with the photographs written and to be written, after each part.
    blocks : Blocks
        How the photographs with a cue differ from those without.
    tremble : Tremble
        How noise differs from person to person, and whether faces do anything else.
    study_rho : float, optional
        With it, scores are distributed as the study's own (`draw_study_scores`): one follows the
        movement to this degree, and none does at 0. Without it, scores are those of the settings'
        instruments.
    """

    part_photos: int = PART_PHOTOS
    on_written: Callable[[int, int], None] | None = None
    blocks: Blocks = ONE_POSTURE
    tremble: Tremble = ALIKE
    study_rho: float | None = None


def write_cohort(
    paths: WarehousePaths,
    settings: Settings,
    *,
    participants: int = 309,
    photos: int = 3,
    seed: int = 0,
    options: CohortOptions = CohortOptions(),
) -> CohortSummary:
    """Fill an empty lake with made-up participants and their scores.

    Parameters
    ----------
    settings : Settings
        Expressions, conditions and instruments.
    participants : int
        309 as in the paper.
    photos : int
        Photographs of each mask.
    seed : int
        The same seed gives the same rows, whatever the size of the parts.

    Raises
    ------
    UsageError
        If there is nothing to write, or the generator does not know how a configured expression
        looks.
    LakeError
        If the lake holds something already, is in use or cannot be written.

    Notes
    -----
    Memory is that of one part and a number per participant. The left mouth corner's movement
    in unsupervised happiness is tied to the score asrsb, where the settings have that mask, unless
    `study_rho` is 0.
    """
    for what, number in (("participant", participants), ("photograph per mask", photos)):
        if number < 1:
            raise UsageError(f"at least one {what}, not {number}")
    started = time.perf_counter()
    masks = cohort_masks(settings)
    faces = CohortFaces(masks, options.blocks, options.tremble)
    ids = participant_ids(participants)
    per_person = len(masks) * photos
    people_per_part = max(1, options.part_photos // per_person)
    planted = [(mask.expression, mask.supervised) == _PLANTED_MASK for mask in masks]
    movement = np.zeros(participants)
    written = 0
    # The last bits of a threaded product depend on the number of threads, and the files must not.
    with lake_lock(paths), threadpool_limits(limits=1):
        recover(paths)
        _require_empty(paths)
        for first in range(0, participants, people_per_part):
            people = range(first, min(first + people_per_part, participants))
            records: list[PhotoRecord] = []
            for number in people:
                rng = np.random.default_rng([seed, _STREAMS["people"], number])
                person = faces.draw(rng, photos)
                movement[number] = np.log(person.corner[planted].sum()) if any(planted) else 0.0
                records += _records(ids[number], masks, person, options.blocks)
            written += 1
            commit_part(paths, part_name(written), records)
            if options.on_written is not None:
                options.on_written(people.stop * per_person, participants * per_person)
        rng = np.random.default_rng([seed, _STREAMS["scores"]])
        if options.study_rho is None:
            scores = draw_cohort_scores(ids, movement, settings.instruments, rng)
        else:
            scores = draw_study_scores(ids, movement, options.study_rho, rng)
        write_parquet(scores, paths.scores)
    return CohortSummary(
        participants=participants,
        photos=participants * per_person,
        landmarks=participants * per_person * person.landmarks.shape[2],
        parts=written,
        masks=len(masks),
        instruments=tuple(settings.instruments if options.study_rho is None else STUDY),
        seconds=time.perf_counter() - started,
    )


def participant_ids(participants: int) -> list[str]:
    """Give participants their ids: numbers from 1, with leading zeros.

    Returns
    -------
    list of str
        All of one width, four digits at least, so that they sort as their numbers do.
    """
    width = max(4, len(str(participants)))
    return [f"{number:0{width}d}" for number in range(1, participants + 1)]


def cohort_masks(settings: Settings) -> list[CohortMask]:
    """List the masks that the settings' dataset has.

    Returns
    -------
    list of CohortMask
        By expression, without a cue first.

    Raises
    ------
    UsageError
        If the generator does not know how one of the expressions looks.
    """
    codes = settings.expression_codes()
    if unknown := [name for name in codes if name not in KNOWN_EXPRESSIONS]:
        raise UsageError(
            f"these expressions cannot be synthesized: {', '.join(unknown)}",
            where="dataset.expressions",
            fix=f"list only {', '.join(KNOWN_EXPRESSIONS)}",
        )
    dataset = settings.dataset
    conditions = sorted(set(dataset.supervised.values())) if dataset.says_conditions() else [False]
    return [
        CohortMask(code, expression, supervised)
        for expression, code in codes.items()
        for supervised in conditions
    ]


def _require_empty(paths: WarehousePaths) -> None:
    """Refuse to mix made-up people with others, or to replace somebody's scores."""
    held = "photographs" if part_names(paths) else "scores" if present(paths.scores) else None
    if held is not None:
        raise LakeError(
            f"holds {held} already",
            where=str(paths.lake),
            fix="name another folder with --warehouse, or delete this lake",
        )


def _records(
    participant: str, masks: list[CohortMask], person: Person, blocks: Blocks
) -> list[PhotoRecord]:
    """Lay a participant's photographs out as the lake's records."""
    return [
        PhotoRecord(
            PhotoRow(
                participant=participant,
                expression=mask.expression,
                supervised=mask.supervised,
                photo=str(photo),
                path=f"{EXTRACTOR}/{mask.code}/{mask.supervised:02d}/{participant}/{photo}",
                # There is no file, hence nothing of a file.
                sha256=None,
                bytes=None,
                width=PICTURE_WIDTH,
                height=PICTURE_HEIGHT,
                orientation=1,
                status="ok",
                error=None,
                faces=1,
                face_height=float(height),
                yaw=0.0,
                pitch=blocks.pitch_deg if mask.supervised else 0.0,
                roll=float(roll),
                retry=None,
                extractor=EXTRACTOR,
                model_sha256=None,
                extracted_at=_EXTRACTED_AT,
            ),
            landmarks,
        )
        for place, mask in enumerate(masks)
        for photo, (landmarks, height, roll) in enumerate(
            zip(
                person.landmarks[place],
                person.heights[place],
                person.rolls_deg[place],
                strict=True,
            ),
            start=1,
        )
    ]
