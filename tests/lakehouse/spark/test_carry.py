from collections.abc import Iterator

import pytest
import sqlglot
from sqlglot import exp

from lakehouse.errors import BuildError
from lakehouse.spark.carry import carried, view_name
from lakehouse.warehouse.models import load_checks, load_models
from tests.tools import require_spark

OF_FEW_ROWS = {
    ("blendshape_series", "ORDER BY blendshape"),
    ("cells", "ORDER BY participant"),
    ("cluster_choice", "ORDER BY mask"),
    ("cluster_choice", "ORDER BY participant"),
    ("frames", "ORDER BY videos.video_index"),
    ("pair_changes_by_muscle", "ORDER BY muscle, side"),
    ("pair_faces", "ORDER BY participant"),
    ("photo_group_distances", "ORDER BY grouping, group_id"),
    ("photos", "ORDER BY participant"),
    ("primary_correlations", ""),
    ("primary_correlations", "ORDER BY p, feature, instrument"),
    ("primary_correlations", "ORDER BY rank"),
    ("video_trials", "ORDER BY video_index"),
    ("videos", "ORDER BY participant, video"),
}
"""What is put in order over a whole relation: a row a participant, a video, or fewer."""


@pytest.mark.parametrize(
    ("query", "spark"),
    [
        ("select avg(case when a then 1.0 else 0 end) as b from t", "CAST(1.0 AS DOUBLE)"),
        ("select x * 5e-2 as x from t", "CAST(5e-2 AS DOUBLE)"),
        ("select x * .5 as x from t", "CAST(0.5 AS DOUBLE)"),
    ],
)
def test_fractions_are_doubles(query: str, spark: str) -> None:
    assert spark in carried(query)


def test_whole_numbers_and_texts_stay_what_they_are() -> None:
    assert carried("select 2 as a, '1.5' as b from t") == "SELECT 2 AS a, '1.5' AS b FROM t"


def test_a_relation_with_a_schema_is_read_from_a_view_and_keeps_its_name() -> None:
    query = "select cells.mask from internal.cells inner join masks on cells.mask = masks.mask"

    written = carried(query)

    assert "FROM internal__cells AS cells INNER JOIN masks ON cells.mask" in written
    assert "AS other" in carried("select other.mask from internal.cells as other")
    assert view_name("internal.cells") == "internal__cells"
    assert view_name("masks") == "masks"


def test_a_query_of_its_own_does_not_hide_a_relation_with_a_schema() -> None:
    written = carried("with cells as (select 1 as a) select a from cells, internal.cells as b")

    assert "FROM cells" in written
    assert "internal__cells AS b" in written


@pytest.mark.parametrize(
    ("at", "written"),
    [("' '", "SPLIT(a, ' ')"), ("'.'", r"SPLIT(a, CONCAT('\\Q', '.', '\\E'))")],
)
def test_only_what_would_be_a_pattern_is_quoted(at: str, written: str) -> None:
    assert written in carried(f"select string_split(a, {at}) as b from t")


@pytest.mark.slow
def test_no_task_alone_puts_in_order_what_grows_with_photographs() -> None:
    alone = {
        (model.name, order.sql("duckdb") if (order := window.args.get("order")) else "")
        for model in load_models()
        if "over (" in model.query
        for window in sqlglot.parse_one(model.query, read="duckdb").find_all(exp.Window)
        if not window.args.get("partition_by")
    }

    assert alone == OF_FEW_ROWS


@pytest.mark.parametrize("query", ["select from from", "select x from t using sample 10%%"])
def test_what_does_not_carry_over_is_refused(query: str) -> None:
    with pytest.raises(BuildError, match="does not carry over to Spark"):
        carried(query)


def lost_by_sail(query: str) -> Iterator[str]:
    """Give the conditions that Sail drops: after a cross join, on what several tables give."""
    from sqlglot import exp, parse_one

    for select in parse_one(query, read="duckdb").find_all(exp.Select):
        crossed = False
        for join in select.args.get("joins") or ():
            crossed |= not join.args.get("on")
            if not crossed or join.side:
                continue
            for equal in join.find_all(exp.EQ):
                sides = [
                    {column.table for column in side.find_all(exp.Column)}
                    for side in (equal.this, equal.expression)
                ]
                if any(len(tables) > 1 for tables in sides):
                    yield equal.sql()


@pytest.mark.slow
def test_no_model_and_no_check_has_a_condition_that_sail_loses() -> None:
    require_spark()
    query = "select a.x from a cross join b inner join c on a.k = c.k and a.x + b.y = c.z"
    assert list(lost_by_sail(query)) == ["a.x + b.y = c.z"]

    queries = {model.name: model.query for model in load_models()}
    queries |= {check.name: check.query for check in load_checks()}

    lost = {name: list(lost_by_sail(query)) for name, query in queries.items()}
    assert {name: each for name, each in lost.items() if each} == {}
