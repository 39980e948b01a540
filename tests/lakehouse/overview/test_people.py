import duckdb
import pytest

from lakehouse.overview.people import Overview, Remark, overview
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from tests.lakehouse.warehouse.test_open_elsewhere import held
from tests.lean import lean


def test_a_folder_without_a_database_says_nothing(tmp_path):
    assert overview(WarehousePaths(tmp_path / "none")) == Overview()


def test_who_is_left_out_and_why(small_warehouse):
    found = overview(small_warehouse)

    assert (found.trouble, found.included, found.known) == (None, 4, 6)
    assert found.left_out == (
        Remark("no_face", "participant", ("005",)),
        Remark("no_photos", "participant", ("006",)),
        Remark("missing_score", "correlations", ("003",)),
        Remark("unlisted_expression", "photo", ("001",)),
    )
    assert found.suspicions == ()


@pytest.mark.slow
def test_with_everybody_excluded_nobody_is_included(warehouse):
    build(warehouse, lean(quality={"photos_per_mask": 7}))

    found = overview(warehouse)

    assert (found.included, found.known) == (0, 6)
    everybody = ("001", "002", "003", "004", "005")
    assert Remark("photo_count", "participant", everybody) in found.left_out


def test_what_is_suspicious(warehouse):
    with duckdb.connect(str(warehouse.database)) as connection:
        connection.execute("insert into suspicions values ('2', 'ids_alike', 'also 02')")
        connection.execute("insert into suspicions values ('02', 'ids_alike', 'also 2')")

    assert overview(warehouse).suspicions == (Remark("ids_alike", "", ("02", "2")),)


def test_who_holds_the_database_open_is_told(warehouse):
    with held(warehouse, "writer") as holder:
        found = overview(warehouse)

    assert found.trouble is not None
    assert found.trouble.startswith(f"held open for writing by process {holder.pid} (")
    assert found.trouble.endswith("; close it there, or open it there read-only")


@pytest.mark.slow
@pytest.mark.portable
def test_a_reader_is_no_trouble(warehouse):
    with held(warehouse, "reader"):
        assert overview(warehouse).known == 6


@pytest.mark.parametrize("content", [b"", b"nonsense" * 1000])
def test_a_file_that_is_no_database_is_told(warehouse, content):
    warehouse.database.write_bytes(content)

    trouble = overview(warehouse).trouble

    assert trouble is not None
    assert "`lakehouse build --force` makes" in trouble


def test_a_database_of_somebody_else_is_told(warehouse):
    warehouse.database.unlink()
    duckdb.connect(str(warehouse.database)).close()

    trouble = overview(warehouse).trouble

    assert trouble is not None
    assert trouble.startswith("not made by `lakehouse build`; ")


def test_a_database_that_an_older_version_made_is_read_as_far_as_it_goes(warehouse):
    with duckdb.connect(str(warehouse.database)) as connection:
        connection.execute("drop table suspicions")

    found = overview(warehouse)

    assert (found.trouble, found.known, found.suspicions) == (None, 6, ())
