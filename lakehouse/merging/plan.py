"""Which photographs are taken from where, and what is refused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lakehouse.dataset.listing import printable
from lakehouse.errors import InputError
from lakehouse.lake.confidences import Confidences
from lakehouse.lake.photos_index import IndexedPhoto
from lakehouse.lake.records import Key
from lakehouse.lake.staging import Row, is_better, same_content
from lakehouse.merging.staged import Staged, StagedPart


@dataclass(frozen=True, slots=True)
class TakenPart:
    """A part of which photographs are taken.

    Attributes
    ----------
    new : frozenset of key
        Photographs that the lake does not have.
    better : dict of key to str
        Photographs whose rows take the place of those in the lake, each with the lake's part.
    """

    staged: Staged
    part: StagedPart
    new: frozenset[Key]
    better: dict[Key, str]

    @property
    def whole(self) -> bool:
        """Whether all of it is new, so that its files can be copied."""
        return len(self.new) == len(self.part.photos)


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What is to be done.

    Attributes
    ----------
    parts : tuple of TakenPart
        Those of which something is taken.
    already : int
        Photographs of which nothing is, because the lake, or another warehouse to be merged, has
        them.
    """

    parts: tuple[TakenPart, ...]
    already: int

    @property
    def new(self) -> int:
        """Photographs that the lake does not have."""
        return sum(len(part.new) for part in self.parts)

    @property
    def better(self) -> int:
        """Photographs whose rows take the place of those in the lake."""
        return sum(len(part.better) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Held:
    """A photograph, and where it is from; None stands for the lake."""

    photo: IndexedPhoto
    staged: Staged | None


def plan_merge(index: Iterable[IndexedPhoto], staged: Sequence[Staged]) -> MergePlan:
    """Compare what is to be merged with the lake, and with each other.

    Of photographs that are there twice with the same content, the lake's rows stay, and otherwise
    the first; but a row of a photograph that crashed or could not be read gives way.

    Parameters
    ----------
    index : iterable of IndexedPhoto
        What the lake holds.

    Raises
    ------
    InputError
        If a photograph is there with different contents, from different sources or models, or a
        file is there as two photographs.
    """
    lake = {photo.key: photo for photo in index}
    held = {key: _Held(photo, None) for key, photo in lake.items()}
    for each in staged:
        for photo in each.photos:
            other = held.get(photo.key)
            if other is None:
                held[photo.key] = _Held(photo, each)
                continue
            if not same_content(other.photo, photo):
                raise _different(other, _Held(photo, each))
            if is_better(photo, other.photo):
                held[photo.key] = _Held(photo, each)
    _refuse_two_keys(held.values())
    parts = tuple(_taken(held, lake, staged))
    found = sum(len(each.photos) for each in staged)
    taken = sum(len(part.new) + len(part.better) for part in parts)
    return MergePlan(parts, found - taken)


def refuse_other_models(index: Iterable[Row], staged: Sequence[Staged]) -> None:
    """Refuse landmarks of two face models in one lake.

    Raises
    ------
    InputError
        If there would be.
    """
    models = {photo.model_sha256 for photo in index} - {None}
    for each in staged:
        rows: tuple[Row, ...] = (*each.photos, *each.videos.values())
        own = {row.model_sha256 for row in rows} - {None}
        if len(models | own) > 1:
            raise InputError(
                "has landmarks by another face model than the lake, or than the others",
                where=str(each.paths.root),
                fix="extract these photographs again with one version of the program",
            )
        models |= own


def refuse_other_confidences(used: frozenset[Confidences], staged: Sequence[Staged]) -> None:
    """Refuse photographs that were looked at otherwise than those of the lake.

    Parameters
    ----------
    used : frozenset of Confidences
        With which the lake's photographs were looked at; empty where that is not known.

    Raises
    ------
    InputError
        If there are any, or if those to be merged differ.
    """
    for each in staged:
        known = used or each.confidences
        if others := each.confidences - known:
            raise InputError(
                f"its faces were looked for with other confidences ({min(others)}) than those of "
                f"the lake, or of the others ({min(known)})",
                where=str(each.paths.root),
                fix="set [detection] as it was, and extract these photographs again",
            )
        used = known


def _taken(
    held: dict[Key, _Held], lake: dict[Key, IndexedPhoto], staged: Sequence[Staged]
) -> Iterator[TakenPart]:
    for each in staged:
        for part in each.parts:
            own = [photo for photo in part.photos if held[photo.key].photo is photo]
            new = frozenset(photo.key for photo in own if photo.key not in lake)
            better = {photo.key: lake[photo.key].part for photo in own if photo.key in lake}
            if own:
                yield TakenPart(each, part, new, better)


def _refuse_two_keys(held: Iterable[_Held]) -> None:
    """Refuse a file that is there as two photographs, as under other settings."""
    of_path: dict[str, _Held] = {}
    for each in held:
        if each.photo.model_sha256 is None:
            # Imported: a file may hold many photographs.
            continue
        other = of_path.setdefault(each.photo.path, each)
        if other is not each and (other.staged or each.staged):
            raise InputError(
                f"{printable(each.photo.path)} is one photograph in {_place(other)} "
                f"({_shown(other.photo)}) and another in {_place(each)} ({_shown(each.photo)})",
                fix="extract both with the same settings; `lakehouse extract` of the whole folder "
                "into the lake puts the lake right",
            )


def _different(held: _Held, other: _Held) -> InputError:
    photo = other.photo
    source = "content"
    if photo.model_sha256 != held.photo.model_sha256:
        source = "source"
    return InputError(
        f"{_shown(photo)} ({printable(photo.path)}) has another {source} in {_place(other)} than "
        f"in {_place(held)}; nothing was merged",
        fix="extract what has changed again: `lakehouse extract` of the whole folder for the "
        "lake, with --shard for a shard; then merge again",
    )


def _place(held: _Held) -> str:
    return "the lake" if held.staged is None else printable(str(held.staged.paths.root))


def _shown(photo: IndexedPhoto) -> str:
    participant, expression, supervised, name = photo.key
    cue = "with cue" if supervised else "without cue"
    return printable(f"{participant} {expression} {cue} {name}")
