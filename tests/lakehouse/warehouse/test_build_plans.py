"""How the engine goes about a build's queries."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.cohort import CohortOptions, write_cohort
from lakehouse.warehouse.batches import _batches, _of_part
from lakehouse.warehouse.build import _SETTINGS, build
from lakehouse.warehouse.models import Extra, load_models
from lakehouse.warehouse.sources import register_lake
from tests.lean import lean

OF_GROUPS = """
select points.cell, groups.number, avg(points.moved) as moved
from points inner join groups on points.point = groups.point
group by points.cell, groups.number
"""


@pytest.mark.parametrize(("settings", "sums"), [(_SETTINGS, 1), (_SETTINGS[:-1], 3)])
def test_what_has_a_row_for_each_key_is_not_summed_up_before_it_is_joined(
    settings: tuple[str, ...], sums: int
) -> None:
    with duckdb.connect() as connection:
        for setting in settings:
            connection.execute(f"set {setting}")
        connection.execute("set explain_output = 'physical_only'")
        connection.execute("attach ':memory:' as built")
        connection.execute("use built")
        # As a build does: of tables in a transaction the engine knows no numbers of values.
        connection.execute("begin")
        connection.execute(
            "create table points as select cell, point, random() as moved "
            "from range(100) as cells (cell), range(10) as listed (point)"
        )
        connection.execute(
            "create table groups as select point, number "
            "from range(10) as listed (point), range(3) as numbers (number)"
        )
        [(_, plan)] = connection.execute(f"explain (format json) {OF_GROUPS}").fetchall()

    summing = [node for node in nodes(json.loads(plan)) if node["name"].endswith("HASH_GROUP_BY")]
    assert len(summing) == sums


def nodes(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in plan:
        yield node
        yield from nodes(node.get("children", []))


PHOTOS, LANDMARKS = 48, 478
"""Of each participant, and of each photograph."""


@pytest.mark.slow
def test_a_batch_of_photographs_reads_their_landmarks_alone(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    settings = lean(database={"landmarks": False})
    # A file for each participant, as a lake has many.
    write_cohort(paths, settings, participants=4, options=CohortOptions(part_photos=PHOTOS))
    build(paths, settings, extras=[Extra.STATISTICS])

    read = {}
    with duckdb.connect() as connection:
        for setting in _SETTINGS:
            connection.execute(f"set {setting}")
        register_lake(connection, paths)
        connection.execute(f"attach '{paths.database}' as built (read_only)")
        connection.execute("use built")
        for model in load_models():
            batch = model.header.batch
            if batch is None or batch.relation != "internal.photo_alignments":
                continue
            of_each = read[model.name] = []
            # A participant's cells, whichever column numbers them.
            for _ in _batches(connection, batch.model_copy(update={"size": 16}), "built"):
                [(_, profile)] = connection.execute(
                    f"explain (analyze, format json) {_of_part(model.query, batch)}"
                ).fetchall()
                of_each.append(
                    sum(
                        node["rows_scanned"]
                        for node in nodes(json.loads(profile)["operator"])
                        if node["extra_info"].get("Function") == "READ_PARQUET"
                    )
                )

    assert {"cell_points", "cell_noise", "photo_movements", "split_halves"} <= read.keys()
    for name, of_each in read.items():
        assert max(of_each) <= PHOTOS * LANDMARKS, name
    assert sum(read["cell_points"]) == 4 * PHOTOS * LANDMARKS
