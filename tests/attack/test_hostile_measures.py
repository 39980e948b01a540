"""Measures of one's own that are allowed and awkward, from settings to exports, typed."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch
from tests.attack.command_line import CommandLine
from tests.lean import TOML
from tests.sql.support import write_lake

AWKWARD = f"""
[measures.select]
distance = [13, 14]
label_en = "selected; drop table photos --"
label_pt = "seleção 'e' \\"aspas\\""

[measures.group]
movement = [0]

[measures.m05_00_5]
angle = [61, 0, 291]

[measures.photos]
movement = {[*range(468)]}

[measures.by_nothing]
ratio = [[13, 14]]
over = [[61, 291], [61, 291]]

[measures.lopsided]
side_difference = [61, 291]
"""


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    paths = WarehousePaths(tmp_path / "study")
    write_lake(paths)
    return paths


@pytest.fixture
def type_in(paths: WarehousePaths, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(paths.root, capsys)


@pytest.mark.slow
def test_awkward_measures_are_built_asked_and_exported(
    type_in: CommandLine, paths: WarehousePaths, tmp_path: Path
) -> None:
    paths.settings.write_text(TOML + AWKWARD, encoding="utf-8")

    assert type_in("build", "--statistics")[0] == 0
    assert fetch(paths, "select count(*) from measure_definitions").item() == 6
    assert fetch(paths, "select count(*) from features where feature = 'm05_00_select'").item() > 0
    assert fetch(paths, "select count(*) from measures where isinf(value)").item() == 0
    said = fetch(paths, "select label_pt from measure_definitions where measure = 'select'").item()
    assert said == "seleção 'e' \"aspas\""
    for ending in ("csv", "parquet", "rds", "sav", "dta"):
        out = tmp_path / ending
        words = ("export", "features_wide", "measures", "--format", ending, "--out", str(out))
        assert type_in(*words)[0] == 0
        assert (out / f"features_wide.{ending}").is_file()
    names = pq.read_schema(tmp_path / "parquet" / "features_wide.parquet").names
    assert {"m05_00_select", "m05_00_group", "m05_00_m05_00_5", "m05_00_5"} <= {*names}


@pytest.mark.slow
def test_two_points_in_one_place_divide_by_nothing(
    type_in: CommandLine, paths: WarehousePaths
) -> None:
    for part in paths.landmarks.glob("*.parquet"):
        table = pq.ParquetFile(part).read().replace_schema_metadata().to_pandas()
        corners = table["point"].isin([61, 291])
        table.loc[corners, ["x", "y", "z"]] = [400.0, 500.0, 0.0]
        schema = pq.read_schema(part).remove_metadata()
        pq.write_table(pa.Table.from_pandas(table, schema, preserve_index=False), part)
    text = "[measures.flat]\nratio = [[13, 14]]\nover = [[61, 291]]\n"
    paths.settings.write_text(TOML + text, encoding="utf-8")

    assert type_in("build", "--statistics")[0] == 0
    values = fetch(paths, "select count(*) as rows, count(value) as known from measures").row(0)
    assert values[0] > 0
    assert values[1] == 0
    assert fetch(paths, "select count(reason) from reliability where grouping = 'measures'").item()
