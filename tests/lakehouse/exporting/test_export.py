import hashlib
import json

import pytest

from lakehouse.errors import InputError, QueryError, UsageError
from lakehouse.exporting.choices import DecimalMark, ExportFormat
from lakehouse.exporting.export import ExportRequest, NamedQuery, Pseudonymization, export
from lakehouse.exporting.pseudonyms import IDENTIFYING
from lakehouse.warehouse.models import load_models
from lakehouse.warehouse.query import fetch
from tests.sql.support import INCLUDED

KEY = b"a key of thirty-two bytes, secret"


@pytest.mark.slow
def test_the_tidy_set_comes_with_all_that_explains_it(small_warehouse, tmp_path):
    summary = export(small_warehouse, tmp_path / "out", ExportRequest())

    assert {"participants.csv", "features.csv", "features_wide.csv", "scores.csv"} <= set(
        summary.files
    )
    assert {"pav_mask_means.csv", "group_distances.csv", "correlations.csv"} <= set(summary.files)
    there = {file.name for file in (tmp_path / "out").iterdir()}
    assert there == {*summary.files, "codebook.csv", "codebook.md", "datapackage.json", "load.R"}
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "out").iterdir()} == {0o600}
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_what_is_exported_by_default_follows_the_headers(small_warehouse, tmp_path):
    placed = {
        model.name: model.header.export
        for model in load_models()
        if model.header.export is not None
    }

    summary = export(small_warehouse, tmp_path / "out", ExportRequest())

    names = [file.removesuffix(".csv") for file in summary.files if file != "load.R"]
    assert names == sorted(placed, key=placed.__getitem__)
    assert names[:3] == ["participants", "exclusions", "exclusion_balance"]


def test_the_data_package_vouches_for_the_files(small_warehouse, tmp_path):
    export(small_warehouse, tmp_path, ExportRequest(tables=("scores", "masks")))

    package = json.loads((tmp_path / "datapackage.json").read_text())
    scores, masks = package["resources"]
    content = (tmp_path / scores["path"]).read_bytes()
    assert scores["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    assert scores["bytes"] == len(content)
    assert scores["rows"] == content.count(b"\n") - 1
    assert scores["schema"]["primaryKey"] == ["participant", "instrument"]
    assert [field["type"] for field in scores["schema"]["fields"]] == ["string", "string", "number"]
    expression = next(field for field in masks["schema"]["fields"] if field["name"] == "expression")
    assert expression["constraints"]["enum"][0] == "neutral"


def test_every_variable_is_in_the_codebook_with_its_unit(small_warehouse, tmp_path):
    export(small_warehouse, tmp_path, ExportRequest(tables=("neutral_distances",)))

    lines = (tmp_path / "codebook.csv").read_text().splitlines()
    assert lines[0] == "table,variable,column,label,type,unit,values,source"
    distance = next(line for line in lines if ",distance," in line)
    assert "aligned px" in distance
    assert (tmp_path / "codebook.md").read_text().startswith("# Codebook\n\n## neutral_distances")


def test_rows_are_sorted_by_their_key(small_warehouse, tmp_path):
    export(small_warehouse, tmp_path, ExportRequest(tables=("scores",)))

    rows = (tmp_path / "scores.csv").read_text().splitlines()[1:]
    assert rows == sorted(rows)


def test_an_unknown_table_is_answered_with_the_nearest(small_warehouse, tmp_path):
    with pytest.raises(QueryError, match="did you mean"):
        export(small_warehouse, tmp_path / "out", ExportRequest(tables=("score",)))

    assert list((tmp_path / "out").iterdir()) == []


def test_a_second_export_replaces_the_first_but_nothing_else(small_warehouse, tmp_path):
    export(small_warehouse, tmp_path, ExportRequest(tables=("scores",)))
    export(small_warehouse, tmp_path, ExportRequest(tables=("scores",)))

    (tmp_path / "datapackage.json").write_text('{"contributors": [{"title": "somebody"}]}')
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(UsageError, match="which no export wrote"):
        export(small_warehouse, tmp_path, ExportRequest(tables=("scores",)))
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_refused_export_tells_nobody_who_is_who(small_warehouse, tmp_path):
    (tmp_path / "scores.csv").write_text("somebody's")

    with pytest.raises(UsageError, match="which no export wrote"):
        export(
            small_warehouse,
            tmp_path,
            ExportRequest(
                tables=("scores",), pseudonyms=Pseudonymization(KEY, tmp_path / "who.csv")
            ),
        )

    assert [file.name for file in tmp_path.iterdir()] == ["scores.csv"]


def test_a_mapping_that_is_there_is_kept(small_warehouse, tmp_path):
    (tmp_path / "who.csv").write_text("an earlier one")

    with pytest.raises(InputError, match=r"who\.csv: cannot be written \(File exists\)"):
        export(
            small_warehouse,
            tmp_path / "out",
            ExportRequest(
                tables=("scores",), pseudonyms=Pseudonymization(KEY, tmp_path / "who.csv")
            ),
        )

    assert (tmp_path / "who.csv").read_text() == "an earlier one"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(small_warehouse, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InputError, match="cannot be written"):
        export(small_warehouse, tmp_path / "file" / "out", ExportRequest())


def test_the_decimal_comma_is_for_csv(small_warehouse, tmp_path):
    request = ExportRequest(file_format=ExportFormat.PARQUET, decimal=DecimalMark.COMMA)
    with pytest.raises(UsageError, match="is for CSV"):
        export(small_warehouse, tmp_path, request)


@pytest.mark.slow
def test_pseudonyms_replace_ids_everywhere(small_warehouse, tmp_path):
    tables = ("photos", "scores", "participants", "masks", "build_info")
    pseudonyms = Pseudonymization(KEY, tmp_path / "who.csv")
    summary = export(
        small_warehouse, tmp_path / "out", ExportRequest(tables=tables, pseudonyms=pseudonyms)
    )

    ids = fetch(small_warehouse, "select participant from participants")["participant"].to_list()
    listed = dict(line.split(",") for line in (tmp_path / "who.csv").read_text().splitlines()[1:])
    assert set(listed) == set(ids)
    assert (tmp_path / "who.csv").stat().st_mode & 0o777 == 0o600
    cells = {
        cell
        for file in summary.files
        for line in (tmp_path / "out" / file).read_text().splitlines()
        for cell in line.split(",")
    }
    assert not cells & set(ids)
    assert set(listed.values()) <= cells
    for file in (tmp_path / "out").iterdir():
        assert KEY.decode() not in file.read_text()
    assert "photos.path" in summary.dropped
    assert "photos.extracted_at" in summary.dropped
    header = (tmp_path / "out" / "photos.csv").read_text().splitlines()[0].split(",")
    assert not set(header) & IDENTIFYING
    assert json.loads((tmp_path / "out" / "datapackage.json").read_text())["pseudonymized"]


def test_pseudonyms_are_the_same_with_the_same_key_alone(small_warehouse, tmp_path):
    def participants(folder, key):
        request = ExportRequest(tables=("participants",), pseudonyms=Pseudonymization(key))
        export(small_warehouse, tmp_path / folder, request)
        return (tmp_path / folder / "participants.csv").read_text()

    first = participants("a", KEY)
    assert participants("b", KEY) == first
    assert participants("c", KEY + b"!") != first


def test_the_order_of_rows_does_not_tell_who_is_who(small_warehouse, tmp_path):
    request = ExportRequest(tables=("participants",), pseudonyms=Pseudonymization(KEY))
    export(small_warehouse, tmp_path, request)

    rows = (tmp_path / "participants.csv").read_text().splitlines()[1:]
    assert rows == sorted(rows)


def test_ids_under_another_name_are_noticed(small_warehouse, tmp_path):
    query = NamedQuery("select participant as who from scores")
    request = ExportRequest(query=query, pseudonyms=Pseudonymization(KEY))
    with pytest.raises(UsageError, match="column who of query holds ids of participants"):
        export(small_warehouse, tmp_path / "out", request)

    assert list((tmp_path / "out").iterdir()) == []
    assert INCLUDED[0] in fetch(small_warehouse, "select participant from scores")["participant"]
