"""All settings together: their types, their defaults (the paper's values) and what each does."""

import json
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from lakehouse.settings.dataset import Dataset
from lakehouse.settings.in_sql import InSql
from lakehouse.settings.instruments import STUDY_INSTRUMENTS, Instrument
from lakehouse.settings.measures import Measure, MeasureName, clash
from lakehouse.settings.movement import Alignment, Clusters, Distance
from lakehouse.settings.multiverse import Multiverse
from lakehouse.settings.quality import Detection, Quality
from lakehouse.settings.section import InstrumentName, Section
from lakehouse.settings.statistics import Statistics
from lakehouse.settings.video import Video


class Database(Section):
    """What the database holds of the lake."""

    landmarks: Annotated[bool, InSql(unit="flag", name="landmarks_kept")] = True
    """Whether the raw landmarks are copied into the database; false spares their space for
    very large lakes: landmarks and aligned_landmarks are then empty, and no picture of a single
    face can be drawn from them."""


class Muscles(Section):
    """Which points of the mesh lie over which muscle."""

    file: (
        Annotated[str, StringConstraints(min_length=1, max_length=4096, pattern=r"^[^\x00]*$")]
        | None
    ) = Field(default=None, examples=["muscles.csv"])
    """CSV with the columns muscle, point, side, muscle_group, action_unit (several separated by
    blanks), its path relative to the warehouse's folder; absent, the built-in atlas."""


class Settings(Section):
    """Everything that a warehouse's results depend on besides its photographs and scores."""

    dataset: Dataset = Dataset()
    detection: Detection = Detection()
    quality: Quality = Quality()
    alignment: Alignment = Alignment()
    distance: Distance = Distance()
    clusters: Clusters = Clusters()
    database: Database = Database()
    muscles: Muscles = Muscles()
    statistics: Statistics = Statistics()
    multiverse: Multiverse = Multiverse()
    video: Video = Video()
    instruments: dict[InstrumentName, Instrument] = Field(
        default_factory=lambda: {
            key: Instrument(**values) for key, values in STUDY_INSTRUMENTS.items()
        },
        max_length=1000,
    )
    measures: dict[MeasureName, Measure] = Field(default_factory=dict, max_length=100)
    """[measures.NAME] makes a feature of your own from points of the face mesh: distance, ratio,
    angle, movement or side_difference; `lakehouse init --with-measures --show` has examples."""

    @model_validator(mode="before")
    @classmethod
    def _keep_the_other_instruments(cls, values: Any) -> Any:
        # A file that widens one scale's range, or adds a scale, does not take the others away.
        given = values.get("instruments") if isinstance(values, dict) else None
        if not isinstance(given, dict):
            return values
        merged = {
            key: {**STUDY_INSTRUMENTS.get(key, {}), **value} if isinstance(value, dict) else value
            for key, value in {**STUDY_INSTRUMENTS, **given}.items()
        }
        return {**values, "instruments": merged}

    @model_validator(mode="before")
    @classmethod
    def _photographs_without_identity_are_alone(cls, values: Any) -> Any:
        # Defaults that no photograph could meet by itself give way; what is given does not.
        if not isinstance(values, dict) or not _without_identity(values.get("dataset")):
            return values
        given = values.get("quality", {})
        return {**values, "quality": _ALONE | given} if isinstance(given, dict) else values

    @model_validator(mode="after")
    def _agree_with_each_other(self) -> "Settings":
        quality, method = self.quality, self.alignment.method
        listed = list(self.dataset.expressions.values())
        if quality.reference != "canonical" and self.dataset.neutral not in listed:
            raise _refused(
                ("dataset", "neutral"),
                self.dataset.neutral,
                "all other expressions are compared with it, and dataset.expressions does not list "
                "it; list it there, or set another under [dataset], such as neutral = "
                f"{json.dumps(listed[0])}",
            )
        if quality.reference == "canonical" and method != "procrustes":
            raise _refused(
                ("quality", "reference"),
                quality.reference,
                f"faces aligned by {method} do not lie on the canonical face; set "
                'alignment.method to "procrustes"',
            )
        if any(len(code) > 2 for code in self.expression_codes().values()):
            raise _refused(
                ("dataset", "neutral"),
                self.dataset.neutral,
                "dataset.expressions does not list it, and lists 100 others, which leave no code "
                "of two digits for it; list it first, or one expression fewer",
            )
        if quality.reference == "mean" and method == "neutral_scale":
            raise _refused(
                ("quality", "reference"),
                quality.reference,
                "neutral_scale takes the scale from the neutral face that these participants lack; "
                'set alignment.method to "procrustes"',
            )
        if self.dataset.identity == "photo" and (
            quality.photos_per_mask not in (1, "any") or quality.masks == "all"
        ):
            raise _refused(
                ("dataset", "identity"),
                self.dataset.identity,
                "each photograph is then a participant with one photograph of one mask; set "
                'quality.photos_per_mask to 1 or "any", and quality.masks to "neutral"',
            )
        return self

    @model_validator(mode="after")
    def _measures_have_names_of_their_own(self) -> "Settings":
        covariates = set(self.statistics.covariates)
        own_muscles = self.muscles.file is not None
        if found := clash(self.measures, set(self.instruments), covariates, own_muscles):
            keys, value, why = found
            raise _refused(("measures", *keys), value, why)
        return self

    @model_validator(mode="after")
    def _primary_instruments_are_known(self) -> "Settings":
        for name in self.statistics.primary.instruments:
            if name not in self.instruments:
                raise _refused(
                    ("statistics", "primary", "instruments"),
                    name,
                    f"it is no instrument; choose among {', '.join(self.instruments)}, or add "
                    f"[instruments.{name}]",
                )
        return self

    def expression_codes(self) -> dict[str, str]:
        """Give each expression its code in masks: 00 is the neutral one, whose face all need.

        Returns
        -------
        dict of str to str
            Expression to code, in the study's order: the places in the list, from 00; from 01
            where nobody has a neutral face, because the canonical face stands for it and the list
            has none.
        """
        codes = self.dataset.expression_codes()
        if self.quality.reference != "canonical" or self.dataset.neutral in codes:
            return codes
        return {name: f"{int(code) + 1:02d}" for name, code in codes.items()}


_ALONE: dict[str, Any] = {"photos_per_mask": "any", "masks": "neutral"}
"""What a photograph can meet that is its own participant."""


def _without_identity(dataset: Any) -> bool:
    given = dataset.get("identity") if isinstance(dataset, dict) else None
    return "photo" in (given, getattr(dataset, "identity", None))


def _refused(keys: tuple[str, ...], value: Any, why: str) -> ValidationError:
    """Make the error of a value that another setting does not allow."""
    problem = PydanticCustomError("settings_disagree", "{why}", {"why": why})
    return ValidationError.from_exception_data(
        "Settings", [InitErrorDetails(type=problem, loc=keys, input=value)]
    )
