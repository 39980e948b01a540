import hashlib
import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import lakehouse
from lakehouse.errors import BuildError, LakeError
from lakehouse.files.lock import exclusive_lock
from lakehouse.lake.inspection import inspect
from lakehouse.paths import WarehousePaths
from lakehouse.steps.registry import Step, load_steps
from lakehouse.warehouse.build import BuiltModel, build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra, Model, ModelHeader, load_models
from lakehouse.warehouse.query import fetch
from tests.guards import without_guards
from tests.lean import LEAN, lean
from tests.sql.support import INCLUDED, write_lake, write_scores

VIEWS = [
    model.relation
    for model in load_models()
    # Of a study without videos these have no rows.
    if model.header.materialized == "view" and model.folder != "dynamics"
]


def files_of(warehouse: WarehousePaths) -> set[str]:
    names = {path.name for path in without_guards(warehouse.root)}
    # A lock has a guard file where the kernel cannot hold the file itself.
    return names - {f"{warehouse.build_lock.name}.held"}


def digest(warehouse: WarehousePaths) -> str:
    return hashlib.sha256(warehouse.database.read_bytes()).hexdigest()


def model(name: str, query: str) -> Model:
    header = ModelHeader(row="a row", key=["a"], materialized="table", columns={"a": ("1", "one")})
    return Model(name=name, folder="features", header=header, query=query)


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> Callable[[Model], None]:
    """Add a model to those of the study, made last."""

    def add(last: Model) -> None:
        models = (*load_models(), last)
        monkeypatch.setattr("lakehouse.warehouse.build.load_models", lambda: models)

    return add


# What a build makes


@pytest.mark.slow
def test_every_model_is_made_and_reported_in_order(tmp_path: Path) -> None:
    paths, seen = WarehousePaths(tmp_path), list[BuiltModel]()
    write_lake(paths)

    result = build(paths, LEAN, extras=list(Extra), on_model=seen.append)

    assert result.models == tuple(seen)
    assert [made.name for made in seen] == [model.relation for model in load_models()]
    made = {made.name: made for made in seen}
    assert (made["photos"].rows, made["photos"].kind) == (61, "table")
    assert (made["masks"].rows, made["masks"].kind) == (None, "view")
    assert made["internal.cell_points"].rows == 4 * 4 * 478
    assert made["internal.analysed_distances"].rows == 4 * 3 * 468
    assert (result.up_to_date, result.notes) == (False, ())
    assert 0 < sum(made.seconds for made in seen) <= result.seconds


def test_photos_are_conserved_and_only_included_participants_have_results(
    small_warehouse: WarehousePaths,
) -> None:
    included = fetch(
        small_warehouse, "select participant from participants where included order by all"
    )
    masked = fetch(
        small_warehouse,
        "select participant, sum(photos) as photos "
        "from masks where point = 0 group by all order by all",
    )

    assert included["participant"].to_list() == list(INCLUDED)
    assert masked.rows() == [(participant, 12) for participant in INCLUDED]


@pytest.mark.slow
def test_relaxed_settings_include_more(warehouse: WarehousePaths) -> None:
    relaxed = lean(quality={"photos_per_mask": "any", "masks": "neutral"})

    build(warehouse, relaxed)

    [(photos, included)] = fetch(
        warehouse,
        "select masks.photos, participants.included from masks "
        "inner join participants on masks.participant = participants.participant "
        "where masks.participant = '005' and masks.mask = '05-00' and masks.point = 0",
    ).rows()
    assert (photos, included) == (2, True)


def test_every_relation_and_column_has_its_comment(small_warehouse: WarehousePaths) -> None:
    relations = fetch(
        small_warehouse,
        "select table_name, comment from duckdb_tables() "
        "union all select view_name, comment from duckdb_views() where not internal",
    )
    columns = fetch(
        small_warehouse,
        "select table_name, column_name, comment from duckdb_columns() where not internal",
    )

    models = {model.name: model for model in load_models()}
    assert dict(relations.rows()) == {name: model.comment for name, model in models.items()}
    labels = {
        name: f"{label} [{unit}]"
        for query, unit in (
            ("select feature, label_en from feature_list", "aligned px"),
            ("select instrument, name from instruments", "score points"),
        )
        for name, label in fetch(small_warehouse, query).rows()
    }
    for name, column, comment in columns.rows():
        if models[name].header.pivot and column not in models[name].header.columns:
            assert comment == labels[column]
        else:
            assert comment == models[name].column_comment(column)


def test_build_info_says_what_the_database_was_built_from(
    small_warehouse: WarehousePaths,
) -> None:
    [row] = fetch(small_warehouse, "from build_info").to_dicts()

    assert row["lakehouse_version"] == lakehouse.__version__
    assert row["duckdb_version"] == duckdb.__version__
    assert sys.version.startswith(row["python_version"])
    assert row["git_commit"] is None or len(row["git_commit"]) == 40
    assert json.loads(row["settings"]) == LEAN.model_dump()
    assert row["lake_digest"] == inspect(small_warehouse).digest
    assert len(row["sql_digest"]) == 64
    age = datetime.now(UTC) - datetime.fromisoformat(row["started"])
    assert 0 <= age.total_seconds() < 3600
    assert 0 < row["seconds"] <= age.total_seconds() + 1


@pytest.mark.slow
def test_the_database_is_for_its_owner_only(warehouse: WarehousePaths) -> None:
    warehouse.database.chmod(0o644)

    build(warehouse, LEAN, force=True)

    assert stat.S_IMODE(warehouse.database.stat().st_mode) == 0o600


@pytest.mark.slow
@pytest.mark.portable
def test_nobody_else_reads_what_is_being_built(
    tmp_path: Path, with_model: Callable[[Model], None]
) -> None:
    tmp_path.chmod(0o755)
    with_model(model("first", "select 1 as a"))
    readable = []

    def on_model(made: BuiltModel) -> None:
        found = [path for path in tmp_path.rglob("*") if path.name.startswith("lakehouse.duckdb")]
        assert found
        readable.extend(path for path in found if path.parent.stat().st_mode & 0o077)

    build(WarehousePaths(tmp_path), LEAN, on_model=on_model)

    assert readable == []


def test_the_storage_is_that_of_the_oldest_client(small_warehouse: WarehousePaths) -> None:
    [(version,)] = fetch(
        small_warehouse,
        "select tags['storage_version'] from duckdb_databases() where not internal",
    ).rows()

    assert version.startswith("v1.2.0")


# Where it can be opened


@pytest.mark.slow
@pytest.mark.parametrize("name", ["lakehouse.duckdb", "another name.db"])
def test_views_work_after_a_move_without_the_lake_from_elsewhere(
    warehouse: WarehousePaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    expected = {view: fetch(warehouse, f"select count(*) from {view}").item() for view in VIEWS}
    moved = tmp_path / "else where" / "it's here"
    moved.mkdir(parents=True)
    shutil.move(warehouse.database, moved / name)
    shutil.rmtree(warehouse.root)
    monkeypatch.chdir(moved.parent)

    with duckdb.connect(f"{moved.name}/{name}", read_only=True) as connection:
        counts = {
            view: connection.execute(f"select count(*) from {view}").fetchall()[0][0]
            for view in VIEWS
        }

    assert counts == expected
    assert min(counts.values()) > 0


# The swap

READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
def show():
    print(connection.execute(
        "select max(score), (select count(*) from masks) from scores"
    ).fetchall(), flush=True)
show()
sys.stdin.readline()
show()
"""


@pytest.mark.slow
@pytest.mark.portable
def test_an_open_reader_keeps_the_old_rows_while_a_new_one_sees_the_new(
    warehouse: WarehousePaths,
) -> None:
    old = str(
        fetch(warehouse, "select max(score), (select count(*) from masks) from scores").rows()
    )
    with subprocess.Popen(
        [sys.executable, "-c", READER, warehouse.database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        before = reader.stdout.readline().strip()
        write_scores(warehouse, [[7.0, 7.0]] * 6)

        result = build(warehouse, LEAN)

        after, _ = reader.communicate("go on\n", timeout=60)

    assert reader.returncode == 0
    assert before == after.strip() == old
    assert not result.up_to_date
    assert fetch(warehouse, "select max(score) from scores").item() == 7.0


@pytest.mark.slow
@pytest.mark.portable
def test_a_failing_model_leaves_the_old_database_and_nothing_else(
    warehouse: WarehousePaths, with_model: Callable[[Model], None]
) -> None:
    before = digest(warehouse), files_of(warehouse)
    with_model(model("broken", "select cast('x' as integer) as a\nfrom photos"))

    with pytest.raises(BuildError) as raised:
        build(warehouse, LEAN, force=True)

    assert raised.value.where == "features/broken.sql"
    assert "'x'" in raised.value.what
    assert "\n" not in str(raised.value)
    assert (digest(warehouse), files_of(warehouse)) == before


@pytest.mark.slow
@pytest.mark.portable
def test_a_failing_first_build_leaves_no_database(
    tmp_path: Path, with_model: Callable[[Model], None]
) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    with_model(model("broken", "select a from nowhere"))

    with pytest.raises(BuildError):
        build(paths, LEAN)

    assert files_of(paths) <= {paths.build_lock.name}


@pytest.mark.slow
def test_an_undocumented_column_fails_the_build(
    tmp_path: Path, with_model: Callable[[Model], None]
) -> None:
    with_model(model("wider", "select 1 as a, 2 as b"))

    with pytest.raises(BuildError, match=r"wider\.sql: column b is not described"):
        build(WarehousePaths(tmp_path), LEAN)


@pytest.mark.slow
def test_a_failing_step_is_named_and_leaves_the_old_database(
    warehouse: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(points: pl.DataFrame) -> pl.DataFrame:
        raise ValueError("no such luck")

    before = digest(warehouse), files_of(warehouse)
    steps = {**load_steps(), ("clusters", "cluster_points"): Step(failing, {}, batched=False)}
    monkeypatch.setitem(build.__globals__, "load_step", lambda *which: steps[which])

    try:
        with pytest.raises(BuildError, match="no such luck") as raised:
            build(warehouse, LEAN, force=True)
    finally:
        assert (digest(warehouse), files_of(warehouse)) == before

    assert raised.value.where == "clusters/pav_clusters.sql"


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"PAR1 no")])
def test_a_damaged_lake_is_refused_and_leaves_the_old_database(
    warehouse: WarehousePaths, damage: Callable[[Path], object]
) -> None:
    before = digest(warehouse), files_of(warehouse)
    damage(warehouse.landmarks / "part-000001.parquet")

    with pytest.raises((BuildError, LakeError), match=r"part-000001\.parquet") as raised:
        build(warehouse, LEAN)

    assert "\n" not in str(raised.value)
    assert (digest(warehouse), files_of(warehouse)) == before


@pytest.mark.slow
@pytest.mark.portable
def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    (tmp_path / ".lakehouse.duckdb.tmp").write_bytes(b"half a build")
    (tmp_path / ".lakehouse.duckdb.tmp.wal").write_bytes(b"and its log")
    (tmp_path / ".build.tmp").mkdir()
    (tmp_path / ".build.tmp" / "spilt").write_bytes(b"rows")

    build(paths, LEAN)

    assert files_of(paths) == {"lakehouse.duckdb", paths.build_lock.name}


SPILLING = """
select sum(a) as a from (
    select range as b, any_value(hash(range)::varchar) as c, max(range) as a
    from range(2000000) group by b
)
"""


@pytest.mark.slow
@pytest.mark.portable
def test_what_memory_does_not_hold_goes_to_a_folder_that_is_gone_afterwards(
    tmp_path: Path, with_model: Callable[[Model], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, spilt = WarehousePaths(tmp_path), []
    monkeypatch.setitem(build.__globals__, "MEMORY_LIMIT", 64 * 1024**2)
    with_model(model("a_larger_one", SPILLING))

    def on_model(made: BuiltModel) -> None:
        spilt.append(any((tmp_path / ".build.tmp").iterdir()))

    build(paths, LEAN, on_model=on_model)

    assert spilt[-1]
    assert files_of(paths) == {"lakehouse.duckdb", paths.build_lock.name}


@pytest.mark.slow
@pytest.mark.portable
def test_a_build_that_fails_leaves_nothing_that_it_spilt(
    tmp_path: Path, with_model: Callable[[Model], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, spilt = WarehousePaths(tmp_path), []
    monkeypatch.setitem(build.__globals__, "MEMORY_LIMIT", 64 * 1024**2)
    with_model(model("a_larger_one", SPILLING))

    def on_model(made: BuiltModel) -> None:
        if made.name == "a_larger_one":
            spilt.append(any((tmp_path / ".build.tmp").iterdir()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(paths, LEAN, on_model=on_model)

    assert spilt == [True]
    assert files_of(paths) <= {paths.build_lock.name}


@pytest.mark.slow
@pytest.mark.portable
def test_the_engine_keeps_to_a_part_of_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_model: Callable[[Model], None]
) -> None:
    limit = "(select value from duckdb_settings() where name = 'memory_limit')"
    with_model(model("limited", f"select cast({limit} = '300.0 MiB' as integer) as a"))
    monkeypatch.setitem(build.__globals__, "MEMORY_LIMIT", 300 * 1024**2)

    build(WarehousePaths(tmp_path), LEAN)

    assert fetch(WarehousePaths(tmp_path), "select a from limited").item() == 1


def test_the_engine_takes_no_more_than_half_of_a_small_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(build.__globals__, "physical_bytes", lambda: 2**30)

    assert build.__globals__["_memory_limit"]() == 2**29


@pytest.mark.slow
def test_landmarks_can_stay_out_of_the_database(warehouse: WarehousePaths) -> None:
    compared = "select * from {} order by all"
    relations = ("masks", "alignment_comparison", "neutral_distances", "features")
    before = {name: fetch(warehouse, compared.format(name)) for name in relations}

    build(warehouse, lean(database={"landmarks": False}))

    for name in ("landmarks", "aligned_landmarks", "internal.photo_points"):
        assert fetch(warehouse, f"select count(*) from {name}").item() == 0
    for name, rows in before.items():
        assert_frame_equal(fetch(warehouse, compared.format(name)), rows, abs_tol=1e-9)
    assert all(result.kept for result in run_checks(warehouse))


def test_two_builds_at_once_are_refused(warehouse: WarehousePaths) -> None:
    with exclusive_lock(warehouse.build_lock), pytest.raises(LakeError, match="in use"):
        build(warehouse, LEAN, force=True)
