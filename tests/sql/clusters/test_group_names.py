from tests.sql.support import RunModel, table

REGIONS = table(
    "region place part_en part_pt left_en left_pt both_en both_pt",
    *(
        (name, place, name, f"{name}o", f"left {name}", f"{name}o esquerdo", f"{name}s",
         f"{name}os")
        for place, name in enumerate(("brow", "cheek", "lip", "chin"))
    ),
)  # fmt: skip
OF_SIDE = {"left": 0, "right": 100, "midline": 200}
PLACES = {"brow": 0, "cheek": 10, "lip": 20, "chin": 30}
POINTS = table(
    "point region side",
    *(
        (first + start + number, region, side)
        for side, first in OF_SIDE.items()
        for region, start in PLACES.items()
        for number in range(10)
    ),
)


def group(number: int, *parts: tuple[str, str, int], grouping: str = "k") -> list[dict]:
    """Points of a group: so many of a region on a side."""
    return [
        {"grouping": grouping, "group_id": number, "point": OF_SIDE[side] + PLACES[region] + at}
        for side, region, count in parts
        for at in range(count)
    ]


WHOLE = [("mesh", 0, "whole face", "face inteira", "both", 3)]


def test_a_group_is_called_by_the_region_of_most_of_its_points(run_model: RunModel) -> None:
    found = run_model(
        "group_names",
        "grouping, group_id, name_en, name_pt, side, points",
        pav_groups=group(0, ("left", "cheek", 5), ("left", "lip", 2)),
        points=POINTS,
        face_regions=REGIONS,
        mirror_points=table("point", (0,), (1,), (2,)),
    )

    assert found == [("k", 0, "left cheek", "cheeko esquerdo", "left", 7), *WHOLE]


def test_a_second_region_is_named_that_has_half_as_many(run_model: RunModel) -> None:
    rows = run_model(
        "group_names",
        "name_en, name_pt",
        pav_groups=group(1, ("right", "cheek", 4), ("right", "lip", 2), ("right", "chin", 2)),
        points=POINTS,
        face_regions=REGIONS,
    )

    assert ("right cheek and lip", "cheeko direito e lipo") in rows


def test_equal_regions_stand_from_the_forehead_down(run_model: RunModel) -> None:
    rows = run_model(
        "group_names",
        "name_en",
        pav_groups=group(1, ("left", "chin", 3), ("left", "brow", 3)),
        points=POINTS,
        face_regions=REGIONS,
    )

    assert ("left brow and chin",) in rows


def test_the_side_is_named_where_three_quarters_lie_on_it(run_model: RunModel) -> None:
    rows = run_model(
        "group_names",
        "group_id, name_en, side",
        pav_groups=[
            *group(0, ("left", "cheek", 6), ("midline", "cheek", 2)),
            *group(1, ("right", "lip", 5), ("midline", "lip", 2)),
            *group(2, ("right", "brow", 3), ("left", "brow", 3)),
        ],
        points=POINTS,
        face_regions=REGIONS,
    )

    assert rows == [
        (0, "left cheek", "left"),
        (0, "whole face", "both"),
        (1, "lips", "both"),
        (2, "brows", "both"),
    ]


def test_groups_of_a_grouping_have_names_of_their_own(run_model: RunModel) -> None:
    rows = run_model(
        "group_names",
        "grouping, group_id, name_en, name_pt",
        pav_groups=[
            *group(0, ("left", "cheek", 6), ("left", "lip", 1)),
            *group(1, ("left", "cheek", 4)),
            *group(2, ("left", "cheek", 3)),
            *group(3, ("left", "cheek", 9), ("left", "chin", 2), ("left", "lip", 1)),
            *group(0, ("left", "cheek", 6), grouping="other"),
        ],
        points=POINTS,
        face_regions=REGIONS,
    )

    assert rows == [
        ("k", 0, "left cheek and lip", "cheeko esquerdo e lipo"),
        ("k", 1, "left cheek (group 1)", "cheeko esquerdo (grupo 1)"),
        ("k", 2, "left cheek (group 2)", "cheeko esquerdo (grupo 2)"),
        ("k", 3, "left cheek, chin and lip", "cheeko esquerdo, chino e lipo"),
        ("mesh", 0, "whole face", "face inteira"),
        ("other", 0, "left cheek", "cheeko esquerdo"),
    ]
