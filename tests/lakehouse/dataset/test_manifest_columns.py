from pathlib import Path

import pytest

from lakehouse.dataset.manifest_columns import FieldColumns, field_columns
from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.errors import InputError
from lakehouse.inputs.text_tables import read_text_table
from lakehouse.settings.dataset import Dataset


def read(tmp_path: Path, header: str, dataset: Dataset | None = None, **asked: str) -> FieldColumns:
    """Find the columns of a table in which all columns say the same."""
    file = tmp_path / "list.csv"
    rows = [",".join([value] * (header.count(",") + 1)) for value in ("1", "2")]
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    return field_columns(read_text_table(file), ManifestFile(file, asked), dataset or Dataset())


def names(found: FieldColumns) -> dict[str, str]:
    return {field: column.name for field, column in found.columns.items()}


def test_known_names_are_taken(tmp_path: Path) -> None:
    found = read(tmp_path, "Emotion,user.id,Image,notes")

    assert names(found) == {"path": "Image", "participant": "user.id", "expression": "Emotion"}
    assert (found.not_read, found.told) == (("notes",), ())


def test_the_option_goes_before_the_settings_and_these_before_known_names(tmp_path: Path) -> None:
    dataset = Dataset(columns={"path": "where", "expression": "felt"})

    found = read(tmp_path, "path,where,who,felt,emotion", dataset, path="path", participant="WHO")

    assert names(found) == {"path": "path", "participant": "who", "expression": "felt"}
    assert found.told == (
        "path is read from path, as --map says, and not from where, as dataset.columns says",
    )


def test_an_option_that_says_what_the_settings_say_is_not_told(tmp_path: Path) -> None:
    dataset = Dataset(columns={"path": "where"})
    assert read(tmp_path, "where,id,label", dataset, path="where").told == ()


def test_a_field_that_is_not_needed_may_be_left_unread(tmp_path: Path) -> None:
    assert "photo" in read(tmp_path, "path,id,label,photo,cue").columns
    found = read(tmp_path, "path,id,label,photo,cue", photo="", supervised="")

    assert [*found.columns] == ["path", "participant", "expression"]
    assert found.not_read == ("photo", "cue")


def test_without_identity_no_participant_is_read(tmp_path: Path) -> None:
    alone = Dataset(identity="photo")

    assert [*read(tmp_path, "image,emotion", alone).columns] == ["path", "expression"]
    assert read(tmp_path, "image,emotion,id", alone).not_read == ("id",)
    found = read(tmp_path, "image,emotion,id", alone, participant="id")
    assert [*found.columns] == ["path", "expression"]
    assert found.told == (
        'participant is not read from id: with dataset.identity = "photo", each photograph is one',
    )


@pytest.mark.parametrize(
    ("header", "asked", "message"),
    [
        (
            "a,b",
            {},
            "to be the path or the participant or the expression; name it with --map path=",
        ),
        ("path,id,feeling", {}, "be the expression; name it with --map expression=COLUMN; its col"),
        (
            "path,id,label",
            {"path": "pat"},
            "no column pat, which --map names for path; is it path?",
        ),
        (
            "path,id,label",
            {"photo": "zz"},
            "no column zz, which --map names for photo; its columns",
        ),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    tmp_path: Path, header: str, asked: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, header, **asked)
    assert message in str(refused.value)


def test_a_setting_that_names_no_column_of_the_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no column image, which dataset.columns names for path"):
        read(tmp_path, "path,id,label", Dataset(columns={"path": "image"}))


def test_two_columns_that_differ_are_refused_with_the_option(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("image,file,id,label\na,b,1,happy\n")
    table = read_text_table(file)

    with pytest.raises(InputError) as refused:
        field_columns(table, ManifestFile(file), Dataset())
    assert str(refused.value) == (
        "list.csv: has two columns that may be the path, file (B) and image (A); say which with "
        "--map path=COLUMN"
    )
    found = field_columns(table, ManifestFile(file, {"path": "image"}), Dataset())
    assert found.not_read == ("file",)
