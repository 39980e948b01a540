"""What all models promise in their headers, against what a build makes of them."""

import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.columns import SHARED, shared_columns
from lakehouse.warehouse.macros import MacroHeader, load_macros
from lakehouse.warehouse.models import (
    OTHER_COLUMNS,
    Batch,
    Check,
    CheckHeader,
    Header,
    Model,
    ModelHeader,
    Pivot,
    load_checks,
    load_models,
    parsed,
    sql_files,
)
from lakehouse.warehouse.query import fetch
from tests.sql.support import relation_types

MODELS = load_models()
CHECKS = load_checks()
EPHEMERAL = {
    name: (header, query)
    for name, header, query in (
        parsed(file, ModelHeader)
        for folder, file in sql_files()
        if folder not in ("checks", "macros")
    )
    if header.materialized == "ephemeral"
}
# Issues after the first bring the other relations of the design.
DESIGNED = """
    photos landmarks blendshapes scores expressions instruments settings exclusions participants
    aligned_landmarks masks mean_masks neutral_distances point_averages mask_averages
    points_above_average pav_mask_means pav_groups group_distances features features_wide
    correlations instrument_correlations strongest_correlations build_info
    alignment_masks alignment_comparison pair_changes pair_changes_by_point pair_changes_by_muscle
    pair_changes_by_muscle_group
    reliability noise_floor smile_coactivation
    supervision_effects expression_regularity expression_confusion
"""
FROM_THE_PAPER = """
    landmarks scores exclusions aligned_landmarks masks mean_masks neutral_distances
    point_averages mask_averages points_above_average pav_mask_means pav_clusters pav_groups
    group_distances features correlations instrument_correlations strongest_correlations
    pair_changes pair_changes_by_point pair_changes_by_muscle pair_changes_by_muscle_group
    pair_changes_by_mask
"""
LONGEST_LINE = 100
TYPES_FOR_R = {"INTEGER", "DOUBLE", "VARCHAR", "BOOLEAN", "SMALLINT"}
LAKE = {"source_photos", "source_landmarks", "source_blendshapes", "source_scores"}
# What a lake adds to, but does not make alone.
ROWS_WITHOUT_A_LAKE = {
    "group_names": 3,
    "instruments": 6,
    "mask_labels": 1,
    "pav_groups": 34,
}

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
every_query = pytest.mark.parametrize("query", [*MODELS, *CHECKS], ids=lambda query: query.name)


@pytest.fixture(scope="module", params=["empty_warehouse", "small_warehouse"])
def types(request: pytest.FixtureRequest) -> dict[str, dict[str, str]]:
    warehouse: WarehousePaths = request.getfixturevalue(request.param)
    return relation_types(warehouse.database)


def test_every_file_is_a_model_a_check_or_a_macro_of_its_own_name() -> None:
    names = Counter(
        file.name.removesuffix(".sql")
        for folder in files("lakehouse.sql").iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    )

    files_read = [*MODELS, *CHECKS, *load_macros()]
    assert names == Counter([*(file.name for file in files_read), *EPHEMERAL])
    assert set(names.values()) == {1}


def test_the_designed_relations_are_there(small_warehouse: WarehousePaths) -> None:
    assert set(DESIGNED.split()) <= set(relation_types(small_warehouse.database))


@every_model
def test_a_file_makes_the_relation_of_its_name(
    model: Model, types: dict[str, dict[str, str]]
) -> None:
    assert model.name in types


@every_model
def test_documented_columns_are_those_of_the_relation_in_order(
    model: Model, types: dict[str, dict[str, str]]
) -> None:
    documented = [column for column in model.header.columns if column != OTHER_COLUMNS]
    made = list(types[model.name])

    if OTHER_COLUMNS in model.header.columns:
        made = made[: len(documented)]
    assert made == documented


@pytest.mark.parametrize("name", EPHEMERAL)
def test_documented_columns_of_an_ephemeral_model_are_those_of_its_query(name: str) -> None:
    header, query = EPHEMERAL[name]

    assert sqlglot.parse_one(query, read="duckdb").named_selects == list(header.columns)
    assert set(header.key) <= header.columns.keys()


@pytest.mark.parametrize("name", EPHEMERAL)
def test_an_ephemeral_model_stands_in_the_queries_that_read_it_and_nowhere_else(
    name: str, types: dict[str, dict[str, str]]
) -> None:
    written = [model.name for model in MODELS if f"{name} as (" in model.query]

    assert len(written) > 1
    assert name not in types


@every_model
def test_column_types_are_those_that_r_can_read(
    model: Model, types: dict[str, dict[str, str]]
) -> None:
    assert set(types[model.name].values()) <= TYPES_FOR_R


@every_model
def test_the_key_is_made_of_documented_columns(model: Model) -> None:
    assert set(model.header.key) <= model.header.columns.keys()
    assert len(set(model.header.key)) == len(model.header.key)


@every_model
def test_relations_about_masks_name_the_mask(model: Model) -> None:
    columns = model.header.columns
    # photographs and what is aligned of them come before masks are judged
    before_masks = {"photos", "landmarks", "blendshapes", "aligned_landmarks", "videos", "events"}

    if {"expression", "supervised"} <= columns.keys() and model.name not in before_masks:
        assert "mask" in columns


@pytest.mark.parametrize(
    "query",
    # The columns of settings are listed in the settings' model, which makes source_settings.
    [query for query in [*MODELS, *CHECKS] if query.name != "settings"],
    ids=lambda query: query.name,
)
def test_columns_are_listed_never_starred(query: Model | Check) -> None:
    parsed = sqlglot.parse_one(query.query, read="duckdb")

    assert [
        star for star in parsed.find_all(exp.Star) if not isinstance(star.parent, exp.Count)
    ] == []


@every_query
def test_the_query_carries_over_to_spark(query: Model | Check) -> None:
    [carried_over] = sqlglot.transpile(
        query.query, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE
    )

    assert sqlglot.parse_one(carried_over, read="spark")


@pytest.mark.parametrize("name", FROM_THE_PAPER.split())
def test_what_the_paper_computes_names_its_place_there(name: str) -> None:
    [model] = [model for model in MODELS if model.name == name]

    assert model.header.source is not None
    assert re.match(r"paper, (section|sections|figure|figures|table) \d", model.header.source)
    assert f"Source: {model.header.source}." in model.comment


@every_model
def test_descriptions_are_phrases_that_comments_can_end(model: Model) -> None:
    header = model.header
    phrases = [header.row, header.source or "?", *(text for _, text in header.columns.values())]

    assert [phrase for phrase in phrases if phrase != phrase.strip() or phrase.endswith(".")] == []


SAID = [
    (file.name, column, said)
    for _, file in sql_files()
    for header in [tomllib.loads(file.read_text().partition("/*\n")[2].partition("*/\n")[0])]
    for column, said in (
        *dict(header["columns"] if header.get("columns", "settings") != "settings" else {}).items(),
        *header.get("parameters", {}).items(),
    )
]
"""Every column and parameter as its header describes it, perhaps for short."""


def own_words(said: list[tuple[str, str, object]]) -> list[tuple[str, str, tuple[str, str]]]:
    """Of what headers say, descriptions in words of their own."""
    return [
        (file, column, (each[0], " ".join(each[1].split())))
        for file, column, each in said
        if isinstance(each, list) and each[0].partition(":")[0] != SHARED
    ]


def repeated(said: list[tuple[str, str, object]]) -> list[str]:
    """Name files that say what columns.toml says already, or what another header says too."""
    words = own_words(said)
    twice = Counter((column, each) for _, column, each in words)
    shared = set(shared_columns().values())
    return [
        f"{file}: {column}"
        for file, column, each in words
        if each in shared or twice[column, each] > 1
    ]


def unused(said: list[tuple[str, str, object]]) -> set[str]:
    """Name the entries of columns.toml that no header takes."""
    first = [(column, each[0] if isinstance(each, list) else each) for _, column, each in said]
    taken = {
        each.partition(":")[2] or column
        for column, each in first
        if each.partition(":")[0] == SHARED
    }
    return shared_columns().keys() - taken


def test_what_columns_have_in_common_is_said_once() -> None:
    assert repeated(SAID) == []
    assert unused(SAID) == set()


def test_a_repeated_and_an_unused_description_are_found() -> None:
    mask = list(shared_columns()["mask"])
    twice = [("b.sql", "size", ["px", "its size"]), ("c.sql", "size", ["px", "its\n    size"])]
    without_feature = [each for each in SAID if "feature" not in f"{each[1]} {each[2]}"]

    assert repeated([*SAID, ("a.sql", "mask", mask), *twice]) == [
        *("a.sql: mask", "b.sql: size", "c.sql: size")
    ]
    assert unused(without_feature) == {"feature"}


def test_angles_are_degrees() -> None:
    units = {
        f"{model.name}.{column}": unit
        for model in MODELS
        for column, (unit, _) in model.header.columns.items()
    }

    assert "deg" in units.values()
    assert [name for name, unit in units.items() if unit.startswith("rad")] == []


def test_lines_of_sql_files_are_short_enough_to_read() -> None:
    long = [
        f"{file.name}, line {number}"
        for _, file in sql_files()
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]

    assert long == []


@pytest.mark.parametrize("kind", [ModelHeader, CheckHeader, MacroHeader, Batch, Pivot])
def test_every_key_of_a_header_is_explained(kind: type[Header]) -> None:
    page = (Path(__file__).parent.parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = page.partition("## A SQL model")[2].partition("\n## ")[0]

    assert [key for key in kind.model_fields if f"`{key}`" not in section] == []


def test_each_exported_relation_has_a_place_of_its_own() -> None:
    places = [model.header.export for model in MODELS if model.header.export is not None]

    assert len(set(places)) == len(places) > 0


def tables_read(model: Model) -> set[str]:
    tables = sqlglot.parse_one(model.query, read="duckdb").find_all(exp.Table)
    return {table.name for table in tables} & {*LAKE, *(model.name for model in MODELS)}


@pytest.mark.slow
def test_models_come_after_the_models_they_read() -> None:
    made = set(LAKE)
    for model in MODELS:
        assert tables_read(model) <= made
        made.add(model.name)


@pytest.mark.slow
def test_an_empty_lake_builds_empty_tables(empty_warehouse: WarehousePaths) -> None:
    from_the_lake = set(LAKE)
    for model in MODELS:
        if tables_read(model) & from_the_lake:
            from_the_lake.add(model.name)
    counts = " union all ".join(
        f"select '{model.name}' as name, count(*) as rows from {model.relation}" for model in MODELS
    )

    rows = dict(fetch(empty_warehouse, counts).rows())

    filled = {name: number for name, number in rows.items() if number and name in from_the_lake}
    assert filled == ROWS_WITHOUT_A_LAKE
    assert (rows["settings"], rows["build_info"], rows["expressions"]) == (1, 1, 8)
    assert rows.keys() == {model.name for model in MODELS}


def test_empty_tables_have_the_types_of_full_ones(
    empty_warehouse: WarehousePaths, small_warehouse: WarehousePaths
) -> None:
    empty, full = (
        relation_types(warehouse.database) for warehouse in (empty_warehouse, small_warehouse)
    )
    wide = full.pop("features_wide")

    assert empty.pop("features_wide") == {"participant": wide.pop("participant")}
    assert set(wide.values()) == {"DOUBLE"}
    assert (
        empty.items()
        >= {
            name: columns for name, columns in full.items() if not name.startswith("source_")
        }.items()
    )
