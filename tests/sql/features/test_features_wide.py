from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch
from tests.sql.support import INCLUDED, RunModel, table


def test_values_are_listed_by_name(run_model: RunModel) -> None:
    values = table(
        "kind name participant value",
        ("feature", "05-00_2", "a", 1.5),
        ("instrument", "bai", "a", None),
    )

    rows = run_model("features_wide", analysed_values=values)

    assert rows == [("a", "05-00_2", 1.5), ("a", "bai", None)]


def test_a_built_table_has_a_column_per_feature_and_score(small_warehouse: WarehousePaths) -> None:
    wide = fetch(small_warehouse, "from features_wide order by participant")
    features = fetch(small_warehouse, "from features").rows()
    scores = fetch(small_warehouse, "from scores").rows()

    assert wide["participant"].to_list() == list(INCLUDED)
    assert set(wide.columns) == {"participant", *(name for _, name, _ in features + scores)}
    values = {
        (row["participant"], name): value for row in wide.to_dicts() for name, value in row.items()
    }
    for participant, name, value in features + [row for row in scores if row[0] in INCLUDED]:
        assert values[participant, name] == value
    assert values["003", "bai"] is None
