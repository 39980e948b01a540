import os
from pathlib import Path

import pytest

from lakehouse.dataset.manifest_paths import ManifestPaths


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("S001/happy/1.jpg", "S001/happy/2.jpg", "S002/sad/1.JPG", "top.jpg"):
        path = tmp_path / "study" / "photos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "study" / "photos"


def found(root: Path, *texts: str) -> list[str]:
    """Give what is found, or what is wrong."""
    return [str(each) for each in ManifestPaths(root).find_all(texts)]


@pytest.mark.parametrize(
    "text",
    [
        "S001/happy/1.jpg",
        "./S001//happy/1.jpg",
        r"S001\happy\1.jpg",
        r".\S001\happy/1.jpg",
        "s001/Happy/1.JPG",
        r"S001\HAPPY\1.jpg",
    ],
)
def test_a_path_is_found_however_it_is_written(root: Path, text: str) -> None:
    assert found(root, text) == ["S001/happy/1.jpg"]


def test_an_absolute_path_is_found_below_the_root(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root.parent)
    (root / "inside").symlink_to(root / "S001")
    for given in (root, root / ".." / "photos", tmp_path / "link" / "photos"):
        assert found(
            given,
            f"{root}/S001/happy/1.jpg",
            f"{tmp_path}/link/photos/S001/happy/2.jpg",
            f"{root}/inside/happy/1.jpg",
        ) == ["S001/happy/1.jpg", "S001/happy/2.jpg", "inside/happy/1.jpg"]


def test_a_root_that_is_named_from_where_one_stands_is_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root.parent)
    assert found(Path("photos"), f"{root}/top.jpg", "photos/top.jpg") == [
        "top.jpg",
        "photos/top.jpg does not exist",
    ]


def test_a_link_elsewhere_to_a_photograph_is_that_photograph(root: Path, tmp_path: Path) -> None:
    (tmp_path / "best.jpg").symlink_to(root / "top.jpg")
    assert found(root, str(tmp_path / "best.jpg")) == ["top.jpg"]


def test_a_tilde_is_the_home_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(root.parent))
    assert found(root, "~/photos/top.jpg") == ["top.jpg"]
    (root / "~").mkdir()
    (root / "~" / "own.jpg").touch()
    assert found(root, "~/own.jpg") == ["~/own.jpg"]


@pytest.mark.skipif(os.sep == "\\", reason="a backslash is no letter there")
def test_a_backslash_that_is_part_of_a_name_is_found_first(root: Path) -> None:
    (root / r"S001\happy\1.jpg").touch()
    assert found(root, r"S001\happy\1.jpg", r"S001\happy\2.jpg") == [
        r"S001\happy\1.jpg",
        "S001/happy/2.jpg",
    ]


@pytest.mark.parametrize(
    ("before", "foreign"),
    [
        ("C:\\study\\photos\\", "C:\\study\\photos"),
        ("c:/Study/Photos/", "c:\\Study\\Photos"),
        ("\\\\server\\share\\photos\\", "\\\\server\\share\\photos"),
        ("\\photos\\", "\\photos"),
        ("D:\\", "D:\\"),
        ("/home/ana/photos/", "/home/ana/photos"),
        ("/", "/"),
        ("~/photos/", "~/photos"),
        ("photos/", "photos"),
        ("study\\photos\\", "study\\photos"),
    ],
)
def test_folders_of_another_machine_stand_for_the_root(
    root: Path, before: str, foreign: str
) -> None:
    paths = ManifestPaths(root)
    between = "\\" if "\\" in before else "/"
    texts = [before + between.join(path) for path in (("S001", "happy", "1.jpg"), ("top.jpg",))]

    assert paths.find_all(texts) == ["S001/happy/1.jpg", "top.jpg"]
    assert paths.foreign == foreign


def test_what_is_missing_below_a_foreign_folder_is_told(root: Path) -> None:
    assert found(root, "/x/S001/happy/1.jpg", "/x/S001/happy/3.jpg", "/x/top.jpg") == [
        "S001/happy/1.jpg",
        "/x/S001/happy/3.jpg does not exist",
        "top.jpg",
    ]


def test_letter_case_of_windows_is_minded_in_no_folder(root: Path) -> None:
    texts = (r"C:\Study\S001\happy\1.jpg", r"c:\study\S002\sad\1.jpg")
    assert found(root, *texts) == ["S001/happy/1.jpg", "S002/sad/1.JPG"]


def test_a_foreign_folder_is_not_guessed(root: Path) -> None:
    few = ["/x/top.jpg", "/x/a.jpg", "/x/b.jpg"]
    assert found(root, *few) == [
        f"{text} does not lie below the folder of photographs" for text in few
    ]
    # Some are there as they stand, so the others are missing.
    assert found(root, "top.jpg", "x/top.jpg") == ["top.jpg", "x/top.jpg does not exist"]
    # Two readings fit.
    (root / "photos").mkdir()
    (root / "photos" / "top.jpg").touch()
    assert found(root, "/y/photos/top.jpg") == [
        "/y/photos/top.jpg does not lie below the folder of photographs"
    ]


def test_of_several_in_other_letter_case_none_is_found(root: Path) -> None:
    paths = ManifestPaths(root)
    assert paths.find_all(["TOP.JPG"]) == ["top.jpg"]
    assert paths.in_other_case == {"top.jpg"}
    (root / "Top.jpg").touch()
    assert found(root, "TOP.JPG", "Top.jpg") == ["TOP.JPG does not exist", "Top.jpg"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no path"),
        ("S001/happy/9.jpg", "S001/happy/9.jpg does not exist"),
        ("S001/happy", "S001/happy is a folder"),
        ("../photos/top.jpg", "does not lie below the folder of photographs"),
        (r"..\photos\top.jpg", "does not lie below the folder of photographs"),
        (r"S001\..\top.jpg", "does not lie below the folder of photographs"),
        ("/etc/passwd", "/etc/passwd does not lie below the folder of photographs"),
        (r"C:\Windows\win.ini", "does not lie below the folder of photographs"),
        ("file:///photos/top.jpg", "file:///photos/top.jpg is an address, not a path"),
        ("to%70.jpg", "to%70.jpg does not exist"),
        ("top\0.jpg", "is no path"),
        ("/", "/ does not lie below the folder of photographs"),
        (".", ". is a folder"),
        ("\\", "\\ does not lie below the folder of photographs"),
    ],
)
def test_what_is_no_photograph_below_the_root_is_told(root: Path, text: str, problem: str) -> None:
    assert problem in found(root, text)[0]
    assert found(root, text, "top.jpg")[1] == "top.jpg"


def test_a_missing_file_by_its_whole_path_is_missing(root: Path) -> None:
    assert found(root, f"{root}/9.jpg")[0].endswith("9.jpg does not exist")


def test_a_long_path_of_windows_is_found(root: Path) -> None:
    folder = root / ("a" * 120) / ("b" * 120)
    folder.mkdir(parents=True)
    (folder / "c.jpg").touch()
    [path] = found(root, "\\".join(["C:", "x", "a" * 120, "b" * 120, "c.jpg"]))
    assert path == f"{'a' * 120}/{'b' * 120}/c.jpg"


@pytest.mark.parametrize("text", ["/a" * 500_000, "/" + "a" * 500_000, "C:" + "\\a" * 500_000])
def test_a_path_longer_than_any_is_not_sought(root: Path, text: str) -> None:
    assert found(root, text)[0].endswith("cannot be looked for (File name too long)")


def test_without_a_home_a_tilde_is_a_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    assert found(root, "~/x/top.jpg") == ["top.jpg"]
