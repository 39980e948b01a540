"""A flipped bit in the lake is noticed by whatever reads it, and never read as data.

`ATTACK_ROUNDS` sets how many bits; `benchmarks/flipped_bits.py` flips a thousand in a lake of a
study's size.
"""

import os

import pyarrow.parquet as pq
import pytest

from benchmarks.flipped_bits import fate, flipped, flips, lake_files, require_noticed_by_all, turn
from lakehouse.covariates.read import read_covariates
from lakehouse.covariates.store import store_covariates
from lakehouse.errors import LakehouseError
from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.lake.parts import read_part, read_table
from lakehouse.paths import WarehousePaths
from tests.attack.studies import SETTINGS, Study

ROUNDS = int(os.environ.get("ATTACK_ROUNDS", "60"))
SHOWN_TO_ALL = 10


@pytest.fixture
def with_all_files(study: Study) -> Study:
    ages = study.tree.parent / "ages.csv"
    ages.write_text("id,age,sex\n0000,31,f\n0001,40,m\n")
    store_covariates(read_covariates(ages, SETTINGS), study.paths)
    return study


@pytest.mark.slow
def test_every_flipped_bit_is_noticed(with_all_files: Study) -> None:
    paths = with_all_files.paths
    assert len(lake_files(paths)) == 8
    for number, flip in enumerate(flips(paths, ROUNDS, seed=1)):
        assert fate(paths, SETTINGS, flip) == "noticed", flip
        if number % SHOWN_TO_ALL == 0:
            with flipped(flip):
                require_noticed_by_all(paths, SETTINGS, flip)
                with pytest.raises(LakehouseError, match=flip.file.name):
                    read_all(paths)


def read_all(paths: WarehousePaths) -> None:
    """Read the lake as single commands do, which verify what they read alone."""
    for file in lake_files(paths):
        read_table(file)
    for part in sorted(file.name for file in paths.photos.iterdir()):
        read_part(paths, part)


def test_no_flip_makes_a_file_pass_for_one_without_a_checksum(study: Study) -> None:
    """Every bit of the smallest file, metadata and all."""
    paths = study.paths
    smallest = min(lake_files(paths), key=lambda file: file.stat().st_size)
    content = smallest.read_bytes()
    for place in range(0, len(content)):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        smallest.write_bytes(changed)
        with pytest.raises(LakehouseError, match=smallest.name):
            read_table(smallest)


@pytest.mark.slow
def test_what_is_damaged_is_restored_from_the_originals_bit_by_bit(with_all_files: Study) -> None:
    paths = with_all_files.paths
    before = held(paths)
    for seed in range(6):
        drawn = flips(paths, 40, seed)
        flip = next(flip for flip in drawn if flip.file.parent != paths.lake)
        turn(flip)
        summary = import_landmarks(
            with_all_files.tree, paths, SETTINGS, ImportOptions(part_photos=16)
        )
        [healed] = summary.healed
        assert (healed.file, healed.photos) == (flip.file.relative_to(paths.lake).as_posix(), 16)
        assert (summary.ok, summary.already_done) == (16, 16)
        assert held(paths) == before


def held(paths: WarehousePaths) -> list[list[tuple[object, ...]]]:
    """Give the rows of each kind, in whatever parts, but for when they were imported."""
    return [
        sorted(
            tuple(str(value) for name, value in row.items() if name != "extracted_at")
            for file in folder.iterdir()
            for row in pq.ParquetFile(file).read().to_pylist()
        )
        for folder in (paths.photos, paths.landmarks, paths.blendshapes)
    ]
