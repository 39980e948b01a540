"""One figure for a notebook: what is asked for must be there, and is said where it is not."""

from collections.abc import Iterator
from typing import Any

import pytest

from lakehouse.errors import QueryError, UsageError
from lakehouse.paths import WarehousePaths
from lakehouse.report.privacy import Privacy
from lakehouse.report.single import FigureRequest, listed_figures, single_figure
from lakehouse.report.tables.tables import Tables, open_tables


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy(ids=True)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "heart"}, "there is no figure 'heart'; did you mean heat"),
        ({"name": "heat", "language": "fr"}, "there is no language 'fr'; did you mean en, pt?"),
        ({"name": "heat", "theme": "drak"}, "there is no theme 'drak'; did you mean dark?"),
        ({"name": "heat", "chosen": {"point": 1}},
         "there is no choice 'point' of the figure heat; leave the choice out"),
        ({"name": "point", "chosen": {"pont": 1}}, "of the figure point; did you mean point?"),
        ({"name": "point", "chosen": {"expression": "glee"}},
         "expression = 'glee' is none of "),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_with_what_is(
    tables: Tables, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError) as told:
        single_figure(tables, FigureRequest(**asked))

    assert said in str(told.value)


def test_what_was_not_built_is_told_with_its_command(tables: Tables) -> None:
    with pytest.raises(QueryError, match=r"the figure multiverse cannot be drawn: .*multiverse"):
        single_figure(tables, FigureRequest("multiverse"))


def test_the_choice_and_the_data_are_in_the_chart(tables: Tables) -> None:
    [*_, last] = tables.facts.expressions
    request = FigureRequest("point", language="pt", width=500, chosen={"expression": last})
    chart = single_figure(tables, request).to_dict(validate=False)

    [param] = [param for param in chart["params"] if param["name"] == "expression"]
    assert param["value"] == last
    moved = tables.table("point_movements")
    assert len(chart["datasets"]["point_movements"]) == len(moved)


def test_every_figure_is_listed_with_its_choices() -> None:
    listed = {name: choices for name, _, choices in listed_figures().rows()}
    assert listed["heat"] == ""
    assert listed["point"] == "expression, supervised, point"
