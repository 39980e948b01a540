"""Measures of one's own: distances, ratios, angles and movements of points of the face mesh."""

from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from lakehouse.settings.section import NAME, TEXT, Section
from lakehouse.vocabulary import MESH_POINTS

Kind = Literal["distance", "ratio", "angle", "movement", "side_difference"]
"""What a measure is, and the key that says of which points."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

ATLAS_MUSCLES: Final = frozenset(
    {
        *("buccinator", "corrugator_supercilii", "depressor_anguli_oris"),
        *("depressor_labii_inferioris", "frontalis_inner", "frontalis_outer"),
        *("levator_anguli_oris", "levator_labii_superioris"),
        *("levator_labii_superioris_alaeque_nasi", "masseter", "mentalis", "nasalis"),
        *("orbicularis_oculi_orbital", "orbicularis_oculi_palpebral"),
        *("orbicularis_oris_lower", "orbicularis_oris_upper", "platysma", "procerus", "risorius"),
        *("temporalis", "zygomaticus_major", "zygomaticus_minor"),
    }
)
"""The muscles of the built-in atlas, whose points are in `sql/units/muscles.sql`."""

COURSES: Final = frozenset(
    f"{measure}_{part}"
    for measure in ("onset", "rise", "speed", "amplitude")
    for part in ("face", "brows", "eyes", "mouth")
)
"""What features of movements in videos are called by, in `sql/dynamics/dynamics_measures.sql`."""

# Stata's names have 32 characters, and a feature's begins with a mask, as m05_00_mouth_opening.
MeasureName = Annotated[str, StringConstraints(pattern=NAME.pattern, max_length=25)]

# Points of the irises are none of the mesh: not every face has them.
_Point = Annotated[int, Field(ge=0, lt=MESH_POINTS)]


def _different(points: list[int]) -> list[int]:
    for place, point in enumerate(points):
        if point in points[:place]:
            raise ValueError(f"point {point} is there twice")
    return points


_Pair = Annotated[list[_Point], Field(min_length=2, max_length=2), AfterValidator(_different)]
_Pairs = Annotated[list[_Pair], Field(min_length=1, max_length=MESH_POINTS)]
_Corner = Annotated[list[_Point], Field(min_length=3, max_length=3), AfterValidator(_different)]
_Points = Annotated[
    list[_Point], Field(min_length=1, max_length=MESH_POINTS), AfterValidator(_different)
]
_Muscle = Annotated[str, NAME]


class Measure(Section):
    """A feature of one's own; exactly one of its kinds is given."""

    distance: _Pair | None = None
    """Two points; in aligned pixels."""

    ratio: _Pairs | None = None
    """Pairs of points, such as [[13, 14]]: the mean of their distances over that of the pairs of
    `over`."""

    over: _Pairs | None = None
    """Pairs of points that a ratio is taken over."""

    angle: _Corner | None = None
    """Three points; the angle at the second one, in degrees."""

    movement: _Points | _Muscle | None = None
    """Points or a muscle; their mean distance from the neutral face, in aligned pixels."""

    side_difference: _Points | _Muscle | None = None
    """Points, whose mirror images count too, or a muscle; the mean distance from the neutral face
    on the left less that on the right, in aligned pixels."""

    label_en: Annotated[str, TEXT] | None = None
    """What the measure is called in English; without it, its name."""

    label_pt: Annotated[str, TEXT] | None = None
    """What the measure is called in Portuguese; without it, as in English."""

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> "Measure":
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(
                f"a measure is one of {', '.join(KINDS)}, and {' and '.join(given) or 'none'} is "
                "given"
            )
        if (self.ratio is None) != (self.over is None):
            raise ValueError(
                "ratio and over belong together: the mean of the distances of ratio's pairs over "
                "that of over's"
            )
        return self

    @property
    def kind(self) -> Kind:
        """Which of the kinds it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def muscle(self) -> str | None:
        """The muscle whose points it is of; None where points are given."""
        given = getattr(self, self.kind)
        return given if isinstance(given, str) else None

    @property
    def parts(self) -> list[tuple[str, list[int]]]:
        """What it is computed from.

        Returns
        -------
        list of tuple
            "over" of what a ratio is taken over, else the kind; and the points, in order: two
            whose distance counts, three of an angle, or one that moves. Empty for a muscle.
        """
        given = getattr(self, self.kind)
        if isinstance(given, str):
            return []
        if self.kind == "ratio":
            over = [("over", pair) for pair in self.over or []]
            return [*((self.kind, pair) for pair in given), *over]
        if self.kind in ("movement", "side_difference"):
            return [(self.kind, [point]) for point in given]
        return [(self.kind, given)]


def clash(
    measures: dict[str, Measure], instruments: set[str], covariates: set[str], own_muscles: bool
) -> tuple[tuple[str, ...], str, str] | None:
    """Find a measure that something else in the settings does not allow.

    Parameters
    ----------
    instruments, covariates : set of str
        Names that are taken.
    own_muscles : bool
        Whether a file says which muscles there are; then none is looked for here.

    Returns
    -------
    tuple or None
        Keys of the setting below [measures], its value, and what is wrong; None where all is well.
    """
    called: dict[str, str] = {}
    for name, measure in measures.items():
        if name in instruments:
            return (name,), name, "an instrument has this name; choose another"
        if name in covariates | {"yaw", "pitch", "roll"}:
            return (name,), name, "a covariate has this name; choose another"
        if name in COURSES:
            return (name,), name, "features of movements in videos have this name; choose another"
        muscle = measure.muscle
        if muscle is not None and not own_muscles and muscle not in ATLAS_MUSCLES:
            why = f"there is no such muscle; known are {', '.join(sorted(ATLAS_MUSCLES))}"
            return (name, measure.kind), muscle, why
        label = measure.label_en or name.replace("_", " ")
        if label in called:
            why = f"measures.{called[label]} is called so too; name one otherwise"
            return (name,), label, why
        called[label] = name
    return None


_EXAMPLES: Final[dict[str, dict[str, object]]] = {
    "mouth_opening": {
        "distance": [13, 14],
        "label_en": "mouth opening",
        "label_pt": "abertura da boca",
    },
    "mouth_width": {
        "distance": [61, 291],
        "label_en": "mouth width",
        "label_pt": "largura da boca",
    },
    "eye_aspect_right": {
        "ratio": [[160, 144], [158, 153]],
        "over": [[33, 133]],
        "label_en": "eye aspect ratio of the right eye",
        "label_pt": "razão de aspecto do olho direito",
    },
    "eye_aspect_left": {
        "ratio": [[387, 373], [385, 380]],
        "over": [[362, 263]],
        "label_en": "eye aspect ratio of the left eye",
        "label_pt": "razão de aspecto do olho esquerdo",
    },
    "brow_raise_right": {
        "distance": [105, 33],
        "label_en": "height of the right brow above the eye",
        "label_pt": "altura da sobrancelha direita acima do olho",
    },
    "brow_raise_left": {
        "distance": [334, 263],
        "label_en": "height of the left brow above the eye",
        "label_pt": "altura da sobrancelha esquerda acima do olho",
    },
    "smile_angle": {
        "angle": [61, 0, 291],
        "label_en": "angle of the mouth's corners at the upper lip",
        "label_pt": "ângulo dos cantos da boca no lábio superior",
    },
    "smile_movement": {
        "movement": "zygomaticus_major",
        "label_en": "movement over the zygomaticus major",
        "label_pt": "movimento sobre o zigomático maior",
    },
    "smile_asymmetry": {
        "side_difference": "zygomaticus_major",
        "label_en": "smile asymmetry, left less right",
        "label_pt": "assimetria do sorriso, esquerda menos direita",
    },
}


def example_measures() -> dict[str, Measure]:
    """Give what `lakehouse init --with-measures` writes.

    Returns
    -------
    dict of str to Measure
        Of every kind at least one.
    """
    return {name: Measure.model_validate(given) for name, given in _EXAMPLES.items()}
