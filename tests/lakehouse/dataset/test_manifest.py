from pathlib import Path

import openpyxl
import pytest

from lakehouse.dataset import manifest
from lakehouse.dataset.listing import Ignored, Listing, ManifestReading, Word
from lakehouse.dataset.manifest import read_manifest
from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.errors import InputError
from lakehouse.settings.dataset import Dataset


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a.jpg", "b.jpg", "sub/a.png"):
        path = tmp_path / "photos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return tmp_path / "photos"


def read(file: Path, root: Path, dataset: Dataset) -> Listing:
    return read_manifest(ManifestFile(file), root, dataset)


def write(root: Path, text: str, encoding: str = "utf-8") -> Path:
    file = root.parent / "photos.csv"
    file.write_text(text, encoding=encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_manifest_lists_photographs(root: Path, encoding: str, separator: str) -> None:
    text = (
        "path,participant,expression,supervised,photo,camera\n"
        "b.jpg,0870,05,TRUE,x,Canon\n"
        "./sub/a.png,0870,Neutral,,,\n"
        "\n"
        "a.jpg,0870,00,00,,\n"
    )
    found = read(write(root, text.replace(",", separator), encoding), root, Dataset())
    assert [(*file.key, file.path) for file in found] == [
        ("0870", "neutral", False, "a.jpg", "a.jpg"),
        ("0870", "neutral", False, "a.png", "sub/a.png"),
        ("0870", "happiness", True, "x", "b.jpg"),
    ]


def test_the_last_two_columns_may_be_missing(root: Path) -> None:
    found = read(write(root, "path,participant,expression\na.jpg,1,01\n"), root, Dataset())
    assert [file.key for file in found] == [("1", "anger", False, "a")]


def test_wrong_rows_are_named_as_a_spreadsheet_numbers_them(root: Path) -> None:
    text = (
        "path,participant,expression,supervised\n"
        "a.jpg,1,00,maybe\n"
        "b.jpg,,00,\n"
        "\n"
        "gone.jpg,1,00,\n"
        "../photos.csv,1,00,\n"
        "b.jpg,1,calm,\n"
        ",1,00,\n"
    )
    with pytest.raises(InputError) as refused:
        read(write(root, text), root, Dataset())
    message = str(refused.value)
    assert "row 2: supervised is maybe" in message
    assert "row 3: no participant" in message
    assert "row 5: gone.jpg does not exist" in message
    assert "row 6: ../photos.csv does not lie below" in message
    assert "row 7: unknown expression calm" in message
    assert "and 1 more" in message


def test_what_is_listed_twice_is_refused(root: Path) -> None:
    text = "path,participant,expression,photo\na.jpg,1,00,x\na.jpg,2,00,y\nb.jpg,1,00,x\n"
    with pytest.raises(InputError, match=r"row 3: its path is also in row 2; row 4: .* in row 2"):
        read(write(root, text), root, Dataset())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (
            "path,who\na.jpg,1\n",
            "has no column that is known to be the participant or the expression",
        ),
        ("path,expression\na.jpg,00\n", "where nobody is known, set dataset.identity to photo"),
        ("path,participant\na.jpg,1\n", "--map expression=COLUMN; its columns are"),
        ("path,participant,expression\na.jpg,1,00,5,6\n", "not valid CSV"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(root: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(write(root, text), root, Dataset())


NFC, NFD = "ação/ã.jpg", "ac\u0327a\u0303o/a\u0303.jpg"


@pytest.mark.parametrize("there", [NFC, NFD])
@pytest.mark.parametrize("written", [NFC, NFD, NFC.replace("/", "\u200b/")])
def test_a_path_is_found_in_whatever_spelling(root: Path, there: str, written: str) -> None:
    (root / there).parent.mkdir()
    (root / there).write_bytes(b"")
    text = f"path,participant,expression\n{written},ac\u0327\u200bão,neutral\n"

    found = read(write(root, text), root, Dataset())

    assert [(file.key, file.path) for file in found] == [(("ação", "neutral", False, "ã"), there)]
    assert found.respelled == 1


def test_a_path_is_taken_to_the_byte_where_both_are_there(root: Path) -> None:
    for name in (NFC, NFD):
        (root / name).parent.mkdir()
        (root / name).write_bytes(b"")
    text = f"path,participant,expression\n{NFC},1,00\n{NFD},2,00\n"

    found = read(write(root, text), root, Dataset())

    assert [file.path for file in found] == [NFC, NFD]
    neither = write(
        root, f"path,participant,expression\n{NFC.replace('/', chr(0x200B) + '/')},1,00\n"
    )
    with pytest.raises(InputError, match=r"row 2: .* does not exist"):
        read(neither, root, Dataset())


def test_a_path_of_which_nobody_can_tell_is_refused(root: Path) -> None:
    text = f"path,participant,expression\n{'x' * 5000},1,00\n"
    with pytest.raises(InputError, match=r"row 2: …x+ cannot be looked for \(File name too long"):
        read(write(root, text), root, Dataset())


def test_a_long_path_and_a_long_id_are_shown_in_part(root: Path) -> None:
    path = "/".join(["x" * 200] * 10)
    text = f"path,participant,expression\n{path}/end.jpg,1,00\na.jpg,1,{'y' * 5000}\n"
    with pytest.raises(InputError) as refused:
        read(write(root, text), root, Dataset())
    assert "end.jpg does not exist" in str(refused.value)
    assert len(str(refused.value)) < 330


def test_an_expression_that_nearly_is_one_is_told(root: Path) -> None:
    text = "path,participant,expression\na.jpg,1,12\nb.jpg,1,hap piness\n"
    with pytest.raises(InputError) as refused:
        read(write(root, text), root, Dataset())
    message = str(refused.value)
    assert "row 2: unknown expression 12; row 3: " in message
    assert "hap piness, which differs from happiness in spaces or punctuation" in message
    assert message.endswith("sadness (06), surprise (07)")


def test_a_missing_manifest_is_refused(root: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(root / "none.csv", root, Dataset())


def test_without_identity_each_photograph_is_its_own_participant(root: Path) -> None:
    text = "path,expression,participant\na.jpg,00,\nsub/a.png,05,x\nb.jpg,05,x\n"

    found = read(write(root, text), root, Dataset(identity="photo"))

    assert [file.key for file in found] == [
        ("a", "neutral", False, "a"),
        ("b", "happiness", False, "b"),
        ("sub/a", "happiness", False, "a"),
    ]


def test_without_identity_a_manifest_needs_no_participant(root: Path) -> None:
    file = write(root, "path,expression\na.jpg,00\n")

    [photo] = read(file, root, Dataset(identity="photo"))

    assert photo.participant == "a"
    with pytest.raises(InputError, match="has no column that is known to be the expression"):
        read(write(root, "path\na.jpg\n"), root, Dataset(identity="photo"))


def test_without_identity_participants_have_one_spelling(root: Path) -> None:
    (root / "a\u200bb.jpg").write_bytes(b"")

    [photo] = read(
        write(root, "path,expression\na\u200bb.jpg,00\n"), root, Dataset(identity="photo")
    )

    assert (photo.participant, photo.path) == ("ab", "a\u200bb.jpg")


def reading(root: Path, text: str, **dataset: object) -> ManifestReading:
    found = read(write(root, text), root, Dataset.model_validate(dataset)).manifest
    assert found is not None
    return found


def test_what_was_understood_is_told(root: Path) -> None:
    text = (
        "Image\tSubject ID\tEmotion\tCue\tnotes\n"
        "C:\\x\\a.jpg\t1\tHAPPY\tsim\tok\n"
        "C:\\x\\b.jpg\t001\t1\t\t\n"
        "\t\t\t\ta total\n"
        "C:\\x\\sub\\A.png\t001\thappy\tNO\t\n"
    )
    (root / "sub" / "new.jpg").touch()
    (root / "photos.csv").touch()

    listing = read(write(root, text), root, Dataset())

    assert listing.ignored == (Ignored("not listed in the manifest", 1, "sub/new.jpg"),)
    assert listing.manifest == ManifestReading(
        file="photos.csv",
        columns={
            "path": "Image",
            "participant": "Subject ID",
            "expression": "Emotion",
            "supervised": "Cue",
        },
        not_read=("notes",),
        expressions=(
            Word("1", "anger", 1),
            Word("HAPPY", "happiness", 1),
            Word("happy", "happiness", 1),
        ),
        cues=(Word("NO", "without cue", 1), Word("sim", "with cue", 1)),
        wrong_rows=0,
        remarks=(
            "codes of expressions read by their number: 1 as 01 anger; other sets count otherwise, "
            "as FER2013, where 0 is anger",
            "rows skipped, in which none of these columns holds anything: 4",
            r"C:\x in paths stands for the folder of photographs",
            "files in another letter case than in the table: 1 (such as sub/a.png)",
            "supervised is blank, so that no cue was shown: 1 rows",
            "ids that may mean the same participant: 001 and 1",
        ),
    )
    assert listing.manifest.told[:2] == (
        "columns read: Image as path, Subject ID as participant, Emotion as expression, "
        "Cue as supervised",
        "columns not read: notes",
    )


def test_nothing_is_told_where_nothing_is_unusual(root: Path) -> None:
    text = (
        "path,participant,expression,supervised\na.jpg,1,00,00\nb.jpg,1,05,01\nsub/a.png,2,00,00\n"
    )
    assert reading(root, text).told == ()


def test_wrong_rows_are_counted_where_they_are_tolerated(root: Path) -> None:
    text = (
        "path,participant,expression\na.jpg,1,00\nb.jpg,1,calm\nsub/a.png,,00\ngone.jpg,1,00\n"
        "a.jpg,2,00\n"
    )
    file = ManifestFile(write(root, text))

    listing = read_manifest(file, root, Dataset(), tolerant=True)

    assert [photo.path for photo in listing] == ["a.jpg"]
    assert listing.manifest is not None
    assert listing.manifest.wrong_rows == 4
    # They are listed, wrongly.
    assert listing.ignored == ()


def workbook(root: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                sheet.cell(number, place, value)
    book.save(root.parent / "list.xlsx")
    book.close()
    return root.parent / "list.xlsx"


def test_a_workbook_is_read_with_the_numbers_of_its_rows(root: Path) -> None:
    rows = [[], ["Foto", "Code", "Ausdruck"], [], ["a.jpg", 12.0, "Wut"], ["b.jpg", 7, "calm"]]
    file = workbook(root, Notes=[["x"]], List=rows)

    with pytest.raises(InputError, match=r"refused, row 5: unknown expression calm"):
        read_manifest(ManifestFile(file, sheet="List"), root, Dataset())
    listing = read_manifest(ManifestFile(file, sheet="2"), root, Dataset(), tolerant=True)
    assert [photo.key for photo in listing] == [("12", "anger", False, "a")]
    with pytest.raises(InputError, match="its columns are x; --sheet chooses another sheet"):
        read_manifest(ManifestFile(file), root, Dataset())


def test_a_faulty_cell_is_told(root: Path) -> None:
    file = workbook(root, List=[["path", "id", "label"], ["a.jpg", "=1/0", "happy"]])

    with pytest.raises(InputError, match="refused, row 2: id is a formula without a stored value;"):
        read_manifest(ManifestFile(file), root, Dataset())


def test_rows_below_cells_of_several_lines_are_named_by_their_line_too(root: Path) -> None:
    text = (
        'path,participant,expression,notes\na.jpg,1,00,"two\nlines"\n\nb.jpg,1,calm,x\n'
        'a.jpg,1,00,"more\r\nof\r\nthem"\na.jpg,1,00,y\n'
    )
    with pytest.raises(InputError) as refused:
        read(write(root, text), root, Dataset())
    message = str(refused.value)
    assert (
        "row 4 (line 5): unknown expression calm; row 5 (line 6): its path is also in row 2;"
        in message
    )
    assert "row 6 (line 9): its path is also in row 2" in message


def test_a_folder_of_other_things_is_not_searched_for_ever(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(manifest, "_MOST_UNLISTED", 2)
    for number in range(10):
        (root / f"{number}.jpg").touch()

    listing = read(write(root, "path,id,label\na.jpg,1,00\n"), root, Dataset())

    assert listing.ignored[0].count < 4


def test_where_no_path_leads_anywhere_it_is_said_where_paths_begin(root: Path) -> None:
    text = "path,participant,expression\nphotos/gone.jpg,1,00\nc.jpg,1,00\n"
    with pytest.raises(InputError, match=r"paths begin in the folder of photographs, as in a.jpg$"):
        read(write(root, text), root, Dataset())
    with pytest.raises(InputError, match=r"none of it was used$"):
        read(write(root, text + "a.jpg,1,00\n"), root, Dataset())
