from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch
from tests.sql.support import INCLUDED, RunModel, table


def test_features_and_the_scores_of_included_participants_are_listed(run_model: RunModel) -> None:
    features = table("participant feature value", ("a", "05-00_2", 1.5))
    scores = table(
        "participant instrument score", ("a", "dbi", 4.0), ("a", "bai", None), ("b", "dbi", 5.0)
    )
    participants = table("participant included", ("a", True), ("b", False))

    rows = run_model("features_wide", features=features, scores=scores, participants=participants)

    assert rows == [("a", "05-00_2", 1.5), ("a", "bai", None), ("a", "dbi", 4.0)]


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
