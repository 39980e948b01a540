import polars as pl
import pytest

import lakehouse
from lakehouse.figures.mesh import edges_of
from lakehouse.report.sections.masks import MASKS, people


@pytest.fixture(scope="module")
def study(small_warehouse):
    with lakehouse.open(small_warehouse.root) as opened:
        yield opened


def test_all_points_of_all_masks_are_there_in_their_order(tables, study):
    masks = tables.table("mean_masks")
    expected = study.sql("from mean_masks where point < 468 order by mask, point")
    assert masks["point"].to_list() == expected["point"].to_list()
    for axis in ("x", "y"):
        assert masks[axis].to_list() == pytest.approx(expected[axis].to_list(), abs=0.051)


def test_edges_are_the_sides_of_the_triangles(tables, study):
    triangles = study.sql("select point_a, point_b, point_c from triangles").to_numpy()
    edges = tables.table("mesh_edges")
    assert edges.select("point_a", "point_b").rows() == [
        tuple(edge) for edge in edges_of(triangles).tolist()
    ]
    assert edges["edge"].to_list() == list(range(len(edges)))


def test_captions_count_masks_and_people(tables, study):
    [grid] = [block for block in MASKS.blocks if block.name == "mean_masks"]
    frames = {name: tables.table(name) for name in grid.tables}
    counts = study.sql("select distinct mask, participants from mean_masks")
    said = grid.numbers(frames, tables.words("en"))
    assert said == {
        "masks": str(len(counts)),
        "n": "–".join(
            str(count)
            for count in sorted({counts["participants"].min(), counts["participants"].max()})
        ),
    }


@pytest.mark.parametrize(("counts", "said"), [([7, 7], "7"), ([1500, 3, 9], "3–1,500")])
def test_people_are_one_number_or_the_fewest_and_the_most(tables, counts, said):
    assert people(pl.DataFrame({"participants": counts}), tables.words("en")) == said
