import io

import numpy as np
import pytest
from PIL import Image

from lakehouse.errors import LakehouseError
from lakehouse.figures.muscle_atlas import draw_muscles
from lakehouse.paths import WarehousePaths
from lakehouse.rendering import muscle_pictures as muscles
from lakehouse.rendering.muscle_pictures import render_muscles
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.lean import lean

OWN = (
    "muscle,point,side,muscle_group,action_unit\n"
    "tongue,13,midline,inside,\n"
    "b_smile,61,right,oral,AU12\nb_smile,291,left,oral,AU12\n"
    "scalp,10,midline,forehead,AU1\na_smile,0,midline,oral,AU12\n"
)


@pytest.fixture
def paths(small_warehouse):
    return small_warehouse


@pytest.fixture
def given(monkeypatch):
    """What was given to be drawn."""
    calls = []

    def draw(*arguments):
        calls.append(arguments)
        return draw_muscles(*arguments)

    monkeypatch.setattr(muscles, "draw_muscles", draw)
    return calls


@pytest.mark.slow
def test_the_atlas_is_drawn_on_the_mean_neutral_face_of_both_conditions(paths, given, tmp_path):
    rendered = render_muscles(paths, tmp_path / "new folder" / "atlas.png")

    assert rendered.pictures == {"muscles": 22}
    with Image.open(io.BytesIO(rendered.where.read_bytes())) as image:
        assert image.format == "PNG"
    [(face, triangles, drawn)] = given
    means = [
        fetch(paths, f"select x, y from mean_masks where mask = '{mask}' order by point").to_numpy()
        for mask in ("00-00", "00-01")
    ]
    assert np.allclose(face, np.mean(means, axis=0)[:468])
    assert triangles.shape == (852, 3)
    groups = [muscle.group for muscle in drawn]
    assert list(dict.fromkeys(groups)) == ["forehead", "orbital", "nasal", "oral", "jaw"]
    assert groups == sorted(groups, key=muscles.GROUPS.index)
    points = fetch(paths, "select count(*) from muscles").item()
    assert sum(len(muscle.points) for muscle in drawn) == points


@pytest.mark.slow
def test_a_users_muscles_are_drawn_their_own_groups_last(paths, given, tmp_path):
    own = WarehousePaths(tmp_path / "own")
    own.root.mkdir()
    own.lake.symlink_to(paths.lake, target_is_directory=True)
    (own.root / "own.csv").write_text(OWN)
    build(own, lean(muscles={"file": "own.csv"}))

    assert render_muscles(own, tmp_path / "atlas.png").pictures == {"muscles": 4}

    [(face, _, drawn)] = given
    assert [muscle.group for muscle in drawn] == ["forehead", "oral", "oral", "inside"]
    heights = [face[muscle.points, 1].mean() for muscle in drawn]
    assert heights[1] <= heights[2]
    [smile] = [muscle for muscle in drawn if muscle.name == "b_smile"]
    assert (smile.right.tolist(), smile.left.tolist(), smile.action_units) == (
        [61],
        [291],
        ("AU12",),
    )


def test_without_a_neutral_face_there_is_nothing_to_draw_on(empty_warehouse, tmp_path):
    with pytest.raises(LakehouseError, match="no mean neutral face"):
        render_muscles(empty_warehouse, tmp_path / "atlas.png")

    assert not (tmp_path / "atlas.png").exists()
