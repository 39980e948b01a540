"""Finding a dataset's photographs and videos by walking its folders."""

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from lakehouse.dataset.cells import (
    Candidate,
    CellOrder,
    VideoCandidate,
    VideoOrder,
    with_unique_ids,
    with_unique_video_ids,
)
from lakehouse.dataset.folders import FolderWalk
from lakehouse.dataset.layout import AmbiguousPathError
from lakehouse.dataset.listing import Listing, Reason, printable
from lakehouse.dataset.path_reader import PathReader
from lakehouse.dataset.sequences import FrameChoice
from lakehouse.errors import InputError
from lakehouse.pictures.camera_raw import file_is_camera_raw
from lakehouse.pictures.kinds import may_be_picture, split_ending
from lakehouse.settings.dataset import Dataset
from lakehouse.video.kinds import ENDINGS, may_be_video, without_ending


class _File(NamedTuple):
    """A file that may be a photograph or a video; its path without and with its ending."""

    path: str
    stem: str
    ending: str
    absolute: Path


def walk_photos(
    root: Path, dataset: Dataset, *, layout: str | None = None, tolerant: bool = False
) -> Listing:
    """List the photographs and the videos below a folder.

    Symbolic links are followed; a link back to a folder above itself is not. Hidden files and
    folders (also the ``._x`` files of a Mac) are ignored, and so are camera raw files beside a
    picture of the same name.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    dataset : Dataset
        Layout and codes from the settings.
    layout : str, optional
        Pattern to use instead of the settings' one.
    tolerant : bool
        Count paths that can be read in more than one way, instead of refusing the first.

    Returns
    -------
    Listing
        The same for the same files, in whatever order the system gives them.

    Raises
    ------
    InputError
        If `root` is no folder that can be listed, or labels of sequences are refused.
    UsageError
        If the pattern cannot mean anything or contradicts the settings, or a path can be read in
        more than one way.
    """
    reader = PathReader(dataset, layout, root)
    walk, files, films = _files(root)
    raw = frozenset(_raw_beside_pictures(files))
    candidates = []
    for file in files:
        if file.path in raw:
            walk.ignored.add(Reason.RAW_BESIDE_PICTURE, file.path)
            continue
        found = _read(reader.read, file, tolerant=tolerant)
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            walk.ignored.add(*found)
    shown = []
    for file in films:
        seen = _read(reader.read_video, file, tolerant=tolerant)
        if isinstance(seen, VideoCandidate):
            shown.append(seen)
        else:
            walk.ignored.add(*seen)
    frames = FrameChoice(dataset, walk.ignored)
    if reader.has_frames:
        candidates = frames.choose(candidates)
    order = CellOrder(list(dict.fromkeys(dataset.expressions.values())))
    video_order = VideoOrder(list(dict.fromkeys(dataset.expressions.values())))
    photos = sorted(with_unique_ids(candidates, dataset.identity), key=lambda file: order(file.key))
    return Listing(
        tuple(photos),
        walk.ignored.result(),
        tuple(walk.unreadable),
        raw.union(frames.set_aside),
        reader.respelled,
        frames.result(reader.labels) if reader.has_frames else None,
        videos=tuple(sorted(with_unique_video_ids(shown, dataset.identity), key=video_order)),
    )


def photo_stems(root: Path) -> list[str]:
    """List the photographs below a folder, whatever their names say.

    Returns
    -------
    list of str
        Paths relative to `root` without their endings, sorted folder by folder.

    Raises
    ------
    InputError
        If `root` is no folder that can be listed.
    """
    return [file.stem for file in _files(root)[1]]


def video_stems(root: Path) -> list[str]:
    """List the videos below a folder, as `photo_stems` does the photographs."""
    return [file.stem for file in _files(root)[2]]


def _files(root: Path) -> tuple[FolderWalk, list[_File], list[_File]]:
    """Walk a folder; give its photographs and its videos."""
    if not root.is_dir():
        raise InputError(
            "is not a folder", where=printable(str(root)), fix="give the folder of the photographs"
        )
    walk = FolderWalk(root)
    files, films = [], []
    for path, absolute in walk.files():
        stem, ending = split_ending(path)
        if is_photo(absolute, ending):
            files.append(_File(path, stem, ending, absolute))
        elif is_video(absolute):
            films.append(_File(path, *without_ending(path), absolute))
        else:
            walk.ignored.add(Reason.NO_PHOTOGRAPH, path)
    if walk.root_error:
        raise InputError(f"cannot be listed ({walk.root_error})", where=printable(str(root)))
    return walk, files, films


_Found = TypeVar("_Found", Candidate, VideoCandidate)


def _read(
    read: Callable[[str, str, str, Path], _Found | tuple[Reason, str]],
    file: _File,
    *,
    tolerant: bool,
) -> _Found | tuple[Reason, str]:
    try:
        return read(*file)
    except AmbiguousPathError as error:
        if not tolerant:
            raise
        return Reason.AMBIGUOUS, error.what


def _raw_beside_pictures(files: Iterable[_File]) -> Iterator[str]:
    """Give the raw files that a camera or a person has made a picture of."""
    of_name = defaultdict(list)
    for file in files:
        of_name[file.stem].append(file)
    for together in of_name.values():
        if len(together) > 1:
            raw = [file.path for file in together if file_is_camera_raw(file.absolute, file.ending)]
            if len(raw) < len(together):
                yield from raw


def is_photo(path: Path, ending: str) -> bool:
    """Tell whether a file is to be treated as a photograph.

    Parameters
    ----------
    ending : str
        A picture's, if it has one.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        # A broken link or the like: by its ending it should have been a photograph.
        return bool(ending)
    if not stat.S_ISREG(mode):
        return False
    if not ending and path.suffix.lower() in ENDINGS and not os.access(path, os.R_OK):
        return False
    return bool(ending) or may_be_picture(path)


def is_video(path: Path) -> bool:
    """Tell whether a file that is no photograph is to be treated as a video."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return path.suffix.lower() in ENDINGS
    return stat.S_ISREG(mode) and may_be_video(path)
