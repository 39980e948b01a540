import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.dataset import cells, walk
from lakehouse.dataset.cells import Candidate, CellOrder, natural, with_unique_ids
from lakehouse.dataset.listing import Listing, PhotoFile, Reason
from lakehouse.errors import InputError, UsageError
from lakehouse.settings.dataset import Dataset
from tests.photographs import encoded, portrait
from tests.surgery import camera_raw

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;" + bytes(32)


def put(root: Path, *names: str, content: bytes = b"") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def ids(listing: Listing) -> list[tuple[str, str, bool, str]]:
    return [file.key for file in listing]


def counts(listing: Listing) -> dict[Reason, int]:
    return {ignored.reason: ignored.count for ignored in listing.ignored}


def test_photographs_come_in_cell_order_with_what_their_path_says(tmp_path: Path) -> None:
    put(tmp_path, "05/01/0870/10.jpg", "05/01/0870/2.JPEG", "00/00/0870/1.png", "05/00/0012/1.gif")
    assert ids(walk.walk_photos(tmp_path, Dataset())) == [
        ("0012", "happiness", False, "1"),
        ("0870", "neutral", False, "1"),
        ("0870", "happiness", True, "2"),
        ("0870", "happiness", True, "10"),
    ]


def test_files_of_one_name_keep_their_ending(tmp_path: Path) -> None:
    put(tmp_path, "00/00/1/a.jpg", "00/00/1/a.png", "00/00/1/b.jpg", "00/01/1/a.jpg")
    found = walk.walk_photos(tmp_path, Dataset())
    assert [photo for *_, photo in ids(found)] == ["a.jpg", "a.png", "b", "a"]


def test_files_of_two_codes_for_one_expression_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "n/1/a.jpg", "neutral/1/a.jpg")
    dataset = Dataset(
        layout="{expression}/{participant}/{photo}",
        expressions={"n": "neutral", "neutral": "neutral"},
    )
    photos = [file.photo for file in walk.walk_photos(tmp_path, dataset)]
    assert photos == ["n/1/a.jpg", "neutral/1/a.jpg"]


def test_a_flat_folder_of_gifs_without_ending(tmp_path: Path) -> None:
    put(tmp_path, "subject07.happy", "subject07.normal", "subject07.glasses", content=GIF)
    put(tmp_path, "subject08.happy", content=b"plain text")
    dataset = Dataset(expressions={"normal": "neutral", "happy": "happiness"})
    found = walk.walk_photos(tmp_path, dataset, layout="subject{participant}.{expression}")
    assert ids(found) == [
        ("07", "neutral", False, "subject07.normal"),
        ("07", "happiness", False, "subject07.happy"),
    ]
    assert counts(found) == {Reason.NO_PHOTOGRAPH: 1, Reason.UNKNOWN_EXPRESSION: 1}
    assert found.ignored[1].example == "glasses"


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    put(tmp_path, "00/00/1/a.jpg", "00/00/1/._a.jpg", ".cache/00/1/a.jpg", "cover.jpg")
    put(tmp_path, "00/00/1/notes.txt", "99/00/1/a.jpg", "00/77/1/a.jpg")
    found = walk.walk_photos(tmp_path, Dataset())
    assert len(found) == 1
    assert counts(found) == {
        Reason.HIDDEN: 2,
        Reason.NO_PHOTOGRAPH: 1,
        Reason.NOT_IN_LAYOUT: 1,
        Reason.UNKNOWN_EXPRESSION: 1,
        Reason.UNKNOWN_SUPERVISED: 1,
    }


def test_a_raw_file_beside_a_picture_of_its_name_is_passed_over(tmp_path: Path) -> None:
    jpeg = encoded(portrait(32), "JPEG")
    for photo in ("1", "2", "3"):
        put(tmp_path, f"05/00/P1/{photo}.JPG", content=jpeg)
        put(tmp_path, f"05/00/P1/{photo}.NEF", content=camera_raw())
    found = walk.walk_photos(tmp_path, Dataset())
    assert ids(found) == [("P1", "happiness", False, photo) for photo in ("1", "2", "3")]
    assert [(i.reason, i.count, i.example) for i in found.ignored] == [
        (Reason.RAW_BESIDE_PICTURE, 3, "05/00/P1/1.NEF")
    ]
    assert found.set_aside == {f"05/00/P1/{photo}.NEF" for photo in ("1", "2", "3")}


@pytest.mark.parametrize(
    ("names", "photos"),
    [
        (["a.nef"], ["a"]),
        (["a.nef", "b.jpg"], ["a", "b"]),
        (["a.nef", "a.dng"], ["a.dng", "a.nef"]),
        (["a.nef", "a.dng", "a.heic"], ["a"]),
        (["a.tif", "a.png"], ["a"]),
        (["a.nef", "raw/a.jpg"], ["a"]),
    ],
)
def test_a_raw_file_without_a_picture_of_its_name_is_a_photograph(
    names: list[str], photos: list[str], tmp_path: Path
) -> None:
    for name in names:
        raw = name.endswith((".nef", ".dng", ".tif"))
        content = camera_raw() if raw else encoded(portrait(32), "JPEG")
        put(tmp_path, f"00/00/P1/{name}", content=content)
    assert [file.photo for file in walk.walk_photos(tmp_path, Dataset())] == photos


def test_a_picture_with_a_raw_files_ending_is_a_picture(tmp_path: Path) -> None:
    put(tmp_path, "00/00/P1/a.nef", "00/00/P1/a.jpg", content=encoded(portrait(32), "JPEG"))
    found = walk.walk_photos(tmp_path, Dataset())
    assert [file.photo for file in found] == ["a.jpg", "a.nef"]
    assert found.ignored == ()


def test_links_are_followed_and_loops_survived(tmp_path: Path) -> None:
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "root"
    put(elsewhere, "1/a.jpg")
    put(root, "00/01/2/a.jpg")
    (root / "00" / "00").symlink_to(elsewhere)
    (root / "00" / "01" / "2" / "up").symlink_to(root)
    (root / "00" / "01" / "2" / "self.jpg").symlink_to("self.jpg")
    assert [file.path for file in walk.walk_photos(root, Dataset())] == [
        "00/00/1/a.jpg",
        "00/01/2/a.jpg",
        "00/01/2/self.jpg",
    ]


def test_a_pipe_is_no_photograph(tmp_path: Path) -> None:
    put(tmp_path, "00/00/1/a.jpg")
    os.mkfifo(tmp_path / "00" / "00" / "1" / "pipe.jpg")
    os.mkfifo(tmp_path / "00" / "00" / "1" / "pipe")
    found = walk.walk_photos(tmp_path, Dataset())
    assert len(found) == 1
    assert counts(found) == {Reason.NO_PHOTOGRAPH: 2}


def test_odd_names_are_taken_as_they_are(tmp_path: Path) -> None:
    names = [
        "spaces in it",
        "irmã's “best”",
        "line\nbreak",
        "100%",
        "{photo}",
        'quote"',
        "ｆｕｌｌ",
    ]
    put(tmp_path, *(f"00/00/às três é/{name}.jpg" for name in names))
    found = walk.walk_photos(tmp_path, Dataset())
    assert {file.photo for file in found} == set(names)
    assert {file.participant for file in found} == {"às três é"}


def test_a_name_that_is_not_utf8_is_counted(tmp_path: Path) -> None:
    put(tmp_path, "00/00/1/a.jpg")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/00/00/1/caf\xe9.jpg")).write_bytes(b"")
    found = walk.walk_photos(tmp_path, Dataset())
    assert len(found) == 1
    assert [(i.reason, i.count, i.example) for i in found.ignored] == [
        (Reason.NAME_NOT_UTF8, 1, "00/00/1/caf\\xe9.jpg")
    ]


def test_a_folder_that_cannot_be_listed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "00/00/1/a.jpg", "00/00/2/a.jpg")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        # Permissions do not bind root, who runs tests in containers.
        if Path(path).name == "2":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = walk.walk_photos(tmp_path, Dataset())
    assert len(found) == 1
    assert found.unreadable_folders == ("00/00/2 (Permission denied)",)


def test_the_root_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a folder"):
        walk.walk_photos(tmp_path / "nowhere", Dataset())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "q"]),
            st.sampled_from(["x/a", "x/a.jpg", "y/a", "y/b", "a", "a.jpg"]),
            st.sampled_from(["", ".jpg", ".png"]),
        ),
        unique_by=lambda entry: entry[1] + entry[2],
        max_size=12,
    )
)
def test_ids_are_unique_within_a_cell(entries: list[tuple[str, str, str]]) -> None:
    candidates = [
        Candidate(
            PhotoFile(who, "neutral", False, stem.rpartition("/")[2], stem + ending, Path()), ending
        )
        for who, stem, ending in entries
    ]
    files = with_unique_ids(candidates)
    assert [file.path for file in files] == [candidate.file.path for candidate in candidates]
    assert max(Counter(file.key for file in files).values(), default=1) == 1


@given(st.lists(st.text(max_size=6), unique=True))
def test_natural_order_is_total(names: list[str]) -> None:
    assert sorted(sorted(names), key=natural) == sorted(names, key=natural)
    assert sorted(["10", "9", "a10", "a9"], key=natural) == ["9", "10", "a9", "a10"]


def test_an_expression_that_left_the_settings_sorts_last() -> None:
    order = CellOrder(["neutral", "anger"])
    keys = [("1", "wink", False, "a"), ("1", "anger", False, "a"), ("1", "neutral", True, "a")]
    assert [key[1] for key in sorted(keys, key=order)] == ["neutral", "anger", "wink"]
    assert cells.natural("a") != cells.natural("b")


NFD = "ac\u0327a\u0303o"
"""As a Mac writes ação."""


def test_ids_and_codes_of_paths_have_one_spelling_and_paths_keep_theirs(tmp_path: Path) -> None:
    put(tmp_path, f"{NFD}/{NFD}-1/{NFD}.jpg")
    dataset = Dataset(layout="{expression}/{participant}/{photo}", expressions={"ação": "neutral"})

    [file] = walk.walk_photos(tmp_path, dataset)

    assert file.key == ("ação-1", "neutral", False, "ação")
    assert file.path == f"{NFD}/{NFD}-1/{NFD}.jpg"
    assert file.absolute.is_file()


@pytest.mark.parametrize(
    "layout", ["ação/{participant}.{expression}", f"{NFD}/{{participant}}.{{expression}}"]
)
@pytest.mark.parametrize("folder", ["ação", NFD])
def test_words_of_a_layout_match_in_any_spelling(tmp_path: Path, layout: str, folder: str) -> None:
    put(tmp_path, f"{folder}/1.{NFD}.jpg")
    for code in ("ação", NFD):
        dataset = Dataset(expressions={code: "neutral"})
        assert [
            file.participant for file in walk.walk_photos(tmp_path, dataset, layout=layout)
        ] == ["1"]


def test_what_nobody_sees_is_taken_out_of_ids_and_counted(tmp_path: Path) -> None:
    put(tmp_path, "00/00/0101\u200b/a\u00ad.jpg", "05/00/\u00a00101/b.jpg", "05/00/0101/c.jpg")

    found = walk.walk_photos(tmp_path, Dataset())

    assert {(file.participant, file.photo) for file in found} == {
        ("0101", "a"),
        ("0101", "b"),
        ("0101", "c"),
    }
    assert found.respelled == 2


def test_an_id_of_nothing_visible_is_none(tmp_path: Path) -> None:
    put(tmp_path, "00/00/\u200b/a.jpg")
    assert counts(walk.walk_photos(tmp_path, Dataset())) == {Reason.NOT_IN_LAYOUT: 1}


def test_photographs_whose_ids_differ_in_bytes_only_stay_apart(tmp_path: Path) -> None:
    put(tmp_path, f"00/00/1/{NFD}.jpg", "00/00/1/ação.jpg", "00/00/1/b.jpg")

    photos = [file.photo for file in walk.walk_photos(tmp_path, Dataset())]

    assert len(set(photos)) == 3
    assert {path for path in photos if path.startswith("00")} == {
        "00/00/1/ação.jpg #1",
        "00/00/1/ação.jpg #2",
    }


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Happy", "Happy differs from happy in letter case"),
        ("happy ", "ok"),
        ("HAP-PY", "HAP-PY differs from happy in letter case and spaces or punctuation"),
    ],
)
def test_a_code_that_nearly_is_a_listed_one_is_told(tmp_path: Path, code: str, said: str) -> None:
    put(tmp_path, "odd/1/a.jpg", f"{code}/1/a.jpg")
    dataset = Dataset(
        layout="{expression}/{participant}/{photo}",
        expressions={"happy": "happiness"},
        neutral="happiness",
    )

    found = walk.walk_photos(tmp_path, dataset)

    told = {ignored.reason: ignored.example for ignored in found.ignored}
    assert told.get(Reason.CODE_WRITTEN_OTHERWISE, "ok") == said
    assert told[Reason.UNKNOWN_EXPRESSION] == "odd"


@pytest.mark.parametrize("layout", ["{expression}/{photo}", "{expression}/{participant}_{photo}"])
def test_without_identity_each_photograph_is_its_own_participant(
    tmp_path: Path, layout: str
) -> None:
    put(tmp_path, "00/1_a.jpg", "05/1_a.jpg", "05/1_b.jpg", "05/1_b.png", "07/1_b.png")
    dataset = Dataset(layout=layout, identity="photo")

    found = walk.walk_photos(tmp_path, dataset)

    # Of one name but for the ending are two photographs.
    assert [file.participant for file in found] == [
        *("00/1_a", "05/1_a", "05/1_b.jpg", "05/1_b.png", "07/1_b"),
    ]
    assert len(set(ids(found))) == 5


def test_without_identity_participants_have_one_spelling_and_stay_apart(tmp_path: Path) -> None:
    names = ("ac\u0327a\u0303o.jpg", "ação.jpg", "a\u200bb.jpg")
    put(tmp_path, *(f"05/{name}" for name in names))
    dataset = Dataset(layout="{expression}/{photo}", identity="photo")

    found = walk.walk_photos(tmp_path, dataset)

    assert [file.participant for file in found] == [
        *("05/ab", "05/ação.jpg #1", "05/ação.jpg #2"),
    ]
    assert sorted(file.path for file in found) == sorted(f"05/{name}" for name in names)
    assert found.respelled == 1


def test_without_identity_a_preferred_reading_still_settles_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "a_00_05_b.jpg")
    layout = "{participant%s}_{expression}_{photo}"

    with pytest.raises(UsageError, match="can be read as"):
        walk.walk_photos(tmp_path, Dataset(layout=layout % "", identity="photo"))
    [file] = walk.walk_photos(tmp_path, Dataset(layout=layout % ":long", identity="photo"))

    assert (file.participant, file.expression, file.photo) == ("a_00_05_b", "happiness", "b")


def test_with_identity_a_layout_needs_the_participant(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"participant.* is missing"):
        walk.walk_photos(tmp_path, Dataset(layout="{expression}/{photo}"))
