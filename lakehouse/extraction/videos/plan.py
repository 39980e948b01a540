"""What a run has to do about videos, from what there is and what the lake already holds."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from lakehouse.dataset.listing import Listing, VideoFile, printable
from lakehouse.errors import DamagedError, InputError, LakeError
from lakehouse.ingest.healing import Healed
from lakehouse.ingest.reading import read_hash
from lakehouse.ingest.recognition import Recognition
from lakehouse.lake.inspection import Damage, Inspection
from lakehouse.lake.parts import read_table
from lakehouse.lake.schemas import VIDEO_KEY
from lakehouse.lake.video_parts import remove_video_part, video_part_files
from lakehouse.lake.videos_index import (
    IndexedVideo,
    VideoKey,
    complete,
    read_videos_index,
    video_runs,
)
from lakehouse.paths import WarehousePaths

_CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class PlannedVideo:
    """A video to look at.

    Attributes
    ----------
    file : VideoFile
        What it shows, and where it lies.
    previous : IndexedVideo or None
        What the lake holds under its key.
    settled : bool
        Whether the rows would be the same again, were the file the same.
    """

    file: VideoFile
    previous: IndexedVideo | None
    settled: bool


@dataclass(frozen=True, slots=True)
class VideoPlan:
    """What a run has to do about videos.

    Attributes
    ----------
    videos : tuple of PlannedVideo
        In their order.
    superseded : tuple of IndexedVideo
        Of files that have another key now.
    missing : tuple of IndexedVideo
        Whose file was not found.
    unlisted : tuple of IndexedVideo
        That a manifest leaves out, and whose file is there.
    """

    videos: tuple[PlannedVideo, ...]
    superseded: tuple[IndexedVideo, ...] = ()
    missing: tuple[IndexedVideo, ...] = ()
    unlisted: tuple[IndexedVideo, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is to be looked at, as long as no content has changed."""
        return all(video.settled for video in self.videos)


@dataclass(frozen=True, slots=True)
class Method:
    """With what videos are looked at.

    Attributes
    ----------
    model_sha256 : str
        Of the face model.
    every : int
        Every how many-th frame.
    again : bool
        Whether whatever the lake holds is to be made anew.
    """

    model_sha256: str
    every: int
    again: bool = False

    def settles(self, video: IndexedVideo | None) -> bool:
        """Tell whether a video's rows would be the same again."""
        return (
            not self.again
            and video is not None
            and video.row is not None
            and video.model_sha256 == self.model_sha256
            # Whatever made a worker crash may be gone.
            and video.status != _CRASHED
            and video.every in (None, self.every)
        )


def plan_videos(
    files: Sequence[VideoFile],
    index: Mapping[VideoKey, IndexedVideo],
    method: Method,
    listed_in: Path | None = None,
) -> VideoPlan:
    """Compare a dataset's videos with the lake.

    Parameters
    ----------
    files : sequence of VideoFile
        In their order.
    index : mapping of key to IndexedVideo
        What the lake holds.
    listed_in : Path, optional
        The dataset's folder, where a manifest lists the videos, and others may be there.
    """
    held = {key: video for key, video in complete(index).items() if _is_extracted(video)}
    keys, paths = {file.key for file in files}, {file.path for file in files}
    gone = [video for key, video in held.items() if key not in keys]
    superseded = [video for video in gone if video.path in paths]
    missing = [video for video in gone if video.path not in paths]
    there = (
        [video for video in missing if os.path.lexists(listed_in / video.path)] if listed_in else []
    )
    videos = (
        PlannedVideo(file, held.get(file.key), method.settles(held.get(file.key))) for file in files
    )
    return VideoPlan(
        tuple(videos),
        tuple(superseded),
        tuple(video for video in missing if video not in there),
        tuple(there),
    )


def without_held(plan: VideoPlan, held: Collection[VideoKey]) -> VideoPlan:
    """Leave what is to be looked at, and what has rows already."""
    return replace(
        plan,
        videos=tuple(each for each in plan.videos if each.previous or each.file.key not in held),
    )


def refuse_other_sources(
    plan: VideoPlan, index: Mapping[VideoKey, IndexedVideo], method: Method, *, prune: bool
) -> None:
    """Refuse to replace videos from elsewhere, or to leave those of two face models in one lake.

    Raises
    ------
    InputError
        If the lake holds any.
    """
    held = complete(index)
    for planned in plan.videos:
        video = held.get(planned.file.key)
        if video is not None and not _is_extracted(video):
            raise InputError(
                f"the lake holds landmarks of {printable(planned.file.path)} from another source "
                f"({video.extractor})",
                fix="extract into a separate warehouse (--warehouse)",
            )
    others = {
        key for key, video in held.items() if video.model_sha256 not in (None, method.model_sha256)
    }
    if others and not method.again:
        raise InputError(
            f"the lake holds landmarks of {len(others):,} videos by another face model",
            fix="use --re-extract to extract all again, or use another warehouse",
        )
    left = [*plan.unlisted, *(() if prune else plan.missing)]
    if stay := {video.key for video in left} & others:
        raise InputError(
            f"{len(stay):,} videos with landmarks by another face model are not among these, so "
            "they would not be extracted again",
            fix="list them all, add --prune for those that are gone, or use another warehouse",
        )


def damaged_videos(paths: WarehousePaths, inspection: Inspection) -> dict[str, set[VideoKey]]:
    """Find which videos damaged parts held, by part.

    Raises
    ------
    LakeError
        If that cannot be found out, or a part may be whole after all.
    """
    return {
        part: _keys_of(paths, part, _damage_of(inspection.damaged, part))
        for part in inspection.damaged_video_parts
    }


def sound_index(
    paths: WarehousePaths, damaged: Mapping[str, Collection[VideoKey]]
) -> dict[VideoKey, IndexedVideo]:
    """Read which videos the lake holds; those with rows in damaged parts are not complete."""
    index = read_videos_index(paths, damaged)
    for key in set[VideoKey]().union(*damaged.values()) & index.keys():
        index[key].row = None
    return index


def remove_damaged_videos(
    paths: WarehousePaths,
    inspection: Inspection,
    damaged: Mapping[str, Collection[VideoKey]],
    listing: Listing,
    *,
    prune: bool,
) -> tuple[Healed, ...]:
    """Remove damaged parts of video, if the run takes all that they held in again.

    Parameters
    ----------
    paths : WarehousePaths
        Whose lake's lock this process holds.
    damaged : mapping of str to collection of key
        As `damaged_videos` gives it.
    prune : bool
        Drop videos whose original is gone.

    Raises
    ------
    LakeError
        If a part cannot be restored from these files; nothing is then removed.
    """
    found = {file.key for file in listing.videos}
    healed = []
    for part, keys in damaged.items():
        damage, held = _damage_of(inspection.damaged, part), set(keys)
        lost = held - found
        if lost and not prune:
            raise LakeError(
                f"{damage.problem}, and {len(lost):,} of its {len(held):,} videos are not there",
                where=str(paths.lake / damage.file),
                fix="restore the part from a backup, name a folder that holds them all, or drop "
                "what is gone with `extract --prune`",
            )
        healed.append(Healed(damage.file, damage.problem, len(held - lost), len(lost), "videos"))
    for part in damaged:
        remove_video_part(paths, part)
    return tuple(healed)


def recognised(
    videos: Iterable[PlannedVideo], recognition: Recognition, at_once: int
) -> Iterator[tuple[PlannedVideo, bool]]:
    """Give the videos whose file is as the lake knows it, and whether its stamp alone says so.

    Parameters
    ----------
    videos : iterable of PlannedVideo
        Settled ones.
    at_once : int
        Files to be read at a time.
    """
    others = []
    for each in videos:
        if recognition.has_stamp(each.file.path, each.file.absolute, _sha256(each)):
            yield each, True
        else:
            others.append(each)
    # Reading and hashing leave Python's lock alone.
    with ThreadPoolExecutor(at_once) as threads:
        for each, read in zip(
            others, threads.map(lambda one: read_hash(one.file.absolute), others), strict=True
        ):
            if isinstance(read, str):
                # It is tried again, and stays as it is if it cannot be read as before.
                continue
            recognition.note(each.file.path, read.sha256, read.stamp)
            if read.sha256 == _sha256(each):
                yield each, False


def _sha256(video: PlannedVideo) -> str | None:
    return None if video.previous is None else video.previous.sha256


def _damage_of(damaged: Iterable[Damage], part: str) -> Damage:
    return min((each for each in damaged if each.part == part), key=lambda each: each.certain)


def _keys_of(paths: WarehousePaths, part: str, damage: Damage) -> set[VideoKey]:
    """Find which videos a damaged part held, from a file of it that is whole."""
    if damage.certain:
        landmarks, blendshapes, _, frames = video_part_files(paths, part)
        for file in (frames, landmarks, blendshapes):
            try:
                keys = {key for key, _ in video_runs(read_table(file, VIDEO_KEY))}
            except DamagedError:
                continue
            try:
                ended = read_table(paths.videos / part, VIDEO_KEY)
            except DamagedError:
                return keys
            return keys | {key for key, _ in video_runs(ended)}
    raise LakeError(
        damage.problem,
        where=str(paths.lake / damage.file),
        fix=f"restore {part} from a backup" if damage.certain else damage.restored_by,
    )


def _is_extracted(video: IndexedVideo) -> bool:
    return video.model_sha256 is not None
