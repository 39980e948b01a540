"""How the engine goes about a build's queries."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from lakehouse.warehouse.build import _SETTINGS

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

    summing = [name for name in operators(json.loads(plan)) if name.endswith("HASH_GROUP_BY")]
    assert len(summing) == sums


def operators(plan: list[dict[str, Any]]) -> Iterator[str]:
    for node in plan:
        yield node["name"]
        yield from operators(node["children"])
