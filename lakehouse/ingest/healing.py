"""Making room for damaged parts' photographs to be taken into the lake again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lakehouse.dataset.listing import PhotoFile, printable
from lakehouse.errors import DamagedError, LakeError
from lakehouse.lake.inspection import Damage, Inspection
from lakehouse.lake.parts import part_files, read_table, remove_part
from lakehouse.lake.photos_index import IndexedPhoto, photos_of
from lakehouse.lake.records import Key, key_runs
from lakehouse.lake.schemas import KEY
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class Healed:
    """A damaged part whose photographs were taken into the lake again.

    Attributes
    ----------
    file : str
        Which of its files was damaged, below the lake's folder.
    problem : str
        In words.
    photos : int
        That are taken in again.
    dropped : int
        That are not, because their originals are gone.
    kind : str
        What they are, in words: photographs or videos.
    """

    file: str
    problem: str
    photos: int
    dropped: int
    kind: str = "photographs"


@dataclass(frozen=True, slots=True)
class _Held:
    """A photograph that a damaged part held; its path where that is known."""

    key: Key
    path: str | None
    mine: bool


def remove_damaged(
    paths: WarehousePaths,
    inspection: Inspection,
    files: Sequence[PhotoFile],
    root: Path,
    is_mine: Callable[[IndexedPhoto], bool],
    *,
    prune: bool = False,
) -> tuple[Healed, ...]:
    """Remove damaged parts, once it is certain that the run takes all that they held in again.

    Parameters
    ----------
    paths : WarehousePaths
        Whose lake's lock this process holds.
    files : sequence of PhotoFile
        What the run takes in.
    root : Path
        Where they lie.
    is_mine : callable
        Whether a photograph of the lake is such as the run takes in.
    prune : bool
        Drop photographs whose original is gone.

    Returns
    -------
    tuple of Healed

    Raises
    ------
    LakeError
        If a part cannot be restored from these files; nothing is then removed.
    """
    damaged = {part: _damage_of(inspection, part) for part in inspection.damaged_parts}
    found = {file.key for file in files}, {file.path for file in files}
    healed = []
    for part, damage in damaged.items():
        held = _held(paths, part, damage, is_mine)
        gone = [each for each in held if each.mine and _is_lost(each, *found)]
        lost = [each for each in held if not each.mine] + ([] if prune else gone)
        if lost:
            raise LakeError(
                f"{damage.problem}, and {len(lost):,} of its {len(held):,} photographs are not in "
                f"{printable(str(root))}",
                where=str(paths.lake / damage.file),
                fix="restore the part from a backup, name a folder that holds them all, or drop "
                "what is gone with `extract --prune`",
            )
        healed.append(Healed(damage.file, damage.problem, len(held) - len(gone), len(gone)))
    for part in damaged:
        remove_part(paths, part)
    return tuple(healed)


def _damage_of(inspection: Inspection, part: str) -> Damage:
    """Give a part's damage, first what forbids to remove it."""
    found = [each for each in inspection.damaged if each.part == part]
    return min(found, key=lambda each: each.certain)


def _is_lost(held: _Held, keys: set[Key], files: set[str]) -> bool:
    return held.key not in keys and held.path not in files


def _held(
    paths: WarehousePaths, part: str, damage: Damage, is_mine: Callable[[IndexedPhoto], bool]
) -> list[_Held]:
    """Find what a damaged part held, from a file of it that is whole.

    Raises
    ------
    LakeError
        If it may be whole after all, or none of its files is.
    """
    if damage.certain:
        for read in (_from_photos, _from_rows):
            try:
                return list(read(paths, part, is_mine))
            except DamagedError:
                continue
    raise LakeError(
        damage.problem,
        where=str(paths.lake / damage.file),
        fix=f"restore {part} from a backup" if damage.certain else damage.restored_by,
    )


def _from_photos(
    paths: WarehousePaths, part: str, is_mine: Callable[[IndexedPhoto], bool]
) -> Iterator[_Held]:
    for photo in photos_of(paths, part):
        yield _Held(photo.key, photo.path, is_mine(photo))


def _from_rows(
    paths: WarehousePaths, part: str, is_mine: Callable[[IndexedPhoto], bool]
) -> Iterator[_Held]:
    """Take the photographs with a face, of which alone there are landmarks."""
    landmarks, _, _ = part_files(paths, part)
    for key, _ in key_runs(read_table(landmarks, KEY)):
        yield _Held(key, None, mine=True)
