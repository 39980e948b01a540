"""Settings proposed for photographs from the names of their files."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from os.path import relpath
from pathlib import Path, PurePath
from typing import Any, Final

from lakehouse.dataset.cell_counts import CellCounts
from lakehouse.dataset.expression_words import EXPRESSION_WORDS, expressions_meant
from lakehouse.dataset.known_sets import KNOWN_SETS, NAMES_DO_NOT_SAY, KnownSet
from lakehouse.dataset.layout import AmbiguousPathError, Layout, PathFields
from lakehouse.dataset.listing import Listing, printable
from lakehouse.dataset.walk import photo_stems, video_stems, walk_photos
from lakehouse.errors import InputError
from lakehouse.settings.dataset import Dataset
from lakehouse.settings.model import Settings
from lakehouse.settings.quality import Quality

SURE: Final = "sure"
LIKELY: Final = "likely"
A_GUESS: Final = "a guess"

_NEARLY_ALL: Final = 0.9
_MOST: Final = 0.5

_BETWEEN_WORDS: Final = re.compile(r"[/_.\- ]+")

_SHAPES: Final = (
    "{expression}/{participant}/{photo}",
    "{participant}/{expression}/{photo}",
    "{participant}/{expression}",
    *(
        shape
        for mark in "_-. "
        for shape in (
            f"{{participant}}{mark}{{expression}}{mark}{{photo}}",
            f"{{participant}}{mark}{{expression}}",
            f"{{participant}}/{{expression}}{mark}{{photo}}",
        )
    ),
)
_FOLDER_PER_EXPRESSION: Final = "{expression}/{photo}"

_ANY: Final = Quality(photos_per_mask="any", masks="neutral")
"""How many photographs there are to be where there are none."""

_PARTS_OF_A_SET: Final = frozenset(
    {"train", "training", "test", "testing", "val", "valid", "validation", "images", "photos"}
)
"""Folders that hold no single person."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Settings for a folder of photographs, and how sure they are.

    Attributes
    ----------
    names : str
        What the names of the files are like, in words.
    certainty : str
        "sure", "likely" or "a guess".
    fitting, photographs : int
        Files whose names are like that, of all.
    remarks : tuple of str
        What the user should know, a sentence each.
    kind : str
        What they are of, in words: photographs or videos.
    """

    names: str
    certainty: str
    fitting: int
    photographs: int
    settings: Settings
    remarks: tuple[str, ...]
    kind: str = "photographs"

    @property
    def needs_list(self) -> bool:
        """Whether names do not say all, so that a table must."""
        return NAMES_DO_NOT_SAY in self.remarks


def propose_settings(root: Path) -> Proposal:
    """Propose settings for the photographs below a folder, or videos where there are none.

    None is decoded.

    Parameters
    ----------
    root : Path
        The dataset's folder.

    Raises
    ------
    InputError
        If `root` is no folder that can be listed, holds no photograph, or the names say nothing
        that is known.
    """
    stems = photo_stems(root)
    if not stems:
        films = video_stems(root)
        if not films:
            raise InputError("holds no photograph", where=printable(str(root)))
        return _of_videos(root, films)
    return _of_names(root, stems)


def _of_names(root: Path, stems: Sequence[str]) -> Proposal:
    fits = {known.name: [stem for stem in stems if known.knows(stem)] for known in KNOWN_SETS}
    known = max(KNOWN_SETS, key=lambda one: len(fits[one.name]))
    fitting = fits[known.name]
    if len(fitting) >= _MOST * len(stems):
        return _of_known_set(root, known, fitting, len(stems))
    return _of_words(root, stems)


def _of_videos(root: Path, stems: Sequence[str]) -> Proposal:
    """Propose settings for videos: by words for expressions, else a session for each."""
    try:
        found = _of_names(root, stems)
    except InputError:
        depth, _ = Counter(stem.count("/") for stem in stems).most_common(1)[0]
        if not depth:
            raise
        return _of_sessions(stems, depth)
    layout = found.settings.dataset.layout.replace("{photo}", "{video}")
    dataset = found.settings.dataset.model_copy(update={"layout": layout})
    settings = found.settings.model_copy(update={"dataset": dataset})
    if dataset.neutral in dataset.expressions.values():
        # What is said of cells is said of photographs.
        settings = Settings(dataset=dataset, quality=_ANY)
    names = found.names.replace("{photo}", "{video}")
    return replace(found, names=names, settings=settings, remarks=(), kind="videos")


def _of_sessions(stems: Sequence[str], depth: int) -> Proposal:
    """Take the folder that a video lies in for its participant."""
    layout = "{_}/" * (depth - 1) + "{participant}/{video}"
    return Proposal(
        f"shaped like {layout}",
        A_GUESS,
        sum(stem.count("/") == depth for stem in stems),
        len(stems),
        Settings(dataset=Dataset(layout=layout), quality=_ANY),
        (
            "names say no expression, so each video is a session: `lakehouse events` takes a table "
            "of what it shows when",
        ),
        "videos",
    )


def _of_known_set(
    root: Path, known: KnownSet, fitting: Sequence[str], photographs: int
) -> Proposal:
    sure = known.unmistakable and len(fitting) >= _NEARLY_ALL * photographs
    remarks = [known.remark] if known.remark else []
    dataset: dict[str, Any] = {"expressions": known.expressions}
    lacks = NAMES_DO_NOT_SAY if known.layout is None else ""
    if known.layout is not None:
        dataset["layout"] = _below(known.layout, known.folders, fitting)
    if known.labels:
        folder = PurePath(fitting[0]).parents[known.folders]
        dataset["sequence"], lacks = _labels(root, folder, known.labels)
    if lacks:
        sure = False
        remarks.append(lacks)
        settings = Settings.model_validate(
            {"dataset": dataset, "quality": {"photos_per_mask": "any", "masks": "neutral"}}
        )
    else:
        settings, further = _fitted(root, dataset)
        remarks += further
    return Proposal(
        f"named as in {known.name} ({known.example})",
        SURE if sure else LIKELY,
        len(fitting),
        photographs,
        settings,
        tuple(remarks),
    )


def _labels(root: Path, folder: PurePath, places: Sequence[str]) -> tuple[dict[str, str], str]:
    """Find where the labels of sequences lie, and say what to do where they are nowhere.

    Parameters
    ----------
    folder : PurePath
        Of all sequences, relative to the root.
    places : sequence of str
        Where they may lie, in a folder above.
    """
    here = root.absolute()
    nearest = [here / folder, *(here / folder).parents]
    for above in nearest[: len(folder.parts) + 3]:
        for place in places:
            if (above / place).is_dir():
                return {"labels": Path(relpath(above / place, here)).as_posix()}, ""
    return {"labels": f"../{places[0]}"}, (
        f"the folder {places[0]}, which says what a sequence shows, is neither among the "
        "photographs nor beside them: put it there, or set dataset.sequence.labels to where it is, "
        "or to a table with the columns participant, sequence and expression"
    )


def _of_words(root: Path, stems: Sequence[str]) -> Proposal:
    """Find a shape of paths in which a word for an expression has its place."""
    words = {
        word
        for stem in stems
        for word in _BETWEEN_WORDS.split(stem)
        if len(expressions_meant(word)) == 1
    }
    codes = {
        word: name
        for name in EXPRESSION_WORDS
        for word in sorted(words)
        if expressions_meant(word) == {name}
    }
    fits = {shape: _fitting(shape, stems, codes) for shape in (*_SHAPES, _FOLDER_PER_EXPRESSION)}
    # A single participant is more likely a folder that holds everybody.
    shape = max(fits, key=lambda one: (len(fits[one]), len(set(fits[one].values())) != 1))
    fitting = fits[shape]
    if not words or len(fitting) < _MOST * len(stems):
        raise InputError(
            f"holds {len(stems):,} photographs whose names (such as {printable(stems[0])}) are of "
            "no set that is known and have no words for expressions in one place",
            where=printable(str(root)),
            fix="write dataset.layout and dataset.expressions yourself; see docs/layouts.md",
        )
    alone = shape == _FOLDER_PER_EXPRESSION
    found = {
        word: name
        for word, name in codes.items()
        if any(word in _BETWEEN_WORDS.split(stem) for stem in fitting)
    }
    dataset = {
        "layout": _with_people(shape, fitting),
        "expressions": found,
        "identity": "photo" if alone else "participant",
    }
    settings, remarks = _fitted(root, dataset)
    if alone:
        remarks.insert(
            0,
            "nothing says who is in a photograph, so each is a participant of its own; if names "
            'say it, give {participant} its place in the layout and set identity = "participant"',
        )
    certain = alone and len(fitting) >= _NEARLY_ALL * len(stems)
    return Proposal(
        "in one folder per expression" if alone else f"shaped like {shape}",
        LIKELY if certain else A_GUESS,
        len(fitting),
        len(stems),
        settings,
        tuple(remarks),
    )


def _fitting(shape: str, stems: Iterable[str], codes: dict[str, str]) -> dict[str, str]:
    """Give the paths that are of a shape, in whatever folders, and whom each shows."""
    folders = shape.count("/")
    layout = Layout(shape, expressions=codes, required={"expression"})
    alone = "{participant}" not in shape
    fitting = {}
    for stem in stems:
        fields = _read(layout, _tail(stem, folders))
        if fields is None or fields.expression not in codes:
            continue
        participant = stem if alone else fields.participant or ""
        if participant.lower() not in _PARTS_OF_A_SET:
            fitting[stem] = participant
    return fitting


def _read(layout: Layout, path: str) -> PathFields | None:
    try:
        return layout.parse(path)
    except AmbiguousPathError:
        return None


def _tail(stem: str, folders: int) -> str:
    return "/".join(stem.split("/")[-folders - 1 :])


def _below(layout: str, folders: int, fitting: Iterable[str]) -> str:
    """Put folders that mean nothing before a layout, as many as most files have."""
    depths = Counter(stem.count("/") - folders for stem in fitting)
    [(depth, _)] = depths.most_common(1)
    return "{_}/" * depth + layout


def _with_people(shape: str, fitting: dict[str, str]) -> str:
    """Put what stands above a shape before it, and the participant there if not in the shape.

    Where the folder that the shape takes for a participant is the same for all, such as one of
    sessions, the nearest one above that differs says who it is.
    """
    folders = shape.count("/")
    layout = _below(shape, folders, fitting)
    depth = layout.count("{_}/")
    if not shape.startswith("{participant}/") or len(set(fitting.values())) != 1:
        return layout
    above = [stem.split("/")[: -folders - 1] for stem in fitting]
    for level in reversed(range(depth)):
        names = {parents[level].lower() for parents in above if len(parents) == depth}
        if len(names - _PARTS_OF_A_SET) > 1:
            rest = shape.removeprefix("{participant}/")
            return "{_}/" * level + "{participant}/" + "{_}/" * (depth - level) + rest
    return layout


def _fitted(root: Path, dataset: dict[str, Any]) -> tuple[Settings, list[str]]:
    """Complete settings by what the photographs, so understood, have in common."""
    # Whether there is a neutral face is known only after a look.
    listed = dict(dataset["expressions"])
    neutral = "neutral" if "neutral" in listed.values() else next(iter(listed.values()))
    listing = walk_photos(
        root, Dataset.model_validate({**dataset, "neutral": neutral}), tolerant=True
    )
    quality, method, remarks = _quality(listing, alone=dataset.get("identity") == "photo")
    given = {"dataset": dataset, "quality": quality, "alignment": {"method": method}}
    return Settings.model_validate(given), remarks


def _quality(listing: Listing, *, alone: bool) -> tuple[dict[str, Any], str, list[str]]:
    counts = CellCounts.of(listing.photos, "neutral")
    photos: int | str = counts.usual if counts.usual and not counts.unusual else "any"
    quality = {"photos_per_mask": photos, "masks": "all" if counts.complete else "neutral"}
    if not counts.with_neutral:
        quality |= {"reference": "canonical", "masks": "neutral"}
        remark = "there is no neutral photograph, so faces are compared with the canonical face"
        return quality, "procrustes", [remark]
    if alone:
        quality |= {"reference": "mean", "masks": "neutral"}
        remark = "faces without expression are nobody's own, so their mean is compared with"
        return quality, "procrustes", [remark]
    if lacking := counts.participants - counts.with_neutral:
        remark = (
            f"participants without a neutral photograph: {lacking:,} of {counts.participants:,}; "
            'they are left out, unless quality.reference is "mean"'
        )
        return quality, "paper", [remark]
    return quality, "paper", []
