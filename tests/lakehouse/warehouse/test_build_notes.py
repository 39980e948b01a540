"""What the user should know of a build."""

import polars as pl
import pytest

from lakehouse.files.parquet import write_parquet
from lakehouse.lake.schemas import PHOTOS
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.query import fetch
from tests.lean import lean
from tests.sql.support import INCLUDED

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"clusters": {"k": 100}}, "only 60 points are above average"),
        (
            {"dataset": {"expressions": {"a": "wink"}, "neutral": "wink"}},
            "no photograph shows a listed expression",
        ),
        (
            {
                "dataset": {
                    "expressions": {"a": "calm", "05": "happiness"},
                    "neutral": "calm",
                }
            },
            "no photograph shows calm without a cue, with which all others are compared, so nobody "
            "has results; see dataset.neutral in lakehouse.toml",
        ),
        (
            {"dataset": {"expressions": {"00": "neutral"}, "supervised": {}}},
            "",
        ),
    ],
)
def test_results_that_may_surprise_are_noted(
    warehouse: WarehousePaths, changed: dict[str, dict[str, object]], note: str
) -> None:
    notes = build(warehouse, lean(**changed), extras=list(Extra)).notes

    assert note in "; ".join(notes)
    assert len(notes) == bool(note)


def with_pictures(warehouse: WarehousePaths, sizes: list[tuple[int | None, int | None]]) -> None:
    """Give the photographs of the small lake sizes in turn."""
    part = warehouse.photos / "part-000001.parquet"
    photos = pl.read_parquet(part, hive_partitioning=False)
    given = (sizes * len(photos))[: len(photos)]
    columns = (
        pl.Series(name, [size[place] for size in given], dtype=photos.schema[name])
        for place, name in enumerate(("width", "height"))
    )
    write_parquet(photos.with_columns(*columns).to_arrow().cast(PHOTOS), part)


def test_without_neutral_faces_with_a_cue_the_effect_of_the_cue_is_said_to_be_the_papers(
    warehouse: WarehousePaths,
) -> None:
    part = warehouse.photos / "part-000001.parquet"
    photos = pl.read_parquet(part, hive_partitioning=False)
    lost = (pl.col("expression") == "neutral") & pl.col("supervised")
    status = pl.when(lost).then(pl.lit("no_face")).otherwise("status").alias("status")
    write_parquet(photos.with_columns(status).to_arrow().cast(PHOTOS), part)
    quality = {"masks": "neutral", "photos_per_mask": "any"}

    notes = build(warehouse, lean(quality=quality)).notes

    assert "no participant has a usable neutral photograph with a cue" in "; ".join(notes)
    effects = fetch(warehouse, "from supervision_effects")
    assert len(effects) == effects["t_p"].null_count() > 0
    assert effects["reason"].str.ends_with("and the neutral face of either condition").all()


@pytest.mark.parametrize(
    ("method", "sizes", "noted"),
    [
        ("neutral_scale", [(1080, 1920), (1920, 1080)], False),
        ("neutral_scale", [(None, None)], False),
        ("neutral_scale", [(1080, 1920), (540, 960)], True),
        ("neutral_scale", [(1080, 1920), (1080, 1440)], True),
        ("procrustes", [(1080, 1920), (540, 960)], False),
    ],
)
def test_pictures_of_several_sizes_have_no_common_neutral_scale(
    warehouse: WarehousePaths, method: str, sizes: list[tuple[int | None, int | None]], noted: bool
) -> None:
    with_pictures(warehouse, sizes)

    notes = build(warehouse, lean(alignment={"method": method})).notes

    expected = f"{len(INCLUDED)} participants have photographs of several sizes"
    assert any(expected in note for note in notes) == noted
