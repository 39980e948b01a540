"""Small lakes with everything that goes wrong in a real study, written straight as Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.lake import schemas
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.portrait import load_landmarks
from tests.blendshapes import units_of_blendshapes

IDS: Final = ("0870", "é ü", "a'b", "870", '"x"', "NULL", "0870 ", "日本")
EXPRESSIONS: Final = ("neutral", "happiness", "fear", "a_smile")
NEUTRAL: Final = ("neutral", False)
_SCORED: Final = 0.8
"""Probability that a blendshape of a face is there."""

INSTRUMENTS: Final = ("asrsb", "dbi", "constant", "unanswered")


@dataclass(frozen=True)
class CohortPlan:
    """What a random lake is like.

    Attributes
    ----------
    seed : int
    participants, expressions, photos : int
        How many; photos are those of a complete mask.
    conditions : bool
        Whether there are photographs with a cue.
    trouble : float
        Probability that something is wrong with a photograph, and that a score is missing.
    moving : int
        Mesh points that move in every mask, so that they come out above average.
    depth : float
        Probability that a photograph's landmarks have a z.
    scores : bool
        Whether there is a file of scores.
    known : float
        Probability that pose, size and file of a photograph with a face are known.
    covariates : bool
        Whether there is a file of covariates.
    copies : float
        Probability that a photograph with a face is another one once more.
    neutral : float
        Probability that a participant has photographs of the neutral face without a cue.
    identity : bool
        Whether it is known who is in a photograph; if not, each is a participant of its own.
    """

    seed: int
    participants: int
    expressions: int
    photos: int
    conditions: bool
    trouble: float
    moving: int
    depth: float
    scores: bool
    known: float = 0.0
    covariates: bool = False
    copies: float = 0.0
    neutral: float = 1.0
    identity: bool = True


def write_random_cohort(paths: WarehousePaths, plan: CohortPlan) -> tuple[str, ...]:
    """Write a lake.

    Parameters
    ----------
    paths : WarehousePaths
    plan : CohortPlan

    Returns
    -------
    tuple of str
        The expressions in the study's order.
    """
    rng = np.random.default_rng(plan.seed)
    expressions = EXPRESSIONS[: plan.expressions]
    people = [str(name) for name in rng.permutation(IDS)[: plan.participants]]
    neutral = load_landmarks()
    moving = rng.choice(468, plan.moving, replace=False)
    photos: list[dict[str, Any]] = []
    faces: list[npt.NDArray[np.float32] | None] = []
    # From a stream of its own, so that the cohorts with neutral faces stay as they are.
    lacking = np.random.default_rng([plan.seed, 3])
    for participant in people:
        has_neutral = lacking.random() < plan.neutral
        own = neutral + rng.normal(0, 4, neutral.shape)
        for expression, supervised in _masks(plan, expressions, has_neutral):
            mask = own + rng.normal(0, 1, own.shape)
            if (expression, supervised) != NEUTRAL:
                mask[moving] += rng.normal(0, 12, (plan.moving, 3))
            for photo in range(_count(plan, expression, rng)):
                row = _photo(participant, expression, supervised, photo, plan, rng)
                photos.append(row)
                face = _pictured(mask + rng.normal(0, 1, mask.shape), plan, rng)
                faces.append(face if row["status"] == "ok" else None)
    if not plan.identity:
        photos = [row | {"participant": row["path"]} for row in photos]
        people = [row["path"] for row in photos]
    # From a stream of its own, so that the cohorts are the same with it and without.
    details = np.random.default_rng([plan.seed, 1])
    blendshapes = _detailed(photos, plan, details)
    _copy(photos, faces, plan, np.random.default_rng([plan.seed, 2]))
    _write_parts(paths, photos, faces, blendshapes, rng)
    if plan.scores:
        rows = _scores([*people, "only scores"], plan, rng)
        pq.write_table(pa.Table.from_pylist(rows, schemas.SCORES), paths.scores)
    if plan.covariates:
        rows = _covariates([*people, "only covariates"], plan, details)
        pq.write_table(pa.Table.from_pylist(rows, schemas.COVARIATES), paths.covariates)
    return expressions


def _masks(
    plan: CohortPlan, expressions: tuple[str, ...], has_neutral: bool
) -> list[tuple[str, bool]]:
    """List what a participant shows, in order."""
    shown = product((*expressions, "unlisted"), (False, True)[: 1 + plan.conditions])
    return [mask for mask in shown if has_neutral or mask != NEUTRAL]


def _count(plan: CohortPlan, expression: str, rng: np.random.Generator) -> int:
    if expression == "unlisted":
        return int(rng.random() < plan.trouble)
    if rng.random() < plan.trouble:
        return int(rng.integers(0, plan.photos + 2))
    return plan.photos


def _photo(
    participant: str,
    expression: str,
    supervised: bool,
    photo: int,
    plan: CohortPlan,
    rng: np.random.Generator,
) -> dict[str, Any]:
    status, found = "ok", 1
    if rng.random() < plan.trouble:
        status = str(rng.choice(["ok", "no_face", "unreadable", "crashed"]))
        found = 2 if status == "ok" else 0
    return {
        "participant": participant,
        "expression": expression,
        "supervised": supervised,
        "photo": f"{photo} it's",
        "path": f"{expression}/{supervised}/{participant}/{photo}",
        "status": status,
        "faces": None if status == "unreadable" else found,
        "extractor": "tests",
        "extracted_at": "2020-01-01T00:00:00+00:00",
    }


def _detailed(
    photos: list[dict[str, Any]], plan: CohortPlan, rng: np.random.Generator
) -> list[list[dict[str, Any]]]:
    """Add what may be known of a photograph besides its face, and give its blendshapes."""
    blendshapes = []
    scored = np.random.default_rng(plan.seed)
    for row in photos:
        found = row["status"] == "ok"
        if found and rng.random() < plan.known:
            angles = rng.normal(0, (12, 8, 5)).astype(np.float32).tolist()
            row |= dict(zip(("yaw", "pitch", "roll"), angles, strict=True))
            row |= {
                "sha256": f"{rng.integers(2**32):064x}",
                "bytes": int(rng.integers(1, 10**6)),
                "width": int(rng.integers(100, 4000)),
                "height": int(rng.integers(100, 4000)),
                "orientation": int(rng.integers(1, 9)),
                "face_height": float(np.float32(rng.uniform(50, 500))),
                "retry": str(rng.choice(["padded", "tile"])) if rng.random() < 0.5 else None,
                "model_sha256": "0" * 64,
            }
        row["error"] = None if found else "something's wrong"
        key = {name: row[name] for name in schemas.KEY}
        blendshapes.append(
            [
                key | {"blendshape": name, "score": float(scored.random())}
                for name in units_of_blendshapes()
                if found and scored.random() < _SCORED
            ]
        )
    return blendshapes


def _copy(
    photos: list[dict[str, Any]],
    faces: list[npt.NDArray[np.float32] | None],
    plan: CohortPlan,
    rng: np.random.Generator,
) -> None:
    """Give some photographs the face of another, and half of these its file too."""
    found = [at for at, face in enumerate(faces) if face is not None]
    for at in found:
        if rng.random() >= plan.copies:
            continue
        # Mostly of the same person, of whom there are the next ones in the list.
        near = [other for other in found if abs(other - at) <= plan.photos * 3]
        other = int(rng.choice(near if rng.random() < 0.8 else found))
        faces[at] = faces[other]
        photos[at]["sha256"] = photos[other].get("sha256") if rng.random() < 0.5 else None


def _pictured(
    face: npt.NDArray[np.float64], plan: CohortPlan, rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """Turn a face any way round, scale it and put it anywhere; irises may be missing.

    Rarely all of it, its size or its angle is in one place.
    """
    angle, scale = rng.uniform(-np.pi, np.pi), rng.uniform(0.2, 4.0)
    cos, sin = np.cos(angle), np.sin(angle)
    turned = face @ np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]]) * scale
    turned += rng.uniform(-2000, 4000, 3)
    if rng.random() >= plan.depth:
        turned[:, 2] = np.nan
    if rng.random() < plan.trouble / 4:
        together = [slice(None), [10, 152], [133, 362]][rng.integers(3)]
        turned[together] = turned[1]
    return turned[: 468 if rng.random() < plan.trouble / 2 else 478].astype(np.float32)


def _write_parts(
    paths: WarehousePaths,
    photos: list[dict[str, Any]],
    faces: list[npt.NDArray[np.float32] | None],
    blendshapes: list[list[dict[str, Any]]],
    rng: np.random.Generator,
) -> None:
    """Deal the photographs to parts at random, with their rows in no order."""
    for folder in (paths.landmarks, paths.photos, paths.blendshapes):
        folder.mkdir(parents=True, exist_ok=True)
    part_of = rng.integers(0, 3, len(photos))
    for part in range(3):
        chosen = rng.permutation(np.flatnonzero(part_of == part))
        rows = [photos[at] for at in chosen]
        points = [
            pa.table(
                [
                    *([photos[at][key]] * len(face) for key in schemas.KEY),
                    np.arange(len(face), dtype=np.int16),
                    *(pa.array(face[:, axis], from_pandas=True) for axis in range(3)),
                ],
                schema=schemas.LANDMARKS,
            )
            for at in chosen
            if (face := faces[at]) is not None
        ]
        landmarks = pa.concat_tables([schemas.LANDMARKS.empty_table(), *points])
        landmarks = landmarks.take(pa.array(rng.permutation(len(landmarks))))
        name = f"part-{part + 1:06d}.parquet"
        _write(landmarks, paths.landmarks / name)
        scores = [row for at in chosen for row in blendshapes[at]]
        _write(pa.Table.from_pylist(scores, schemas.BLENDSHAPES), paths.blendshapes / name)
        _write(pa.Table.from_pylist(rows, schemas.PHOTOS), paths.photos / name)


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


def _scores(people: list[str], plan: CohortPlan, rng: np.random.Generator) -> list[dict[str, Any]]:
    rows = []
    for participant in people:
        for instrument in INSTRUMENTS:
            answered = instrument != "unanswered" and rng.random() >= plan.trouble
            score = 7.0 if instrument == "constant" else float(rng.integers(0, 20))
            # A missing answer may be a row without a score, or no row.
            if answered or rng.random() < 0.5:
                rows.append(
                    {
                        "participant": participant,
                        "instrument": instrument,
                        "score": score if answered else None,
                    }
                )
    return rows


def _covariates(
    people: list[str], plan: CohortPlan, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """A number, a category of three levels and one of which everybody has the same."""
    rows = []
    for participant in people:
        values = {
            "age": (float(rng.integers(18, 30)), None),
            "group": (None, str(rng.choice(["a", "b", "it's"]))),
            "site": (None, "one"),
        }
        for name, (value, category) in values.items():
            missing = rng.random() < plan.trouble
            # What is missing may be a row without either, or no row.
            if not missing or rng.random() < 0.5:
                rows.append(
                    {
                        "participant": participant,
                        "covariate": name,
                        "value": None if missing else value,
                        "category": None if missing else category,
                    }
                )
    return rows
