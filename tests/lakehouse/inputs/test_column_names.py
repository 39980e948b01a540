from pathlib import Path

import pytest

from lakehouse.errors import InputError
from lakehouse.ids import folded
from lakehouse.inputs.column_names import (
    COLUMN_NAMES,
    SIZE_NAMES,
    fields_well_known_as,
    is_name_of,
    named,
    recognised,
    size_names,
)
from lakehouse.inputs.text_tables import TextTable, read_text_table


def table(tmp_path: Path, text: str) -> TextTable:
    file = tmp_path / "t.csv"
    file.write_text(text, encoding="utf-8")
    return read_text_table(file)


def found(table: TextTable, field: str) -> str | None:
    choice = recognised(table, field, "--map")
    return choice.column.name if choice else None


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *[(name, "path") for name in ("path", "FILE", "Filename", "image_path", "Img", "foto")],
        *[(name, "path") for name in ("arquivo", "Imagem", "Datei", "fichier", "archivo")],
        *[(name, "participant") for name in ("face_id", "participante", "Teilnehmer", "id")],
        *[(name, "participant") for name in ("Versuchsperson", "VP", "sujet", "sujeto", "code")],
        *[(name, "participant") for name in ("soggetto", "user.id", "Subject ID", "ppt", "PID")],
        *[(name, "participant") for name in ("CÓDIGO", "co\u0301digo", "VP-Nr.", "userId")],
        *[(name, "expression") for name in ("emotion", "Emotion Label", "expressão", "EMOCAO")],
        *[(name, "expression") for name in ("expresión", "Ausdruck", "émotion", "label")],
        *[(name, "supervised") for name in ("Supervised", "with_cue", "supervisé")],
        *[(name, "photo") for name in ("photo", "Photo-ID")],
    ],
)
def test_a_column_is_known_by_its_name(tmp_path: Path, name: str, field: str) -> None:
    assert is_name_of(field, name)
    assert found(table(tmp_path, f"other,{name}\n1,2\n"), field) == name.replace("o\u0301", "ó")


@pytest.mark.parametrize("name", ["participation", "ident", "иd", "pathology", "label2", "é"])
def test_other_names_are_not_known(name: str) -> None:
    assert not any(is_name_of(field, name) for field in COLUMN_NAMES)


@pytest.mark.parametrize("field", COLUMN_NAMES)
def test_no_name_is_there_twice(field: str) -> None:
    keys = [folded(name) for rank in COLUMN_NAMES[field] for name in rank]
    assert len(keys) == len(set(keys))
    assert all(keys)


def test_a_better_known_name_wins_and_what_it_wins_over_is_told(tmp_path: Path) -> None:
    both = table(tmp_path, "id,Subject,code\n1,a,1\n2,b,2\n")

    choice = recognised(both, "participant", "--map")

    assert choice is not None
    assert choice.column.name == "Subject"
    assert choice.told() == ("participant is read from Subject, and not from id, code",)
    assert choice.told(taken=[both.columns[0]]) == (
        "participant is read from Subject, and not from code",
    )


def test_what_says_the_same_is_no_rival(tmp_path: Path) -> None:
    same = table(tmp_path, "id,image,file,participant\n1,a,a,1\n2,b,b,2\n")

    assert found(same, "path") == "file"
    choice = recognised(same, "participant", "--map")
    assert choice is not None
    assert choice.told() == ()


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        ("image,file\na,b\n", "path", r"may be the path, file \(B\) and image \(A\); say which"),
        ("id,code\na,b\n", "participant", r"may be the participant, id \(A\) and code \(B\)"),
        ("id,ID\na,a\n", "participant", r"has two columns id \(A, B\)"),
    ],
)
def test_two_that_may_be_meant_are_refused(tmp_path: Path, text, field, message) -> None:
    with pytest.raises(InputError, match=message):
        found(table(tmp_path, text), field)


def test_a_column_without_values_is_taken_only_if_there_is_no_other(tmp_path: Path) -> None:
    assert found(table(tmp_path, "participant,id\n,1\n"), "participant") == "id"
    assert found(table(tmp_path, "participant,age\n,1\n"), "participant") == "participant"


def test_a_column_is_taken_for_one_field_only(tmp_path: Path) -> None:
    photos = table(tmp_path, "photo,who\na.jpg,1\n")

    path = recognised(photos, "path", "--map")

    assert path is not None
    assert path.column.name == "photo"
    assert recognised(photos, "photo", "--map", [path.column]) is None


def test_a_user_may_name_a_column_without_minding_how_it_is_written(tmp_path: Path) -> None:
    columns = table(tmp_path, "User.ID,Größe,a b,a-b\n1,2,3,4\n")

    assert [getattr(named(columns, name), "name", None) for name in ("user id", "GROSSE")] == [
        "User.ID",
        "Größe",
    ]
    assert getattr(named(columns, "A-B"), "name", None) == "a-b"
    assert named(columns, "a_b") is None
    assert named(columns, "…") is None


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        *[("Image Path", ("path",)), ("VP-Nr.", ("participant",)), ("Émotion", ("expression",))],
        *[("foto", ("photo",)), ("photo", ("photo",)), ("com pista", ("supervised",))],
        *[(name, ()) for name in ("id", "label", "class", "code", "photograph", "x", "point", "")],
    ],
)
def test_well_known_names_mean_nothing_else(tmp_path: Path, name: str, fields) -> None:
    assert fields_well_known_as(name) == fields
    columns = table(tmp_path, f"other,{name or '-'}\n1,2\n")
    for field in COLUMN_NAMES:
        choice = recognised(columns, field, "--map", well_known=True)
        assert (choice is not None) is (field in fields)


@pytest.mark.parametrize(
    ("names", "sizes"),
    [
        (["height", "x", "width"], ("width", "height")),
        (["Img.Height", "IMG_WIDTH"], ("IMG_WIDTH", "Img.Height")),
        (["image_width", "image_height", "Width", "Height"], ("Width", "Height")),
        (["width", "image_width", "image_height"], ("image_width", "image_height")),
        (["Höhe", "Breite"], ("Breite", "Höhe")),
        (["width"], ("width",)),
        (["Height", "altura"], ("Height",)),
        (["altura", "face_width", "face_height", "w", "h"], ()),
        (["image_width", "img_height"], ()),
        ([], ()),
    ],
)
def test_width_and_height_are_found_together(names: list[str], sizes: tuple[str, ...]) -> None:
    assert size_names(names) == sizes


def test_no_name_of_a_size_is_there_twice() -> None:
    keys = [folded(name) for pair in SIZE_NAMES for name in pair]
    assert len(keys) == len(set(keys))
    assert not any(is_name_of(field, key) for field in COLUMN_NAMES for key in keys)
