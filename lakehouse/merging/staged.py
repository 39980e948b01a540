"""What is to be merged: warehouses, each verified before anything of it is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import InputError, LakeError, UsageError
from lakehouse.files.listing import present
from lakehouse.lake.confidences import Confidences, read_confidences
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.origin import read_origin
from lakehouse.lake.parts import part_files, part_names, read_file, recover
from lakehouse.lake.photos_index import IndexedPhoto, photos_of
from lakehouse.lake.schemas import BLENDSHAPES, LANDMARKS, PHOTOS
from lakehouse.lake.staging import Row, is_finished, numbers_of, staged_warehouses
from lakehouse.lake.video_parts import VIDEO_SCHEMAS, video_part_files, video_part_names
from lakehouse.lake.videos_index import IndexedVideo, VideoKey, read_videos_index
from lakehouse.paths import WarehousePaths

_SCHEMAS: Final = (LANDMARKS, BLENDSHAPES, PHOTOS)


@dataclass(frozen=True, slots=True)
class StagedPart:
    """A part to be merged.

    Attributes
    ----------
    name : str
        Its file name there.
    sha256 : tuple of str
        Of its files, in the order of `part_files`.
    photos : tuple of IndexedPhoto
        In the order of their rows.
    """

    name: str
    sha256: tuple[str, ...]
    photos: tuple[IndexedPhoto, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """A warehouse to be merged, as it was when it was verified.

    Attributes
    ----------
    confidences : frozenset of Confidences
        With which its photographs were looked at; empty where no model has looked at any.
    root : Path or None
        The folder that its photographs were extracted from.
    shard : tuple of int, or None
        Which of how many, if its name says so.
    finished : bool
        False where it is of a shard whose extraction has not come to its end.
    videos : mapping of key to IndexedVideo
        Complete or not.
    video_parts : mapping of str to str
        File names of its parts of video, and the hashes of their files of frames, which vouch for
        the others.
    """

    paths: WarehousePaths
    parts: tuple[StagedPart, ...]
    confidences: frozenset[Confidences]
    root: Path | None
    shard: tuple[int, int] | None
    finished: bool
    videos: Mapping[VideoKey, IndexedVideo] = field(default_factory=dict)
    video_parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def photos(self) -> tuple[IndexedPhoto, ...]:
        """All its photographs."""
        return tuple(photo for part in self.parts for photo in part.photos)


def find_staged(paths: WarehousePaths, given: Sequence[Path]) -> list[WarehousePaths]:
    """Find the warehouses to be merged.

    Parameters
    ----------
    paths : WarehousePaths
        Whose lake they are merged into.
    given : sequence of Path
        Warehouses, those with shards in their `staging/`, or that folder itself; without any, the
        shards below `paths` are meant.

    Returns
    -------
    list of WarehousePaths
        Each once, in this order.

    Raises
    ------
    UsageError
        If the warehouse itself is given.
    InputError
        If a folder is no warehouse.
    """
    found = {} if given else {each.root.resolve(): each for each in staged_warehouses(paths)}
    for folder in given:
        if not folder.is_dir():
            raise InputError(
                "is not a folder", where=str(folder), fix="give the folder of a warehouse"
            )
        each = WarehousePaths(folder)
        if each.lake.resolve() == paths.lake.resolve():
            raise UsageError(
                "is the warehouse that is merged into",
                where=str(folder),
                fix="leave it out; without a name, all that is in its staging/ is merged",
            )
        below = staged_warehouses(_above(each))
        own = [each] if present(each.lake) or present(each.shard) else []
        if not own and not below:
            raise InputError(
                "is no warehouse: it has neither lake/ nor staging/",
                where=str(folder),
                fix="give the folder that `lakehouse extract --shard` named",
            )
        found |= {one.root.resolve(): one for one in (*own, *below)}
    return list(found.values())


def _above(paths: WarehousePaths) -> WarehousePaths:
    """Give the warehouse that a folder of shards belongs to, or the one that is given."""
    above = WarehousePaths(paths.root.parent)
    return above if paths.root.absolute() == above.staging.absolute() else paths


def read_staged(paths: WarehousePaths) -> Staged:
    """Verify a warehouse to be merged, and read what it holds.

    What a killed extraction left in it is finished or removed first.

    Raises
    ------
    InputError
        If it holds nothing, has files without checksums, or does not say with which confidences
        faces were looked for.
    LakeError
        If it is in use or damaged, or has columns that this version does not write.
    """
    parts: tuple[StagedPart, ...] = ()
    videos: dict[VideoKey, IndexedVideo] = {}
    video_parts: dict[str, str] = {}
    if present(paths.lake):
        with lake_lock(paths):
            recover(paths)
            _require_sound(paths)
            parts = tuple(_read_part(paths, name) for name in part_names(paths))
            videos = read_videos_index(paths)
            video_parts = {name: _frames_hash(paths, name) for name in video_part_names(paths)}
    finished = is_finished(paths)
    if not (parts or videos or present(paths.scores) or present(paths.covariates)):
        _require_shard(paths)
    confidences = frozenset(read_confidences(paths))
    rows: tuple[Row, ...] = (
        *(photo for part in parts for photo in part.photos),
        *videos.values(),
    )
    extracted = any(row.model_sha256 for row in rows)
    if extracted and not confidences:
        raise InputError(
            "does not say with which confidences faces were looked for",
            where=str(paths.confidences),
            fix="put that file back, or extract these photographs again",
        )
    return Staged(
        paths=paths,
        parts=parts,
        confidences=confidences if extracted else frozenset(),
        root=read_origin(paths) if extracted else None,
        shard=numbers_of(paths),
        finished=finished,
        videos=videos,
        video_parts=video_parts,
    )


def part_contents(staged: Staged, part: StagedPart) -> list[bytes]:
    """Read the files of a part that was verified, in the order of `part_files`.

    Raises
    ------
    LakeError
        If they are not what was verified.
    """
    contents = [read_file(file) for file in part_files(staged.paths, part.name)]
    if tuple(each.sha256 for each in contents) != part.sha256:
        raise LakeError(
            "has changed since it was verified",
            where=str(staged.paths.photos / part.name),
            fix="run the same command again once nothing writes there",
        )
    return [each.data for each in contents]


def _require_sound(paths: WarehousePaths) -> None:
    inspection = inspect(paths)
    inspection.require_sound(paths)
    if inspection.unsealed:
        raise InputError(
            f"{len(inspection.unsealed):,} files have no checksum, such as "
            f"{inspection.unsealed[0]}",
            where=str(paths.lake),
            fix="where an earlier version wrote them, `lakehouse compact` of that warehouse "
            "adds it; otherwise extract their photographs again",
        )


def _require_shard(paths: WarehousePaths) -> None:
    """Refuse a lake without anything, unless it is that of a shard: then it may well be so."""
    if numbers_of(paths) is None:
        raise InputError(
            "holds nothing to merge", where=str(paths.root), fix="extract photographs into it"
        )


def _frames_hash(paths: WarehousePaths, name: str) -> str:
    """Give the hash of a part's file of frames, and refuse columns that are not this version's."""
    files = video_part_files(paths, name)
    for file, schema in zip(files, VIDEO_SCHEMAS, strict=True):
        _require_schema(file, schema)
    return read_file(files[-1]).sha256


def _require_schema(file: Path, schema: pa.Schema) -> None:
    if not pq.read_schema(file).remove_metadata().equals(schema):
        raise LakeError(
            "has other columns than this version writes",
            where=str(file),
            fix="extract its photographs and videos with this version",
        )


def _read_part(paths: WarehousePaths, name: str) -> StagedPart:
    files = part_files(paths, name)
    for file, schema in zip(files, _SCHEMAS, strict=True):
        _require_schema(file, schema)
    vouching = read_file(files[-1])
    hashes = [
        vouching.vouched.get(file.parent.name) or read_file(file).sha256 for file in files[:-1]
    ]
    return StagedPart(name, (*hashes, vouching.sha256), tuple(photos_of(paths, name)))
