import cv2
import numpy as np
import pytest

import lakehouse
from lakehouse.report.export import written_figures
from lakehouse.report.figure import Section
from lakehouse.report.page.blocks import block_view, lacks
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.ghosts import GHOSTS, WIDTH, grid_places
from lakehouse.report.tables import facts
from lakehouse.report.tables.tables import open_tables


@pytest.fixture(scope="module")
def languages(tables):
    return {name: tables.words(name) for name in ("en", "pt")}


@pytest.fixture(scope="module")
def pictures(tables, languages):
    return GHOSTS.draw(tables, languages)


def test_there_is_a_picture_of_each_mask(pictures, tables):
    masks = tables.table("mask_people")
    words = tables.words("en")
    assert [picture.labels["en"] for picture in pictures] == [
        words.mask(row["expression"], row["supervised"]) for row in masks.to_dicts()
    ]
    assert len({picture.pixels.shape for picture in pictures}) == 1
    assert pictures[0].pixels.shape[1] == WIDTH


def test_they_are_dark_where_all_faces_have_a_line(pictures):
    # The alignment puts forehead and chin of everybody into the same places.
    for picture in pictures:
        rows, _ = np.nonzero(picture.pixels < 128)
        assert rows.min() < 0.1 * picture.pixels.shape[0]
        assert rows.max() > 0.9 * picture.pixels.shape[0]
        assert (picture.pixels > 250).mean() > 0.2


def test_the_caption_says_whose_they_are(tables):
    most = max(tables.table("mask_people")["participants"])
    assert GHOSTS.numbers(tables, tables.words("en"))["who"] == f"all participants (n = {most})"


def test_rows_are_conditions_and_columns_expressions():
    masks = [("neutral", True), ("fear", False), ("fear", True)]
    assert grid_places(masks) == {
        ("neutral", True): (2, 1),
        ("fear", False): (1, 2),
        ("fear", True): (2, 2),
    }
    assert grid_places([("fear", True)]) == {("fear", True): (1, 1)}


def test_single_people_are_left_out_of_an_aggregated_report(small_warehouse):
    with open_tables(small_warehouse, Privacy(aggregate=True)) as tables:
        assert lacks(GHOSTS, tables)


def test_where_nothing_can_be_drawn_it_says_what_is_missing(tables, languages, monkeypatch):
    monkeypatch.setattr(facts, "can_draw", lambda: False)
    monkeypatch.setattr(facts, "installing_to_draw", lambda: "install libGL")
    view = block_view(GHOSTS, tables, languages)
    assert "library" in view["lacking"]["en"]
    assert view["command"] == "install libGL"


def test_many_people_are_drawn_by_lot(small_warehouse):
    with (
        lakehouse.open(small_warehouse.root) as study,
        open_tables(small_warehouse, Privacy()) as tables,
    ):
        faces = tables.table("ghosts")["mask_place"].value_counts(sort=False)
        expected = study.sql(
            "select least(320, participants) * 468 as count from mean_masks where point = 0 "
            "order by mask"
        )
        assert faces.sort("mask_place")["count"].to_list() == expected["count"].to_list()


def test_they_are_written_as_files_for_a_manuscript(tables, languages, pictures):
    section = Section("masks", (GHOSTS,))
    files = dict(written_figures((section,), tables, languages["en"]))
    assert list(files) == [f"ghosts-{picture.name}.png" for picture in pictures]
    first = cv2.imdecode(np.frombuffer(files[f"ghosts-{pictures[0].name}.png"], np.uint8), -1)
    assert (first == pictures[0].pixels).all()
