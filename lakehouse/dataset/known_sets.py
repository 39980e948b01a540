"""Published sets of photographs, known by the names of their files."""

import re
from dataclasses import dataclass
from typing import Final

from lakehouse.dataset.expression_words import EXPRESSION_WORDS
from lakehouse.settings.dataset import STUDY_EXPRESSIONS

NAMES_DO_NOT_SAY: Final = (
    "names do not say the expression: list path, participant and expression in a table, and give "
    "it with `lakehouse extract PHOTOS --manifest FILE`"
)


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A set and how its files are named.

    Attributes
    ----------
    example : str
        A path as the set has it, without the folders above.
    names : str
        Regular expression of such a path without its ending; of as many folders as `example` has.
    layout : str or None
        What such a path says; None where it does not say the expression.
    expressions : dict of str to str
        Code in the path = expression, neutral first.
    remark : str
        What else to know, or empty.
    labels : tuple of str
        Where folders of labels of sequences may lie, below or beside the photographs.
    unmistakable : bool
        Whether no other set is likely to have such names.
    """

    name: str
    example: str
    names: str
    layout: str | None
    expressions: dict[str, str]
    remark: str = ""
    unmistakable: bool = True
    labels: tuple[str, ...] = ()

    @property
    def folders(self) -> int:
        """Folders that a path of the set has."""
        return self.example.count("/")

    def knows(self, stem: str) -> bool:
        """Tell whether a path without ending is named as in the set, in whatever folders."""
        tail = "/".join(stem.split("/")[-self.folders - 1 :])
        return re.fullmatch(self.names, tail) is not None


_KDEF_CODES: Final = {
    "NE": "neutral",
    "AN": "anger",
    "DI": "disgust",
    "AF": "fear",
    "HA": "happiness",
    "SA": "sadness",
    "SU": "surprise",
}
_FROM_THE_SIDE: Final = "only views from the front are taken; those from the side are ignored"

KNOWN_SETS: Final = (
    KnownSet(
        "KDEF",
        "AF01/AF01NES.JPG",
        r"[AB][FM]\d\d/[AB][FM]\d\d(AF|AN|DI|HA|NE|SA|SU)(S|HL|HR|FL|FR)",
        "{_}/{_:1}{participant:3}{expression:2}S",
        _KDEF_CODES,
        f"sessions A and B show the same person; {_FROM_THE_SIDE}",
    ),
    KnownSet(
        "KDEF in one folder",
        "AF01NES.JPG",
        r"[AB][FM]\d\d(AF|AN|DI|HA|NE|SA|SU)(S|HL|HR|FL|FR)",
        "{_:1}{participant:3}{expression:2}S",
        _KDEF_CODES,
        f"sessions A and B show the same person; {_FROM_THE_SIDE}",
    ),
    KnownSet(
        "AKDEF",
        "FNES.JPG",
        r"[FM](AF|AN|DI|HA|NE|SA|SU)(S|HL|HR|FL|FR)",
        "{participant:1}{expression:2}S",
        _KDEF_CODES,
        f"the two participants are averages, F of the women and M of the men; {_FROM_THE_SIDE}",
    ),
    KnownSet(
        "JAFFE",
        "KA.AN1.39.tiff",
        r"[A-Z]{2}\.(AN|DI|FE|HA|NE|SA|SU)\d\.\d+",
        "{participant:2}.{expression:2}{_:1}.{_}",
        {
            "NE": "neutral",
            "AN": "anger",
            "DI": "disgust",
            "FE": "fear",
            "HA": "happiness",
            "SA": "sadness",
            "SU": "surprise",
        },
    ),
    KnownSet(
        "CK+48",
        "happy/S010_004_00000017.png",
        r"(anger|contempt|disgust|fear|happy|sadness|surprise)/S\d{3}_\d{3}_\d{8}",
        "{expression}/{participant:4}_{_:3}_{_:8}",
        {
            "anger": "anger",
            "contempt": "contempt",
            "disgust": "disgust",
            "fear": "fear",
            "happy": "happiness",
            "sadness": "sadness",
            "surprise": "surprise",
        },
    ),
    KnownSet(
        "CK+",
        "S010/004/S010_004_00000017.png",
        r"S\d{3}/\d{3}/S\d{3}_\d{3}_\d{8}",
        "{participant:4}/{sequence:3}/{_:4}_{_:3}_{frame:8}",
        {str(code): name for code, name in enumerate(EXPRESSION_WORDS)},
        "the first frame of a sequence is taken for neutral and the last three for its expression; "
        "sequences without a label are left out",
        labels=("Emotion", "Emotion_labels/Emotion"),
    ),
    KnownSet(
        "RaFD",
        "Rafd090_01_Caucasian_female_angry_frontal.jpg",
        r"Rafd\d{3}_\d\d_[A-Za-z]+_[a-z]+_(angry|contemptuous|disgusted|fearful|happy|neutral|sad"
        r"|surprised)_(frontal|left|right)",
        "Rafd090_{participant:2}_{_}_{_}_{expression}_frontal",
        {
            "neutral": "neutral",
            "angry": "anger",
            "contemptuous": "contempt",
            "disgusted": "disgust",
            "fearful": "fear",
            "happy": "happiness",
            "sad": "sadness",
            "surprised": "surprise",
        },
        f"{_FROM_THE_SIDE}, and so is an averted gaze",
    ),
    KnownSet(
        "FACES",
        "004_o_m_n_a.jpg",
        r"\d{3}_[ymo]_[fm]_[adfhns]_[ab]",
        "{participant:3}_{_:1}_{_:1}_{expression:1}_{_:1}",
        {
            "n": "neutral",
            "a": "anger",
            "d": "disgust",
            "f": "fear",
            "h": "happiness",
            "s": "sadness",
        },
    ),
    KnownSet(
        "NimStim",
        "01F_AN_C.BMP",
        r"\d\d[FM]_(AN|CA|DI|FE|HA|NE|SA|SP)_[OCXocx]",
        "{participant:3}_{expression:2}_{_:1}",
        {
            "NE": "neutral",
            "AN": "anger",
            "DI": "disgust",
            "FE": "fear",
            "HA": "happiness",
            "SA": "sadness",
            "SP": "surprise",
            "CA": "calm",
        },
        "an open and a closed mouth are photographs of one expression",
    ),
    KnownSet(
        "WSEFEP",
        "SS_0018.jpg",
        r"[A-Z]{2}\d?_\d{4}",
        None,
        {
            word: name
            for name in EXPRESSION_WORDS
            if name != "contempt"
            for word in ({"happiness": "joy"}.get(name, name),)
        },
        "the expression of a picture stands in the set's table of norms",
        unmistakable=False,
    ),
    KnownSet(
        "FEI",
        "1a.jpg",
        r"\d{1,3}[ab]",
        "{participant}{expression:1}",
        {"a": "neutral", "b": "happiness"},
        unmistakable=False,
    ),
    KnownSet(
        "MIGMA",
        "00/01/0870/1.jpg",
        r"0[0-7]/0[01]/[^/]+/[^/]+",
        "{expression}/{supervised}/{participant}/{photo}",
        STUDY_EXPRESSIONS,
    ),
)
"""In the order in which they are tried; of two that know as many files, the first is meant."""
