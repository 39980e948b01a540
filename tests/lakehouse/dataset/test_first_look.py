from pathlib import Path

import pytest

from lakehouse.dataset.first_look import FirstLook, Group, look_at
from lakehouse.dataset.walk import walk_photos
from lakehouse.settings.model import Settings


def look(root: Path, *paths: str, **sections: dict[str, object]) -> FirstLook:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    settings = Settings.model_validate(sections)
    return look_at(walk_photos(root, settings.dataset, tolerant=True), settings)


def test_groups_have_counts_and_three_examples(tmp_path: Path) -> None:
    found = look(tmp_path, *(f"00/00/{who}/{photo}.jpg" for who in "12345" for photo in "123"))

    assert (found.photographs, found.participants, found.with_neutral) == (15, 5, 5)
    assert [who.name for who in found.first_participants] == ["1", "2", "3"]
    paths = ("00/00/1/1.jpg", "00/00/1/2.jpg", "00/00/1/3.jpg")
    assert found.first_participants[0] == Group("1", 3, 1, paths)
    assert found.expressions[:2] == (Group("neutral", 15, 5, paths), Group("anger", 0, 0, ()))
    assert [(each.name, each.photographs) for each in found.conditions] == [("unsupervised", 15)]
    assert found.advice == ()


def test_a_photograph_of_nobody_lacks_no_other_cell(tmp_path: Path) -> None:
    quality = {"photos_per_mask": 1, "masks": "neutral", "reference": "mean"}
    dataset = {"layout": "{expression}/{photo}", "identity": "photo"}

    found = look(tmp_path, "00/1.jpg", "05/2.jpg", dataset=dataset, quality=quality)

    assert (found.participants, found.missing, found.missing_cells) == (2, 0, ())
    assert found.advice == ()


ANY = {"photos_per_mask": "any", "masks": "neutral"}


@pytest.mark.parametrize(
    ("paths", "sections", "advice"),
    [
        (("x.jpg",), {}, ["no file matches the layout"]),
        (("00/00/1/1.jpg",), {}, ["every cell has 1 photographs, and quality.photos_per_mask"]),
        (("00/00/1/1.jpg",), {"quality": {"photos_per_mask": 1}}, []),
        (("00/00/1/1.jpg", "00/00/2/1.jpg", "00/00/2/2.jpg"), {"quality": ANY}, []),
        (("00/00/1/1.jpg", "05/00/2/1.jpg"), {"quality": ANY}, ["participants without a photogr"]),
        (("00/01/1/1.jpg",), {"quality": ANY}, ["nobody has a photograph of neutral without cue"]),
        (
            ("00/01/1/1.jpg",),
            {"quality": {**ANY, "reference": "mean"}},
            ["nobody has a photograph of neutral without cue"],
        ),
        (("00/00/1/1.jpg", "05/00/2/1.jpg"), {"quality": {**ANY, "reference": "mean"}}, []),
        (
            ("00/01/1/1.jpg",),
            {"quality": {**ANY, "reference": "canonical"}, "alignment": {"method": "procrustes"}},
            [],
        ),
        (
            ("00/00/1/1.jpg", "00/00/2/1.jpg", "05/00/1/1.jpg"),
            {"quality": {"photos_per_mask": 1}},
            ["participants without some expression or condition that others have"],
        ),
        (
            ("00/00/1/1.jpg", "0/00/1/1.jpg"),
            {"quality": ANY},
            ["photographs with codes that are not in dataset.expressions or dataset.supervised: 1"],
        ),
    ],
)
def test_what_to_change_is_said(paths, sections, advice, tmp_path: Path) -> None:
    found = look(tmp_path, *paths, **sections)

    assert len(found.advice) == len(advice)
    assert all(said.startswith(begins) for said, begins in zip(found.advice, advice, strict=True))
