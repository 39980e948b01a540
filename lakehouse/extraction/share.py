"""What a run of extraction is about: all of a dataset, or one shard of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lakehouse.dataset.listing import Listing
from lakehouse.dataset.shard import Shard, share_of
from lakehouse.errors import InputError
from lakehouse.extraction.face_model import MODEL_SHA256
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.extraction.videos.plan import Method, plan_videos, recognised, refuse_other_sources
from lakehouse.files.listing import present
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.plan import Plan, PlannedPhoto, make_plan
from lakehouse.ingest.recognition import Known, Recognition
from lakehouse.ingest.refusals import refuse_mixed_models, refuse_rows_from_elsewhere
from lakehouse.lake.confidences import Confidences, read_confidences
from lakehouse.lake.photos_index import IndexedPhoto, read_photos_index
from lakehouse.lake.records import Key
from lakehouse.lake.staging import (
    look_at_staging,
    mark_begun,
    mark_finished,
    shard_warehouse,
    words_on_staging,
)
from lakehouse.lake.videos_index import IndexedVideo, VideoKey, read_videos_index
from lakehouse.paths import WarehousePaths
from lakehouse.settings.model import Settings
from lakehouse.system.processors import available_cores


@dataclass(frozen=True)
class Share:
    """What a run is about.

    Attributes
    ----------
    listing : Listing
        The photographs.
    paths : WarehousePaths
        Whose lake takes the rows.
    shard : Shard or None
        None where it is all of the dataset.
    held : dict of key to IndexedPhoto
        Photographs that need no rows there, because the lake that they will be merged into has
        them.
    by_stamp : int
        Of those, photographs recognised without being read.
    held_videos : dict of key to IndexedVideo
        The same of videos.
    """

    listing: Listing
    paths: WarehousePaths
    shard: Shard | None = None
    held: Mapping[Key, IndexedPhoto] = field(default_factory=dict)
    by_stamp: int = 0
    held_videos: Mapping[VideoKey, IndexedVideo] = field(default_factory=dict)

    @property
    def has_work(self) -> bool:
        """Whether there is a photograph or a video that needs rows."""
        return len(self.held) < len(self.listing) or len(self.held_videos) < len(
            self.listing.videos
        )

    def without_held(self, plan: Plan) -> tuple[PlannedPhoto, ...]:
        """Leave what is to be looked at, and what has rows already."""
        return tuple(
            photo for photo in plan.photos if photo.previous or photo.file.key not in self.held
        )

    def tell_of_staging(self, listeners: Listeners) -> None:
        """Tell that shards have rows which a run over all of the dataset would make again."""
        if self.shard is None and (staging := look_at_staging(self.paths)).has_unmerged:
            listeners.tell(words_on_staging(staging)[0])

    def begin(self) -> None:
        """Note that a shard is worked on."""
        if self.shard is not None:
            mark_begun(self.paths)

    def end(self, *, stopped: bool) -> None:
        """Note that a shard is done, unless the run was asked to stop."""
        if self.shard is not None and not stopped:
            files = len(self.listing) + len(self.listing.videos)
            mark_finished(self.paths, self.shard.number, self.shard.of, files)


def find_share(
    listing: Listing,
    root: Path,
    paths: WarehousePaths,
    settings: Settings,
    options: ExtractionOptions,
) -> Share:
    """Find what a run is about; nothing is written.

    Parameters
    ----------
    listing : Listing
        All of the dataset.
    root : Path
        Its folder.
    paths : WarehousePaths
        Where all of it is, or will be merged.

    Raises
    ------
    InputError
        If there is a shard whose rows could not be merged: the lake holds landmarks of another
        model or from elsewhere, or faces were looked for with other confidences.
    LakeError
        If the lake is damaged or cannot be read.
    """
    if options.shard is None:
        return Share(listing, paths)
    mine = share_of(listing, options.shard, settings.dataset.identity)
    place = shard_warehouse(paths, options.shard.number, options.shard.of)
    index = read_photos_index(paths)
    extracted = [photo for photo in index if photo.model_sha256 is not None]
    refuse_rows_from_elsewhere(mine, index)
    plan = make_plan(mine.photos, extracted, MODEL_SHA256)
    refuse_mixed_models(plan, extracted, MODEL_SHA256, again=False, prune=False)
    now = Confidences.of(settings.detection)
    if (extracted or present(paths.videos)) and (used := read_confidences(paths)):
        _refuse_other_confidences(now in used, paths, "set them as they were, or use another one")
    staged = read_confidences(place)
    _refuse_other_confidences(
        staged <= {now}, place, "set them as they were, or remove that folder"
    )
    held: dict[Key, IndexedPhoto] = {}
    by_stamp = 0
    recognition = Recognition(paths, root, by_content=options.verify)
    for photo, how in recognition.look(plan.photos, available_cores()):
        if photo.previous is not None and how is not Known.NOT:
            held[photo.file.key] = photo.previous
            by_stamp += how is Known.BY_STAMP
    videos = _held_videos(mine, paths, settings, recognition)
    return Share(mine, place, options.shard, held, by_stamp, videos)


def _held_videos(
    mine: Listing, paths: WarehousePaths, settings: Settings, recognition: Recognition
) -> dict[VideoKey, IndexedVideo]:
    """Find the videos that the lake has, which the shard will be merged into."""
    index = read_videos_index(paths)
    method = Method(MODEL_SHA256, settings.video.every)
    plan = plan_videos(mine.videos, index, method)
    refuse_other_sources(plan, index, method, prune=True)
    settled = [each for each in plan.videos if each.settled]
    known = recognised(settled, recognition, available_cores())
    return {each.file.key: each.previous for each, _ in known if each.previous is not None}


def _refuse_other_confidences(same: bool, paths: WarehousePaths, fix: str) -> None:
    if not same:
        raise InputError(
            "its photographs were extracted with other confidences than [detection] now sets, "
            "so this shard could not be merged with them",
            where=str(paths.root),
            fix=fix,
        )
