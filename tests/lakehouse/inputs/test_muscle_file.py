"""Users' own muscles: read strictly, built in, and part of what a build depends on."""

from pathlib import Path

import pytest

from lakehouse.errors import InputError
from lakehouse.inputs.muscle_file import muscles_file, read_muscles
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.status import status
from tests.lean import lean
from tests.sql.support import table

COLUMNS = "muscle point side muscle_group action_unit"
HEADER = COLUMNS.replace(" ", ",") + "\n"
OWN = HEADER + "smile,61,right,mouth,AU12\nsmile,291,left,mouth,AU12\nscalp,10,midline,head,\n"
SETTINGS = lean(muscles={"file": "muscles.csv"})
SIDES = {0: "midline", 10: "midline", 61: "right", 291: "left", 467: "left"}


def read(folder: Path, text: str) -> list[dict[str, object]]:
    file = folder / "muscles.csv"
    file.write_text(text)
    rows: list[dict[str, object]] = read_muscles(file, SIDES).to_pylist()
    return rows


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as raised:
        read(folder, text)
    message = str(raised.value)
    assert message.startswith("muscles.csv: ")
    assert "\n" not in message
    assert raised.value.fix
    return message


def test_rows_are_read_in_the_files_order(tmp_path: Path) -> None:
    assert read(tmp_path, OWN) == table(
        COLUMNS,
        ("smile", 61, "right", "mouth", "AU12"),
        ("smile", 291, "left", "mouth", "AU12"),
        ("scalp", 10, "midline", "head", None),
    )


def test_columns_in_another_order_other_columns_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    text = (
        "Note;Side;Point;Muscle;Muscle_Group;Action_Unit\n"
        ";;;;;\n"
        "mine; right ; 061;smile;mouth; AU6   AU12 AD19 M59\n"
        "\n"
    )

    assert read(tmp_path, text) == table(
        COLUMNS, ("smile", 61, "right", "mouth", "AU06 AU12 AD19 M59")
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("smile,468,left,mouth,", "row 3: point is '468', not a whole number from 0 to 467"),
        ("smile,-1,left,mouth,", "row 3: point is '-1', not a whole"),
        ("smile,6.5,left,mouth,", "row 3: point is '6.5', not a whole"),
        (f"smile,{'9' * 5000},left,mouth,", "row 3: point is '9"),
        ("smile,,left,mouth,", "row 3: no point"),
        ("smile,467,Left,mouth,AU12", "row 3: side is 'Left', not left, right or midline"),
        ("smile,467,,mouth,AU12", "row 3: no side"),
        (
            "smile,291,right,mouth,AU12",
            "row 3: side of point 291 is right, but it is left, the participant's own",
        ),
        ("smile,10,left,mouth,AU12", "row 3: side of point 10 is left, but it is midline"),
        (",467,left,mouth,AU12", "row 3: no muscle"),
        ("Big smile,467,left,mouth,", "row 3: muscle is 'Big smile', not lower-case"),
        ("smile,467,left,,AU12", "row 3: no muscle_group"),
        ("frown,467,left,the mouth,", "row 3: muscle_group is 'the mouth', not lower-case"),
        ("frown,467,left,mouth,12", "row 3: action_unit is '12', not like AU12"),
        ('frown,467,left,mouth,"AU1,AU2"', "row 3: action_unit is 'AU1,AU2', not like"),
        ("smile,61,right,mouth,AU12", "row 3: its muscle with this point is also in row 2"),
        ("smile,061,right,mouth,AU12", "row 3: its muscle with this point is also in row 2"),
        ("smile,467,left,cheek,AU12", "muscle_group of smile is cheek, but mouth further up"),
        ("smile,467,left,mouth,", "action_unit of smile is missing, but AU12 further up"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wrong(tmp_path: Path, row: str, problem: str) -> None:
    message = refusal(tmp_path, f"{HEADER}smile,61,right,mouth,AU12\n{row}\n")

    assert problem in message
    assert message.endswith("remove file in [muscles] of lakehouse.toml to use the built-in atlas")


def test_all_wrong_rows_are_named_at_once(tmp_path: Path) -> None:
    rows = [f"smile,{point},left,mouth,\n" for point in range(900, 907)]

    message = refusal(tmp_path, HEADER + "\n".join(rows))

    assert all(f"row {2 + 2 * at}: point is '{900 + at}'" in message for at in range(5))
    assert "; and 2 more; correct the file" in message


@pytest.mark.parametrize("column", COLUMNS.split())
def test_a_missing_column_is_named_with_those_there(tmp_path: Path, column: str) -> None:
    message = refusal(tmp_path, OWN.replace(column, "something", 1))

    assert (
        f"has no column {column}" in message if column != "muscle" else "has no column" in message
    )
    assert "something" in message


@pytest.mark.parametrize("text", [HEADER, HEADER + ",,,,\n\n"])
def test_a_file_without_rows_is_refused(tmp_path: Path, text: str) -> None:
    assert "holds no muscles, only a header" in refusal(tmp_path, text)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "muscles.csv").touch()

    with pytest.raises(InputError, match=r"^muscles\.csv: is empty"):
        read_muscles(tmp_path / "muscles.csv", SIDES)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_is_not_there_is_named_with_the_setting(
    warehouse: WarehousePaths, name: str
) -> None:
    before = warehouse.database.read_bytes()
    elsewhere = lean(muscles={"file": name})

    with pytest.raises(InputError, match=r"cannot be read \(.*file in \[muscles\]"):
        build(warehouse, elsewhere)

    assert warehouse.database.read_bytes() == before
    assert not status(warehouse, elsewhere).up_to_date


@pytest.mark.slow
def test_the_files_rows_take_the_place_of_the_atlas(warehouse: WarehousePaths) -> None:
    assert fetch(warehouse, "select count(distinct muscle) from muscles").item() == 22
    (warehouse.root / "muscles.csv").write_text(OWN)

    build(warehouse, SETTINGS)

    assert fetch(warehouse, "from muscles order by all").rows() == [
        ("scalp", 10, "midline", "head"),
        ("smile", 61, "right", "mouth"),
        ("smile", 291, "left", "mouth"),
    ]
    assert fetch(warehouse, "from muscle_action_units").rows() == [("smile", "AU12")]
    moved = "select muscle, points from muscle_distances group by all order by all"
    assert fetch(warehouse, moved).rows() == [("scalp", 1), ("smile", 2)]
    assert all(result.kept for result in run_checks(warehouse))


@pytest.mark.slow
def test_other_content_of_the_file_is_a_change_and_other_times_are_none(
    warehouse: WarehousePaths,
) -> None:
    file = warehouse.root / "muscles.csv"
    file.write_text(OWN)
    build(warehouse, SETTINGS)
    assert status(warehouse, SETTINGS).up_to_date
    file.touch()
    assert build(warehouse, SETTINGS).up_to_date

    file.write_text(OWN.replace("scalp", "brow"))
    assert not status(warehouse, SETTINGS).up_to_date
    file.unlink()
    assert not status(warehouse, SETTINGS).up_to_date


def test_a_refused_file_leaves_the_old_database(warehouse: WarehousePaths) -> None:
    before = warehouse.database.read_bytes()
    (warehouse.root / "muscles.csv").write_text(OWN + "smile,291,right,mouth,AU12\n")

    with pytest.raises(InputError, match=r"^muscles\.csv: refused, row 5"):
        build(warehouse, SETTINGS)

    assert warehouse.database.read_bytes() == before


@pytest.mark.slow
def test_a_file_outside_the_warehouse_can_be_named(
    warehouse: WarehousePaths, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.csv").write_text(OWN)
    for name in ("../elsewhere.csv", str(tmp_path / "elsewhere.csv")):
        build(warehouse, lean(muscles={"file": name}))
        assert fetch(warehouse, "select count(*) from muscles").item() == 3


def test_a_file_is_found_whatever_way_its_accents_are_written(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    decomposed = "mu\u0301sculos.csv"
    (tmp_path / decomposed).write_text(OWN)
    assert muscles_file(paths, lean(muscles={"file": "músculos.csv"})) == tmp_path / decomposed
    assert muscles_file(paths, lean(muscles={"file": "other.csv"})) == tmp_path / "other.csv"
