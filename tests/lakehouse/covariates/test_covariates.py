from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from lakehouse.covariates import Covariates, read_covariates, store_covariates
from lakehouse.errors import InputError, LakeError
from lakehouse.inputs.participant_files import ParticipantFileOptions
from lakehouse.lake.inspection import inspect
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import commit_part
from lakehouse.lake.schemas import COVARIATES
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.photo_records import photo_record

CSV = (
    "id_user,Age,Gênero,dbi_score,bai,Study year (coded),empty\n"
    "0870,30.5,f,12,3,2,\n0012,,m,3,,1,\n\n"
)


def read(tmp_path: Path, text: str, **options: object) -> Covariates:
    file = tmp_path / "participants.csv"
    file.write_text(text, encoding="utf-8")
    column = options.pop("participant_column", None)
    return read_covariates(file, Settings(), ParticipantFileOptions(column), **options)


def test_numbers_are_values_and_anything_else_is_a_category(tmp_path: Path) -> None:
    found = read(tmp_path, CSV)

    assert found.table.rows() == [
        ("0012", "age", None, None),
        ("0012", "genero", None, "m"),
        ("0012", "study_year_coded", 1.0, None),
        ("0870", "age", 30.5, None),
        ("0870", "genero", None, "f"),
        ("0870", "study_year_coded", 2.0, None),
    ]
    assert found.participants == ("0012", "0870")
    assert found.kinds == {
        "age": "number",
        "genero": "category, f, m",
        "study_year_coded": "number",
    }
    assert found.missing == {"age": 1, "genero": 0, "study_year_coded": 0}
    assert found.ignored_columns == ("dbi_score", "bai", "empty")


@pytest.mark.parametrize("name", ["study_year_coded", "Study year (coded)"])
def test_codes_can_be_categories(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, CSV, categories=[name])

    assert found.kinds["study_year_coded"] == "category, 1, 2"
    assert found.table.filter(covariate="study_year_coded")["category"].to_list() == ["1", "2"]


def test_only_the_columns_asked_for_are_taken(tmp_path: Path) -> None:
    found = read(tmp_path, CSV, only=["AGE", "bai"])

    assert list(found.kinds) == ["age", "bai"]
    assert "Gênero" in found.ignored_columns


def test_many_categories_are_counted_not_listed(tmp_path: Path) -> None:
    rows = "".join(f"{number},n{number}\n" for number in range(9))

    assert read(tmp_path, f"id,name\n{rows}").kinds == {"name": "category, 9 levels"}


def test_covariates_are_read_from_excel(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [("User_ID", "age", "sex"), (870, 30, "f"), ("0870", 31.5, None)]:
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    book.close()

    found = read_covariates(tmp_path / "people.xlsx", Settings())

    assert found.table.rows() == [
        ("0870", "age", 31.5, None),
        ("0870", "sex", None, None),
        ("870", "age", 30.0, None),
        ("870", "sex", None, "f"),
    ]


def test_the_participants_column_may_be_named(tmp_path: Path) -> None:
    found = read(tmp_path, "participant,Code,age\n1,x,3\n", participant_column="code")

    assert found.participants == ("x",)
    assert list(found.kinds) == ["age"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,age\n1,20\n2,young\n", r"row 3: age is 'young', not a number \(if it is a cat"),
        ("id,age\n1,20\n2,unknown\n", r"row 3: age is 'unknown', not a number"),
        ("id,age\n1,'20\n1,20\n", "row 3: its participant is also in row 2"),
        ('id,age\n1,"20,5"\n', "row 2: age is '20,5', not a number, write a decimal point"),
        ("id;age\n1;20,5\n2;21.5\n", "row 2: age is '20,5', with a comma, where others have a"),
        ("id;age\n1;1,234\n2;21\n", "row 2: age is '1,234', thousands or a decimal comma"),
        ("id,age\n1,1e999\n", "row 2: age is 1e999, too large"),
        ("id,age\n,20\n", "row 2: no participant"),
        ("id,age\n", "has no column of covariates"),
        ("id,dbi_score\n1,2\n", "has no column of covariates; its columns are id, dbi_score"),
        ("who,age\n1,2\n", "--participant-column; its columns are who, age"),
        ("id,yaw\n1,2\n", "column yaw cannot be a covariate"),
        ("id,covariate_dbi\n1,2\n", "column covariate_dbi cannot be a covariate"),
        ("id,2nd visit\n1,2\n", "column 2nd visit cannot be a covariate"),
        ("id,subject\n1,2\n", "has no column of covariates"),
        ("id,Age,age \n1,2,3\n", "two columns for age"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        read(tmp_path, text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("option", ["only", "categories"])
def test_a_column_that_is_not_there_is_named(tmp_path: Path, option: str) -> None:
    with pytest.raises(InputError, match="has no column income to read; its columns are id"):
        read(tmp_path, CSV.replace("id_user", "id"), **{option: ["age", "income"]})


def test_a_category_that_is_not_taken_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no column age to read"):
        read(tmp_path, CSV, only=["genero"], categories=["age"])


def test_covariates_are_stored_and_compared_with_the_photographs(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    summary = store_covariates(read(tmp_path, CSV), paths)
    assert summary.without_photos == ("0012", "0870")
    assert summary.dropped == 0
    before = inspect(paths).digest
    commit_part(paths, "part-000001.parquet", [photo_record("a")])

    summary = store_covariates(read(tmp_path, "id,age\n0870,40\n"), paths, replace=True)

    assert (summary.without_photos, summary.without_covariates) == ((), ())
    # Of 0012 two values are gone, whose age was not known, and of 0870 two.
    assert (summary.dropped, summary.changed) == (4, (("0870", "age"),))
    assert (summary.participants, summary.missing) == (1, {"age": 0})
    table = pq.read_table(paths.covariates)
    assert table.schema == COVARIATES
    assert table.to_pylist() == [
        {"participant": "0870", "covariate": "age", "value": 40.0, "category": None}
    ]
    assert inspect(paths).digest != before


def test_a_covariate_is_never_half_number_half_category(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    store_covariates(read(tmp_path, "id,school\n1,2\n2,3\n"), paths)
    some = read(tmp_path, "id,school\n1,4\n", categories=["school"])
    before = paths.covariates.read_bytes()

    with pytest.raises(InputError, match="has school as numbers where the lake has categories"):
        store_covariates(some, paths)

    assert paths.covariates.read_bytes() == before
    store_covariates(read(tmp_path, "id,school\n1,4\n2,5\n", categories=["school"]), paths)
    assert pq.read_table(paths.covariates)["category"].to_pylist() == ["4", "5"]
    store_covariates(read(tmp_path, "id,school\n1,2\n"), paths, replace=True)
    assert pq.read_table(paths.covariates)["value"].to_pylist() == [2.0]


def test_covariates_wait_for_the_lake(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    with lake_lock(paths), pytest.raises(LakeError, match="in use"):
        store_covariates(read(tmp_path, CSV), paths)
    assert not paths.covariates.exists()


def test_columns_of_ids_are_no_covariates(tmp_path: Path) -> None:
    found = read(tmp_path, "participant,face_id,Código,age\n1,a,x,20\n2,b,y,30\n")

    assert found.participants == ("1", "2")
    assert list(found.kinds) == ["age"]
    assert found.ignored_columns == ("face_id", "Código")


def test_wrong_rows_are_named_by_row_and_line(tmp_path: Path) -> None:
    text = 'id,note,age\n1,"two\nlines",20\n2,x,old\n3,x,30\n'
    with pytest.raises(InputError, match=r"refused, row 3 \(line 4\): age is 'old', not a number"):
        read(tmp_path, text)
