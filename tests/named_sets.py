"""Made-up files with the names of published sets, and what each shows by its documentation."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from lakehouse.dataset.listing import Reason

FEELINGS = ("neutral", "anger", "disgust", "fear", "happiness", "sadness", "surprise")
"""Of most sets, in the study's order."""

KDEF = dict(zip(("NE", "AN", "DI", "AF", "HA", "SA", "SU"), FEELINGS, strict=True))
JAFFE = dict(zip(("NE", "AN", "DI", "FE", "HA", "SA", "SU"), FEELINGS, strict=True))
ANGLES = ("FL", "HL", "S", "HR", "FR")

EMOTIONS = ("anger", "contempt", "disgust", "fear", "happiness", "sadness", "surprise")
"""Of CK+, whose codes are their places from 1."""

TAKES = tuple(f"{take:03d}" for take in range(1, 8))

Cells = dict[str, tuple[str, str, bool]]


@dataclass(frozen=True)
class NamedSet:
    """Files of a set.

    Attributes
    ----------
    shown : dict of str to tuple
        Path of a photograph = participant, expression, and whether a cue was shown.
    ignored : tuple of str
        Paths that the set has too, and that are not used.
    others : tuple of str
        Files that are no photographs.
    texts : dict of str to str
        Path of a file that says what photographs show = what it holds.
    """

    shown: Cells
    ignored: tuple[str, ...] = ()
    others: tuple[str, ...] = ("readme.txt",)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def ignored_for(self) -> dict[str, tuple[str, ...]]:
        """Those that are not used, by the reason."""
        if not self.texts:
            return {Reason.NOT_IN_LAYOUT: self.ignored}
        unlabelled = tuple(path for path in self.ignored if path[5:8] not in TAKES)
        between = tuple(path for path in self.ignored if path[5:8] in TAKES)
        return {Reason.UNLABELLED: unlabelled, Reason.BETWEEN: between}

    def write(self, root: Path, content: bytes = b"") -> Path:
        """Write the files, all with one content."""
        for path in (*self.shown, *self.ignored, *self.others):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content if path not in self.others else b"text")
        for path, text in self.texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return root

    def smaller(self, photos: int = 2) -> "NamedSet":
        """Keep two people: the first photographs of each cell or, of sequences, the first two."""
        people = list(dict.fromkeys(who for who, _, _ in self.shown.values()))[:2]
        if self.texts:
            folders = {f"{who}/{take}/" for who in people for take in TAKES[:2]}
            kept = {path: cell for path, cell in self.shown.items() if path[:9] in folders}
            ignored = tuple(path for path in self.ignored if path[:9] in folders)
            return replace(self, shown=kept, ignored=ignored)
        kept = {}
        for path, cell in self.shown.items():
            if cell[0] in people and list(kept.values()).count(cell) < photos:
                kept[path] = cell
        return NamedSet(kept, self.ignored[:2])


def _kdef(folders: bool) -> NamedSet:
    shown: Cells = {}
    ignored = []
    for session in "AB":
        for who in ("F01", "F02", "M01"):
            for code, feeling in KDEF.items():
                for angle in ANGLES:
                    name = f"{session}{who}{code}{angle}.JPG"
                    path = f"{session}{who}/{name}" if folders else name
                    if angle == "S":
                        shown[path] = (who, feeling, False)
                    else:
                        ignored.append(path)
    return NamedSet(shown, tuple(ignored))


def _akdef() -> NamedSet:
    names = {
        (who, code, angle): f"{who}{code}{angle}.JPG"
        for who in "FM"
        for code in KDEF
        for angle in ANGLES
    }
    return NamedSet(
        {names[key]: (key[0], KDEF[key[1]], False) for key in names if key[2] == "S"},
        tuple(name for key, name in names.items() if key[2] != "S"),
    )


def _jaffe() -> NamedSet:
    numbers = iter(range(1, 1000))
    return NamedSet(
        {
            f"{who}.{code}{take}.{next(numbers)}.tiff": (who, feeling, False)
            for who in ("KA", "KL", "YM")
            for code, feeling in JAFFE.items()
            for take in (1, 2, 3)
        }
    )


def _ck48() -> NamedSet:
    words = {
        "anger": "anger",
        "contempt": "contempt",
        "disgust": "disgust",
        "fear": "fear",
        "happy": "happiness",
        "sadness": "sadness",
        "surprise": "surprise",
    }
    return NamedSet(
        {
            f"{word}/S{who:03d}_{place:03d}_{frame:08d}.png": (f"S{who:03d}", feeling, False)
            for who in (10, 11, 506)
            for place, (word, feeling) in enumerate(words.items(), start=1)
            for frame in (15, 16, 17)
        }
    )


def _ck() -> NamedSet:
    """Sequences of six frames, and one of them without a label."""
    shown: Cells = {}
    ignored = []
    texts = {}
    for who in ("S010", "S506"):
        for take, feeling in zip((*TAKES, "008"), (*EMOTIONS, None), strict=True):
            frames = [f"{who}/{take}/{who}_{take}_{number:08d}" for number in range(6, 12)]
            for place, frame in enumerate(frames):
                if feeling is None or 1 <= place < 3:
                    ignored.append(f"{frame}.png")
                else:
                    shown[f"{frame}.png"] = (who, feeling if place else "neutral", False)
            if feeling is not None:
                code = EMOTIONS.index(feeling) + 1
                texts[f"Emotion/{frames[-1]}_emotion.txt"] = f"   {code}.0000000e+00\n"
    return NamedSet(shown, tuple(ignored), texts=texts)


def _rafd() -> NamedSet:
    words = {
        "neutral": "neutral",
        "angry": "anger",
        "contemptuous": "contempt",
        "disgusted": "disgust",
        "fearful": "fear",
        "happy": "happiness",
        "sad": "sadness",
        "surprised": "surprise",
    }
    shown: Cells = {}
    ignored = []
    for who, kind in (("01", "Caucasian_female"), ("29", "Moroccan_male"), ("63", "Kid_female")):
        for word, feeling in words.items():
            for angle in ("000", "045", "090", "135", "180"):
                for gaze in ("frontal", "left", "right"):
                    path = f"Rafd{angle}_{who}_{kind}_{word}_{gaze}.jpg"
                    if (angle, gaze) == ("090", "frontal"):
                        shown[path] = (who, feeling, False)
                    else:
                        ignored.append(path)
    return NamedSet(shown, tuple(ignored))


def _faces() -> NamedSet:
    codes = dict(zip("nadfhs", FEELINGS[:6], strict=True))
    return NamedSet(
        {
            f"{who}_{code}_{take}.jpg": (who[:3], feeling, False)
            for who in ("004_o_m", "066_y_m", "079_o_f", "116_m_f")
            for code, feeling in codes.items()
            for take in "ab"
        }
    )


def _nimstim() -> NamedSet:
    codes = dict(
        zip(("NE", "AN", "DI", "FE", "HA", "SA", "SP", "CA"), (*FEELINGS, "calm"), strict=True)
    )
    return NamedSet(
        {
            f"{who}_{code}_{mouth}.BMP": (who, feeling, False)
            for who in ("01F", "09F", "20M")
            for code, feeling in codes.items()
            for mouth in (
                ("O",) if code == "SP" else ("O", "C", "X") if code == "HA" else ("O", "C")
            )
        }
    )


def _fei() -> NamedSet:
    return NamedSet(
        {
            f"{who}{code}.jpg": (str(who), feeling, False)
            for who in (1, 2, 10, 200)
            for code, feeling in (("a", "neutral"), ("b", "happiness"))
        }
    )


def _migma() -> NamedSet:
    feelings = (
        "neutral",
        "anger",
        "contempt",
        "disgust",
        "fear",
        "happiness",
        "sadness",
        "surprise",
    )
    return NamedSet(
        {
            f"{code:02d}/{cue:02d}/{who}/{photo}.jpg": (who, feeling, bool(cue))
            for code, feeling in enumerate(feelings)
            for cue in (0, 1)
            for who in ("0012", "0870")
            for photo in (1, 2, 3)
        }
    )


NAMED_SETS = {
    "KDEF": _kdef(folders=True),
    "KDEF in one folder": _kdef(folders=False),
    "AKDEF": _akdef(),
    "JAFFE": _jaffe(),
    "CK+48": _ck48(),
    "CK+": _ck(),
    "RaFD": _rafd(),
    "FACES": _faces(),
    "NimStim": _nimstim(),
    "FEI": _fei(),
    "MIGMA": _migma(),
}
"""Those whose names say all."""

NOT_SAYING_ALL = {
    "WSEFEP": NamedSet({}, ("SS_0018.jpg", "SS_1188.jpg", "PB_0001.jpg", "MR2_1829.jpg")),
}
"""Those whose names do not say the expression."""
