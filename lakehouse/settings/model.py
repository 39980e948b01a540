"""The settings, their types, their defaults (the paper's values) and what each does."""

import json
import re
import warnings
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from lakehouse.ids import canonical, one_spelling
from lakehouse.settings.in_sql import InSql
from lakehouse.vocabulary import MESH_POINTS

_NAME = StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
_TEXT = StringConstraints(max_length=1000)

ExpressionName = Annotated[str, _NAME]
InstrumentName = Annotated[str, _NAME]
CovariateName = Annotated[str, _NAME]

Degrees = Annotated[float, Field(ge=0, le=180)] | Literal["any"]
"""An angle that nothing may pass, or "any" for none."""

Pixels = Annotated[float, Field(ge=0, le=100_000)] | Literal["any"]
"""A length that nothing may fall below, or "any" for none."""

Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
"""A random state, as large as those who draw random numbers take it."""

Score = Annotated[float, Field(ge=-1e9, le=1e9)]
"""An end of a scale."""


def _one_spelling_of_codes(codes: dict[str, Any]) -> dict[str, Any]:
    """Give codes the spelling that ids and paths have when they are compared."""
    spelled: dict[str, Any] = {}
    for code, meaning in codes.items():
        if (key := canonical(code)) in spelled:
            raise ValueError(f"the code {key[:24]!r} is there twice, spelled in two ways")
        spelled[key] = meaning
    return spelled


STUDY_EXPRESSIONS: dict[str, str] = {
    "00": "neutral",
    "01": "anger",
    "02": "contempt",
    "03": "disgust",
    "04": "fear",
    "05": "happiness",
    "06": "sadness",
    "07": "surprise",
}
"""The study's codes in folder names, in its order."""


def _regular_expression(pattern: str) -> str:
    """Refuse what Python's `re` does not take, or will take otherwise in a later version."""
    spelled = one_spelling(pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(spelled)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        raise ValueError(f"it is no regular expression ({error})") from error
    return spelled


class _Section(BaseModel):
    # Strict: a quoted number or a bare "yes" is more likely a slip than a wish.
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


class Dataset(_Section):
    """Where a photograph's path says what it shows."""

    layout: Annotated[str, _TEXT, AfterValidator(one_spelling)] = (
        "{expression}/{supervised}/{participant}/{photo}"
    )
    """Pattern of a photo's path without its ending; a missing {supervised} is false, a missing
    {photo} is the whole name, {participant:3} has three characters, {_} is ignored."""

    layout_regex: Annotated[str, _TEXT, AfterValidator(_regular_expression)] | None = Field(
        default=None, examples=["(?P<participant>S[0-9]+)_(?P<expression>[a-z]+)_.*"]
    )
    """Regular expression with the groups participant, expression, supervised and photo, to be
    used instead of the layout where no pattern says what names say."""

    expressions: Annotated[dict[str, ExpressionName], AfterValidator(_one_spelling_of_codes)] = (
        Field(default_factory=lambda: dict(STUDY_EXPRESSIONS), min_length=1, max_length=100)
    )
    """Code in the path = expression, in the study's order, `neutral` first. What is not listed is
    ignored and counted."""

    neutral: ExpressionName = Field(default="neutral", validate_default=True)
    """Expression that all others are compared with; it must be the first in the list, and may be
    absent only where quality.reference is "canonical"."""

    supervised: Annotated[dict[str, bool], AfterValidator(_one_spelling_of_codes)] = Field(
        default_factory=lambda: {"00": False, "01": True}, max_length=100
    )
    """Code in the path = whether a cue (an emoji) was shown."""

    identity: Annotated[Literal["participant", "photo"], InSql(unit="text")] = "participant"
    """"participant": paths or manifest say who is in a photograph; "photo": nobody knows, so each
    photograph is a participant of its own, named by its path, and {participant} is not needed."""

    @field_validator("neutral")
    @classmethod
    def _is_first_if_listed(cls, neutral: str, known: ValidationInfo) -> str:
        # Expressions that are themselves wrong are not known here, and are what is told.
        listed = list(known.data.get("expressions", {"": neutral}).values())
        if neutral in listed and neutral != listed[0]:
            # Its code is its place in the list, and the reference's is 00.
            raise ValueError(
                f"all other expressions are compared with it, so it must be the first of "
                f"dataset.expressions, where {listed[0]} is; move {neutral} up"
            )
        return neutral

    def says_conditions(self) -> bool:
        """Tell whether paths say if a cue was shown."""
        if not self.supervised:
            return False
        if self.layout_regex is not None:
            return "(?P<supervised>" in self.layout_regex
        return "{supervised" in self.layout

    def expression_codes(self) -> dict[str, str]:
        """Give each expression its two-digit place in the list.

        Returns
        -------
        dict of str to str
            Expression to place, in the study's order. Its code in masks is of
            `Settings.expression_codes`.
        """
        names = list(dict.fromkeys(self.expressions.values()))
        return {name: f"{place:02d}" for place, name in enumerate(names)}


class Detection(_Section):
    """When the Face Landmarker believes that it sees a face."""

    min_detection_confidence: float = Field(default=0.5, ge=0, le=1)
    """Least confidence of the face detector."""

    min_presence_confidence: float = Field(default=0.8, ge=0, le=1)
    """Least confidence that the landmarks lie on a face; at 0.5 an upside-down portrait passes."""


class Quality(_Section):
    """Which participants and photographs enter the results, and what they are compared with."""

    reference: Annotated[
        Literal["own", "mean", "canonical"], InSql(unit="text", name="reference_face")
    ] = "own"
    """Face that participants without a usable neutral photograph are compared with. "own": none,
    they are excluded; "mean": the mean neutral face of the others; "canonical": MediaPipe's
    canonical face, under procrustes alone. With the last two, their movement holds the build of
    their face too."""

    photos_per_mask: Annotated[
        Annotated[int, Field(ge=1, le=10_000)] | Literal["any"], InSql(unit="count")
    ] = 3
    """Photographs a mask must have for its participant to be included, or "any"."""

    masks: Annotated[Literal["all", "neutral"], InSql(unit="text", name="required_masks")] = "all"
    """"all": a participant needs every mask of the dataset; "neutral": only the reference, if
    quality.reference has no other face for those without."""

    max_faces: Annotated[int, InSql(unit="count")] = Field(default=1, ge=1, le=1000)
    """A photograph with more faces than this is left out of its mask."""

    max_yaw: Annotated[Degrees, InSql(unit="deg")] = "any"
    """Largest turn of the head to either side, in degrees, with which a photograph is used, or
    "any"."""

    max_pitch: Annotated[Degrees, InSql(unit="deg")] = "any"
    """Most that the head may be raised or lowered, in degrees, for a photograph to be used, or
    "any"."""

    min_face_height: Annotated[Pixels, InSql(unit="px")] = "any"
    """Smallest height of a face from forehead to chin, in pixels of the photo, with which a
    photograph is used, or "any"."""


class Alignment(_Section):
    """How faces are brought onto each other."""

    method: Annotated[
        Literal["paper", "neutral_scale", "procrustes"], InSql(unit="text", name="alignment_method")
    ] = "paper"
    """"paper": eyes level, forehead to chin 1500, forehead at (1250, 25), though an open mouth then
    shrinks the rest of the face; "neutral_scale": the same with the participant's scale in neutral,
    right where the camera never moved; "procrustes": best fit of 33 points that hardly move onto
    MediaPipe's canonical face."""


class Distance(_Section):
    """How far a point has moved from the neutral face."""

    dimensions: Annotated[Literal[2, 3], InSql(unit="count", name="distance_dimensions")] = 2
    """2: in the image plane; 3: with depth."""


class Clusters(_Section):
    """How the points above average are grouped."""

    k: Annotated[int, InSql(unit="count", name="clusters_k")] = Field(
        default=6, ge=1, le=MESH_POINTS
    )
    """Number of groups that the points above average are put into."""

    seed: Annotated[Seed, InSql(unit="1", name="clusters_seed")] = 0
    """Random state of k-means."""


class Database(_Section):
    """What the database holds of the lake."""

    landmarks: Annotated[bool, InSql(unit="flag", name="landmarks_kept")] = True
    """Whether the raw landmarks are copied into the database; false spares their space for
    very large lakes: landmarks and aligned_landmarks are then empty, and no picture of a single
    face can be drawn from them."""


class Muscles(_Section):
    """Which points of the mesh lie over which muscle."""

    file: (
        Annotated[str, StringConstraints(min_length=1, max_length=4096, pattern=r"^[^\x00]*$")]
        | None
    ) = Field(default=None, examples=["muscles.csv"])
    """CSV with the columns muscle, point, side, muscle_group, action_unit (several separated by
    blanks), its path relative to the warehouse's folder; absent, the built-in atlas."""


class Statistics(_Section):
    """Resampling behind p values and intervals, and what is held constant."""

    permutations: int = Field(default=9999, ge=0, le=10_000_000)
    """Random rearrangements of a permutation test; 0 leaves such tests out."""

    bootstraps: int = Field(default=1000, ge=0, le=1_000_000)
    """Resamples of the participants behind a bootstrap interval; 0 leaves such intervals out."""

    seed: Seed = 0
    """Random state of both."""

    covariates: list[CovariateName] = Field(default_factory=list, max_length=100)
    """What the partial correlations hold constant, such as ["age", "sex", "yaw", "pitch"]: columns
    of the file given to `lakehouse covariates`, and yaw, pitch and roll of the photographs."""

    @property
    def cluster_resamples(self) -> int:
        """Resamples behind cluster_choice: a tenth of `bootstraps`, rounded up.

        Each is grouped anew for every number of groups, which is slow.
        """
        return -(-self.bootstraps // 10)

    @field_validator("covariates")
    @classmethod
    def _each_once(cls, covariates: list[str]) -> list[str]:
        if len(set(covariates)) < len(covariates):
            raise ValueError("a covariate is listed twice")
        return covariates


class Instrument(_Section):
    """A questionnaire and the range of its scores."""

    name: Annotated[str, _TEXT]
    """Full name."""

    min: Score
    """Lowest possible score."""

    max: Score
    """Highest possible score."""

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> "Instrument":
        if self.min >= self.max:
            raise ValueError(f"min ({self.min:g}) is not below max ({self.max:g})")
        return self


STUDY_INSTRUMENTS: dict[str, dict[str, Any]] = {
    "dbi": {"name": "Beck Depression Inventory", "min": 0, "max": 63},
    "bai": {"name": "Beck Anxiety Inventory", "min": 0, "max": 63},
    "asrsa": {"name": "Adult Self-Report Scale (inattention)", "min": 0, "max": 36},
    "asrsb": {"name": "Adult Self-Report Scale (hyperactivity)", "min": 0, "max": 36},
    "oci": {"name": "Obsessive-Compulsive Inventory (revised)", "min": 0, "max": 72},
    "srq": {"name": "Self Reporting Questionnaire", "min": 0, "max": 20},
}
"""The study's six instruments."""


class Settings(_Section):
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
    instruments: dict[InstrumentName, Instrument] = Field(
        default_factory=lambda: {
            key: Instrument(**values) for key, values in STUDY_INSTRUMENTS.items()
        },
        max_length=1000,
    )

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
