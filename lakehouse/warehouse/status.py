"""What a warehouse folder holds and whether its database is up to date."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

import duckdb

from lakehouse.dataset.path_reader import count_sequences
from lakehouse.errors import LakeError, QueryError
from lakehouse.files.links import plain_name, with_first_names
from lakehouse.files.listing import present
from lakehouse.ingest.landmark_names import photograph_named
from lakehouse.lake.confidences import Confidences, read_confidences
from lakehouse.lake.inspection import Damage, inspect
from lakehouse.lake.origin import OriginState, look_at_origin
from lakehouse.lake.staging import Staging, look_at_staging
from lakehouse.lake.verification import Verification, last_verification
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.notes import comparison_remarks
from lakehouse.warehouse.provenance import current_provenance, emptied, recorded_provenance
from lakehouse.warehouse.sources import register_lake

_SEEN: Final = "select participant from source_photos union select participant from source_videos"


@dataclass(frozen=True)
class Videos:
    """The videos of a lake.

    Parameters
    ----------
    statuses : dict of str to int
        Videos by status.
    participants : int
        Participants with videos.
    frames, face_frames : int
        Rows of frames, and those with landmarks.
    seconds : float
        How long they last, from the first frame of each to its last.
    unfinished : int
        Videos of which an interrupted run has left the first frames.
    events : dict of str to int
        Events that were read, by kind.
    """

    statuses: dict[str, int] = field(default_factory=dict)
    participants: int = 0
    frames: int = 0
    face_frames: int = 0
    seconds: float = 0.0
    unfinished: int = 0
    events: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Status:
    """The state of a warehouse folder.

    Parameters
    ----------
    participants : int
        Participants with photographs in the lake.
    photos : dict of str to int
        Photographs in the lake by status.
    landmarks : int
        Rows of landmarks.
    scores : dict of str to int
        Known scores by instrument.
    covariates : dict of str to int
        Participants of whom each covariate is known.
    without_photos, without_scores : tuple of str
        Participants who have scores only, or pictures only where scores are there at all.
    built : str or None
        When the database was built; None where there is none.
    up_to_date : bool
        True where the database was built from the present lake, SQL and settings.
    origin : OriginState or None
        The photographs, looked for where they were extracted from.
    photographs_digest : str
        Of the lake's parts, as `Inspection` has it.
    other_confidences : tuple of Confidences
        With which photographs were looked at, and which the settings no longer ask for.
    damaged : tuple of Damage
        Files of the lake that cannot be used; their parts are not counted.
    unsealed : tuple of str
        Files of the lake without a checksum.
    verified : Verification or None
        When a command last read all of the lake to verify it.
    emptied : dict of str to int
        Rows of the database of which the lake now has nothing, as of "photos".
    remarks : tuple of str
        Whom the database compares with another face than their own, and what it cannot hold for
        that, or because it is not known who is in a photograph.
    sequences : int or None
        Sequences whose frames the photographs of the lake are; None where the layout of the
        settings has no frames.
    staging : Staging
        What shards have extracted, in the lake or not yet.
    videos : Videos
        Videos in the lake.
    """

    participants: int
    photos: dict[str, int]
    landmarks: int
    scores: dict[str, int]
    covariates: dict[str, int]
    without_photos: tuple[str, ...]
    without_scores: tuple[str, ...]
    built: str | None
    up_to_date: bool
    origin: OriginState | None
    photographs_digest: str
    other_confidences: tuple[Confidences, ...] = ()
    damaged: tuple[Damage, ...] = ()
    unsealed: tuple[str, ...] = ()
    verified: Verification | None = None
    emptied: dict[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    sequences: int | None = None
    staging: Staging = field(default_factory=Staging)
    videos: Videos = field(default_factory=Videos)

    @property
    def sound(self) -> bool:
        """False where files of the lake are damaged, or gone."""
        return not self.damaged and not self.emptied


def status(paths: WarehousePaths, settings: Settings) -> Status:
    """Take stock of a warehouse folder.

    Raises
    ------
    LakeError
        If a folder of the lake cannot be listed, or a file without a checksum cannot be read.
    """
    inspection = inspect(paths)
    unusable = {PurePosixPath(each.file).name for each in inspection.damaged}
    with (
        duckdb.connect(config={"temp_directory": ""}) as connection,
        _damage_named(paths),
        _plain(paths) as plain,
    ):
        register_lake(connection, plain, unusable)

        def rows(query: str) -> list[tuple[Any, ...]]:
            return connection.sql(query).fetchall()

        photos = rows("select status, count(*) from source_photos group by status order by 2 desc")
        videos = _videos(rows)
        scores = rows(
            "select instrument, count(score) from source_scores group by instrument order by 1"
        )
        covariates = rows(
            "select covariate, count(coalesce(category, cast(value as varchar))) "
            "from source_covariates group by covariate order by 1"
        )
        [(participants,)] = rows("select count(distinct participant) from source_photos")
        sequences = None
        if settings.dataset.has_frames():
            # Of imported photographs, it may be that of their landmarks.
            frames = (photograph_named(path) for (path,) in rows("select path from source_photos"))
            sequences = count_sequences(frames, settings.dataset)
        [(landmarks,)] = rows("select count(*) from source_landmarks")
        without_photos = rows(
            f"select participant from source_scores except ({_SEEN}) order by 1"  # noqa: S608
        )
        without_scores = rows(
            f"({_SEEN}) except select participant from source_scores order by 1"  # noqa: S608
        )
    recorded = recorded_provenance(paths)
    confidences = read_confidences(paths) if photos or videos.statuses else set()
    return Status(
        participants=int(participants),
        photos=dict(photos),
        videos=videos,
        landmarks=int(landmarks),
        scores=dict(scores),
        covariates=dict(covariates),
        without_photos=tuple(row[0] for row in without_photos),
        without_scores=tuple(row[0] for row in without_scores) if scores else (),
        built=recorded.started if recorded else None,
        up_to_date=recorded is not None
        and current_provenance(paths, settings, inspection.digest).satisfied_by(recorded),
        origin=look_at_origin(paths, unusable),
        other_confidences=tuple(sorted(confidences - {Confidences.of(settings.detection)})),
        damaged=inspection.damaged,
        unsealed=inspection.unsealed,
        verified=last_verification(paths),
        emptied=emptied(paths),
        remarks=_remarks(paths) if recorded else (),
        photographs_digest=inspection.photographs_digest,
        sequences=sequences,
        staging=look_at_staging(paths),
    )


def _videos(rows: Callable[[str], list[tuple[Any, ...]]]) -> Videos:
    statuses = rows("select status, count(*) from source_videos group by status order by 2 desc, 1")
    [(participants,)] = rows("select count(distinct participant) from source_videos")
    [(frames, faces)] = rows(
        "select count(*), count(*) filter (where status = 'ok') from source_frames"
    )
    [(seconds,)] = rows(
        "select coalesce(sum(lasts), 0.0) from (select max(time_s) - min(time_s) as lasts "
        "from source_frames group by participant, video)"
    )
    [(unfinished,)] = rows(
        "select count(*) from (select distinct participant, video from source_frames "
        "except select participant, video from source_videos)"
    )
    events = rows("select kind, count(*) from source_events group by kind order by 2 desc, 1")
    return Videos(
        dict(statuses), participants, frames, faces, float(seconds), unfinished, dict(events)
    )


def _remarks(paths: WarehousePaths) -> tuple[str, ...]:
    try:
        with open_read_only(paths) as connection:
            return comparison_remarks(connection)
    except (QueryError, duckdb.Error):
        # Replaced meanwhile, or built by an earlier version, which compared everybody with their
        # own neutral face.
        return ()


@contextmanager
def _plain(paths: WarehousePaths) -> Iterator[WarehousePaths]:
    """Name the warehouse so that the engine finds no meaning in it."""
    if not present(paths.root):
        yield paths
        return
    with plain_name(paths.root) as root:
        yield WarehousePaths(root)


@contextmanager
def _damage_named(paths: WarehousePaths) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise LakeError(
            f"cannot be read ({with_first_names(str(error).splitlines()[0])})",
            where=str(paths.lake),
            fix="restore the file it names from a copy",
        ) from error
