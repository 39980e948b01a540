"""Models that are made when their extra is asked for."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse import build as building
from lakehouse.warehouse import checks, models
from lakehouse.warehouse.build import BuildResult, build
from lakehouse.warehouse.catalogue import described, relations
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.models import Check, Extra, Model, ModelHeader, load_models
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import status
from tests.lean import LEAN
from tests.sql.support import write_lake, write_scores

OTHER_SCORES = [[float(row), 60.0 - row] for row in range(6)]


def model(name: str, extra: Extra) -> Model:
    columns = {"a": ("1", "one"), "point": ("id", "of the mesh")}
    header = ModelHeader(row="a row", key=["a"], materialized="table", columns=columns, extra=extra)
    return Model(name=name, folder="features", header=header, query="select 1 as a, 2 as point")


OPTIONAL = (model("halves", Extra.PAIRS), model("thirds", Extra.STATISTICS))


@pytest.fixture(scope="module", autouse=True)
def optional_models() -> Iterator[None]:
    """Add a model to each extra, and a check that reads one of them."""
    everything = (
        *(model for model in load_models() if model.header.extra is None),
        *OPTIONAL,
    )
    rule = Check(name="positive", rule="a is positive", query="select a from halves where a <= 0")
    with pytest.MonkeyPatch.context() as patch:
        for module in (building, checks, models):
            patch.setattr(module, "load_models", lambda: everything)
        patch.setattr(checks, "load_checks", lambda: (rule,))
        yield


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, optional_models: None
) -> Callable[..., WarehousePaths]:
    """Give the small warehouse with the extras named; not to be changed."""
    made: dict[tuple[Extra, ...], WarehousePaths] = {}

    def with_extras(*asked: Extra) -> WarehousePaths:
        if asked not in made:
            made[asked] = WarehousePaths(tmp_path_factory.mktemp("parts") / "warehouse")
            write_lake(made[asked])
            build(made[asked], LEAN, extras=asked)
        return made[asked]

    return with_extras


@pytest.fixture
def copied(built: Callable[..., WarehousePaths], tmp_path: Path) -> Callable[..., WarehousePaths]:
    """Give a copy of the same, to be changed."""
    return lambda *asked: WarehousePaths(
        shutil.copytree(built(*asked).root, tmp_path / "warehouse")
    )


def optional_relations(warehouse: WarehousePaths) -> set[str]:
    with open_read_only(warehouse) as connection:
        return set(relations(connection)["name"]) & {model.relation for model in OPTIONAL}


def recorded(warehouse: WarehousePaths) -> str:
    parts: str = fetch(warehouse, "select parts from build_info").item()
    return parts


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "names", "text"),
    [
        ((), set(), ""),
        ((Extra.PAIRS,), {"halves"}, "pairs"),
        ((Extra.STATISTICS, Extra.PAIRS), {"halves", "thirds"}, "pairs, statistics"),
    ],
)
def test_a_build_makes_the_parts_asked_for_and_says_which(
    built: Callable[..., WarehousePaths], asked: tuple[Extra, ...], names: set[str], text: str
) -> None:
    warehouse = built(*asked)

    assert optional_relations(warehouse) == names
    assert recorded(warehouse) == text


@pytest.mark.slow
def test_a_part_that_is_there_is_up_to_date_asked_for_or_not(
    copied: Callable[..., WarehousePaths],
) -> None:
    warehouse = copied(Extra.STATISTICS, Extra.PAIRS)

    for asked in ((), (Extra.PAIRS,), (Extra.PAIRS, Extra.STATISTICS)):
        assert build(warehouse, LEAN, extras=asked).up_to_date
    assert status(warehouse, LEAN).up_to_date
    assert optional_relations(warehouse) == {"halves", "thirds"}


@pytest.mark.slow
def test_a_part_that_is_not_there_is_built(copied: Callable[..., WarehousePaths]) -> None:
    warehouse = copied(Extra.PAIRS)

    result = build(warehouse, LEAN, extras=[Extra.PAIRS, Extra.STATISTICS])

    assert not result.up_to_date
    assert result.notes == ()
    assert optional_relations(warehouse) == {"halves", "thirds"}


def rebuilt(warehouse: WarehousePaths, *asked: Extra) -> BuildResult:
    write_scores(warehouse, OTHER_SCORES)
    return build(warehouse, LEAN, extras=asked)


@pytest.mark.slow
def test_a_part_not_asked_for_again_is_left_out_and_named(
    copied: Callable[..., WarehousePaths],
) -> None:
    warehouse = copied(Extra.STATISTICS, Extra.PAIRS)

    result = rebuilt(warehouse, Extra.STATISTICS)

    assert result.notes == (
        "the old database had the extra pairs, the new one does not; "
        "`lakehouse build --pairs` adds it",
    )
    assert optional_relations(warehouse) == {"thirds"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "select a from halves",
        "select a from HALVES",
        "from lakehouse.main.halves",
        "select a from photos inner join halves on true",
        "describe halves",
    ],
)
def test_a_query_on_a_part_that_is_not_there_says_what_makes_it(
    built: Callable[..., WarehousePaths], query: str
) -> None:
    with pytest.raises(QueryError) as raised:
        fetch(built(Extra.STATISTICS), query)

    assert str(raised.value) == "halves is made by `lakehouse build --pairs`"


@pytest.mark.slow
def test_another_mistake_is_told_as_such(built: Callable[..., WarehousePaths]) -> None:
    with pytest.raises(QueryError, match="no_such_function"):
        fetch(built(Extra.PAIRS), "select no_such_function(a) from halves")
    with pytest.raises(QueryError, match="nowhere"):
        fetch(built(), "select a from nowhere")


@pytest.mark.slow
def test_describing_a_part_that_is_not_there_says_what_makes_it(
    built: Callable[..., WarehousePaths],
) -> None:
    with open_read_only(built()) as connection, pytest.raises(QueryError) as raised:
        described(connection, "thirds")

    assert str(raised.value) == "thirds is made by `lakehouse build --statistics`"
    with open_read_only(built(Extra.PAIRS)) as connection:
        description = described(connection, "halves").description
    assert description.endswith("Made by `lakehouse build --pairs`.")


@pytest.mark.slow
def test_checks_are_run_on_the_parts_that_are_there(
    built: Callable[..., WarehousePaths],
) -> None:
    plain = {result.name for result in run_checks(built())}
    paired = {result.name for result in run_checks(built(Extra.PAIRS))}

    assert paired - plain == {"positive", "key_of_halves"}
    assert "key_of_photos" in plain
