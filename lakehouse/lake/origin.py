"""Which folder the lake's photographs and videos came from, and what became of them there."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from lakehouse.files.replace import write_json
from lakehouse.lake.parts import part_names, read_table
from lakehouse.lake.video_parts import video_part_names
from lakehouse.paths import WarehousePaths
from lakehouse.system.regular_files import SETTINGS_BYTES, read_regular


@dataclass(frozen=True)
class OriginState:
    """The lake's photographs, looked for where they were last extracted from.

    Attributes
    ----------
    root : Path
        The dataset's folder.
    there : bool
        False where the folder itself is not; then nothing can be said of its files.
    gone : tuple of str
        Paths below it that are no more.
    resized : tuple of str
        Paths of files that have another size now.
    hidden : tuple of str
        Paths of which nothing can be said, as for want of rights.
    """

    root: Path
    there: bool
    gone: tuple[str, ...] = ()
    resized: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def record_origin(paths: WarehousePaths, root: Path) -> None:
    """Remember the folder that was extracted last.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_json(paths.origin, {"root": str(root.absolute())})


def read_origin(paths: WarehousePaths) -> Path | None:
    """Recall the folder that was extracted last; None where nothing is known."""
    try:
        return Path(json.loads(read_regular(paths.origin, at_most=SETTINGS_BYTES))["root"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def look_at_origin(paths: WarehousePaths, without: Collection[str] = ()) -> OriginState | None:
    """Look whether the photographs are still where they were.

    Sizes are compared, not contents: that takes a moment for thousands of files, and the next
    extraction compares contents anyway.

    Parameters
    ----------
    without : collection of str
        Parts to leave out.

    Returns
    -------
    OriginState or None
        None where nothing was ever extracted.
    """
    root = read_origin(paths)
    if root is None:
        return None
    try:
        there = root.is_dir()
    except OSError:
        there = False
    if not there:
        return OriginState(root, there=False)
    found: dict[_Fate, list[str]] = {fate: [] for fate in _Fate}
    for path, size in _extracted(paths, without):
        found[_fate(root / path, size)].append(path)
    gone, resized, hidden = (
        tuple(found[fate]) for fate in (_Fate.GONE, _Fate.RESIZED, _Fate.HIDDEN)
    )
    return OriginState(root, True, gone, resized, hidden)


class _Fate(Enum):
    AS_IT_WAS = auto()
    GONE = auto()
    RESIZED = auto()
    HIDDEN = auto()


def _fate(file: Path, size: int | None) -> _Fate:
    """Tell what has become of a file that was so many bytes long; None where that is not known."""
    try:
        now = file.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        # A link that leads nowhere is there itself, as it was when it could not be read.
        return _Fate.AS_IT_WAS if file.is_symlink() else _Fate.GONE
    except OSError:
        return _Fate.HIDDEN
    return _Fate.AS_IT_WAS if size in (None, now) else _Fate.RESIZED


def _extracted(paths: WarehousePaths, without: Collection[str]) -> Iterable[tuple[str, int | None]]:
    """Give path and size of what a model has looked at; imported landmarks lie elsewhere."""
    for part in part_names(paths):
        if part in without:
            continue
        table = read_table(paths.photos / part, ["path", "bytes", "model_sha256"])
        known = table.filter(table["model_sha256"].is_valid())
        yield from zip(known["path"].to_pylist(), known["bytes"].to_pylist(), strict=True)
    for part in video_part_names(paths):
        if part not in without:
            table = read_table(paths.videos / part, ["path", "model_sha256"])
            known = table.filter(table["model_sha256"].is_valid())
            # How long they were is not written down.
            yield from ((path, None) for path in known["path"].to_pylist())
