"""Photographs: pixels, files, and that both depend on the seed alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lakehouse.synthetic.photo_pixels import render_photo
from lakehouse.synthetic.photographs import Tree, write_photographs
from lakehouse.synthetic.study import plan_study

YALE = {"neutral": "normal", "happiness": "happy", "sadness": "sad", "surprise": "surprised"}


def contents(paths: list[Path]) -> list[bytes]:
    """Bytes of files."""
    return [path.read_bytes() for path in paths]


@pytest.mark.slow
def test_photo_is_a_colour_picture() -> None:
    photo = render_photo(plan_study(1), "0101", "surprise", True, 1)
    assert photo.dtype == np.uint8
    assert photo.shape == (768, 640, 3)
    assert photo.std() > 20


def test_photos_of_one_mask_differ() -> None:
    plan = plan_study(1)
    first = render_photo(plan, "0101", "happiness", False, 1)
    again = render_photo(plan, "0101", "happiness", False, 1)
    second = render_photo(plan, "0101", "happiness", False, 2)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, second)


def test_default_tree(tmp_path: Path) -> None:
    files = Tree().files(plan_study(), tmp_path)
    assert len(files) == 24 * 16 * 3
    names = {file.path.relative_to(tmp_path).as_posix() for file in files}
    assert len(names) == len(files)
    assert {"00/00/0101/1.jpg", "05/01/0124/3.jpg", "07/01/0110/2.jpg"} <= names


@pytest.mark.slow
def test_same_seed_same_bytes_whatever_the_workers(tmp_path: Path) -> None:
    few = {"expressions": ("neutral", "happiness"), "conditions": (False, True)}
    plan, other = plan_study(3, 2, seed=5, **few), plan_study(3, 2, seed=6, **few)
    seen: list[Path] = []
    alone = write_photographs(plan, tmp_path / "alone", workers=1, on_photo=seen.append)
    together = write_photographs(plan, tmp_path / "together", workers=2)
    different = write_photographs(other, tmp_path / "different", workers=1)
    assert seen == alone
    assert [path.relative_to(tmp_path / "alone") for path in alone] == [
        path.relative_to(tmp_path / "together") for path in together
    ]
    assert contents(alone) == contents(together)
    assert not set(contents(alone)) & set(contents(different))
    with Image.open(alone[0]) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (640, 768))


def test_flat_tree_of_files_without_ending(tmp_path: Path) -> None:
    people = [f"{number:02d}" for number in range(1, 4)]
    plan = plan_study(people, 1, expressions=tuple(YALE), conditions=(False,))
    written = write_photographs(
        plan,
        tmp_path,
        Tree("subject{participant}.{expression}", suffix="", expression_names=YALE),
        workers=1,
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"subject{person}.{name}" for person in people for name in YALE.values()
    )
    with Image.open(written[0]) as picture:
        assert picture.format == "GIF"
        red, green, blue = picture.convert("RGB").split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()


@pytest.mark.parametrize(("suffix", "kind"), [(".gif", "GIF"), (".png", "PNG")])
def test_other_formats(tmp_path: Path, suffix: str, kind: str) -> None:
    plan = plan_study(1, 1, expressions=("sleepy",), conditions=(False,))
    (path,) = write_photographs(plan, tmp_path, Tree(suffix=suffix), workers=1)
    assert path.relative_to(tmp_path).as_posix() == f"00/00/0101/1{suffix}"
    with Image.open(path) as picture:
        assert picture.format == kind


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (Tree(suffix=".tiff"), "cannot write files ending in '.tiff'"),
        (Tree(layout="{subject}/{photo}"), "unknown fields in the layout"),
        (Tree(layout="{participant}/{expression}/{photo}"), "several photographs one path"),
        (Tree(expression_names={"neutral": "n"}), "no name for the expressions"),
    ],
)
def test_trees_that_do_not_fit_are_refused(tree: Tree, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        tree.files(plan_study(1), tmp_path)
