"""Where the parts of a warehouse folder lie."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class WarehousePaths:
    """The files and folders below one warehouse folder.

    Parameters
    ----------
    root : Path
        The warehouse folder; it need not exist yet.
    """

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file, which may be absent."""
        return self.root / "lakehouse.toml"

    @property
    def own(self) -> Path:
        """The file of an analyst's own views, tables and macros, which may be absent."""
        return self.root / "own.sql"

    @property
    def database(self) -> Path:
        """The DuckDB file that `build` makes."""
        return self.root / "lakehouse.duckdb"

    @property
    def spill(self) -> Path:
        """What the folder is named after that takes what a build has no memory for."""
        return self.root / "build"

    @property
    def reading(self) -> Path:
        """What the folder is named after that takes what a query has no memory for."""
        return self.root / "query"

    @property
    def cluster(self) -> Path:
        """What the folder is named after in which a cluster's tasks leave what they found."""
        return self.root / "cluster"

    @property
    def lake(self) -> Path:
        """The folder of Parquet files."""
        return self.root / "lake"

    @property
    def landmarks(self) -> Path:
        """The folder of landmark parts."""
        return self.lake / "landmarks"

    @property
    def photos(self) -> Path:
        """The folder of photo parts; a part exists once its file is here."""
        return self.lake / "photos"

    @property
    def blendshapes(self) -> Path:
        """The folder of blendshape parts."""
        return self.lake / "blendshapes"

    @property
    def videos(self) -> Path:
        """The folder of parts of which each row is a video."""
        return self.lake / "videos"

    @property
    def frames(self) -> Path:
        """The folder of parts of frames; a part exists once its file is here."""
        return self.lake / "frames"

    @property
    def frame_landmarks(self) -> Path:
        """The folder of parts of frames' landmarks."""
        return self.lake / "frame_landmarks"

    @property
    def frame_blendshapes(self) -> Path:
        """The folder of parts of frames' blendshapes."""
        return self.lake / "frame_blendshapes"

    @property
    def events(self) -> Path:
        """The Parquet file of what happens when in the videos."""
        return self.lake / "events.parquet"

    @property
    def scores(self) -> Path:
        """The Parquet file of questionnaire scores."""
        return self.lake / "scores.parquet"

    @property
    def covariates(self) -> Path:
        """The Parquet file of what else is known of the participants."""
        return self.lake / "covariates.parquet"

    @property
    def staging(self) -> Path:
        """The folder of shards' warehouses, whose lakes are to be merged into this one's."""
        return self.root / "staging"

    @property
    def shard(self) -> Path:
        """In the warehouse of a shard, the file that says its extraction came to its end."""
        return self.root / "shard.json"

    @property
    def lock(self) -> Path:
        """The file that a process writing to the lake holds locked."""
        return self.lake / ".lock"

    @property
    def lake_guard(self) -> Path:
        """The file that is held beside the lake where none of it can be held open."""
        return self.root / ".lake.held"

    @property
    def origin(self) -> Path:
        """The file that remembers where the photographs were extracted from."""
        return self.root / "extraction.json"

    @property
    def confidences(self) -> Path:
        """The file that remembers with which confidences faces were looked for."""
        return self.root / "detection.json"

    @property
    def stamps(self) -> Path:
        """The file that remembers what the photographs' files were when they were last read."""
        return self.root / "stamps.parquet"

    @property
    def begun_video(self) -> Path:
        """The file that remembers of which video the lake holds some chunks, and not yet all."""
        return self.root / "video.json"

    @property
    def report(self) -> Path:
        """The page of every figure."""
        return self.root / "report.html"

    @property
    def preregistration(self) -> Path:
        """The file of what was registered before scores were read, which may be absent."""
        return self.root / "preregistration.json"

    @property
    def preregistration_page(self) -> Path:
        """The same as a page for people."""
        return self.root / "preregistration.md"

    @property
    def verification(self) -> Path:
        """The file that remembers when all of the lake was last verified."""
        return self.root / "verification.json"

    @property
    def multiverse(self) -> Path:
        """The folder of what `multiverse` has found, which may be absent."""
        return self.root / "multiverse"

    @property
    def spark(self) -> Path:
        """The folder of relations that a cluster has made, which may be absent."""
        return self.root / "spark"

    @property
    def build_lock(self) -> Path:
        """The file that a process building the database holds locked."""
        return self.root / ".build.lock"

    @property
    def build_guard(self) -> Path:
        """The file that is held where the lock's own cannot be."""
        return self.root / ".build.lock.held"


def owner_of(target: Path, known: WarehousePaths) -> Path | None:
    """Find the warehouse that a file or folder to be written belongs to.

    Parameters
    ----------
    target : Path
        It need not exist. Links are followed, and letters' case does not matter, because on some
        disks it does not.
    known : WarehousePaths
        The warehouse that is being worked on; any other that the target lies in counts as well.

    Returns
    -------
    Path or None
        Its folder, if the target is one of its own files or folders, lies in one, or is another
        name of such a file. What else lies in a warehouse folder, such as pictures, is not its own.
    """
    return next(_owners(target), None) or (known.root if _is_of(target, known) else None)


def ending_apart(name: str, endings: Collection[str]) -> tuple[str, str]:
    """Split a path into its name and its ending, if that is one of some.

    Parameters
    ----------
    name : str
        A file name or a path with ``/``.
    endings : collection of str
        In lower case, with their dots.

    Returns
    -------
    tuple of str
        Name and ending with its dot; the ending is empty where it is another.
    """
    stem, dot, ending = name.rpartition(".")
    # A file called ".jpg" has a name and no ending.
    if stem and not stem.endswith("/") and f"{dot}{ending}".lower() in endings:
        return stem, f"{dot}{ending}"
    return name, ""


def is_utf8(text: str) -> bool:
    """Tell whether a path or an argument came as UTF-8; the system allows any bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _own(paths: WarehousePaths) -> Iterator[Path]:
    """Give what is a warehouse's own."""
    yield from (getattr(paths, name) for name in _PROPERTIES)


_PROPERTIES: Final = [name for name, each in vars(WarehousePaths).items() if type(each) is property]
_NAMES: Final = {getattr(WarehousePaths(Path()), name).parts[0].casefold() for name in _PROPERTIES}


def _owners(target: Path) -> Iterator[Path]:
    """Give the warehouses that a path lies in, at a place that is their own."""
    places = [Path(os.path.realpath(target))]
    if target.is_symlink():
        # It counts where it lies, too.
        places.append(Path(os.path.realpath(target.parent)) / target.name)
    for place in places:
        for folder in place.parents:
            if _is_own_name(place.relative_to(folder).parts[0]) and _is_warehouse(folder):
                yield folder


def _is_own_name(name: str) -> bool:
    # The database has companions that the engine names after it.
    name = name.casefold()
    return name in _NAMES or name.removeprefix(".").startswith("lakehouse.duckdb")


def _is_warehouse(folder: Path) -> bool:
    paths = WarehousePaths(folder)
    signs = (paths.database, paths.settings, paths.lock)
    return any(map(os.path.lexists, signs)) or any(
        any(folder.glob("*.parquet")) for folder in (paths.photos, paths.frames)
    )


def _is_of(target: Path, paths: WarehousePaths) -> bool:
    """Tell whether a path is, or lies in, something of a warehouse's own, by whatever name."""
    place = Path(os.path.realpath(target))
    for own in _own(paths):
        if Path(os.path.realpath(own)) in (place, *place.parents):
            return True
    try:
        found = place.stat()
    except OSError:
        return False
    # Other names of one file have its number.
    return found.st_nlink > 1 and (found.st_dev, found.st_ino) in _numbers(paths)


def _numbers(paths: WarehousePaths) -> set[tuple[int, int]]:
    files = [own for own in _own(paths) if own.is_file()]
    files += [Path(folder, name) for folder, _, names in os.walk(paths.lake) for name in names]
    return {(each.st_dev, each.st_ino) for each in (file.lstat() for file in files)}
