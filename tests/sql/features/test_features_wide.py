from pathlib import Path

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.copies import copied
from tests.lean import LEAN
from tests.sql.support import INCLUDED, RunModel, table

VALUES = table(
    "kind name participant value",
    ("feature", "m05_00_2", "a", 1.5),
    ("instrument", "bai", "a", None),
)
PEOPLE = table("participant included", ("a", True), ("b", False))


def test_features_scores_and_covariates_are_listed_with_their_labels(run_model: RunModel) -> None:
    rows = run_model(
        "features_wide",
        analysed_values=VALUES,
        feature_list=table("feature label_en", ("m05_00_2", "happiness without cue, chin")),
        instruments=table("instrument name", ("bai", "Beck Anxiety Inventory")),
        participants=PEOPLE,
        covariates=table(
            "participant covariate value category",
            ("a", "age_at_visit", 30.0, None),
            ("a", "sex", None, "f"),
            ("a", "yaw", -2.0, None),
            ("b", "sex", None, "m"),
        ),
    )

    assert rows == [
        ("a", "age_at_visit", 30.0, None, 3, "age at visit", "as in the file"),
        ("a", "bai", None, None, 2, "Beck Anxiety Inventory", "score points"),
        ("a", "m05_00_2", 1.5, None, 1, "happiness without cue, chin", "aligned px"),
        ("a", "sex", None, "f", 3, "sex", "as in the file"),
        ("a", "yaw", -2.0, None, 3, "yaw of the head, mean over the photographs", "deg"),
    ]


def test_a_covariate_called_as_a_score_or_a_feature_is_gets_another_name(
    run_model: RunModel,
) -> None:
    rows = run_model(
        "features_wide",
        "name, value",
        analysed_values=VALUES,
        participants=PEOPLE,
        covariates=table("participant covariate value", ("a", "bai", 3.0), ("a", "m05_00_2", 4.0)),
    )

    assert rows == [
        ("bai", None),
        ("covariate_bai", 3.0),
        ("covariate_m05_00_2", 4.0),
        ("m05_00_2", 1.5),
    ]


def test_a_built_table_has_a_column_per_feature_and_score(small_warehouse: WarehousePaths) -> None:
    wide = fetch(small_warehouse, "from features_wide order by participant")
    features = fetch(small_warehouse, "select participant, feature, value from features").rows()
    scores = fetch(small_warehouse, "from scores").rows()

    assert wide["participant"].to_list() == list(INCLUDED)
    assert set(wide.columns) == {"participant", *(name for _, name, _ in features + scores)}
    values = {
        (row["participant"], name): value for row in wide.to_dicts() for name, value in row.items()
    }
    for participant, name, value in features + [row for row in scores if row[0] in INCLUDED]:
        assert values[participant, name] == value
    assert values["003", "bai"] is None


@pytest.mark.slow
def test_numbers_stay_numbers_beside_categories_and_columns_have_an_order(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    paths = WarehousePaths(copied(small_warehouse.root, tmp_path / "warehouse"))
    with duckdb.connect() as connection:
        connection.execute(
            "copy (from (values ('001', 'age', 30.5, null), ('001', 'sex', null, 'f'), "
            "('002', 'sex', null, null)) as t (participant, covariate, value, category)) "
            f"to '{paths.covariates}' (format parquet)"
        )
    build(paths, LEAN, force=True)

    wide = fetch(paths, "from features_wide order by participant")

    features = fetch(paths, "select distinct feature from features order by feature")
    assert wide.columns == [
        *("participant", *features["feature"]),
        *("bai", "dbi", "age", "sex"),
    ]
    assert wide["age"].to_list() == [30.5, None, None, None]
    assert wide["sex"].to_list() == ["f", None, None, None]
