"""A clip of each expression in three frames: at the onset, half way and at the apex."""

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from lakehouse.charts.words import Words
from lakehouse.figures.canvas import Pixels
from lakehouse.figures.contact_sheet import draw_tile
from lakehouse.opencv import cv2
from lakehouse.paths import WarehousePaths
from lakehouse.report.figure import Picture, Pictures
from lakehouse.report.languages import said
from lakehouse.report.sections.ghosts import file_name, mask_label
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

SIDE: Final = 240
"""Of a picture, pixels; on a wide page there are three for two of the screen's."""
_NO_EDGES: Final = np.empty((0, 2), dtype=np.int64)

Moment = dict[str, Any]
"""A row of the query."""


def refused_strips(tables: Tables) -> list[str]:
    """Say of which videos nothing can be shown, and why, with their paths: not for the page."""
    if tables.missing(FRAME_STRIPS.needs) is not None:
        return []
    return [strip for _, strip in _strips(tables) if isinstance(strip, str)]


@lru_cache(maxsize=1)
def _strips(tables: Tables) -> list[tuple[list[Moment], list[Pixels] | str]]:
    """Give each clip's moments and pictures, or why it cannot be shown."""
    # Late: it loads the decoder, which pages without pictures do without.
    from lakehouse.rendering.clips import RefusedVideoError

    strips: list[tuple[list[Moment], list[Pixels] | str]] = []
    by_clip = tables.table("frame_strips").partition_by("expression", maintain_order=True)
    for moments in (clip.to_dicts() for clip in by_clip):
        try:
            strips.append((moments, list(_faces(tables, moments))))
        except RefusedVideoError as error:
            strips.append((moments, str(error)))
    return strips


def _faces(tables: Tables, moments: list[Moment]) -> Iterator[Pixels]:
    """Cut the same place out of a clip's frames, so that what moves is the face."""
    from lakehouse.rendering.clips import meshes_of, original_video, picture_of
    from lakehouse.video.decoding import Place

    original = tables.privacy.from_folders(partial(original_video, row=moments[0]))
    # Without a warehouse nothing is drawn.
    paths = tables.paths or WarehousePaths(Path())
    clip = {"participant": moments[0]["person_filmed"], "video": moments[0]["video"]}
    meshes = [next(meshes_of(paths, clip, [moment["frame"]])) for moment in moments]
    found = [mesh for mesh in meshes if mesh is not None]
    for moment in moments:
        before = moment["frame_before"]
        start = None if before is None else Place(before, moment["time_before_s"])
        picture = picture_of(original, moment, moment["frame"], start)
        tile = draw_tile(picture, np.concatenate(found) if found else None, _NO_EDGES)
        shrunk = cv2.resize(tile, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        yield np.asarray(shrunk, dtype=np.uint8)


def _pictures(tables: Tables, languages: Mapping[str, Words]) -> list[Picture]:
    shown = [(moments, strip) for moments, strip in _strips(tables) if not isinstance(strip, str)]
    return [
        Picture(
            f"{file_name((moment['expression'], moment['supervised']))}-{column}",
            said(languages, partial(_label, moment)),
            face,
            row,
            column,
        )
        for row, (moments, strip) in enumerate(shown, start=1)
        for column, (moment, face) in enumerate(zip(moments, strip, strict=True), start=1)
    ]


def _label(moment: Moment, words: Words) -> str:
    return words(
        f"figures.frame_strips.{moment['moment']}",
        mask=mask_label((moment["expression"], moment["supervised"]), words),
        time=words.number(moment["after_s"]),
        level=words.number(moment["level"], 1),
    )


def _numbers(tables: Tables, words: Words) -> Mapping[str, str]:
    clips = [moments[0] for moments, _ in _strips(tables)]
    refused = [moments[0] for moments, strip in _strips(tables) if isinstance(strip, str)]
    ids = tables.privacy.ids
    return {
        "n": words.count(len({clip["person_filmed"] for clip in clips})),
        "trials": words.count(sum(clip["clips"] for clip in clips)),
        "amplitudes": _listed("amplitude", clips, words),
        "who": " " + _listed("clip", clips, words) if ids else "",
        "missing": " " + _listed("missing", refused, words) if refused else "",
    }


def _listed(key: str, clips: list[Moment], words: Words) -> str:
    """Name clips: by what they show, and more where the text has it."""
    each = [
        words(
            f"figures.frame_strips.each_{key}",
            mask=mask_label((clip["expression"], clip["supervised"]), words),
            amplitude=words.number(clip["amplitude"], 1),
            participant=clip["person_filmed"],
            video=clip["video"],
        )
        for clip in clips
    ]
    return words(f"figures.frame_strips.{key}", each="; ".join(each))


FRAME_STRIPS = Pictures(
    "frame_strips",
    tables=("frame_strips",),
    draw=_pictures,
    numbers=_numbers,
    needs=(Need.VIDEOS, Need.TRIALS, Need.GRAPHICS, Need.CONSENT),
    personal=True,
    in_threes=True,
)
