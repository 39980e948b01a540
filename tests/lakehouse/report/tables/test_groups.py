"""What a report of groups leaves out, and that every query says which columns count people."""

from pathlib import Path

import polars as pl

import lakehouse
from lakehouse.paths import WarehousePaths
from lakehouse.report.tables.groups import of_groups
from lakehouse.report.tables.query import Header, report_query

QUERIES = Path(lakehouse.__file__).parent / "report" / "tables" / "queries"
COUNTS = {"participants", "people", "n", "left_out", "paper_n"}
"""What columns are called that count people."""


def test_differences_of_few_people_are_left_out() -> None:
    header = Header(description="steps", people=("people",), rests=(("people", "included"),))
    frame = pl.DataFrame(
        {
            "stage": ["known", "photographed", "included", "scored", "nobody"],
            "people": [309, 312, 306, 4, None],
            "included": 306,
        }
    )

    left = of_groups(header, frame)["stage"].to_list()
    assert left == ["photographed", "included", "nobody"]


def test_few_people_beside_a_row_are_not_counted() -> None:
    header = Header(description="tests", people=("n",), besides=("left_out",))
    frame = pl.DataFrame({"n": [20, 20, 20, 20, 4], "left_out": [0, 1, 4, 5, 9]})

    assert of_groups(header, frame).rows() == [(20, 0), (20, None), (20, None), (20, 5)]


def test_every_column_that_counts_people_is_said_to(small_warehouse: WarehousePaths) -> None:
    with lakehouse.open(small_warehouse.root) as study:
        for path in sorted(QUERIES.glob("*.sql")):
            name, query = path.stem, report_query(path.stem)
            if query.header.personal:
                continue
            columns = set(study.sql(f"select * from ({query.sql}) limit 0").columns)
            said = {*query.header.people, *query.header.besides}
            assert said <= columns, name
            assert columns & COUNTS <= said, name
