from pathlib import Path

import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import InputError, LakeError
from lakehouse.inputs.participant_files import ParticipantFileOptions
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import commit_part
from lakehouse.lake.schemas import SCORES
from lakehouse.paths import WarehousePaths
from lakehouse.scores import Scores, read_scores, store_scores
from lakehouse.settings import Settings
from lakehouse.warehouse.status import status
from tests.lakehouse.events.videos import sessions
from tests.lean import LEAN
from tests.photo_records import photo_record

CSV = "id_user,dbi_score,BAI,mood_score,age\n0870,12,,7.5,30\n0012,0,63,-1e3,\n\n"


def read(tmp_path: Path, text: str, **options: str) -> Scores:
    file = tmp_path / "scores.csv"
    file.write_text(text, encoding="utf-8")
    return read_scores(file, Settings(), ParticipantFileOptions(**options))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_scores_are_read_from_csv(tmp_path: Path, encoding: str, separator: str) -> None:
    file = tmp_path / "scores.csv"
    file.write_text(CSV.replace(",", separator), encoding=encoding)
    scores = read_scores(file, Settings())
    assert scores.table.rows() == [
        ("0012", "dbi", 0.0),
        ("0012", "bai", 63.0),
        ("0012", "mood", -1000.0),
        ("0870", "dbi", 12.0),
        ("0870", "bai", None),
        ("0870", "mood", 7.5),
    ]
    assert scores.instruments == ("dbi", "bai", "mood")
    assert scores.missing == {"dbi": 0, "bai": 1, "mood": 0}
    assert scores.unranged == ("mood",)
    assert scores.ignored_columns == ("age",)


def test_a_file_of_an_old_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_bytes("participant;dbi_score\nirmã;3\n".encode("cp1252"))
    assert read_scores(file, Settings()).participants == ("irmã",)


def test_scores_are_read_from_excel(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [("User_ID", "dbi_score"), (870, 12.5), ("0870", None), (None, None), (12, 3)]:
        book.active.append(row)
    book.save(tmp_path / "scores.xlsx")
    book.close()
    scores = read_scores(tmp_path / "scores.xlsx", Settings())
    assert scores.table.rows() == [("0870", "dbi", None), ("12", "dbi", 3.0), ("870", "dbi", 12.5)]


def test_the_participants_column_may_be_named(tmp_path: Path) -> None:
    text = "participant,Code,dbi_score\n1,x,3\n"
    assert read(tmp_path, text).participants == ("1",)
    assert read(tmp_path, text, participant_column="code").participants == ("x",)


def test_wrong_rows_are_named_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    text = 'participant,dbi_score\n1,high\n2,"12,5"\n\n1,3\n,4\n5,64\n6,low\n7,1e999\n'
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    message = str(refused.value)
    assert message.startswith("scores.csv: refused, row 2: dbi_score is 'high', not a number; ")
    assert "row 3: dbi_score is '12,5', not a number, write a decimal point" in message
    assert "row 5: its participant is also in row 2" in message
    assert "row 6: no participant" in message
    assert "row 7: dbi_score is 64, outside 0 to 63" in message
    assert "and 2 more" in message


@pytest.mark.parametrize("score", ["inf", "-inf", "1e999", "１２", "١٢", "1_0", "0x10", "1.2.3"])
def test_what_is_no_plain_number_is_refused(tmp_path: Path, score: str) -> None:
    with pytest.raises(InputError, match="row 2"):
        read(tmp_path, f"participant,mood_score\n1,{score}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("who,dbi_score\n1,2\n", "--participant-column; its columns are who, dbi_score"),
        ("participant,age\n1,2\n", "has no column of scores.*its columns are participant, age"),
        ("participant,dbi,dbi_score\n1,2,3\n", "two columns of dbi scores"),
        ("participant,dbi_score,dbi_score\n1,2,3\n", "two columns of dbi scores"),
        ("participant,dbi_score\n", "holds no participant"),
        ("participant,dbi_score\n1,2,3\n", "not valid CSV"),
    ],
)
def test_a_file_that_holds_no_scores_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, text)


def test_an_excel_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scores.xlsx").write_text("not a workbook")
    with pytest.raises(InputError, match=r"scores.xlsx: cannot be read"):
        read_scores(tmp_path / "scores.xlsx", Settings())


def test_scores_are_stored_and_compared_with_the_photographs(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    scores = read(tmp_path, CSV)
    summary = store_scores(scores, paths)
    assert summary.without_photos == ("0012", "0870")
    commit_part(paths, "part-000001.parquet", [photo_record("a")])
    assert (summary.changed, summary.dropped, summary.kept) == ((), 0, {})
    commit_part(paths, "part-000001.parquet", [photo_record("a")])
    summary = store_scores(read(tmp_path, "id,dbi_score\n0870,\n"), paths, replace=True)
    assert (summary.without_photos, summary.without_scores) == ((), ())
    assert (summary.participants, summary.photographed, summary.dropped) == (1, 1, 5)
    assert summary.missing == {"dbi": 1}
    table = pq.read_table(paths.scores)
    assert table.schema == SCORES
    assert table.to_pylist() == [{"participant": "0870", "instrument": "dbi", "score": None}]
    assert pl.read_parquet(paths.scores).shape == (1, 3)


def test_who_was_only_filmed_does_not_lack_pictures(tmp_path: Path) -> None:
    paths = sessions(tmp_path / "warehouse", "0012", "9999")
    summary = store_scores(read(tmp_path, CSV), paths)
    assert (summary.without_photos, summary.without_scores) == (("0870",), ("9999",))
    assert summary.photographed == 0
    found = status(paths, LEAN)
    assert (found.without_photos, found.without_scores) == (("0870",), ("9999",))
    with pytest.raises(InputError, match="photographs or videos in the lake"):
        store_scores(read(tmp_path, "id,dbi_score\n1,2\n"), paths)


def test_a_file_of_which_nobody_has_photographs_is_refused(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    commit_part(paths, "part-000001.parquet", [photo_record("a")])
    scores = read(tmp_path, "id,dbi_score\n870,3\n12,4\n")

    with pytest.raises(InputError, match="not one of its participants has photographs") as refused:
        store_scores(scores, paths)

    assert "leading zeros: 1 (870 in the file is 0870 in the lake)" in str(refused.value)
    assert not paths.scores.exists()


def stored(paths: WarehousePaths) -> set[tuple[str, str, float | None]]:
    return set(pl.read_parquet(paths.scores).rows())


def test_a_file_adds_and_changes_and_drops_nothing(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    store_scores(read(tmp_path, "id,dbi,bai\n1,10,20\n2,11,\n3,12,22\n"), paths)

    summary = store_scores(read(tmp_path, "id,dbi,oci\n1,9,30\n2,,31\n4,13,33\n"), paths)

    assert stored(paths) == {
        *(("1", "dbi", 9.0), ("1", "bai", 20.0), ("1", "oci", 30.0)),
        *(("2", "dbi", 11.0), ("2", "bai", None), ("2", "oci", 31.0)),
        *(("3", "dbi", 12.0), ("3", "bai", 22.0), ("3", "oci", None)),
        *(("4", "dbi", 13.0), ("4", "bai", None), ("4", "oci", 33.0)),
    }
    assert summary.changed == (("1", "dbi"),)
    assert (summary.dropped, summary.kept) == (0, {"bai": 2})
    assert (summary.kept_participants, summary.kept_blank) == (1, 1)


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    store_scores(read(tmp_path, CSV), paths)
    before = paths.scores.read_bytes()
    summary = store_scores(read(tmp_path, CSV), paths)
    assert paths.scores.read_bytes() == before
    assert (summary.changed, summary.kept, summary.kept_participants) == ((), {}, 0)


def test_scores_wait_for_the_lake(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    with lake_lock(paths), pytest.raises(LakeError, match="in use"):
        store_scores(read(tmp_path, CSV), paths)
    assert not paths.scores.exists()


@pytest.mark.parametrize("name", ["participant", "m05_00_2", "covariate_dbi"])
def test_a_score_named_like_a_column_of_the_wide_table_is_refused(tmp_path: Path, name: str):
    file = tmp_path / "scores.csv"
    file.write_text(f"participant,dbi_score,{name}_score\n0001,3,4\n")
    with pytest.raises(InputError, match=rf"{name}_score .* rename the column"):
        read_scores(file, Settings())


@pytest.mark.parametrize(
    "name",
    [
        *("face_id", "participante", "Teilnehmer", "Versuchsperson", "VP", "sujet", "sujeto"),
        *("soggetto", "code", "id", "user.id", "subject.id", "ppt", "pid", "Face ID", "CÓDIGO"),
    ],
)
def test_the_participants_column_is_known_in_many_words(tmp_path: Path, name: str) -> None:
    scores = read(tmp_path, f"note,{name},dbi\na,1,3\nb,2,4\n")

    assert scores.participants == ("1", "2")
    assert scores.told == (f"participants read from {name}",)
    assert scores.ignored_columns == ("note",)


def test_what_the_ids_were_not_read_from_is_told(tmp_path: Path) -> None:
    scores = read(tmp_path, "id,participant,dbi\nx,1,3\ny,001,4\n")

    assert scores.participants == ("001", "1")
    assert scores.told == (
        "participant is read from participant, and not from id",
        "ids that may mean the same participant: 001 and 1",
    )
    with pytest.raises(InputError, match=r"id .A. and code .B.; say which with --participant-col"):
        read(tmp_path, "id,code,dbi\nx,1,3\ny,2,4\n")
    assert read(tmp_path, "id,code,dbi\nx,1,3\n", participant_column="Code").participants == ("1",)


def test_rows_below_cells_of_several_lines_have_the_number_of_both(tmp_path: Path) -> None:
    text = 'participant,note,dbi\n1,"two\nlines",3\n2,x,high\n'
    with pytest.raises(InputError, match=r"refused, row 3 \(line 4\): dbi is 'high', not a number"):
        read(tmp_path, text)
    with pytest.raises(InputError, match=r"row 3 \(line 4\) has 4 fields, the header 3"):
        read(tmp_path, text.replace("high", "3,4"))
