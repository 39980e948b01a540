from pathlib import Path

import pyarrow as pa

from lakehouse.files.folders import make_private
from lakehouse.files.parquet import write_parquet
from lakehouse.lake.multiverse import (
    RESULTS,
    has_results,
    multiverse_key,
    results_digest,
    results_file,
    results_folder,
)
from lakehouse.paths import WarehousePaths


def test_results_count_once_the_last_file_is_there(tmp_path: Path) -> None:
    paths, key = WarehousePaths(tmp_path), multiverse_key("{}", "code", "lake")
    assert (has_results(paths, key), results_digest(paths, key)) == (False, None)
    make_private(results_folder(paths, key))
    for name, schema in RESULTS.items():
        assert not has_results(paths, key)
        write_parquet(schema.empty_table(), results_file(paths, key, name))
    assert has_results(paths, key)
    before = results_digest(paths, key)

    row = dict.fromkeys(RESULTS["specifications"].names)
    table = pa.Table.from_pylist([row], schema=RESULTS["specifications"])
    write_parquet(table, results_file(paths, key, "specifications"))
    assert results_digest(paths, key) not in (before, None)


def test_results_are_of_one_lake_one_code_and_one_set_of_settings() -> None:
    keys = {
        multiverse_key(*words)
        for words in (("a", "b", "c"), ("x", "b", "c"), ("a", "x", "c"), ("a", "b", "x"))
    }
    assert len(keys) == 4
