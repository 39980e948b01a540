"""A planned study as files: one photograph each, in whatever tree a data set uses."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from string import Formatter
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from lakehouse.files.replace import write_bytes
from lakehouse.opencv import cv2
from lakehouse.synthetic.drawing import drawn
from lakehouse.synthetic.photo_pixels import render_photo
from lakehouse.synthetic.study import StudyPlan

LAYOUT: Final = "{expression}/{supervised}/{participant}/{photo}"
"""The study's own tree: folders of codes, then the participant, then the photograph."""

_FIELDS: Final = frozenset({"expression", "supervised", "participant", "photo"})
_BATCH: Final = 12


class PhotoFile(NamedTuple):
    """One photograph of a plan and the file it is written to."""

    participant: str
    expression: str
    supervised: bool
    photo: int
    path: Path


@dataclass(frozen=True)
class Tree:
    """Where a plan's photographs go.

    Attributes
    ----------
    layout : str
        Path of a photograph without ending. `expression` becomes the expression's place
        in the plan with two digits, `supervised` 00 or 01, `photo` 1, 2, 3.
    suffix : str
        Ending and format: ``.jpg`` or ``.png`` in colour, ``.gif``, or nothing for a GIF
        file without an ending, in grey.
    expression_names : mapping of str to str, optional
        What stands for an expression in paths; its code, ``00`` and so on, where None.
    """

    layout: str = LAYOUT
    suffix: str = ".jpg"
    expression_names: Mapping[str, str] | None = None

    def files(self, plan: StudyPlan, root: Path) -> list[PhotoFile]:
        """List the photographs of a plan with their paths.

        Parameters
        ----------
        plan : StudyPlan
            The study.
        root : Path
            Folder of the data set.

        Returns
        -------
        list of PhotoFile
            By participant, expression, condition and photo.

        Raises
        ------
        ValueError
            If the suffix or a field of the layout is unknown, an expression has no name,
            or two photographs would share a path.
        """
        if self.suffix not in _ENCODERS:
            known = ", ".join(repr(suffix) for suffix in _ENCODERS)
            raise ValueError(f"cannot write files ending in {self.suffix!r}; known are {known}")
        fields = {field for _, field, _, _ in Formatter().parse(self.layout) if field is not None}
        if not fields <= _FIELDS:
            raise ValueError(f"unknown fields in the layout: {sorted(fields - _FIELDS)}")
        names = self.expression_names
        if names is None:
            names = {name: f"{code:02d}" for code, name in enumerate(plan.expressions)}
        if missing := [name for name in plan.expressions if name not in names]:
            raise ValueError(f"no name for the expressions {missing}")
        files = [
            PhotoFile(participant, expression, supervised, photo, root / (path + self.suffix))
            for participant in plan.participants
            for expression in plan.expressions
            for supervised in plan.conditions
            for photo in range(1, plan.photos + 1)
            for path in [
                self.layout.format(
                    expression=names[expression],
                    supervised=f"{supervised:02d}",
                    participant=participant,
                    photo=photo,
                )
            ]
        ]
        if len({file.path for file in files}) < len(files):
            raise ValueError(f"the layout {self.layout!r} gives several photographs one path")
        return files


def write_photographs(
    plan: StudyPlan,
    root: Path | str,
    tree: Tree = Tree(),
    *,
    workers: int | None = None,
    on_photo: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Render a planned study into files.

    Parameters
    ----------
    plan : StudyPlan
        The study.
    root : Path or str
        Folder of the data set; it is made. Files of the same name are replaced; all are readable
        by their owner alone.
    tree : Tree
        Paths and format.
    workers : int, optional
        Processes that render, as in `drawn`.
    on_photo : callable, optional
        Called in this process with the path of every photograph written, in order.

    Returns
    -------
    list of Path
        Every file, by participant, expression, condition and photo.

    Raises
    ------
    ValueError
        If the tree does not fit the plan.
    LakeError
        If a file cannot be written.
    LakehouseError
        If the system lacks libraries that OpenCV needs.

    Notes
    -----
    The same plan gives the same bytes, however many workers write them. As with any
    program that starts processes by spawning, a script has to keep its own start under
    ``if __name__ == "__main__"``.
    """
    files = tree.files(plan, Path(root))
    batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
    written: list[Path] = []
    for batch in drawn(partial(_write_batch, plan, tree.suffix), batches, workers):
        for path in batch:
            written.append(path)
            if on_photo is not None:
                on_photo(path)
    return written


def _write_batch(plan: StudyPlan, suffix: str, batch: list[PhotoFile]) -> list[Path]:
    """Render and write some photographs."""
    for participant, expression, supervised, photo, path in batch:
        quality = plan.photo(participant, expression, supervised, photo)[2].jpeg_quality
        picture = render_photo(plan, participant, expression, supervised, photo)
        write_bytes(path, encoded_photo(picture, suffix, quality))
    return [file.path for file in batch]


def encoded_photo(picture: npt.NDArray[np.uint8], suffix: str, quality: int) -> bytes:
    """Encode a photograph.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        RGB.
    suffix : str
        As of `Tree`.
    quality : int
        Of JPEG, 1 to 100.

    Returns
    -------
    bytes
        The file.
    """
    return _ENCODERS[suffix](picture, quality)


def _jpeg(picture: npt.NDArray[np.uint8], quality: int) -> bytes:
    """Encode as JPEG."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    return bytes(cv2.imencode(".jpg", picture[..., ::-1], options)[1])


def _png(picture: npt.NDArray[np.uint8], quality: int) -> bytes:
    """Encode as PNG, which keeps every pixel whatever the quality."""
    return bytes(cv2.imencode(".png", picture[..., ::-1])[1])


def _gif(picture: npt.NDArray[np.uint8], quality: int) -> bytes:
    """Encode as GIF in 256 greys, as collections of that format are."""
    buffer = io.BytesIO()
    Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)).save(buffer, format="GIF")
    return buffer.getvalue()


_ENCODERS: Final[dict[str, Callable[[npt.NDArray[np.uint8], int], bytes]]] = {
    ".jpg": _jpeg,
    ".png": _png,
    ".gif": _gif,
    "": _gif,
}
