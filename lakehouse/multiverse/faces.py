"""Faces of a world, made by the models that a build uses, in a database of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.errors import BuildError
from lakehouse.files.links import openable_folder, plain_name, with_first_names
from lakehouse.files.scratch import scratch_folder
from lakehouse.multiverse.specification import World, settings_of
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.system.memory import physical_bytes
from lakehouse.warehouse.batches import create_in_batches
from lakehouse.warehouse.build import MEMORY_LIMIT
from lakehouse.warehouse.models import INTERNAL, Batch, Model, load_models
from lakehouse.warehouse.sources import register_lake, register_muscles, register_settings
from lakehouse.warehouse.sql_text import quoted_relation

Array = npt.NDArray[np.float64]

_CATALOG = "memory"
_WANTED = frozenset(
    {"points_above_average", "neutral_face", "analysed_scores", "covariates", "mask_poses"}
)
_SPREADS = f"{INTERNAL}.cell_spreads"

# The arithmetic is that of placed_landmarks.
_SPREAD_QUERY = """
    select
        photo_alignments.cell_index,
        landmarks.point,
        var_samp(offset_x + scaled_cos * x + scaled_sin * y)
        + var_samp(offset_y - scaled_sin * x + scaled_cos * y) as plane,
        var_samp(offset_z + scale * z) as depth,
        count(*) as photos
    from source_landmarks as landmarks
    inner join photos using (participant, expression, supervised, photo)
    inner join internal.photo_alignments on photos.photo_index = photo_alignments.photo_index
    where landmarks.point < 468
    group by photo_alignments.cell_index, landmarks.point
"""
_BATCH = Batch(relation="internal.photo_alignments", column="cell_index", size=8192)

_MOVED_QUERY = """
    with spreads as (
        select
            cell_index,
            point,
            plane / photos as plane,
            depth / photos as depth
        from internal.cell_spreads
    )

    select
        cells.participant,
        cells.mask,
        moved.point,
        moved.dx,
        moved.dy,
        moved.dz,
        own.plane + case when compared_cells.neutral_index = 0 then 0 else neutral.plane end
            as plane,
        own.depth + case when compared_cells.neutral_index = 0 then 0 else neutral.depth end
            as depth
    from internal.cell_displacements as moved
    inner join points_above_average as pav on moved.point = pav.point
    inner join internal.cells on moved.cell_index = cells.cell_index
    inner join internal.compared_cells on moved.cell_index = compared_cells.cell_index
    left join spreads as own on moved.cell_index = own.cell_index and moved.point = own.point
    left join spreads as neutral
        on compared_cells.neutral_index = neutral.cell_index and moved.point = neutral.point
"""
_COVARIATES_QUERY = """
    select participant, cast(null as varchar) as mask, covariate as name, value, category
    from covariates where covariate not in ('yaw', 'pitch', 'roll')
    union all
    select participant, mask, axis, value, cast(null as varchar)
    from (from mask_poses unpivot (value for axis in (yaw, pitch, roll)))
"""


@dataclass(frozen=True)
class Faces:
    """What the statistics of a world need.

    Parameters
    ----------
    people : list of str
        Whoever was photographed or asked, in order, in all worlds of a lake.
    masks : list of str
    points : ndarray of int, shape (points,)
        Those above average.
    places : ndarray of float64, shape (points, 2)
        In the neutral face.
    displacements : ndarray of float64, shape (people, masks, points, dimensions)
        NaN for who is left out, or lacks the mask.
    noise : ndarray of float64, shape (people, masks, points)
        Variance of the displacements; NaN where there is but one photograph.
    scores : polars.DataFrame
        participant, instrument, score of who is not left out.
    covariates : polars.DataFrame
        participant, mask, name, value, category; no mask where it is the same in all.
    """

    people: list[str]
    masks: list[str]
    points: npt.NDArray[np.intp]
    places: Array
    displacements: Array
    noise: Array
    scores: pl.DataFrame
    covariates: pl.DataFrame


class Worlds:
    """Makes the faces of one world after the other, and keeps what the next shares.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of an empty database.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, paths: WarehousePaths, settings: Settings
    ) -> None:
        self._connection = connection
        self._paths = paths
        self._settings = settings
        self._world: World | None = None
        rests = {model.name: model.rests_on for model in load_models() if model.name in _WANTED}
        names = _WANTED.union(*rests.values())
        self._models = [model for model in load_models() if model.name in names]

    def faces(self, world: World) -> Faces:
        """Make the faces of a world.

        Raises
        ------
        BuildError
            If a query fails.
        """
        try:
            self._make(world)
            return self._read(world)
        except (duckdb.Error, OSError) as error:
            raise BuildError(
                with_first_names(str(error).splitlines()[0]), where=str(self._paths.root)
            ) from error

    def _make(self, world: World) -> None:
        before, self._world = self._world, world
        if before is None or before.exclusions != world.exclusions:
            self._clear()
            settings = settings_of(self._settings, world)
            register_settings(self._connection, settings)
            register_muscles(self._connection, self._paths, settings)
            self._create(self._models)
            self._spread()
            return
        self._connection.execute(
            "update settings set alignment_method = ?, distance_dimensions = ?",
            [world.alignment, world.dimensions],
        )
        aligned = before.alignment != world.alignment
        changed = "photo_alignments" if aligned else "analysed_distances"
        anew = [each for each in self._models if changed in {each.name, *each.rests_on}]
        for model in reversed(anew):
            self._drop(model)
        self._create(anew)
        if aligned:
            self._spread()

    def _clear(self) -> None:
        self._connection.execute(f"drop schema if exists {INTERNAL} cascade")
        for model in reversed(self._models):
            if not model.header.internal:
                self._drop(model)
        self._connection.execute(f"create schema {INTERNAL}")

    def _drop(self, model: Model) -> None:
        name, kind = quoted_relation(model.relation), model.header.materialized
        self._connection.execute(f"drop {kind} if exists {name} cascade")

    def _create(self, models: list[Model]) -> None:
        for model in models:
            name, header = quoted_relation(model.relation), model.header
            if header.batch is not None:
                create_in_batches(
                    self._connection, model.relation, model.query, header.batch, _CATALOG
                )
            else:
                self._connection.execute(f"create {header.materialized} {name} as {model.query}")

    def _spread(self) -> None:
        self._connection.execute(f"drop table if exists {_SPREADS}")
        create_in_batches(self._connection, _SPREADS, _SPREAD_QUERY, _BATCH, _CATALOG)

    def _read(self, world: World) -> Faces:
        ask = self._connection.sql
        people = ask("select participant from participants order by 1").pl()
        moved = ask(_MOVED_QUERY).pl()
        masks = moved["mask"].unique().sort().to_list()
        neutral = ask(
            "select point, x, y from internal.neutral_face semi join points_above_average "
            "using (point) order by point"
        ).pl()
        points = neutral["point"].to_numpy().astype(np.intp)
        shape = (len(people), len(masks), len(points))
        at = (
            _places(moved["participant"], people["participant"].to_list()),
            _places(moved["mask"], masks),
            np.searchsorted(points, moved["point"].to_numpy()),
        )
        axes = ("dx", "dy", "dz")[: world.dimensions]
        displacements = np.full((*shape, len(axes)), np.nan)
        displacements[at] = _numbers(moved.select(axes))
        noise = np.full(shape, np.nan)
        varied = ("plane", "depth")[: world.dimensions - 1]
        noise[at] = _numbers(moved.select(varied)).sum(axis=1)
        return Faces(
            people=people["participant"].to_list(),
            masks=masks,
            points=points,
            places=neutral.select("x", "y").to_numpy(),
            displacements=displacements,
            noise=noise,
            scores=ask("select participant, instrument, score from analysed_scores").pl(),
            covariates=ask(_COVARIATES_QUERY).pl(),
        )


@contextmanager
def opened_worlds(paths: WarehousePaths, settings: Settings) -> Iterator[Worlds]:
    """Open an empty database for the worlds of a lake.

    Raises
    ------
    BuildError
        If there is no room for it.
    """
    with (
        scratch_folder(BuildError, beside=paths.reading) as folder,
        openable_folder(folder, BuildError) as spill,
        plain_name(paths.root) as root,
        duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "temp_directory": str(spill),
                "preserve_insertion_order": False,
                "memory_limit": f"{min(MEMORY_LIMIT, physical_bytes() // 2)}B",
            }
        ) as connection,
    ):
        connection.execute("set parquet_metadata_cache = true")
        register_lake(connection, WarehousePaths(root))
        yield Worlds(connection, paths, settings)


def _places(values: pl.Series, order: list[str]) -> npt.NDArray[np.intp]:
    place = {value: at for at, value in enumerate(order)}
    return np.array([place[value] for value in values], dtype=np.intp)


def _numbers(values: pl.DataFrame) -> Array:
    numbers: Array = values.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return numbers
