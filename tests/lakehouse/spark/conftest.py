"""A session of Spark, and a lake built by both engines."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.spark.build import Cluster, build_on_spark, folder_of
from lakehouse.spark.carry import carried, view_name
from lakehouse.spark.choices import Finish
from lakehouse.spark.session import spark_session
from lakehouse.spark.sources import Place
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra, load_checks, load_models
from tests.lakehouse.random_cohorts import IDS, CohortPlan, write_random_cohort
from tests.lakehouse.random_videos import Clip, random_clips, session, write_random_videos
from tests.lakehouse.spark.cluster import QUICK
from tests.lean import lean
from tests.once import Once
from tests.tools import require_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PANDAS: Final = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
"""For tests in the session of others: what that ignores, pytest forgets for each test."""

MASTER: Final = "local[2]"
SMALL: Final = {
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    # Otherwise each task clears a page of tens of megabytes, and each few tasks all of the heap.
    "spark.buffer.pageSize": "1m",
    # Of few rows, to compile a query takes longer than to answer it, and so with Java's own code.
    "spark.driver.extraJavaOptions": QUICK,
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
PLAN: Final = CohortPlan(
    seed=1,
    participants=8,
    expressions=3,
    photos=2,
    conditions=True,
    trouble=0.05,
    moving=40,
    depth=0.95,
    scores=True,
    known=0.9,
    covariates=True,
    copies=0.05,
    neutral=0.9,
)
"""Of everything that a study can have, and of everything that goes wrong in one, something."""
SECTIONS: Final[dict[str, Any]] = {
    "quality": {"photos_per_mask": "any", "masks": "neutral"},
    "alignment": {"method": "procrustes"},
    "distance": {"dimensions": 3},
    "statistics": {"covariates": ["age"]},
    "instruments": {"dbi": {"reliability": 0.8}},
    "muscles": {"file": "muscles.csv"},
    "measures": {
        "opening": {"distance": [13, 14], "label_en": "mouth opening"},
        "eye": {"ratio": [[160, 144], [158, 153]], "over": [[33, 133]]},
        "corner": {"angle": [61, 0, 291]},
        "smile": {"movement": "zygomaticus_major"},
        "lopsided": {"side_difference": "zygomaticus_major"},
    },
}
MUSCLES: Final = """muscle,point,side,muscle_group,action_unit
zygomaticus_major,61,right,mouth,AU12
zygomaticus_major,40,right,mouth,AU12
zygomaticus_major,291,left,mouth,AU12
zygomaticus_major,270,left,mouth,AU12
frontalis,9,midline,brow,AU1 AU2
"""


@dataclass(frozen=True)
class BothEngines:
    """A lake's relations, made by DuckDB and by Spark.

    Parameters
    ----------
    paths : WarehousePaths
        With DuckDB's database.
    out : Path
        Folder of Spark's Parquet.
    broken : dict of str to int
        How many rows break each check, by Spark.
    """

    paths: WarehousePaths
    settings: Settings
    out: Path
    broken: dict[str, int]


@pytest.fixture(scope="session")
def spark() -> Iterator["SparkSession"]:
    """A session in this process, for all tests of it."""
    require_spark()
    with spark_session(MASTER, SMALL) as session:
        yield session


@pytest.fixture(scope="session")
def both(once: Once) -> BothEngines:
    """A small lake built with all extras by both engines; not to be changed."""
    require_spark()
    return once("spark", _built)


def _built(folder: Path) -> BothEngines:
    paths = WarehousePaths(folder / "warehouse")
    expressions = write_random_cohort(paths, PLAN)
    (paths.root / "muscles.csv").write_text(MUSCLES, encoding="utf-8")
    _write_videos(paths, expressions)
    names = {name: name for name in expressions}
    settings = lean(**SECTIONS, dataset={"expressions": names})
    return built_by_both(paths, settings, folder / "out")


def built_by_both(paths: WarehousePaths, settings: Settings, out: Path) -> BothEngines:
    """Build a lake's relations with both engines, and have Spark run the checks."""
    build(paths, settings, extras=list(Extra))
    cluster = Cluster(MASTER, Place(str(paths.lake)), Place(str(out)), SMALL)
    with spark_session(MASTER, SMALL) as session:
        build_on_spark(paths, settings, cluster, extras=list(Extra), ending=Finish.NONE)
        for model in load_models():
            rows = session.read.parquet(folder_of(out, model.relation).as_uri())
            rows.createOrReplaceTempView(view_name(model.relation))
        broken = {check.name: session.sql(carried(check.query)).count() for check in load_checks()}
    return BothEngines(paths, settings, out, broken)


def _write_videos(paths: WarehousePaths, expressions: tuple[str, ...]) -> None:
    """Add a few short videos of the same people, one of them with a trial from its first frame."""
    clips = random_clips(2, IDS[:4], expressions[:2])
    whole, events = session(IDS[0])
    short = Clip(IDS[1], "at once", None, None, [at / 20 for at in range(30)])
    events.append(
        short.key
        | {"event": "1", "onset_s": 0.0, "duration_s": 1.0, "kind": "trial"}
        | {"expression": expressions[1], "supervised": False}
    )
    write_random_videos(paths, [*clips, whole, short], events)
