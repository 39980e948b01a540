"""What a run has to do, from what there is and what the lake already holds."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lakehouse.dataset.listing import PhotoFile
from lakehouse.ingest.result import Outcome, Status, Task
from lakehouse.lake.photos_index import IndexedPhoto
from lakehouse.lake.records import Key


@dataclass(frozen=True, slots=True)
class PlannedPhoto:
    """A photograph to look at.

    Attributes
    ----------
    file : PhotoFile
        What it shows and where it lies.
    previous : IndexedPhoto or None
        What the lake holds under its key.
    settled : bool
        Whether the rows would be the same again, were the file the same.
    task : Task
        For a worker; it carries the hash that the file then has, if it could be read.
    """

    file: PhotoFile
    previous: IndexedPhoto | None
    settled: bool
    task: Task


def count_keys(by_part: Mapping[str, Collection[Key]]) -> int:
    """Count photographs listed by part.

    Parameters
    ----------
    by_part : mapping of str to collection of key
    """
    return sum(len(keys) for keys in by_part.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    Attributes
    ----------
    photos : tuple of PlannedPhoto
        In cell order.
    superseded : dict of str to set of key
        By part, rows of files that now have another key (another layout, other codes, or an id
        that gained its ending because a file of the same name has come) or is ignored now.
    missing : dict of str to set of key
        By part, photographs of the lake whose file was not found.
    unlisted : dict of str to set of key
        By part, photographs of the lake that a manifest leaves out, and whose file is there.
    """

    photos: tuple[PlannedPhoto, ...]
    superseded: dict[str, set[Key]]
    missing: dict[str, set[Key]]
    unlisted: dict[str, set[Key]] = field(default_factory=dict)


def make_plan(
    files: Sequence[PhotoFile],
    index: Iterable[IndexedPhoto],
    model_sha256: str | None,
    *,
    again: bool = False,
    ignored: Collection[str] = (),
) -> Plan:
    """Compare a dataset with the lake.

    Parameters
    ----------
    files : sequence of PhotoFile
        In cell order.
    index : iterable of IndexedPhoto
        What the lake holds.
    model_sha256 : str or None
        The face model of this run; None where none is used.
    again : bool
        Work on every photograph, whatever the lake holds.
    ignored : collection of str
        Paths of files that are there, and of which the lake should hold nothing.
    """
    by_key = {photo.key: photo for photo in index}
    keys = {file.key for file in files}
    found_paths = {file.path for file in files}
    superseded: dict[str, set[Key]] = defaultdict(set)
    missing: dict[str, set[Key]] = defaultdict(set)
    for key, photo in by_key.items():
        if key in keys:
            continue
        if photo.path in found_paths or photo.path in ignored:
            superseded[photo.part].add(key)
        else:
            missing[photo.part].add(key)
    photos = []
    for file in files:
        previous = by_key.get(file.key)
        settled = not again and _is_settled(previous, model_sha256)
        known = previous.sha256 if previous and settled else None
        photos.append(PlannedPhoto(file, previous, settled, Task(str(file.absolute), known)))
    return Plan(tuple(photos), dict(superseded), dict(missing))


def with_unlisted_apart(plan: Plan, index: Iterable[IndexedPhoto], root: Path) -> Plan:
    """Tell photographs that a manifest leaves out from those that are gone.

    Parameters
    ----------
    index : iterable of IndexedPhoto
        What the lake holds.
    root : Path
        The dataset's folder.
    """
    paths = {photo.key: photo.path for photo in index}
    missing: dict[str, set[Key]] = {}
    unlisted: dict[str, set[Key]] = {}
    for part, keys in plan.missing.items():
        there = {key for key in keys if os.path.lexists(root / paths[key])}
        for by_part, some in ((unlisted, there), (missing, keys - there)):
            if some:
                by_part[part] = some
    return replace(plan, missing=missing, unlisted=unlisted)


def says_the_same(previous: IndexedPhoto, outcome: Outcome) -> bool:
    """Tell whether trying a failure again ended as before, so that nothing need be written."""
    return outcome.status is not Status.OK and (
        (outcome.status, outcome.error, outcome.sha256)
        == (previous.status, previous.error, previous.sha256)
    )


def _is_settled(previous: IndexedPhoto | None, model_sha256: str | None) -> bool:
    if previous is None or previous.model_sha256 != model_sha256:
        return False
    # Whatever made a worker crash may be gone.
    return previous.status != Status.CRASHED
