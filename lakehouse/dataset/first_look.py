"""What a dataset holds as the settings understand it, and what in them might be changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lakehouse.dataset.cell_counts import Cell, CellCounts
from lakehouse.dataset.listing import (
    Ignored,
    Listing,
    ManifestReading,
    PhotoFile,
    Reason,
    SequencesFound,
    VideoFile,
)
from lakehouse.settings.model import Settings

EXAMPLES: Final = 3
"""Examples of each kind of thing."""


@dataclass(frozen=True, slots=True)
class Group:
    """Photographs that have something in common.

    Attributes
    ----------
    name : str
        What they have in common: a participant, an expression, a condition.
    examples : tuple of str
        The first few paths.
    """

    name: str
    photographs: int
    participants: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellCount:
    """A cell and how many photographs it holds."""

    participant: str
    expression: str
    supervised: bool
    photographs: int


@dataclass(frozen=True, slots=True)
class VideosFound:
    """The videos of a dataset.

    Attributes
    ----------
    sessions : int
        Videos without an expression, of which events have to say what they show.
    expressions : dict of str to int
        Videos that show each, in the study's order.
    examples : tuple of str
        The first few: participant, id and path.
    """

    videos: int
    participants: int
    sessions: int
    expressions: dict[str, int]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A dataset as the settings understand it.

    Attributes
    ----------
    first_participants : tuple of Group
        The first few.
    expressions : tuple of Group
        All that are listed, in the study's order.
    conditions : tuple of Group
        Those that were found.
    neutral : str
        The expression that all others are compared with.
    with_neutral : int
        Participants with a photograph of it without cue.
    usual : int
        Photographs that most cells have.
    unusual, missing : int
        Cells with another number of photographs, and with none while another participant has some.
    unusual_cells, missing_cells : tuple of CellCount
        The first few.
    respelled : int
        Files whose ids lost invisible characters.
    sequences : SequencesFound or None
        None where the photographs are no frames.
    manifest : ManifestReading, optional
        How the table was understood that lists the photographs, if one does.
    advice : tuple of str
        What to change in the settings, a sentence each.
    videos : VideosFound or None
        None where there are none.
    """

    photographs: int
    participants: int
    first_participants: tuple[Group, ...]
    expressions: tuple[Group, ...]
    conditions: tuple[Group, ...]
    neutral: str
    with_neutral: int
    usual: int
    unusual: int
    missing: int
    unusual_cells: tuple[CellCount, ...]
    missing_cells: tuple[CellCount, ...]
    ignored: tuple[Ignored, ...]
    unreadable_folders: tuple[str, ...]
    respelled: int
    sequences: SequencesFound | None
    manifest: ManifestReading | None
    advice: tuple[str, ...]
    videos: VideosFound | None = None


def look_at(listing: Listing, settings: Settings) -> FirstLook:
    """Sum up a dataset that was listed under these settings."""
    photos, dataset = listing.photos, settings.dataset
    counts = CellCounts.of(photos, dataset.neutral)
    order = dict.fromkeys(dataset.expressions.values())
    people = list(dict.fromkeys(photo.participant for photo in photos))
    # A single photograph is in one cell: that it is in no other says nothing.
    missing = () if dataset.identity == "photo" else counts.missing
    return FirstLook(
        photographs=len(photos),
        participants=len(people),
        first_participants=tuple(
            _group(who, (photo for photo in photos if photo.participant == who))
            for who in people[:EXAMPLES]
        ),
        expressions=tuple(
            _group(name, (photo for photo in photos if photo.expression == name)) for name in order
        ),
        conditions=tuple(
            _group(name, (photo for photo in photos if photo.supervised is cue))
            for name, cue in (("unsupervised", False), ("supervised", True))
            if any(photo.supervised is cue for photo in photos)
        ),
        neutral=dataset.neutral,
        with_neutral=counts.with_neutral,
        usual=counts.usual,
        unusual=len(counts.unusual),
        missing=len(missing),
        unusual_cells=tuple(CellCount(*cell, count) for cell, count in counts.unusual[:EXAMPLES]),
        missing_cells=tuple(CellCount(*cell, 0) for cell in missing[:EXAMPLES]),
        ignored=listing.ignored,
        unreadable_folders=listing.unreadable_folders,
        respelled=listing.respelled,
        sequences=listing.sequences,
        manifest=listing.manifest,
        advice=(*_on_names(listing), *_on_quality(counts, settings)),
        videos=_videos(listing.videos, order) if listing.videos else None,
    )


def _videos(videos: Sequence[VideoFile], order: Iterable[str]) -> VideosFound:
    shown = Counter(video.expression for video in videos)
    return VideosFound(
        len(videos),
        len({video.participant for video in videos}),
        shown[None],
        {name: shown[name] for name in order if shown[name]},
        tuple(f"{each.participant} {each.video} ({each.path})" for each in videos[:EXAMPLES]),
    )


def _group(name: str, photos: Iterable[PhotoFile]) -> Group:
    found = list(photos)
    people = {photo.participant for photo in found}
    return Group(name, len(found), len(people), tuple(photo.path for photo in found[:EXAMPLES]))


def _on_names(listing: Listing) -> Iterator[str]:
    """Say what settings about names might be changed."""
    ignored = {each.reason: each for each in listing.ignored}
    if Reason.NOT_IN_LAYOUT in ignored and not (listing.photos or listing.videos):
        yield (
            "no file matches the layout: `lakehouse init --from PHOTOS` proposes another; where "
            "names do not say all, list the files in a table and give it with --manifest"
        )
    for reason, table in (
        (Reason.UNKNOWN_EXPRESSION, "dataset.expressions"),
        (Reason.CODE_WRITTEN_OTHERWISE, "dataset.expressions or dataset.supervised"),
        (Reason.UNKNOWN_SUPERVISED, "dataset.supervised"),
    ):
        if each := ignored.get(reason):
            yield (
                f"photographs with codes that are not in {table}: {each.count:,} (such as "
                f"{each.example}); list them there as they are written, if they are to be used"
            )
    yield from _on_sequences(ignored)


def _on_sequences(ignored: dict[str, Ignored]) -> Iterator[str]:
    if Reason.TOO_SHORT in ignored:
        yield (
            "some sequences have fewer frames than dataset.sequence.neutral and "
            "dataset.sequence.apex add up to, and are left out: make them smaller, if those are to "
            "be used"
        )
    if Reason.FRAME_TWICE in ignored:
        yield (
            "some sequences have one number twice, so that they may be several: let the layout "
            "tell them apart by {sequence}"
        )


def _on_quality(counts: CellCounts, settings: Settings) -> Iterator[str]:
    """Say whom the settings would leave out, and which would keep them."""
    quality = settings.quality
    wanted = quality.photos_per_mask
    if counts.usual and wanted != "any":
        if not counts.unusual and counts.usual != wanted:
            yield (
                f"every cell has {counts.usual} photographs, and quality.photos_per_mask is "
                f"{wanted}, so that nobody would be included: set it to {counts.usual}"
            )
        elif counts.unusual:
            people = _people(cell for cell, _ in counts.unusual)
            yield (
                f"participants with cells that have not {counts.usual} photographs: {people:,}; "
                f"quality.photos_per_mask is {wanted}, so correct their files, or set it to "
                '"any" to include whoever has any'
            )
    if quality.masks == "all" and counts.missing:
        yield (
            "participants without some expression or condition that others have: "
            f'{_people(counts.missing):,}; quality.masks is "all", so that they are left out: set '
            'it to "neutral" to include them'
        )
    wanting = {"own": counts.with_neutral < counts.participants, "mean": not counts.with_neutral}
    if counts.participants and wanting.get(quality.reference):
        yield _on_neutral(counts, settings.dataset.neutral)


def _on_neutral(counts: CellCounts, neutral: str) -> str:
    if not counts.with_neutral:
        return (
            f"nobody has a photograph of {neutral} without cue, with which all others are "
            'compared: set quality.reference to "canonical", alignment.method to "procrustes" and '
            'quality.masks to "neutral"'
        )
    lacking = counts.participants - counts.with_neutral
    return (
        f"participants without a photograph of {neutral} without cue: {lacking:,}; they are left "
        'out: set quality.reference to "mean" and quality.masks to "neutral" to include them'
    )


def _people(cells: Iterable[Cell]) -> int:
    return len({cell[0] for cell in cells})
