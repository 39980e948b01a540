"""Finding the landmarks below a folder, or in a file, and the photographs that they are of."""

import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from lakehouse.dataset.cells import Candidate, CellOrder, with_unique_ids
from lakehouse.dataset.folders import FolderWalk
from lakehouse.dataset.listing import Ignored, PhotoFile, Reason, SequencesFound, printable
from lakehouse.dataset.sequences import FrameChoice
from lakehouse.errors import InputError, UsageError
from lakehouse.importing.collector import Collector
from lakehouse.importing.pictured import PhotographReader, Pictured
from lakehouse.importing.readings import unreadable
from lakehouse.importing.refused import RefusedError
from lakehouse.importing.sources import Look, always
from lakehouse.ingest.landmark_names import Kind
from lakehouse.settings.dataset import Dataset
from lakehouse.settings.manifest_columns import ManifestField

OWN: Final = "file of the warehouse itself"
"""Why a file is ignored: it holds what was imported before."""

_NO_FORM: Final = (
    "holds no landmarks: a table with columns x_0, y_0, … or point, x, y (.csv, .tsv, .parquet, "
    ".feather), MediaPipe's result (.json, .jsonl) or arrays (.npy, .npz) were expected"
)

_OF_NAMES: Final = frozenset(
    {
        Reason.NOT_IN_LAYOUT,
        Reason.UNKNOWN_EXPRESSION,
        Reason.CODE_WRITTEN_OTHERWISE,
        Reason.UNKNOWN_SUPERVISED,
    }
)
"""Why files are ignored that another layout or other codes would let in."""

_SHOWN: Final = 3
"""Places of a photograph that is there several times."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A photograph, and how to look at its landmarks.

    Attributes
    ----------
    extractor : str
        What `photos.extractor` calls their source.
    look : callable
        Valid until the next is asked for.
    """

    file: PhotoFile
    extractor: str
    look: Look


@dataclass(frozen=True, slots=True)
class FoundLandmarks:
    """The landmarks below a folder, or in a file.

    Attributes
    ----------
    files : tuple of PhotoFile
        The photographs that they are of, in cell order; path is the landmarks' file or, where
        that holds many, what it says of the photograph.
    tables : int
        Files that hold many.
    ignored : tuple of Ignored
    unreadable_folders : tuple of str
        Folders that could not be listed, with the system's reason.
    set_aside : frozenset of str
        Frames of sequences that are not to be used, by path.
    sequences : SequencesFound or None
        None where the photographs are no frames.
    respelled : int
        Photographs whose ids lost invisible characters.
    told : tuple of str
        What a user should know of how files were read.
    """

    files: tuple[PhotoFile, ...]
    tables: int
    ignored: tuple[Ignored, ...]
    unreadable_folders: tuple[str, ...]
    set_aside: frozenset[str]
    sequences: SequencesFound | None
    respelled: int
    told: tuple[str, ...]
    _collector: Collector
    _settled: dict[int, PhotoFile]
    _repeated: dict[int, str]
    _order: CellOrder

    def shown(self) -> Iterator[Shown]:
        """Go through the photographs: those with a file each in cell order, then the tables'.

        Raises
        ------
        RefusedError
            If a table cannot be read to its end.
        """
        alone = [
            Shown(self._settled[place], each.extractor, each.look)
            for place, each in enumerate(self._collector.whole_files)
            if place in self._settled
        ]
        yield from sorted(alone, key=lambda each: self._order(each.file.key))
        count = len(alone)
        looks = chain.from_iterable(
            ((source.extractor, look) for look in source.looks())
            for source in self._collector.sources
        )
        start = len(self._collector.whole_files)
        for place, (extractor, look) in enumerate(looks, start):
            if place in self._settled:
                reason = self._repeated.get(place)
                look = look if reason is None else always(unreadable(reason))
                count += 1
                yield Shown(self._settled[place], extractor, look)
        if count != len(self._settled):
            raise RefusedError("a file changed while it was read")


def find_landmarks(
    root: Path,
    dataset: Dataset,
    *,
    layout: str | None = None,
    columns: Mapping[ManifestField, str] | None = None,
    without: Path | None = None,
) -> FoundLandmarks:
    """Find landmarks, and read which photographs they are of.

    Parameters
    ----------
    root : Path
        A folder, or a file that holds landmarks of many photographs.
    dataset : Dataset
        Layout and codes from the settings.
    layout : str, optional
        Pattern to use instead of the settings' one: of paths without ending, and without
        data-lms- or error- before the name.
    columns : mapping of str to str, optional
        Field = name of its column in tables, where it is not recognised.
    without : Path, optional
        The warehouse that is imported into, whose own files are not taken.

    Raises
    ------
    InputError
        If `root` cannot be listed or read, or holds no landmarks, or labels of sequences are
        refused.
    UsageError
        If the pattern cannot mean anything, or columns are named and there is no table.
    """
    walk = FolderWalk(root)
    folder = root if root.is_dir() else root.parent
    photographs = PhotographReader(dataset, folder, layout, columns)
    collector = Collector(photographs, walk.ignored)
    if root.is_dir():
        _collect_folder(walk, collector, without and without.resolve())
        if walk.root_error:
            raise InputError(f"cannot be listed ({walk.root_error})", where=printable(str(root)))
    else:
        _collect_file(root, collector)
    collector.drop_overtaken_errors()
    pictured = [
        *(each.pictured for each in collector.whole_files),
        *(each for source in collector.sources for each in source.pictured),
    ]
    repeated, dropped = _repeated(pictured, start=len(collector.whole_files))
    kept = {place: each.candidate for place, each in enumerate(pictured) if place not in dropped}
    frames = FrameChoice(dataset, walk.ignored)
    if photographs.has_frames:
        kept = _chosen(kept, frames)
    ignored = walk.ignored.result()
    if not kept:
        raise _empty(root, ignored)
    if columns and not photographs.ids.used:
        raise UsageError(
            "names columns, and there is no table of landmarks", where="--map", fix="leave it out"
        )
    files = with_unique_ids(kept.values(), dataset.identity)
    order = CellOrder(list(dataset.expression_codes()))
    return FoundLandmarks(
        files=tuple(sorted(files, key=lambda file: order(file.key))),
        tables=len(collector.sources),
        ignored=ignored,
        unreadable_folders=tuple(walk.unreadable),
        set_aside=frozenset(frames.set_aside),
        sequences=frames.result(photographs.labels) if photographs.has_frames else None,
        respelled=photographs.respelled,
        told=(*collector.told(), *photographs.told()),
        _collector=collector,
        _settled=dict(zip(kept, files, strict=True)),
        _repeated=repeated,
        _order=order,
    )


def _collect_folder(walk: FolderWalk, collector: Collector, without: Path | None) -> None:
    root = walk.root.resolve()
    for path, absolute in walk.files():
        try:
            if without and (root / path).is_relative_to(without):
                walk.ignored.add(OWN, path)
            elif _is_regular(absolute):
                collector.take(path, absolute)
            else:
                collector.pass_over(path)
        except RefusedError as error:
            walk.ignored.add(str(error), path)


def _collect_file(file: Path, collector: Collector) -> None:
    try:
        collector.take(file.name, file)
    except RefusedError as error:
        raise InputError(
            str(error),
            where=printable(str(file)),
            fix="docs/landmarks.md shows every form that is read; nothing was stored",
        ) from error


def _repeated(pictured: Sequence[Pictured], start: int) -> tuple[dict[int, str], set[int]]:
    """Find photographs that tables hold more than once: neither is better than the other.

    Returns
    -------
    reasons : dict of int to str
        By place of the first.
    dropped : set of int
        Places of the others.
    """
    places: dict[object, list[int]] = defaultdict(list)
    for place in range(start, len(pictured)):
        candidate = pictured[place].candidate
        # With an ending, ids may still be told apart; the path alone says that it is the same.
        by_path = candidate.ending or candidate.frame
        same = candidate.file.path if by_path else candidate.file.key
        places[same].append(place)
    reasons, dropped = {}, set()
    for first, *others in places.values():
        if others:
            where = [pictured[place].where for place in (first, *others)]
            more = f" and {len(where) - _SHOWN:,} more" if len(where) > _SHOWN else ""
            reasons[first] = f"is there {len(where):,} times: {'; '.join(where[:_SHOWN])}{more}"
            dropped |= {*others}
    return reasons, dropped


def _chosen(candidates: Mapping[int, Candidate], frames: FrameChoice) -> dict[int, Candidate]:
    """Choose frames of sequences; what says itself what it shows is none, and stays."""
    of_path = {each.file.path: place for place, each in candidates.items() if each.frame}
    chosen = frames.choose(each for each in candidates.values() if each.frame)
    others = {place: each for place, each in candidates.items() if not each.frame}
    return others | {of_path[each.file.path]: each for each in chosen}


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        # A broken link or the like: by its name it should have been a landmark file.
        return True


def _empty(root: Path, ignored: Sequence[Ignored]) -> InputError:
    fix = "docs/landmarks.md shows every form that is read"
    if [each.reason for each in ignored] == [Kind.OTHER] and root.is_file():
        return InputError(
            "is empty" if root.stat().st_size == 0 else _NO_FORM,
            where=printable(str(root)),
            fix=fix,
        )
    passed_over = "; ".join(
        f"{each.count} {each.reason} (such as {each.example})" for each in ignored
    )
    if any(each.reason in _OF_NAMES for each in ignored):
        fix += "; give --layout or --map, or list the codes in lakehouse.toml"
    return InputError(
        f"holds no landmarks to import ({passed_over or 'it is empty'})",
        where=printable(str(root)),
        fix=fix,
    )
