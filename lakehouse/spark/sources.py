"""What the models read from outside, as views of a session: the lake, settings, muscles."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import EngineError, UsageError
from lakehouse.files import commit
from lakehouse.lake.multiverse import RESULTS, has_results, results_file
from lakehouse.lake.schemas import (
    BLENDSHAPES,
    COVARIATES,
    EVENTS,
    FRAME_BLENDSHAPES,
    FRAME_LANDMARKS,
    FRAMES,
    LANDMARKS,
    PHOTOS,
    SCORES,
    VIDEOS,
)
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.spark.carry import carried
from lakehouse.spark.frames import frame_of
from lakehouse.warehouse.provenance import Provenance
from lakehouse.warehouse.sources import (
    COVARIATES_HELD,
    muscles_table,
    require_blocks,
    settings_tables,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PARTS = {"landmarks": LANDMARKS, "blendshapes": BLENDSHAPES, "photos": PHOTOS}
"""Photos last: a part counts once its file is there."""
_VIDEO_PARTS = {
    "frame_landmarks": FRAME_LANDMARKS,
    "frame_blendshapes": FRAME_BLENDSHAPES,
    "videos": VIDEOS,
    "frames": FRAMES,
}
"""Frames last, likewise."""
_TABLES = {"scores": SCORES, "covariates": COVARIATES, "events": EVENTS}


@dataclass(frozen=True)
class Place:
    """A folder that the cluster reads or writes.

    Parameters
    ----------
    name : str
        A path of a file system that all machines of the cluster share, or a URI that Spark knows,
        such as `hdfs://…`.
    """

    name: str

    def __post_init__(self) -> None:
        if not self.name:
            raise UsageError("a folder needs a name")

    @property
    def path(self) -> Path | None:
        """Where it lies on this machine; None where only the cluster can tell."""
        parts = urlsplit(self.name)
        if parts.scheme == "file" and parts.netloc in ("", "localhost"):
            return Path(unquote(parts.path))
        return None if "://" in self.name else Path(self.name).absolute()

    def below(self, *names: str) -> str:
        """Give the URI of what lies in it.

        Parameters
        ----------
        *names : str
            Of a folder in it, of one in that, and so on.
        """
        if self.path is not None:
            return self.path.joinpath(*names).as_uri()
        return "/".join([self.name.rstrip("/"), *names])


def register_sources(
    spark: "SparkSession",
    lake: Place,
    paths: WarehousePaths,
    settings: Settings,
    provenance: Provenance,
) -> None:
    """Make views of all that the models read from outside, by the names they know.

    Parameters
    ----------
    paths : WarehousePaths
        Of the warehouse that has the settings, the file of muscles and what `multiverse` found.

    Raises
    ------
    EngineError
        If the lake is not there.
    InputError
        If the file of muscles is wrong.
    LakeError
        If a folder of the lake is not there although the others are.
    SettingsError
        If settings and lake, or settings and muscles, do not go together.
    """
    _register_lake(spark, lake)
    covariates = spark.sql(carried(COVARIATES_HELD)).toArrow()
    require_blocks(settings, covariates["covariate"].to_pylist())
    tables = settings_tables(settings) | {
        f"source_{name}": schema.empty_table() for name, schema in RESULTS.items()
    }
    tables["source_muscles"] = muscles_table(paths, settings)
    if has_results(paths, provenance.multiverse_key):
        for name in RESULTS:
            file = results_file(paths, provenance.multiverse_key, name)
            tables[f"source_{name}"] = pq.read_table(file).replace_schema_metadata()
    fields = [(name, pa.string()) for name in vars(provenance)]
    tables["source_build_info"] = pa.Table.from_pylist(
        [vars(provenance)], schema=pa.schema([*fields, ("seconds", pa.float64())])
    )
    for name, table in tables.items():
        frame_of(spark, table).createOrReplaceTempView(name)


def lake_parts(spark: "SparkSession", lake: Place) -> list[str]:
    """List the parts of a lake that are committed.

    Returns
    -------
    list of str
        Names of files, sorted.

    Raises
    ------
    EngineError
        If the cluster cannot list them.
    LakeError
        If a folder of the lake is not there although the others are.
    """
    if lake.path is not None:
        return commit.committed([lake.path / folder for folder in _PARTS])
    from pyspark.errors import PySparkException

    try:
        photos = spark.read.schema("participant string").parquet(lake.below("photos"))
        named = photos.select("_metadata.file_name").distinct().toArrow()
    except PySparkException as error:
        raise EngineError(
            f"no lake can be read ({str(error).splitlines()[0]})",
            where=lake.name,
            fix="name the folder that holds landmarks, photos and blendshapes",
        ) from error
    return sorted(named["file_name"].to_pylist())


def _video_parts(spark: "SparkSession", lake: Place) -> list[str]:
    """List the parts of video, of which there may be none."""
    if lake.path is not None:
        return commit.committed([lake.path / folder for folder in _VIDEO_PARTS])
    from pyspark.errors import PySparkException

    try:
        frames = spark.read.schema("participant string").parquet(lake.below("frames"))
        named = frames.select("_metadata.file_name").distinct().toArrow()
    except PySparkException:
        # Without the folder, there is no video.
        return []
    return sorted(named["file_name"].to_pylist())


def _register_lake(spark: "SparkSession", lake: Place) -> None:
    for parts, schemas in (
        (lake_parts(spark, lake), _PARTS),
        (_video_parts(spark, lake), _VIDEO_PARTS),
    ):
        for folder, schema in schemas.items():
            files = [lake.below(folder, part) for part in parts]
            frame = _read(spark, files, schema)
            frame.createOrReplaceTempView(f"source_{folder}")
    for name, schema in _TABLES.items():
        there = _is_there(spark, lake, f"{name}.parquet")
        frame = _read(spark, [lake.below(f"{name}.parquet")] if there else [], schema)
        frame.createOrReplaceTempView(f"source_{name}")


def _read(spark: "SparkSession", files: list[str], schema: pa.Schema) -> "DataFrame":
    empty = frame_of(spark, schema.empty_table())
    # By the schema of a lake: Spark would open a file to find what is known.
    return spark.read.schema(empty.schema).parquet(*files) if files else empty


def _is_there(spark: "SparkSession", lake: Place, name: str) -> bool:
    if lake.path is not None:
        return (lake.path / name).exists()
    from pyspark.errors import AnalysisException

    try:
        spark.read.parquet(lake.below(name)).schema  # noqa: B018
    except AnalysisException:
        return False
    return True
