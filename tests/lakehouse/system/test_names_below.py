from pathlib import Path, PurePosixPath

import pytest

from lakehouse.system.names_below import NamesBelow

NFC, NFD = "ação", "ac\u0327a\u0303o"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / NFD / NFD).mkdir(parents=True)
    (tmp_path / NFD / NFD / "a.jpg").touch()
    return tmp_path


@pytest.mark.parametrize("path", [f"{NFC}/{NFC}/a.jpg", f"{NFD}/{NFC}/a.jpg", f"{NFD}/{NFD}/a.jpg"])
def test_a_file_is_found_as_the_file_system_spells_it(root: Path, path: str) -> None:
    found = NamesBelow(root).find(PurePosixPath(path))
    assert found == PurePosixPath(f"{NFD}/{NFD}/a.jpg")


@pytest.mark.parametrize("path", ["b.jpg", f"{NFC}/b.jpg", f"{NFC}/{NFC}/a.jpg/b", "../a.jpg"])
def test_what_is_not_there_is_not_found(root: Path, path: str) -> None:
    assert NamesBelow(root).find(PurePosixPath(path)) is None


def test_of_two_spellings_of_a_third_none_is_found(root: Path) -> None:
    (root / NFC).mkdir()
    assert NamesBelow(root).find(PurePosixPath(NFC)) == PurePosixPath(NFC)
    assert NamesBelow(root).find(PurePosixPath(f"{NFC}\u200b")) is None


def test_what_cannot_be_told_is_an_error(root: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        NamesBelow(root).find(PurePosixPath("x" * 5000))


def test_a_file_is_found_in_any_case_if_that_is_asked(root: Path) -> None:
    (root / "One").mkdir()
    (root / "One" / "A.JPG").touch()
    names = NamesBelow(root)

    assert names.find(PurePosixPath("one/a.jpg")) is None
    assert names.find(PurePosixPath("one/a.jpg"), any_case=True) == PurePosixPath("One/A.JPG")
    assert names.find(PurePosixPath(f"{NFC.upper()}/{NFD}/a.jpg"), any_case=True) == PurePosixPath(
        f"{NFD}/{NFD}/a.jpg"
    )


def test_of_two_names_that_differ_in_case_none_is_found(root: Path) -> None:
    for name in ("a.jpg", "A.jpg"):
        (root / name).touch()

    names = NamesBelow(root)

    assert names.find(PurePosixPath("A.JPG"), any_case=True) is None
    assert names.find(PurePosixPath("A.jpg"), any_case=True) == PurePosixPath("A.jpg")
