import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.query import fetch

Point = dict[str, object]

EYES = {"upper_eyelid", "lower_eyelid", "inner_eye_corner", "outer_eye_corner"}
LIPS = {"upper_lip", "lower_lip", "mouth_corner"}
SETS = {"LEFT_EYEBROW": {"brow"}, "RIGHT_EYEBROW": {"brow"}, "LEFT_IRIS": {"iris"},
        "RIGHT_IRIS": {"iris"}, "LEFT_EYE": EYES, "RIGHT_EYE": EYES, "LIPS": LIPS}  # fmt: skip


@pytest.fixture(scope="module", name="points")
def points_of(empty_warehouse: WarehousePaths) -> dict[int, Point]:
    return {row["point"]: row for row in fetch(empty_warehouse, "from points").to_dicts()}


def of_mediapipe(name: str) -> set[int]:
    """A set of connections in the text of the library, which stays outside this process."""
    found = find_spec("mediapipe")
    assert found is not None
    assert found.origin is not None
    file = Path(found.origin).parent / "tasks" / "python" / "vision" / "face_landmarker.py"
    listed = file.read_text().partition(f"FACE_LANDMARKS_{name}: List[Connection] = [")[2]
    return {int(number) for number in re.findall(r"\d+", listed.partition("]")[0])}


def test_every_point_of_mesh_and_irises_is_there_once(
    points: dict[int, Point], empty_warehouse: WarehousePaths
) -> None:
    assert sorted(points) == list(range(478))
    assert len(fetch(empty_warehouse, "from points")) == 478


def test_mirroring_twice_gives_the_point_itself(points: dict[int, Point]) -> None:
    mirror = {point: row["mirrored_point"] for point, row in points.items()}

    assert {point: mirror[mirror[point]] for point in mirror} == {point: point for point in mirror}
    assert (mirror[469], mirror[471]) == (476, 474)


def test_the_mesh_is_mirrored_as_in_mirror_points(
    points: dict[int, Point], empty_warehouse: WarehousePaths
) -> None:
    mirror = fetch(empty_warehouse, "from mirror_points").to_dicts()

    assert len(mirror) == 468
    for row in mirror:
        assert points[row["point"]].items() >= row.items()


def test_left_and_right_are_called_alike(points: dict[int, Point]) -> None:
    swapped = {"left": "right", "right": "left", "midline": "midline"}
    for row in points.values():
        image = points[row["mirrored_point"]]
        assert image["side"] == swapped[row["side"]]
        assert image["region"] == row["region"]
        for language, right, left in (("en", "right", "left"), ("pt", "direit", "esquerd")):
            for name in (f"region_{language}", f"name_{language}"):
                if row["side"] == "right" and row[name]:
                    assert right in row[name]
                    assert image[name] == row[name].replace(right, left)


def test_names_are_unique_and_stand_in_both_languages(points: dict[int, Point]) -> None:
    for language in ("en", "pt"):
        names = [row[f"name_{language}"] for row in points.values() if row[f"name_{language}"]]
        assert len(set(names)) == len(names) > 40
    assert [row for row in points.values() if (row["name_en"] is None) != (row["name_pt"] is None)
            ] == []  # fmt: skip


@pytest.mark.parametrize(("name", "regions"), SETS.items(), ids=SETS)
def test_mediapipes_own_sets_lie_in_their_regions(
    points: dict[int, Point], name: str, regions: set[str]
) -> None:
    listed = of_mediapipe(name)

    assert listed
    assert {points[point]["region"] for point in listed} <= regions
    side = name.partition("_")[0].lower()
    if side in ("left", "right"):
        assert {points[point]["side"] for point in listed} == {side}


def test_brows_and_irises_are_these_sets_and_no_more(points: dict[int, Point]) -> None:
    counts = Counter(row["region"] for row in points.values())

    assert counts["brow"] == len(of_mediapipe("LEFT_EYEBROW") | of_mediapipe("RIGHT_EYEBROW"))
    # The centres of the irises are in no connection.
    assert counts["iris"] == 2 + len(of_mediapipe("LEFT_IRIS") | of_mediapipe("RIGHT_IRIS"))


@pytest.mark.parametrize(
    ("point", "english", "portuguese"),
    [
        (291, "left corner of the mouth", "canto esquerdo da boca"),
        (61, "right corner of the mouth", "canto direito da boca"),
        (4, "tip of the nose", "ponta do nariz"),
        (152, "lowest point of the chin", "ponto mais baixo do queixo"),
        (473, "centre of the left iris", "centro da íris esquerda"),
        (263, "outer corner of the left eye", "canto externo do olho esquerdo"),
        (336, "inner end of the left eyebrow, upper edge",
         "extremo interno da sobrancelha esquerda, borda superior"),
    ],
)  # fmt: skip
def test_places_are_called_as_people_call_them(
    points: dict[int, Point], point: int, english: str, portuguese: str
) -> None:
    assert (points[point]["name_en"], points[point]["name_pt"]) == (english, portuguese)


def test_regions_lie_where_their_names_say(empty_warehouse: WarehousePaths) -> None:
    """On the canonical face, whose left is at the right of the canvas."""
    middles = fetch(
        empty_warehouse,
        "select region, avg(x) as x, avg(y) as y "
        "from points join internal.canonical_face using (point) "
        "where side = 'left' or region in ('glabella', 'philtrum') group by region",
    )
    y = dict(middles.select("region", "y").rows())
    x = dict(middles.select("region", "x").rows())

    order = ("forehead", "brow", "upper_eyelid", "lower_eyelid", "below_eye", "cheek", "jaw")
    assert sorted(order, key=lambda region: y[region]) == list(order)
    order = ("nose_bridge", "nose_tip", "philtrum", "upper_lip", "lower_lip", "below_lower_lip",
             "chin")  # fmt: skip
    assert sorted(order, key=lambda region: y[region]) == list(order)
    outwards = ("upper_lip", "mouth_corner", "cheek", "ear_side")
    assert sorted(outwards, key=lambda region: x[region]) == list(outwards)
    assert x["inner_eye_corner"] < x["lower_eyelid"] < x["outer_eye_corner"] < x["temple"]
