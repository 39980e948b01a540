"""Landmarks as columns beside the action units of a photograph."""

import duckdb
import polars as pl
import pytest

from lakehouse.errors import UsageError
from lakehouse.exporting import wide_landmarks
from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.export import ExportRequest, NamedQuery, Pseudonymization, export
from lakehouse.warehouse.query import fetch

TABLES = ("photo_action_units",)
KEY = ["participant", "expression", "supervised", "photo"]
COLUMNS = [f"{axis}_{point}" for point in range(478) for axis in "xyz"]
ASKED = ExportRequest(TABLES, file_format=ExportFormat.PARQUET, landmarks=True)


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [512, 7])
def test_every_landmark_stands_in_its_column(small_warehouse, tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(wide_landmarks, "_AT_ONCE", at_once)

    export(small_warehouse, tmp_path / "out", ASKED)

    found = pl.read_parquet(tmp_path / "out" / "photo_action_units.parquet")
    narrow = fetch(small_warehouse, f"from photo_action_units order by {', '.join(KEY)}")
    assert found.columns == [*narrow.columns, *COLUMNS]
    assert found.select(narrow.columns).equals(narrow)
    expected = fetch(small_warehouse, "from landmarks").sort(*KEY, "point")
    for axis in "xyz":
        wide = found.select(f"{axis}_{point}" for point in range(478))
        assert wide.to_numpy().ravel().tolist() == expected[axis].to_list()


@pytest.mark.slow
def test_a_csv_and_its_codebook_have_the_same_columns(small_warehouse, tmp_path):
    export(small_warehouse, tmp_path / "out", ExportRequest(TABLES, landmarks=True))

    table = pl.read_csv(tmp_path / "out" / "photo_action_units.csv")
    book = pl.read_csv(tmp_path / "out" / "codebook.csv")
    assert book["variable"].to_list() == table.columns
    [last] = book.filter(variable="z_477").to_dicts()
    assert (last["label"], last["unit"]) == ("point 477, depth, smaller is nearer", "px")
    [unit] = book.filter(variable="AU12").to_dicts()
    assert (unit["label"], unit["unit"]) == ("lip corner puller", "0-1")


@pytest.mark.slow
def test_pseudonyms_stand_beside_the_landmarks_in_an_order_of_their_own(small_warehouse, tmp_path):
    asked = ExportRequest(
        TABLES,
        file_format=ExportFormat.PARQUET,
        pseudonyms=Pseudonymization(b"0123456789abcdef"),
        landmarks=True,
    )

    export(small_warehouse, tmp_path / "out", asked)

    found = pl.read_parquet(tmp_path / "out" / "photo_action_units.parquet")
    people = fetch(small_warehouse, "select participant from participants")["participant"]
    assert not set(found["participant"]) & set(people)
    assert found["participant"].is_sorted()
    places = fetch(small_warehouse, "select x from landmarks where point = 3")["x"]
    assert found["x_3"].sort().to_list() == places.sort().to_list()


@pytest.mark.slow
def test_landmarks_without_a_point_or_depth_leave_cells_empty(warehouse, tmp_path):
    with duckdb.connect(warehouse.database) as connection:
        connection.execute("delete from internal.photo_points where point in (5, 477)")
        connection.execute("update internal.photo_points set z = null")

    export(warehouse, tmp_path / "out", ASKED)

    found = pl.read_parquet(tmp_path / "out" / "photo_action_units.parquet")
    empty = {name for name in COLUMNS if found[name].is_null().all()}
    assert empty == {*(f"z_{point}" for point in range(478)), "x_5", "y_5", "x_477", "y_477"}


def test_a_database_without_landmarks_says_so(warehouse, tmp_path):
    with duckdb.connect(warehouse.database) as connection:
        connection.execute("delete from internal.photo_points")

    with pytest.raises(UsageError, match="holds no landmarks"):
        export(warehouse, tmp_path / "out", ASKED)


@pytest.mark.parametrize(
    "asked",
    [
        ExportRequest(("scores",), landmarks=True),
        ExportRequest(query=NamedQuery("select 1 as a"), landmarks=True),
    ],
)
def test_columns_of_a_table_that_is_not_exported_are_refused(small_warehouse, tmp_path, asked):
    with pytest.raises(UsageError, match="not among the tables"):
        export(small_warehouse, tmp_path / "out", asked)
