"""The recipes of CONTRIBUTING.md, followed in a copy of the sources."""

import json
import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.paths import WarehousePaths
from tests.recipes.edits import add_a_check, add_a_relation, add_a_setting, add_a_step
from tests.recipes.tree import SourceTree
from tests.sql.support import write_lake

pytestmark = pytest.mark.slow

RECIPES = (add_a_relation, add_a_setting, add_a_step, add_a_check)
TILTED = ("001", "happiness", "2")
SETTINGS = "[statistics]\npermutations = 19\n\n[quality]\nmax_roll = {}\n"
# Those of what was added, and those that know all settings, headers, steps or pages.
TESTS = (
    *("tests/sql/features/test_score_counts.py", "tests/sql/quality/test_photo_verdicts.py"),
    *("tests/lakehouse/steps/ranks", "tests/lakehouse/steps/test_registry.py"),
    *("tests/lakehouse/settings", "tests/lakehouse/inputs/test_settings_file.py"),
    *("tests/lakehouse/warehouse/test_models.py", "tests/sql/lake/test_settings.py"),
    *("tests/docs/test_generated.py", "tests/test_packages.py"),
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> SourceTree:
    """The sources, with what the recipes add."""
    return SourceTree(tmp_path_factory.mktemp("recipes") / "project")


@pytest.fixture(scope="module")
def touched(tree: SourceTree) -> dict[str, set[str]]:
    """The files that each recipe touched."""
    return {recipe.__name__: tree.touched_by(recipe) for recipe in RECIPES}


@pytest.fixture(scope="module")
def built(
    tree: SourceTree, touched: dict[str, set[str]], tmp_path_factory: pytest.TempPathFactory
) -> WarehousePaths:
    """The small lake with one tilted head, built by the tree under a limit on tilting."""
    paths = WarehousePaths(tmp_path_factory.mktemp("recipes") / "warehouse")
    write_lake(paths)
    tilt(paths)
    paths.settings.write_text(SETTINGS.format(20))
    tree.lakehouse("--warehouse", paths.root, "build")
    return paths


def tilt(paths: WarehousePaths) -> None:
    """Tilt the head in one photograph, and hold it a little aslant in the others."""
    [part] = paths.photos.iterdir()
    # Without the checksum of the file as it was.
    photos = pq.read_table(part).replace_schema_metadata()
    keys = photos.select(["participant", "expression", "photo"]).to_pylist()
    rolls = [-35.0 if tuple(key.values()) == TILTED else 3.0 for key in keys]
    place = photos.schema.get_field_index("roll")
    field = photos.schema.field(place)
    pq.write_table(photos.set_column(place, field, pa.array(rolls, field.type)), part)


def rows(paths: WarehousePaths, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(paths.database, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_it_is_the_copy_that_is_tried(tree: SourceTree) -> None:
    names = ("lakehouse", "lakehouse.cli.build", "lakehouse.sql", "lakehouse.steps.registry")

    places = tree.run("-c", f"import {', '.join(names)}, sys\nfor n in {names}: "
                            "print(sys.modules[n].__file__)").splitlines()  # fmt: skip

    assert [Path(place).resolve().is_relative_to(tree.root.resolve()) for place in places] == (
        [True] * len(names)
    )


def test_a_relation_touches_four_files(touched: dict[str, set[str]]) -> None:
    assert touched["add_a_relation"] == {
        "sql/features/score_counts.sql",
        "sql/checks/score_counts_positive.sql",
        "tests/sql/features/test_score_counts.py",
        "docs/tables.md",
    }


def test_a_setting_touches_five_files(touched: dict[str, set[str]]) -> None:
    assert touched["add_a_setting"] == {
        "lakehouse/settings/quality.py",
        "sql/quality/photo_verdicts.sql",
        "sql/quality/exclusions.sql",
        "tests/sql/quality/test_photo_verdicts.py",
        "docs/tables.md",
    }


def test_a_step_of_a_new_subject_touches_seven_files(touched: dict[str, set[str]]) -> None:
    assert touched["add_a_step"] == {
        "lakehouse/steps/ranks/__init__.py",
        "lakehouse/steps/ranks/ranks.py",
        "sql/ranks/score_ranks.sql",
        "tests/lakehouse/steps/ranks/__init__.py",
        "tests/lakehouse/steps/ranks/test_ranks.py",
        "pyproject.toml",
        "docs/tables.md",
    }


def test_a_check_touches_one_file(touched: dict[str, set[str]]) -> None:
    assert touched["add_a_check"] == {"sql/checks/scores_are_whole.sql"}


@pytest.mark.usefixtures("touched")
def test_no_test_asks_for_more(tree: SourceTree) -> None:
    printed = tree.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS)

    assert re.search(r"\d+ passed", printed)
    assert "failed" not in printed


@pytest.mark.usefixtures("touched")
def test_a_relation_that_is_forgotten_in_the_pages_is_remembered(tree: SourceTree) -> None:
    page = tree.root / "docs" / "tables.md"
    whole = page.read_text()
    page.write_text(whole.replace("score_counts", "scores_count"))
    try:
        printed = tree.run(
            *("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/docs/test_generated.py"),
            fails=True,
        )
    finally:
        page.write_text(whole)

    assert "run `python docs/generate.py`" in printed


def test_a_relation_is_built_listed_and_documented(tree: SourceTree, built: WarehousePaths) -> None:
    listed = json.loads(tree.lakehouse("--warehouse", built.root, "tables", "--json"))
    [found] = [each for each in listed if each["name"] == "score_counts"]

    assert found["rows"] == 6
    assert found["key"] == "participant"
    assert "participants without any are not here" in found["description"]
    assert "### `score_counts`" in (tree.root / "docs" / "tables.md").read_text()


def test_a_relation_with_a_place_in_the_export_is_exported(
    tree: SourceTree, built: WarehousePaths, tmp_path: Path
) -> None:
    tree.lakehouse("--warehouse", built.root, "export", "--out", tmp_path / "out")

    assert (tmp_path / "out" / "score_counts.csv").read_text().startswith("participant,answered\n")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    names = [resource["name"] for resource in package["resources"]]
    assert names.index("instruments") < names.index("score-counts") < names.index("scores")
    assert "score-ranks" not in names


def test_a_setting_is_shown_by_init(tree: SourceTree, touched: dict[str, set[str]]) -> None:
    shown = tree.lakehouse("init", "--show")

    assert touched["add_a_setting"]
    assert 'or "any".\nmax_roll = "any"\n' in shown


def test_a_wrong_setting_is_refused_with_its_line(tree: SourceTree, built: WarehousePaths) -> None:
    built.settings.write_text(SETTINGS.format('"a little"'))
    try:
        printed = tree.lakehouse("--warehouse", built.root, "build", fails=True)
    finally:
        built.settings.write_text(SETTINGS.format(20))

    assert 'lakehouse.toml, line 5: quality.max_roll = "a little" is wrong' in printed


def test_a_setting_is_honoured_and_stands_among_the_settings(built: WarehousePaths) -> None:
    assert rows(built, "select max_roll from settings") == [(20.0,)]
    assert rows(built, "select participant, detail from exclusions where reason = 'tilted'") == [
        ("001", "05-00 2")
    ]
    assert rows(built, "select comment from duckdb_columns() where column_name = 'max_roll'") == [
        (
            "largest tilt of the head to either side, in degrees, with which a photograph is "
            'used; null for "any" (setting quality.max_roll) [deg]',
        )
    ]


def test_a_step_makes_its_relation(built: WarehousePaths) -> None:
    [(instruments, least, most)] = rows(
        built, "select count(distinct instrument), min(place), max(place) from score_ranks"
    )

    assert (instruments, least, most) == (2, 1, 6)


def test_added_checks_are_kept_by_the_warehouse_and_fail_on_a_broken_row(
    tree: SourceTree, built: WarehousePaths, tmp_path: Path
) -> None:
    broken = WarehousePaths(tmp_path)
    broken.database.write_bytes(built.database.read_bytes())
    with duckdb.connect(broken.database) as connection:
        connection.execute("update score_counts set answered = 0 where participant = '001'")
        connection.execute("update scores set score = score + 0.5 where participant = '002'")

    kept = tree.lakehouse("--warehouse", built.root, "check", "--json")
    failed = tree.lakehouse("--warehouse", broken.root, "check", fails=True)

    assert {"score_counts_positive", "scores_are_whole", "key_of_score_counts"} <= {
        check["check"] for check in json.loads(kept) if not check["broken_by"]
    }
    assert "score_counts_positive: broken by 1 rows" in failed
    assert "scores_are_whole: broken by 2 rows. Rule: scores are whole numbers" in failed
