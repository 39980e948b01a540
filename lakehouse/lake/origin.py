"""Which folder the lake's photographs came from, and what has become of them there."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lakehouse.files.replace import write_json
from lakehouse.lake.parts import part_names, read_table
from lakehouse.paths import WarehousePaths


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
    """

    root: Path
    there: bool
    gone: tuple[str, ...] = ()
    resized: tuple[str, ...] = ()


def record_origin(paths: WarehousePaths, root: Path) -> None:
    """Remember the folder that was extracted last.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_json(paths.origin, {"root": str(root.absolute())})


def look_at_origin(paths: WarehousePaths) -> OriginState | None:
    """Look whether the photographs are still where they were.

    Sizes are compared, not contents: that takes a moment for thousands of files, and the next
    extraction compares contents anyway.

    Returns
    -------
    OriginState or None
        None where nothing was ever extracted.
    """
    try:
        root = Path(json.loads(paths.origin.read_text())["root"])
    except (OSError, ValueError, KeyError):
        return None
    if not root.is_dir():
        return OriginState(root, there=False)
    gone, resized = [], []
    for path, size in _extracted(paths):
        try:
            now = (root / path).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            # A link that leads nowhere is there itself, as it was when it could not be read.
            if not (root / path).is_symlink():
                gone.append(path)
        except OSError:
            # Whether it is gone cannot be told, as where a folder may not be read.
            continue
        else:
            if size is not None and now != size:
                resized.append(path)
    return OriginState(root, True, tuple(gone), tuple(resized))


def _extracted(paths: WarehousePaths) -> Iterable[tuple[str, int | None]]:
    """Give path and size of what a model has looked at; imported landmarks lie elsewhere."""
    for part in part_names(paths):
        table = read_table(paths.photos / part, ["path", "bytes", "model_sha256"])
        known = table.filter(table["model_sha256"].is_valid())
        yield from zip(known["path"].to_pylist(), known["bytes"].to_pylist(), strict=True)
