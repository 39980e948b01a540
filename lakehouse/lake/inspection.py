"""Verifying all that the lake holds: what is damaged, what has no checksum, what tells it apart."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from lakehouse.errors import DamagedError, LakeError
from lakehouse.files.listing import present
from lakehouse.lake.parts import (
    foreign_files,
    part_files,
    part_names,
    parts_without_photos,
    read_file,
    rewriting,
)
from lakehouse.lake.schemas import BLENDSHAPES, COVARIATES, EVENTS, LANDMARKS, PHOTOS, SCORES
from lakehouse.lake.video_parts import (
    VIDEO_SCHEMAS,
    foreign_video_files,
    is_video_part,
    rewriting_video,
    video_part_files,
    video_part_names,
    video_parts_without_frames,
)
from lakehouse.paths import WarehousePaths

_THREADS: Final = 4
"""Reading and hashing both leave Python's lock alone; more would only wait for the disk."""

_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the lake that cannot be used.

    Attributes
    ----------
    file : str
        Below the lake's folder.
    problem : str
        In words.
    restored_by : str
        What to do.
    part : str or None
        The part it belongs to; None for a table beside the parts.
    certain : bool
        True where the file is not what was written, or gone. False where it only cannot be read,
        as for want of rights: then it may be whole.
    """

    file: str
    problem: str
    restored_by: str
    part: str | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the lake's files are like.

    Attributes
    ----------
    digest : str
        64 hexadecimal digits; equal for a copy of the lake, wherever it lies.
    photographs_digest : str
        The same of the parts alone, without scores, covariates and events.
    files : int
        That were read.
    damaged : tuple of Damage
    unsealed : tuple of str
        Files without a checksum, below the lake's folder.
    """

    digest: str
    photographs_digest: str
    files: int
    damaged: tuple[Damage, ...]
    unsealed: tuple[str, ...]

    @property
    def damaged_parts(self) -> tuple[str, ...]:
        """The parts of photographs with a damaged file."""
        return tuple(part for part in self._damaged_parts if not is_video_part(part))

    @property
    def damaged_video_parts(self) -> tuple[str, ...]:
        """The parts of video with a damaged file."""
        return tuple(part for part in self._damaged_parts if is_video_part(part))

    @property
    def _damaged_parts(self) -> list[str]:
        return sorted({each.part for each in self.damaged if each.part is not None})

    def require_sound(self, paths: WarehousePaths) -> None:
        """Raise if any file is damaged.

        Raises
        ------
        LakeError
            Naming the first and how many more there are.
        """
        if not self.damaged:
            return
        # What does not belong into the lake explains what is missing beside it.
        first, *rest = sorted(self.damaged, key=lambda each: each.certain)
        others = [each.file for each in rest[:_NAMED]]
        more = f" and {len(rest) - len(others):,} more" if len(rest) > len(others) else ""
        also = f"; also damaged: {', '.join(others)}{more}" if others else ""
        raise LakeError(
            f"{first.problem}{also}",
            where=str(paths.lake / first.file),
            fix=first.restored_by,
        )


class _Looked(NamedTuple):
    file: str
    sha256: str
    sealed: bool
    damage: Damage | None


class _Group(NamedTuple):
    """Files that are looked at together, the one that vouches for the others last."""

    part: str | None
    files: tuple[Path, ...]
    schemas: tuple[pa.Schema, ...]
    restored_by: str


def inspect(paths: WarehousePaths, *, tables: bool = True) -> Inspection:
    """Read every file of the lake and verify it.

    Parameters
    ----------
    tables : bool
        False to look at parts only, and not at scores, covariates and events.

    Raises
    ------
    LakeError
        If a folder of the lake cannot be listed, or is not there although the others are.
    """
    groups = list(_groups(paths, tables=tables))
    with ThreadPoolExecutor(_THREADS) as threads:
        looked = [
            each
            for group in threads.map(lambda group: _look_at(paths, group), groups)
            for each in group
        ]
    beside = {file.relative_to(paths.lake).as_posix() for file, _ in _tables(paths)}
    foreign = [
        Damage(
            path.relative_to(paths.lake).as_posix(),
            "belongs to no part of the lake",
            "move it elsewhere",
            None,
            certain=False,
        )
        for path in (*foreign_files(paths), *foreign_video_files(paths))
    ]
    return Inspection(
        digest=_digest(looked),
        photographs_digest=_digest(each for each in looked if each.file not in beside),
        files=len(looked),
        damaged=(*foreign, *(each.damage for each in looked if each.damage is not None)),
        unsealed=tuple(each.file for each in looked if each.damage is None and not each.sealed),
    )


def _digest(looked: Iterable[_Looked]) -> str:
    digest = hashlib.sha256()
    for each in sorted(looked):
        # Lengths are told apart by the separators: no name holds a line break.
        digest.update(f"{each.file}\n{each.sha256}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def words_on_unsealed(inspection: Inspection) -> str | None:
    """Say that files have no checksum, if any has none."""
    if not inspection.unsealed:
        return None
    return (
        f"{len(inspection.unsealed):,} of the lake's {inspection.files:,} files have no checksum, "
        "because an earlier version wrote them; `lakehouse compact` adds it"
    )


def _groups(paths: WarehousePaths, *, tables: bool) -> Iterator[_Group]:
    for part in (*part_names(paths), *parts_without_photos(paths)):
        yield _Group(
            part,
            part_files(paths, part),
            (LANDMARKS, BLENDSHAPES, PHOTOS),
            "`lakehouse extract` (or `import-landmarks`) with the originals restores the part, "
            "or a backup of it does",
        )
    for part in (*video_part_names(paths), *video_parts_without_frames(paths)):
        yield _Group(
            part,
            video_part_files(paths, part),
            VIDEO_SCHEMAS,
            "`lakehouse extract` with the originals restores the part, or a backup of it does",
        )
    if not tables:
        return
    for file, schema in _tables(paths):
        if present(file):
            fix = f"restore it from a backup, or delete it and run `lakehouse {file.stem}` again"
            yield _Group(None, (file,), (schema,), fix)


def _tables(paths: WarehousePaths) -> Iterator[tuple[Path, pa.Schema]]:
    """Give the tables beside the parts; each is named like the command that writes it."""
    yield paths.scores, SCORES
    yield paths.covariates, COVARIATES
    yield paths.events, EVENTS


def _look_at(paths: WarehousePaths, group: _Group) -> list[_Looked]:
    looked = _look_once(paths, group)
    if group.part is None or not any(each.damage for each in looked):
        return looked
    if (rewriting_video if is_video_part(group.part) else rewriting)(paths, group.part):
        # Killed between two renames, or about to do the second.
        message = "is being rewritten, or whatever rewrote it was killed"
        fix = "run again whatever wrote to the lake last, which finishes it"
        return [
            _Looked(*each[:3], Damage(each.file, message, fix, group.part, certain=False))
            for each in looked
        ]
    # A rewriting that has just ended had changed one file and not yet the other, and a part may
    # have vanished since its name was listed.
    return _look_once(paths, group) if any(map(present, group.files)) else []


def _look_once(paths: WarehousePaths, group: _Group) -> list[_Looked]:
    looked: list[_Looked] = []
    vouched: dict[str, str] = {}
    for file, schema in zip(reversed(group.files), reversed(group.schemas), strict=True):
        name = file.relative_to(paths.lake).as_posix()
        try:
            content = read_file(file)
        except LakeError as error:
            # What cannot be read may be whole; what does not match is not.
            certain = isinstance(error, DamagedError)
            fix = group.restored_by if certain or not error.fix else error.fix
            damage = Damage(name, error.what, fix, group.part, certain)
            looked.append(_Looked(name, "unread", False, damage))
            continue
        vouched = vouched or content.vouched
        promised = vouched.get(file.parent.name, content.sha256)
        misfit = None
        if missing := [column for column in schema.names if column not in content.columns]:
            problem = f"is no such file of a lake: it has no column {missing[0]}"
            misfit = Damage(name, problem, "move it elsewhere", group.part, False)
            if file == group.files[-1]:
                # Somebody else's, so there is nothing beside it.
                return [_Looked(name, content.sha256, content.sealed, misfit)]
        elif promised != content.sha256:
            problem = f"does not belong to its file in {group.files[-1].parent.name}/"
            misfit = Damage(name, problem, group.restored_by, group.part, True)
        looked.append(_Looked(name, content.sha256, content.sealed, misfit))
    return looked[::-1]
