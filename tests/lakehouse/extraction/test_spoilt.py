"""Faces in photographs that were spoilt in many ways are found where they are, or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image
from skimage import data

from benchmarks.faces import Spoilt, spoil
from lakehouse.extraction.extract import extract
from lakehouse.lake.parts import part_names, read_part
from lakehouse.lake.records import PhotoRecord
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic import plan_study, render_photo
from lakehouse.vocabulary import CHIN, FOREHEAD
from tests.photographs import portrait

pytestmark = pytest.mark.slow

CELL = "00/00/0001"
BEYOND = {"blurred"}
"""Too far gone for the model itself."""

UPSIDE_DOWN_BEYOND = {"blurred", "noise"}


class Shown(NamedTuple):
    """A spoilt photograph and the way up it is shown."""

    who: str
    spoilt: Spoilt
    upside_down: bool

    @property
    def name(self) -> str:
        """Of the photograph's file, without its ending."""
        return f"{self.who}, {self.spoilt.how}{', upside down' if self.upside_down else ''}"

    @property
    def pixels(self) -> np.ndarray:
        """As it is shown."""
        pixels = self.spoilt.pixels
        return pixels[::-1, ::-1] if self.upside_down else pixels

    @property
    def points(self) -> np.ndarray:
        """Where the face's points should be."""
        points = self.spoilt.points
        return np.array(self.spoilt.pixels.shape[1::-1]) - points if self.upside_down else points


def extracted(pictures: dict[str, np.ndarray], folder: Path) -> dict[str, PhotoRecord]:
    """Extract pictures and give what the lake says of each."""
    (folder / "photographs" / CELL).mkdir(parents=True)
    for name, pixels in pictures.items():
        Image.fromarray(pixels).save(folder / "photographs" / CELL / f"{name}.png")
    paths = WarehousePaths(folder / "warehouse")
    extract(folder / "photographs", paths, Settings())
    return {
        Path(record.row.path).stem: record
        for part in part_names(paths)
        for record in read_part(paths, part)
    }


@pytest.fixture(scope="module")
def shown(face_model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """A real and a generated portrait, spoilt, upright and upside down."""
    plan = plan_study(1, 1, expressions=("neutral", "happiness"), conditions=(False,))
    portraits = {
        "astronaut": np.asarray(portrait(640)),
        "generated": render_photo(plan, plan.participants[0], "happiness", False, 1),
    }
    plain = extracted(portraits, tmp_path_factory.mktemp("plain"))

    def each() -> Iterator[Shown]:
        for who, pixels in portraits.items():
            landmarks = plain[who].landmarks
            assert landmarks is not None
            points = landmarks[:, :2].astype(np.float64)
            for spoilt in spoil(pixels, points, np.random.default_rng(0)):
                yield Shown(who, spoilt, upside_down=False)
                yield Shown(who, spoilt, upside_down=True)

    return list(each())


@pytest.fixture(scope="module")
def records(shown: list[Shown], tmp_path_factory: pytest.TempPathFactory) -> dict[str, PhotoRecord]:
    return extracted({each.name: each.pixels for each in shown}, tmp_path_factory.mktemp("spoilt"))


@pytest.mark.parametrize("upside_down", [False, True])
def test_a_spoilt_face_is_found(
    shown: list[Shown], records: dict[str, PhotoRecord], upside_down: bool
) -> None:
    beyond = UPSIDE_DOWN_BEYOND if upside_down else BEYOND
    lost = [
        each.name
        for each in shown
        if each.upside_down is upside_down
        and each.spoilt.how not in beyond
        and records[each.name].landmarks is None
    ]
    assert lost == []


def test_what_is_found_is_where_the_face_is(
    shown: list[Shown], records: dict[str, PhotoRecord]
) -> None:
    for each in shown:
        found = records[each.name].landmarks
        if found is None:
            continue
        height = np.linalg.norm(each.points[FOREHEAD] - each.points[CHIN])
        apart = np.linalg.norm(found[:, :2] - each.points, axis=1).mean()
        assert apart < 0.06 * height, each.name


def test_what_was_turned_says_so(shown: list[Shown], records: dict[str, PhotoRecord]) -> None:
    said = {
        records[each.name].row.retry
        for each in shown
        if each.upside_down and records[each.name].landmarks is not None
    }
    assert said == {"turned_180"}


def test_things_and_textures_are_refused_whichever_way_up(tmp_path: Path) -> None:
    scenes = [data.coffee(), data.clock(), data.gravel(), data.brick(), data.coins(), data.cat()]
    pictures = {
        f"{number} {turns}": np.rot90(scene, turns)
        for number, scene in enumerate(scenes)
        for turns in range(4)
    }
    found = extracted(pictures, tmp_path)
    assert [name for name, record in found.items() if record.row.status != "no_face"] == []
