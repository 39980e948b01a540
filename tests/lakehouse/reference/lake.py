"""What the warehouse takes over from the lake and the settings as it is."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from functools import cached_property
from importlib.metadata import version
from typing import Any, ClassVar

import polars as pl
import pyarrow.parquet as pq

from lakehouse.settings import Settings
from lakehouse.settings.instrument_names import INSTRUMENT_ALIASES
from tests.lakehouse.reference.faces import PHOTO, Faces, read_parts

PORTUGUESE = {
    "neutral": "neutra",
    "anger": "raiva",
    "contempt": "desprezo",
    "disgust": "nojo",
    "fear": "medo",
    "happiness": "alegria",
    "sadness": "tristeza",
    "surprise": "surpresa",
}
"""The study's words, from its paper."""

QUESTIONNAIRES = {
    "Beck Depression Inventory": "Inventário de Depressão de Beck",
    "Beck Anxiety Inventory": "Inventário de Ansiedade de Beck",
    "Adult Self-Report Scale (inattention)": "Escala de Autorrelato de TDAH em Adultos "
    "(desatenção)",
    "Adult Self-Report Scale (hyperactivity)": "Escala de Autorrelato de TDAH em Adultos "
    "(hiperatividade)",
    "Obsessive-Compulsive Inventory (revised)": "Inventário de Obsessões e Compulsões (revisado)",
    "Self Reporting Questionnaire": "Questionário de Autorrelato",
}


class Lake:
    """Relations that hold files of the lake, and settings.

    Parameters
    ----------
    faces : Faces
    settings : Settings
    parts : list of str
        What was asked of the build besides what every build makes.
    """

    RELATIONS: ClassVar = (
        *("photos", "landmarks", "photo_points", "blendshapes", "scores"),
        *("expressions", "instruments", "settings", "build_info"),
    )

    def __init__(self, faces: Faces, settings: Settings, parts: list[str]) -> None:
        self._faces = faces
        self._settings = settings
        self._parts = parts

    @cached_property
    def photos(self) -> pl.DataFrame:
        rows = pl.DataFrame(self._faces.photo_rows, infer_schema_length=None)
        return rows.with_columns(pl.Series("photo_index", self._faces.photo_numbers))

    @cached_property
    def landmarks(self) -> pl.DataFrame:
        rows = pl.from_arrow(read_parts(self._faces.lake / "landmarks"))
        assert isinstance(rows, pl.DataFrame)
        if not self._faces.choices.landmarks_kept:
            rows = rows.clear()
        return rows.with_columns(pl.col("x", "y", "z").cast(pl.Float64))

    @property
    def photo_points(self) -> pl.DataFrame:
        numbers = self.photos.select(*PHOTO, "photo_index")
        return self.landmarks.join(numbers, on=PHOTO).drop(PHOTO)

    @property
    def blendshapes(self) -> pl.DataFrame:
        rows = pl.from_arrow(read_parts(self._faces.lake / "blendshapes"))
        assert isinstance(rows, pl.DataFrame)
        return rows.with_columns(pl.col("score").cast(pl.Float64))

    @property
    def scores(self) -> pl.DataFrame:
        return pl.DataFrame(self._faces.score_rows, infer_schema_length=None)

    @property
    def expressions(self) -> list[dict[str, Any]]:
        return [
            {
                "expression": name,
                "code": f"{code:02d}",
                "label_en": " ".join(name.split("_")),
                "label_pt": PORTUGUESE.get(name),
            }
            for name, code in self._faces.choices.codes().items()
        ]

    @property
    def instruments(self) -> list[dict[str, Any]]:
        known = self._faces.choices.instruments
        scored = {row["instrument"] for row in self._faces.score_rows}
        return [
            dict(
                zip(
                    ("instrument", "name", "min_score", "max_score"),
                    (instrument, *known.get(instrument, (instrument, None, None))),
                    strict=True,
                )
            )
            | {"reliability": self._faces.choices.reliabilities.get(instrument)}
            | {"is_primary": self._is_primary(instrument)}
            | {
                "name_pt": QUESTIONNAIRES.get(known.get(instrument, (None,))[0]),
                "aliases": " ".join(INSTRUMENT_ALIASES.get(instrument, ()))
                if instrument in known and instrument in INSTRUMENT_ALIASES
                else None,
            }
            for instrument in scored | known.keys()
        ]

    def _is_primary(self, instrument: str) -> bool:
        *_, listed = self._faces.choices.primary
        return instrument in listed if listed else True

    @property
    def settings(self) -> list[dict[str, Any]]:
        choices, video = self._faces.choices, self._settings.video
        return [
            {
                "video_neutral": video.neutral,
                "video_neutral_s": video.neutral_s,
                "video_window_s": video.window_s,
                "video_min_amplitude": video.min_amplitude,
                "video_masks": video.masks,
                "identity": choices.identity,
                "statistics_feature": choices.feature,
                "reference_face": choices.reference,
                "photos_per_mask": choices.photos_per_mask,
                "required_masks": "all" if choices.all_masks else "neutral",
                "max_faces": choices.max_faces,
                "max_yaw": choices.max_yaw,
                "max_pitch": choices.max_pitch,
                "min_face_height": choices.min_face_height,
                "primary_grouping": choices.primary[0],
                "primary_method": choices.primary[1],
                "primary_direction": choices.primary[2],
                "alignment_method": choices.method,
                "distance_dimensions": choices.dimensions,
                "clusters_k": choices.k,
                "clusters_seed": choices.seed,
                "clusters_starts": choices.starts,
                "landmarks_kept": choices.landmarks_kept,
                "permutation_blocks": choices.blocks,
            }
        ]

    @property
    def build_info(self) -> list[dict[str, Any]]:
        muscles = self._settings.muscles.file
        dumped = json.dumps(
            self._settings.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")
        )
        return [
            {
                "lakehouse_version": version("expression-lakehouse"),
                "duckdb_version": version("duckdb"),
                "python_version": platform.python_version(),
                "engine": f"duckdb {version('duckdb')}",
                "settings": dumped,
                "lake_digest": self._digest(),
                "muscles_digest": _sha256(self._faces.lake.parent / muscles) if muscles else None,
                "own_digest": None,
                "multiverse_digest": None,
                "parts": ", ".join(sorted(self._parts)),
            }
        ]

    def _digest(self) -> str:
        """Hash the names and the hashes of all files, a line each; zeros for their own digits."""
        lake = self._faces.lake
        names = sorted(path.relative_to(lake).as_posix() for path in lake.rglob("*.parquet"))
        own = re.compile(rb"(?<=sha256=)[0-9a-f]{64}(?=;)")
        files = {name: own.sub(b"0" * 64, (lake / name).read_bytes()) for name in names}
        lines = [f"{name}\n{hashlib.sha256(file).hexdigest()}\n" for name, file in files.items()]
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def covariate_rows(faces: Faces) -> list[dict[str, Any]]:
    """Rows of the file of covariates, if there is one."""
    file = faces.lake / "covariates.parquet"
    rows: list[dict[str, Any]] = pq.read_table(file).to_pylist() if file.exists() else []
    return rows


def _sha256(file: Any) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
