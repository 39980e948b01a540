"""Settings of the dataset: where a photograph's path says what it shows."""

import re
import warnings
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from lakehouse.ids import canonical, one_spelling
from lakehouse.settings.in_sql import InSql
from lakehouse.settings.manifest_columns import ManifestColumns
from lakehouse.settings.section import TEXT, ExpressionName, Section

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


def _one_spelling_of_codes(codes: dict[str, Any]) -> dict[str, Any]:
    """Give codes the spelling that ids and paths have when they are compared."""
    spelled: dict[str, Any] = {}
    for code, meaning in codes.items():
        if (key := canonical(code)) in spelled:
            raise ValueError(f"the code {key[:24]!r} is there twice, spelled in two ways")
        spelled[key] = meaning
    return spelled


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


class Sequence(Section):
    """Which frames of a sequence are used."""

    neutral: int = Field(default=1, ge=0, le=1000)
    """Frames at the beginning of each sequence that show the neutral face."""

    apex: int = Field(default=3, ge=1, le=1000)
    """Frames at the end of each sequence that show its expression; those between are ignored."""

    labels: (
        Annotated[str, StringConstraints(min_length=1, max_length=4096, pattern=r"^[^\x00]*$")]
        | None
    ) = Field(default=None, examples=["../Emotion"])
    """Where a layout without {expression} has the expression of a {sequence} from: a table with the
    columns participant, sequence and expression, or a folder of text files that are named after a
    frame, as CK+ has; its path is relative to the folder of the photographs."""


class Dataset(Section):
    """Where a photograph's path says what it shows."""

    layout: Annotated[str, TEXT, AfterValidator(one_spelling)] = (
        "{expression}/{supervised}/{participant}/{photo}"
    )
    """Pattern of a photo's or video's path without its ending; a missing {supervised} is false, a
    missing {photo} is the whole name, {participant:3} has three characters, {_} is ignored, {frame}
    makes it a frame of a {sequence}; {video} instead of {photo} lets {expression} be absent."""

    layout_regex: Annotated[str, TEXT, AfterValidator(_regular_expression)] | None = Field(
        default=None, examples=["(?P<participant>S[0-9]+)_(?P<expression>[a-z]+)_.*"]
    )
    """Regular expression with the groups participant, expression, supervised, photo, video,
    sequence and frame, to be used instead of the layout where no pattern says what names say."""

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

    columns: ManifestColumns = Field(default_factory=dict)
    """Field of a manifest, or of a table of landmarks, = name of its column, such as participant =
    "user.id", for names that are not recognised; the fields are path, participant, expression,
    supervised, photo and video."""

    sequence: Sequence = Field(default=Sequence())
    """Which frames are used where the layout has {frame}: of each sequence, the first ones show the
    neutral face and the last ones the expression."""

    @field_validator("sequence")
    @classmethod
    def _has_labels_where_frames_are(cls, sequence: Sequence, known: ValidationInfo) -> Sequence:
        said = f"{known.data.get('layout_regex') or ''} {known.data.get('layout', '{frame}')}"
        if sequence.labels is not None and "{frame" not in said and "(?P<frame>" not in said:
            raise ValueError(
                "labels are of sequences, and dataset.layout has no {frame}; add it, or leave out "
                "labels"
            )
        return sequence

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
        return bool(self.supervised) and self._has_field("supervised")

    def has_frames(self) -> bool:
        """Tell whether photographs are frames of sequences, by the layout of the settings."""
        return self._has_field("frame")

    def _has_field(self, name: str) -> bool:
        if self.layout_regex is not None:
            return f"(?P<{name}>" in self.layout_regex
        return f"{{{name}" in self.layout

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
