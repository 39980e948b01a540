import pytest

from lakehouse.pictures.kinds import picture_format, split_ending


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a/b.JPG", ("a/b", ".JPG")),
        ("subject07.happy", ("subject07.happy", "")),
        ("a.tar.tiff", ("a.tar", ".tiff")),
        ("IMG_1.CR2", ("IMG_1", ".CR2")),
        ("x/.jpg", ("x/.jpg", "")),
        ("folder.jpg/name", ("folder.jpg/name", "")),
    ],
)
def test_only_a_pictures_ending_is_an_ending(name: str, parts: tuple[str, str]) -> None:
    assert split_ending(name) == parts


@pytest.mark.parametrize(
    "head",
    [
        *(b"", b"BM", b"BMW is a car and not a bitmap.......", b"\xff\xd8", b"%PDF-1.7"),
        *(b"IIRX", b"MMMM", b"\0\0\0\x18ftypmp42"),
    ],
)
def test_what_is_no_picture_is_not_taken_for_one(head: bytes) -> None:
    assert picture_format(head) is None
