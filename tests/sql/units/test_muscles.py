from collections import defaultdict

import pytest

from tests.sql.support import RunModel, table

# Muscle, group, and points that must be among its own: over origin, course and insertion.
EXPECTED = {
    "frontalis_inner": ("forehead", {108, 107, 55}),
    "frontalis_outer": ("forehead", {104, 63, 53}),
    "corrugator_supercilii": ("orbital", {55, 107, 66}),
    "orbicularis_oculi_orbital": ("orbital", {65, 46, 35, 117, 119, 193}),
    "orbicularis_oculi_palpebral": ("orbital", {159, 145, 33, 133}),
    "procerus": ("nasal", {197, 6, 8, 9}),
    "nasalis": ("nasal", {5, 134, 48, 64}),
    "levator_labii_superioris_alaeque_nasi": ("oral", {245, 217, 129, 165}),
    "levator_labii_superioris": ("oral", {119, 36, 40}),
    "levator_anguli_oris": ("oral", {36, 206, 61}),
    "zygomaticus_minor": ("oral", {118, 205, 92}),
    "zygomaticus_major": ("oral", {117, 50, 216, 61}),
    "risorius": ("oral", {192, 214, 61}),
    "buccinator": ("oral", {214, 212, 61}),
    "orbicularis_oris_upper": ("oral", {164, 0, 13, 61}),
    "orbicularis_oris_lower": ("oral", {14, 17, 18, 61}),
    "depressor_anguli_oris": ("oral", {170, 204, 61}),
    "depressor_labii_inferioris": ("oral", {32, 182, 84}),
    "mentalis": ("oral", {18, 199, 175}),
    "platysma": ("oral", {150, 136, 210, 61}),
    "masseter": ("jaw", {116, 147, 172}),
    "temporalis": ("jaw", {68, 139, 34}),
}
WITHOUT_MUSCLE = {1, 4, 2, 94, 152, 148, 377, 234, 454, 93, 323}

Atlas = dict[str, dict[int, str]]


@pytest.fixture(scope="module")
def mirror(run_model: RunModel) -> list[dict[str, object]]:
    return table("point mirrored_point side", *run_model("mirror_points"))


@pytest.fixture(scope="module")
def atlas(run_model: RunModel, mirror: list[dict[str, object]]) -> Atlas:
    """The side of each point of each muscle."""
    points: Atlas = defaultdict(dict)
    for muscle, point, side in run_model("muscles", "muscle, point, side", mirror_points=mirror):
        assert point not in points[muscle]
        points[muscle][point] = side
    return points


def test_every_muscle_has_its_group(run_model: RunModel, mirror: list[dict[str, object]]) -> None:
    described = run_model("muscles", "distinct muscle, muscle_group", mirror_points=mirror)

    assert dict(described) == {muscle: group for muscle, (group, _) in EXPECTED.items()}


@pytest.mark.parametrize("muscle", EXPECTED)
def test_a_muscle_lies_where_anatomy_puts_it(atlas: Atlas, muscle: str) -> None:
    assert EXPECTED[muscle][1] <= atlas[muscle].keys()


def test_points_that_no_muscle_moves_belong_to_none(atlas: Atlas) -> None:
    assert not WITHOUT_MUSCLE & {point for points in atlas.values() for point in points}


@pytest.mark.parametrize("muscle", EXPECTED)
def test_left_is_the_mirror_image_of_right(
    atlas: Atlas, mirror: list[dict[str, object]], muscle: str
) -> None:
    image = {row["point"]: row["mirrored_point"] for row in mirror}
    by_side = defaultdict(set)
    for point, side in atlas[muscle].items():
        by_side[side].add(point)

    assert by_side["left"] == {image[point] for point in by_side["right"]}
    assert by_side["midline"] == {image[point] for point in by_side["midline"]}
    assert by_side["right"]


@pytest.mark.parametrize("muscle", EXPECTED)
def test_a_muscles_points_hang_together_in_the_mesh(
    atlas: Atlas, run_model: RunModel, muscle: str
) -> None:
    neighbours = defaultdict(set)
    for points in run_model("triangles", "point_a, point_b, point_c"):
        for point in points:
            neighbours[point].update(points)
    one_side = {point for point, side in atlas[muscle].items() if side != "left"}
    reached, waiting = set(), [min(one_side)]
    while waiting:
        point = waiting.pop()
        reached.add(point)
        waiting += (neighbours[point] & one_side) - reached

    assert reached == one_side


def test_the_angle_of_the_mouth_is_moved_by_all_that_meet_there(atlas: Atlas) -> None:
    assert {muscle for muscle, points in atlas.items() if 61 in points} == {
        *("levator_anguli_oris", "zygomaticus_major", "risorius", "buccinator"),
        *("orbicularis_oris_upper", "orbicularis_oris_lower", "depressor_anguli_oris", "platysma"),
    }


def test_the_red_of_the_lips_is_the_sphincters_alone(atlas: Atlas) -> None:
    red = {76, 62, 78, 12, 13, 14, 15, 80, 88}
    muscles = {muscle for muscle, points in atlas.items() if red & points.keys()}

    assert muscles == {"orbicularis_oris_upper", "orbicularis_oris_lower"}


def test_the_users_own_rows_take_the_place_of_the_atlas(
    run_model: RunModel, mirror: list[dict[str, object]]
) -> None:
    own = table(
        "muscle point side muscle_group",
        ("scalp", 10, "midline", "forehead"),
        ("scalp", 338, "left", "forehead"),
    )

    rows = run_model("muscles", mirror_points=mirror, source_muscles=own)

    assert rows == [tuple(row.values()) for row in own]
