"""What analysts repeat: each macro on a warehouse small enough to compute again."""

import numpy as np
import pytest

from lakehouse.warehouse.macros import Macro, load_macros
from lakehouse.warehouse.query import fetch

MACROS = load_macros()
every_macro = pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)


@every_macro
def test_the_example_runs(small_warehouse, macro: Macro):
    fetch(small_warehouse, macro.header.example)


@every_macro
def test_the_catalogue_has_the_macro_with_its_comment(small_warehouse, macro: Macro):
    found = fetch(
        small_warehouse,
        "select function_name, comment, parameters from duckdb_functions() where not internal",
    )

    [row] = [row for row in found.to_dicts() if row["function_name"] == macro.name]
    assert row["comment"] == macro.comment
    assert row["parameters"] == list(macro.header.parameters)


def test_mask_label_takes_columns_of_any_name(small_warehouse):
    found = fetch(
        small_warehouse,
        "select distinct expression, supervised, mask, mask_label(expression, supervised) as made "
        "from photos inner join internal.cells using (participant, expression, supervised)",
    )

    assert found["made"].to_list() == found["mask"].to_list()
    assert len(found) > 2
    assert fetch(small_warehouse, "select mask_label('nothing', true) as made").item() is None


def test_a_point_mirrored_twice_is_itself(small_warehouse):
    found = fetch(
        small_warehouse,
        "select point, mirrored_point(mirrored_point(point)) as again from mirror_points",
    )

    assert found["point"].to_list() == found["again"].to_list()
    assert fetch(small_warehouse, "select mirrored_point(33) as other").item() == 263


def test_the_distance_between_points_is_that_of_the_masks(small_warehouse):
    found = fetch(small_warehouse, "from distance_between(61, 291) order by participant, mask")

    masks = {
        (row["participant"], row["mask"], row["point"]): np.array([row["x"], row["y"], row["z"]])
        for row in fetch(small_warehouse, "from masks where point in (61, 291)").to_dicts()
    }
    assert len(found) * 2 == len(masks)
    for row in found.to_dicts():
        who, mask = row["participant"], row["mask"]
        apart = masks[who, mask, 61] - masks[who, mask, 291]
        rest = masks[who, "00-00", 61] - masks[who, "00-00", 291]
        assert row["distance"] == pytest.approx(np.hypot(*apart[:2]))
        assert row["distance_3d"] == pytest.approx(np.linalg.norm(apart))
        assert row["change"] == pytest.approx(np.hypot(*apart[:2]) - np.hypot(*rest[:2]), abs=1e-9)
        assert row["ratio"] == pytest.approx(np.hypot(*apart[:2]) / np.hypot(*rest[:2]))


def test_a_profile_stands_beside_everybodys(small_warehouse):
    means = fetch(small_warehouse, "from pav_mask_means")
    who = means["participant"].min()

    for row in fetch(small_warehouse, f"from participant_profile('{who}')").to_dicts():
        of_mask = means.filter(mask=row["mask"])
        values = of_mask["mean_distance"].to_numpy()
        own = of_mask.filter(participant=who)["mean_distance"].item()
        assert row["mean_distance"] == own
        assert row["z_score"] == pytest.approx((own - values.mean()) / values.std(ddof=1))
        assert row["place"] == (values > own).sum() + 1


def test_feature_scores_are_the_pairs_of_a_correlation(small_warehouse):
    correlation = fetch(
        small_warehouse,
        "from correlations where grouping = 'kmeans6' and pearson_r is not null limit 1",
    ).to_dicts()[0]

    pairs = fetch(
        small_warehouse,
        f"from feature_scores('{correlation['feature']}', '{correlation['instrument']}')",
    )
    assert len(pairs) == correlation["n"]
    r = np.corrcoef(pairs["value"], pairs["score"])[0, 1]
    assert r == pytest.approx(correlation["pearson_r"])


def test_blendshape_means_are_over_photographs(small_warehouse):
    found = fetch(small_warehouse, "from blendshape_means('browInnerUp')")

    scores = fetch(small_warehouse, "from blendshapes where blendshape = 'browInnerUp'")
    assert found["photos"].sum() == len(scores)
    assert (found["mean_score"] - scores["score"].mean()).abs().max() < 1e-6
