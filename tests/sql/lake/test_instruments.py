from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.instrument_names import instrument_of
from lakehouse.warehouse.query import fetch
from tests.sql.support import RunModel, table


def test_instruments_come_from_the_settings_and_from_the_scores(run_model: RunModel) -> None:
    configured = table(
        "instrument name aliases min_score max_score reliability is_primary",
        ("dbi", "Beck Depression Inventory", "bdi beck", 0, 63, 0.85, True),
        ("bai", "Our own name", None, 0, 63, None, False),
    )
    scores = table(
        "participant instrument score", ("1", "dbi", 3), ("1", "phq", 4), ("2", "phq", None)
    )

    rows = run_model("instruments", source_instruments=configured, source_scores=scores)

    portuguese = "Inventário de Depressão de Beck"
    assert rows == [
        ("bai", "Our own name", None, None, 0.0, 63.0, None, False),
        ("dbi", "Beck Depression Inventory", portuguese, "bdi beck", 0.0, 63.0, 0.85, True),
        ("phq", "phq", None, None, None, None, None, False),
    ]


def test_an_instrument_without_settings_is_primary_where_none_is_listed(
    run_model: RunModel,
) -> None:
    rows = run_model(
        "instruments",
        "instrument, is_primary",
        source_instruments=table("instrument is_primary", ("dbi", True), ("bai", True)),
        source_scores=table("participant instrument score", ("1", "phq", 4)),
    )

    assert rows == [("bai", True), ("dbi", True), ("phq", True)]


def test_every_questionnaire_of_the_study_has_a_name_in_both_languages(
    empty_warehouse: WarehousePaths,
) -> None:
    rows = fetch(empty_warehouse, "from instruments").to_dicts()

    assert {row["instrument"] for row in rows} == Settings().instruments.keys()
    for row in rows:
        assert row["name"] == Settings().instruments[row["instrument"]].name
        assert row["name_pt"] not in (None, row["name"])


def test_an_alias_names_its_instrument(empty_warehouse: WarehousePaths) -> None:
    known = Settings().instruments
    for row in fetch(empty_warehouse, "from instruments").to_dicts():
        assert row["aliases"]
        for alias in row["aliases"].split():
            assert instrument_of(alias, known) == row["instrument"]
            assert instrument_of(f"{alias}_score", known) == row["instrument"]
