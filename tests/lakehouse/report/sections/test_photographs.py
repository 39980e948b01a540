import shutil

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.report.page.blocks import offered
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.masks import MASKS
from lakehouse.report.sections.photographs import PHOTOGRAPHS, WIDTH
from lakehouse.report.tables.tables import open_tables


@pytest.fixture(scope="module")
def paths(photographed_study):
    return WarehousePaths(photographed_study / "warehouse")


def drawn(paths, root):
    with open_tables(paths, Privacy(photographs=(root,))) as tables:
        languages = {name: tables.words(name) for name in ("en", "pt")}
        return (
            PHOTOGRAPHS.draw(tables, languages),
            PHOTOGRAPHS.numbers(tables, languages["en"])["missing"],
            tables.table("photographs"),
        )


@pytest.mark.slow
def test_one_photograph_of_each_mask_is_shown_aligned(paths, photographed_study):
    pictures, missing, rows = drawn(paths, photographed_study / "photos")
    assert missing == ""
    assert len(pictures) == len(rows) == rows.select("expression", "supervised").n_unique()
    for picture in pictures:
        assert picture.pixels.shape[1:] == (WIDTH, 3)
        # A face, not the black around a photograph.
        assert picture.pixels.mean() > 30
    assert "participant" not in rows.columns


@pytest.mark.slow
def test_photographs_that_are_missing_are_counted(paths, photographed_study, tmp_path):
    root = tmp_path / "photos"
    shutil.copytree(photographed_study / "photos", root)
    _, _, rows = drawn(paths, root)
    (root / rows["path"][0]).unlink()
    (root / rows["path"][1]).write_bytes(b"another picture")
    pictures, missing, _ = drawn(paths, root)
    assert len(pictures) == len(rows) - 2
    assert f"2 of {len(rows)} photographs" in missing
    assert not any(path in missing for path in rows["path"])


def test_without_permission_there_is_no_such_block(paths, tmp_path):
    for folders, there in (((), False), ((tmp_path,), True)):
        with open_tables(paths, Privacy(photographs=folders)) as tables:
            assert (PHOTOGRAPHS in offered(MASKS, tables)) is there
