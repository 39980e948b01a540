"""How alike participants' movement is."""

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lakehouse.settings import Settings
from lakehouse.steps.prediction.movement import PRODUCTS, movement_products
from tests.lakehouse.steps.in_parts import DIVISIONS, divided

SCHEMA = {
    "participant": pl.String,
    "mask": pl.String,
    "point": pl.Int16,
    **dict.fromkeys(("dx", "dy", "dz"), pl.Float64),
}


def displacements(fields: dict[str, np.ndarray]) -> pl.DataFrame:
    """Fields have the shape (masks, points, 3); NaN is written as null."""
    rows = [
        (who, f"0{mask}-00", point, *(None if np.isnan(value) else value for value in vector))
        for who, field in fields.items()
        for mask, points in enumerate(field)
        for point, vector in enumerate(points.tolist())
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@pytest.mark.parametrize("dimensions", [2, 3])
def test_each_pair_stands_once(dimensions: int) -> None:
    rng = np.random.default_rng(0)
    fields = {who: rng.normal(size=(2, 4, 3)) for who in ("b", "a", "c")}

    found = movement_products(displacements(fields), dimensions=dimensions)

    assert found.schema == PRODUCTS
    pairs = [("a", "a"), ("a", "b"), ("a", "c"), ("b", "b"), ("b", "c"), ("c", "c")]
    assert found.select("participant_a", "participant_b").rows() == pairs
    for a, b, product in found.iter_rows():
        seen = (fields[who][..., :dimensions] for who in (a, b))
        assert product == pytest.approx(sum((x * y).sum() for x, y in [tuple(seen)]))


def test_who_lacks_a_mask_or_depth_is_not_there() -> None:
    rng = np.random.default_rng(0)
    fields = {who: rng.normal(size=(2, 4, 3)) for who in ("a", "b", "c")}
    fields["c"] = fields["c"][:1]
    fields["b"][1, 2, 2] = np.nan

    assert movement_products(displacements(fields), dimensions=2)["participant_b"].to_list() == [
        "a",
        "b",
        "b",
    ]
    assert movement_products(displacements(fields), dimensions=3)["participant_b"].to_list() == [
        "a"
    ]


def test_nobody_gives_a_typed_empty_table() -> None:
    found = movement_products(pl.DataFrame(schema=SCHEMA), dimensions=2)

    assert found.is_empty()
    assert found.schema == PRODUCTS


@pytest.mark.parametrize("division", DIVISIONS)
def test_masks_may_be_multiplied_in_parts(division: str) -> None:
    rng = np.random.default_rng(1)
    fields = {who: rng.normal(size=(3, 4, 3)) for who in "edcba"}
    fields["c"] = fields["c"][:1]
    fields["b"][1, 2, 1] = np.nan
    rows = displacements(fields)

    for some in (rows, rows.filter(mask="00-00"), rows.clear()):
        expected = movement_products(some, dimensions=2)
        found = divided("prediction", "movement_products", some, Settings(), division)

        assert_frame_equal(found, expected, rel_tol=1e-12, abs_tol=1e-12)
