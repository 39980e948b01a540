"""What speaks for which number of groups."""

import polars as pl
import pytest

from lakehouse.charts.points.cluster_choice import bend, choice_panels, judged, takes_text
from tests.lakehouse.charts.scene import Scene, drawing

CHOICE = pl.DataFrame(
    {
        "k": [2, 3, 4, 5],
        "chosen": [False, False, True, False],
        "best_inertia": [100.0, 40.0, 30.0, 25.0],
        "silhouette": [0.4, 0.7, 0.5, 0.3],
        "gap": [0.2, 0.4, 0.3, 0.3],
        "gap_se": [0.1] * 4,
        "gap_chosen": [False, False, False, False],
        "stability": [1.0, 0.9, 1.0, 0.8],
        "stability_low": [0.8] * 4,
        "stability_high": [1.0] * 4,
        "seed_agreement": [1.0] * 4,
        "seed_agreement_low": [1.0] * 4,
        "starts_at_best": [0.9, 0.5, 0.1, 0.2],
    }
)
FRAMES = {"cluster_choice": CHOICE}


def test_each_criterion_takes_its_own() -> None:
    takes = {criterion.name: takes for criterion, takes in judged(CHOICE)}

    assert takes == {
        "silhouette": [3],
        "gap": [],
        "inertia": [3],
        "stability": [2, 4],
        "seeds": [],
        "starts": [2],
    }


def test_what_a_criterion_takes_is_said() -> None:
    words = drawing().words
    said = {
        criterion.name: takes_text(criterion, takes, words) for criterion, takes in judged(CHOICE)
    }

    assert said["stability"].startswith("greatest at 2 and 4")
    assert said["gap"] == "the rule takes none of these: a single group"
    assert said["seeds"] == "the same for every number"


def test_a_bend_needs_three_numbers_of_groups() -> None:
    assert bend(CHOICE.head(2)) == []
    assert bend(CHOICE) == [3]


@pytest.mark.parametrize("width", [1080, 348])
def test_every_criterion_has_a_panel_with_every_number(width: int) -> None:
    scene = Scene(choice_panels(FRAMES, drawing(width)), FRAMES)

    rings = 1 + 0 + 1 + 2 + 0 + 1
    assert len(scene.of("symbol")) == 6 * len(CHOICE) + rings
    # In each the number in force, and intervals of gap, stability and seeds.
    assert len(scene.of("rule")) == 6 + 3 * len(CHOICE)
    assert scene.texts.count("5") == 6
    assert scene.width <= width


def test_what_has_no_value_has_no_panel() -> None:
    without = CHOICE.with_columns(
        gap=pl.lit(None, dtype=pl.Float64), stability=pl.lit(None, dtype=pl.Float64)
    )

    names = [criterion.name for criterion, _ in judged(without)]

    assert names == ["silhouette", "inertia", "seeds", "starts"]
    frames = {"cluster_choice": without}
    assert "Gap statistic" not in Scene(choice_panels(frames, drawing()), frames).texts
