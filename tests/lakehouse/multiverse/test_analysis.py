"""Specifications of faces that are made up as numbers."""

import numpy as np
import polars as pl
import pytest

from lakehouse.multiverse.analysis import Analysis
from lakehouse.multiverse.faces import Faces
from lakehouse.multiverse.specification import specifications
from lakehouse.settings import Settings

PEOPLE, POINTS, ORDERS = 40, 6, 99
SITES = ["a"] * 18 + ["b"] * 18


def faces_of_two_sites() -> Faces:
    """Whoever is of one site moves more and scores higher; nothing else is related."""
    random = np.random.default_rng(4)
    people = [f"{number:04}" for number in range(PEOPLE)]
    of_site = np.array([site == "b" for site in SITES] + [False] * (PEOPLE - len(SITES)))
    moved = random.normal(10, 1, (PEOPLE, 1, POINTS, 2)) + 8 * of_site[:, None, None, None]
    scores = random.normal(0, 1, PEOPLE) + 8 * of_site
    return Faces(
        people=people,
        masks=["05-00"],
        points=np.arange(POINTS),
        places=random.normal(0, 50, (POINTS, 2)),
        displacements=moved,
        noise=np.ones((PEOPLE, 1, POINTS)),
        scores=pl.DataFrame({"participant": people, "instrument": "dbi", "score": scores}),
        covariates=pl.DataFrame(
            {
                "participant": people[: len(SITES)],
                "mask": pl.Series([None] * len(SITES), dtype=pl.String),
                "name": "site",
                "value": pl.Series([None] * len(SITES), dtype=pl.Float64),
                "category": SITES,
            }
        ),
    )


@pytest.mark.parametrize(("blocks", "found"), [(None, True), ("site", False)])
def test_a_difference_between_sites_is_no_relation_within_them(
    blocks: str | None, found: bool
) -> None:
    settings = Settings.model_validate(
        {"statistics": {"blocks": blocks}, "multiverse": {"hypotheses": []}}
    )
    first = specifications(settings)[0]
    strongest = (
        Analysis(faces_of_two_sites(), "distance", settings, ORDERS)
        .outcome(first)
        .strengths.strongest
    )

    by_chance = (strongest[1:] >= strongest[0] - 1e-9).mean()
    assert (by_chance < 0.05) == found
