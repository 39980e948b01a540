"""Videos that are merged: whole parts as they are, or the rows of some of their videos."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lakehouse.dataset.listing import printable
from lakehouse.errors import InputError, LakeError
from lakehouse.ingest.videos.part_writer import VideoPartWriter
from lakehouse.lake.parts import read_file
from lakehouse.lake.staging import is_better, same_content
from lakehouse.lake.video_parts import (
    commit_video_copy,
    commit_video_part,
    next_video_part_name,
    read_video_part,
    video_part_files,
)
from lakehouse.lake.videos_index import IndexedVideo, VideoKey, complete, tables_of
from lakehouse.merging.staged import Staged
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class VideoMergePlan:
    """What is to be done about videos.

    Attributes
    ----------
    taken : tuple of (Staged, frozenset of key)
        From where which videos are taken.
    better : tuple of IndexedVideo
        Videos of the lake whose rows give way; also what a killed merge has left of some.
    already : int
        Videos of which nothing is taken.
    """

    taken: tuple[tuple[Staged, frozenset[VideoKey]], ...]
    better: tuple[IndexedVideo, ...]
    already: int

    @property
    def new(self) -> int:
        """Videos that the lake does not have."""
        return sum(len(keys) for _, keys in self.taken) - self.replaced

    @property
    def replaced(self) -> int:
        """Videos of the lake that had crashed or could not be read."""
        return sum(video.row is not None for video in self.better)


def plan_video_merge(
    index: Mapping[VideoKey, IndexedVideo], staged: Sequence[Staged]
) -> VideoMergePlan:
    """Compare videos to be merged with the lake, and with each other, as `plan_merge` does.

    Videos that are not complete are not taken.

    Parameters
    ----------
    index : mapping of key to IndexedVideo
        What the lake holds.

    Raises
    ------
    InputError
        If a video is there with different contents, from different sources or models, or a file is
        there as two videos.
    """
    held: dict[VideoKey, tuple[IndexedVideo, Staged | None]] = {
        key: (video, None) for key, video in complete(index).items()
    }
    found = 0
    for each in staged:
        for key, video in complete(each.videos).items():
            found += 1
            there = held.get(key)
            if there is not None and not same_content(there[0], video):
                raise _different(video, each, there[1])
            if there is None or is_better(video, there[0]):
                held[key] = video, each
    _refuse_two_keys(held)
    taken = tuple(
        (each, keys)
        for each in staged
        if (keys := frozenset(key for key, (_, whose) in held.items() if whose is each))
    )
    better = tuple(video for key, video in index.items() if any(key in keys for _, keys in taken))
    return VideoMergePlan(taken, better, found - sum(len(keys) for _, keys in taken))


def write_videos(paths: WarehousePaths, plan: VideoMergePlan) -> int:
    """Take videos into the lake, whose lock this process holds.

    Returns
    -------
    int
        Parts that were copied or written.

    Raises
    ------
    LakeError
        If a part has changed since it was verified, or the lake cannot be written.
    """
    # First, so that no video is ever in two places.
    VideoPartWriter(paths).drop(plan.better)
    written = 0
    for staged, keys in plan.taken:
        for part in _parts_of(staged, keys):
            _write_part(paths, staged, part, keys)
            written += 1
    return written


def _parts_of(staged: Staged, keys: frozenset[VideoKey]) -> list[str]:
    return sorted({part for key in keys for part in staged.videos[key].parts})


def _write_part(
    paths: WarehousePaths, staged: Staged, part: str, keys: frozenset[VideoKey]
) -> None:
    contents = [read_file(file) for file in video_part_files(staged.paths, part)]
    if contents[-1].sha256 != staged.video_parts[part]:
        raise LakeError(
            "has changed since it was verified",
            where=str(staged.paths.frames / part),
            fix="run the same command again once nothing writes there",
        )
    name = next_video_part_name(paths)
    inside = {key for key, video in staged.videos.items() if part in video.parts}
    if inside <= keys:
        commit_video_copy(paths, name, [each.data for each in contents])
    else:
        tables = read_video_part(staged.paths, part)
        commit_video_part(paths, name, tables_of(tables, keys, kept=True))


def _refuse_two_keys(held: Mapping[VideoKey, tuple[IndexedVideo, Staged | None]]) -> None:
    of_path: dict[str, list[VideoKey]] = defaultdict(list)
    for key, (video, _) in held.items():
        if video.model_sha256 is not None:
            of_path[video.path].append(key)
    for path, keys in of_path.items():
        if len(keys) > 1 and any(held[key][1] for key in keys):
            one, other = (printable(" ".join(key)) for key in keys[:2])
            raise InputError(
                f"{printable(path)} is one video in one place ({one}) and another in another "
                f"({other})",
                fix="extract both with the same settings; `lakehouse extract` of the whole folder "
                "into the lake puts the lake right",
            )


def _different(video: IndexedVideo, staged: Staged, other: Staged | None) -> InputError:
    where = "the lake" if other is None else printable(str(other.paths.root))
    return InputError(
        f"video {printable(' '.join(video.key))} ({printable(video.path)}) has another content or "
        f"source in {printable(str(staged.paths.root))} than in {where}; nothing was merged",
        fix="extract what has changed again: `lakehouse extract` of the whole folder for the "
        "lake, with --shard for a shard; then merge again",
    )
