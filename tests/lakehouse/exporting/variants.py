"""The small study built in every way in which a warehouse may differ."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc
import pyarrow.parquet as pq

from lakehouse.paths import WarehousePaths
from lakehouse.settings.measures import example_measures
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from tests.lean import lean
from tests.sql.support import write_lake


@dataclass(frozen=True)
class Variant:
    """What is built of the small lake.

    Parameters
    ----------
    extras : collection of Extra
    keeps : callable, optional
        Of rows' expressions and conditions, those that stay in the lake.
    scores : bool
        Whether there are any.
    settings : dict, optional
        Sections of `lakehouse.toml`.
    """

    extras: Collection[Extra] = ()
    keeps: Callable[[Any], Any] | None = None
    scores: bool = True
    settings: dict[str, dict[str, Any]] | None = None

    def make(self, folder: Path) -> WarehousePaths:
        """Write and build it."""
        paths = WarehousePaths(folder / "warehouse")
        write_lake(paths)
        if not self.scores:
            paths.scores.unlink()
        if self.keeps is not None:
            for kind in (paths.photos, paths.landmarks, paths.blendshapes):
                [part] = kind.iterdir()
                # Its checksum would no longer be right.
                rows = pq.ParquetFile(part).read().replace_schema_metadata()
                pq.write_table(rows.filter(self.keeps(rows)), part)
        build(paths, lean(**(self.settings or {})), extras=self.extras)
        return paths


VARIANTS: Final = {
    "plain": Variant(),
    "statistics": Variant([Extra.STATISTICS]),
    "pairs": Variant([Extra.PAIRS]),
    "no scores": Variant([Extra.STATISTICS], scores=False),
    "no conditions": Variant(
        [Extra.STATISTICS],
        lambda rows: pc.invert(rows["supervised"]),
        settings={"dataset": {"layout": "{expression}/{participant}/{photo}"}},
    ),
    "one expression": Variant(
        [Extra.STATISTICS],
        lambda rows: pc.equal(rows["expression"], "neutral"),
        settings={"dataset": {"expressions": {"00": "neutral"}}},
    ),
    "measures": Variant(
        [Extra.STATISTICS],
        settings={
            "measures": {
                name: measure.model_dump(exclude_none=True)
                for name, measure in example_measures().items()
            }
        },
    ),
    "everybody excluded": Variant(list(Extra), settings={"quality": {"photos_per_mask": 7}}),
}
