"""What tells one state of the lake from another."""

import hashlib
from pathlib import Path

from lakehouse.paths import WarehousePaths


def lake_digest(paths: WarehousePaths) -> str:
    """Hash the lake's committed files: their names and what they hold.

    Returns
    -------
    str
        64 hexadecimal digits; equal for a copy of the lake, wherever it lies.
    """
    digest = hashlib.sha256()
    for name, path in sorted(_committed(paths)):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        # Lengths are told apart by the separators: no name holds a line break.
        digest.update(f"{name}\n{content}\n".encode())
    return digest.hexdigest()


def _committed(paths: WarehousePaths) -> list[tuple[str, Path]]:
    photos = {path.name for path in paths.photos.glob("*.parquet")}
    files = [
        path
        for folder in (paths.landmarks, paths.photos, paths.blendshapes)
        for path in folder.glob("*.parquet")
        if path.name in photos and not path.name.startswith(".")
    ]
    files += [path for path in (paths.scores, paths.covariates) if path.exists()]
    return [(path.relative_to(paths.lake).as_posix(), path) for path in files]
