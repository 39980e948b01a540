import pytest

import lakehouse
from lakehouse.report.figure import Figure
from lakehouse.report.sections.heat import HEAT


@pytest.fixture(scope="module")
def study(small_warehouse):
    with lakehouse.open(small_warehouse.root) as opened:
        yield opened


def numbers(tables, name):
    [figure] = [block for block in HEAT.blocks if block.name == name]
    assert isinstance(figure, Figure)
    frames = {table: tables.table(table) for table in figure.tables}
    return figure.numbers(frames, tables.words("en"))


def test_the_caption_of_the_heat_says_what_the_warehouse_has(tables, study):
    said = numbers(tables, "heat")
    [most] = study.sql("from triangle_heat order by mean_distance desc limit 1").to_dicts()
    [masks] = study.sql("select count(distinct mask) as n from triangle_heat")["n"]
    assert said["most"] == f"{most['mean_distance']:.1f}"
    assert said["mask"] == tables.words("en").mask(most["expression"], most["supervised"])
    assert said["masks"] == str(masks)
    assert said["neutral"]


def test_only_the_reference_has_no_heat(tables):
    heat = tables.table("heat")
    without = heat.filter(heat["mean_distance"].is_null())
    assert set(zip(without["expression"], without["supervised"], strict=True)) == {
        ("neutral", False)
    }
    assert len(without) == len(tables.table("mesh"))


def test_the_farthest_point_is_the_warehouses(tables, study):
    said = numbers(tables, "farthest_points")
    [most] = study.sql("from point_averages order by mean_distance desc limit 1").to_dicts()
    assert said["most"] == f"{most['mean_distance']:.1f}"
    assert said["sd"] == f"{most['sd_distance']:.1f}"
    assert said["point"].startswith(f"{most['point']} (")
    [undirected] = study.sql(
        "select count(*) as n from mean_displacements where mean_shift <= chance_shift"
    )["n"]
    assert said["undirected"] == str(undirected)


def test_points_move_as_the_warehouse_has_it(tables, study):
    movements = tables.table("point_movements")
    expected = study.sql(
        "select point_averages.mean_distance, dx, dy, mean_shift > chance_shift as directed "
        "from point_averages inner join mean_displacements using (mask, point) "
        "order by mask, point"
    )
    assert movements["mean_distance"].to_list() == pytest.approx(
        expected["mean_distance"].to_list(), abs=0.005
    )
    for axis in ("dx", "dy"):
        given = dict(enumerate(movements[axis].to_list()))
        for row, (value, directed) in enumerate(
            zip(expected[axis], expected["directed"], strict=True)
        ):
            assert given[row] == (pytest.approx(value, abs=0.051) if directed else None)


def test_places_have_names_and_muscles(tables):
    [corner] = tables.table("point_places").filter(point=61).to_dicts()
    assert corner["name_en"] == "right corner of the mouth"
    assert corner["name_pt"] == "canto direito da boca"
    assert "zygomaticus major" in corner["muscles"].split(", ")
    assert len(tables.table("point_places")) == 468
