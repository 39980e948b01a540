"""Action units' scores in photographs that show one drawn unit each."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lakehouse.extraction.extract import extract
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic.action_units import ACTION_UNITS
from lakehouse.synthetic.camera import draw_shot, limited_normal
from lakehouse.synthetic.face_shapes import SHAPE_MODES
from lakehouse.synthetic.photo_pixels import render_face
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch
from tests.lean import lean
from tests.once import Once

PEOPLE = 6
INTENSITIES = (0.25, 0.5, 0.75, 1.0)
DRAWN = tuple(dict.fromkeys(name.rstrip("RL") for name in ACTION_UNITS))

# Drawn unit, and the score that rises with every step and leads all others at full intensity.
LEADING = {
    **{"1": "AU01", "2": "AU02", "5": "AU05", "7": "AU07", "12": "AU12", "17": "AU17"},
    # A stretched mouth is the upper end of an open jaw.
    **{"20": "AU20", "27": "AU26"},
}
# The exceptions. In these the unit's score rises, and another leads: the generator draws the mouth
# narrower as the jaw drops, and half-closed eyes are squinting ones to the landmarker.
OUTDONE = {"26": ("AU26", "AU14"), "43": ("AU45", "AU07")}
# In these it does not rise, and another score leads. The landmarker's cheekSquint and noseSneer are
# always next to 0; what is drawn by moving the skin alone lacks the furrows of a lowered brow, and
# the lips' red stays as wide, so that a raised lip and a dimple look like smiles.
SILENT = {
    **{"4": ("AU04", "AU07"), "6": ("AU06", "AU07"), "9": ("AU09", "AU14")},
    **{"10": ("AU10", "AU12"), "14": ("AU14", "AU12"), "15": ("AU15", "AU18")},
}
# These have no score.
WITHOUT = {"23": ("AU23", "AU14"), "25": ("AU25", "AU26 or AU12")}

SIDED = ("2", "5", "7", "12", "20")
FAINT = 0.02
"""What does not count as a rise."""

Found = dict[str, dict[str, list[float]]]

CHANGES = """
select split_part(participant, '-', 1) as drawn, action_unit, expression, avg({measure}) as change
from action_unit_means
where expression <> 'neutral'
group by all
order by all
"""
SIDES = "change_left - change_right"


@pytest.fixture(scope="session")
def photographed(face_model_path: Path, once: Once) -> WarehousePaths:
    """Photographs of one unit each, at several intensities, taken through extraction and build."""
    return once("units_in_photographs", take_photographs)


def take_photographs(folder: Path) -> WarehousePaths:
    expressions = {"neutral": 0.0} | {f"at_{100 * each:03.0f}": each for each in INTENSITIES}
    on_a_side = [unit + side for unit in SIDED for side in "RL"]
    rng, photos = np.random.default_rng(1), 0
    for person in range(PEOPLE):
        shape, shot = limited_normal(rng, len(SHAPE_MODES)), draw_shot(rng)
        for drawn in (*DRAWN, *on_a_side):
            for expression, intensity in expressions.items():
                if drawn in on_a_side and 0 < intensity < 1:
                    continue
                intensities = [
                    intensity * (drawn in (name, name.rstrip("RL"))) for name in ACTION_UNITS
                ]
                file = folder / "photographs" / expression / f"{drawn}-{person}.jpg"
                file.parent.mkdir(parents=True, exist_ok=True)
                picture = render_face(np.array(intensities), shape, shot)
                Image.fromarray(picture).save(file, quality=92)
                photos += 1
    paths = WarehousePaths(folder / "warehouse")
    settings = lean(
        dataset={
            "layout": "{expression}/{participant}",
            "expressions": {each: each for each in expressions},
        },
        quality={"photos_per_mask": "any", "masks": "neutral"},
    )
    assert extract(folder / "photographs", paths, settings).ok == photos
    build(paths, settings)
    return paths


@pytest.fixture(scope="module")
def changes(photographed: WarehousePaths) -> Found:
    """Of every drawn unit, each score's change from neutral by intensity, over all people."""
    found: Found = {}
    for drawn, unit, _, change in fetch(photographed, CHANGES.format(measure="change")).rows():
        found.setdefault(drawn, {}).setdefault(unit, []).append(change)
    return found


def leader(scores: dict[str, list[float]]) -> str:
    """Name the score that has risen most at full intensity."""
    return max(scores, key=lambda unit: scores[unit][-1])


def rises(steps: list[float]) -> bool:
    """Tell whether a score rises from neutral to full intensity with every step."""
    return steps[-1] > FAINT and bool((np.diff([0.0, *steps]) > 0).all())


def test_every_drawn_unit_is_accounted_for() -> None:
    assert {*LEADING, *OUTDONE, *SILENT, *WITHOUT} == set(DRAWN)


@pytest.mark.slow
@pytest.mark.parametrize(("drawn", "unit"), LEADING.items())
def test_a_drawn_units_score_rises_with_it_and_leads(changes: Found, drawn: str, unit: str) -> None:
    assert rises(changes[drawn][unit])
    assert leader(changes[drawn]) == unit


@pytest.mark.slow
@pytest.mark.parametrize(("drawn", "unit", "other"), [(k, *v) for k, v in OUTDONE.items()])
def test_some_scores_rise_and_are_outdone(
    changes: Found, drawn: str, unit: str, other: str
) -> None:
    assert rises(changes[drawn][unit])
    assert leader(changes[drawn]) == other


@pytest.mark.slow
@pytest.mark.parametrize(
    ("drawn", "unit", "other"), [(k, *v) for k, v in (SILENT | WITHOUT).items()]
)
def test_some_scores_do_not_rise(changes: Found, drawn: str, unit: str, other: str) -> None:
    assert not rises(changes[drawn].get(unit, [0.0]))
    assert (unit in changes[drawn]) == (drawn in SILENT)
    assert leader(changes[drawn]) in other.split(" or ")


@pytest.mark.slow
@pytest.mark.parametrize("unit", SIDED)
def test_a_unit_that_is_drawn_on_one_side_scores_more_on_that(
    photographed: WarehousePaths, unit: str
) -> None:
    rows = fetch(photographed, CHANGES.format(measure=SIDES)).rows()
    leftwards = {drawn: more for drawn, scored, _, more in rows if scored == LEADING[unit]}

    assert leftwards[unit + "L"] > FAINT / 2
    assert leftwards[unit + "R"] < -FAINT / 2


PAGE = Path(__file__).parent.parent.parent / "docs" / "numbers.md"


@pytest.mark.parametrize(
    ("drawn", "other"),
    [(drawn, other) for drawn, (_, other) in (OUTDONE | SILENT | WITHOUT).items()],
)
def test_the_page_on_numbers_names_the_exceptions(drawn: str, other: str) -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## `action_unit_scores`")[2]

    assert f"| AU{drawn:0>2} | {other} |" in section.partition("\n## ")[0]
