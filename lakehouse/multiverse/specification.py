"""The choices that an analysis could have been made with, and all combinations of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Final

import numpy as np
from pydantic import ValidationError

from lakehouse.settings import Settings

FEATURES: Final = ("distance", "projected", "squared_unbiased")
COVARIATES: Final = ("none", "all")
EXCLUSIONS: Final = ("strict", "any")
_GROUPS: Final = (4, 5, 6, 7, 8)
_PAPERS: Final = (10, 0)
"""Starts and seed of the paper's k-means."""


@dataclass(frozen=True)
class World:
    """The choices that decide which faces lie how.

    Parameters
    ----------
    exclusions : str
        "strict": each mask with the number of photographs that the settings ask for; "any": as
        many as there are, and only the reference is needed.
    alignment : str
        As the setting alignment.method.
    dimensions : int
        2 or 3.
    """

    exclusions: str
    alignment: str
    dimensions: int


@dataclass(frozen=True)
class Specification:
    """One way to make the analysis.

    Parameters
    ----------
    number : int
        From 1; the same for the same settings, whichever of them are run.
    feature : str
        One of `FEATURES`.
    groups, starts, seed : int
        Of k-means.
    covariates : str
        "none", or "all" of those that the settings name; where they name none, of those known.
    """

    number: int
    world: World
    feature: str
    groups: int
    starts: int
    seed: int
    covariates: str

    def choices(self) -> dict[str, Any]:
        """Give number and choices as the columns of the relation specifications."""
        values = asdict(self)
        world = values.pop("world")
        kind = {"feature_kind": values.pop("feature")}
        return {"specification": values.pop("number"), **world, **kind, **values}


def specifications(settings: Settings) -> list[Specification]:
    """List every combination of choices, those that share faces beside each other.

    Parameters
    ----------
    settings : Settings
        Their own choices are among them; what they do not allow is left out, such as an alignment
        that cannot be compared with their reference.
    """
    clusters = settings.clusters
    searches = dict.fromkeys([(clusters.starts, clusters.seed), _PAPERS])
    groups = sorted({*_GROUPS, clusters.k})
    found: list[Specification] = []
    for world in worlds(settings):
        for feature, k, (starts, seed), covariates in product(
            FEATURES, groups, searches, COVARIATES
        ):
            number = len(found) + 1
            found.append(Specification(number, world, feature, k, starts, seed, covariates))
    return found


def usual(settings: Settings) -> dict[str, Any]:
    """Give the choices of an ordinary build, without the exclusions, which may be neither."""
    return {
        "alignment": settings.alignment.method,
        "dimensions": settings.distance.dimensions,
        "feature_kind": "distance",
        "groups": settings.clusters.k,
        "starts": settings.clusters.starts,
        "seed": settings.clusters.seed,
        "covariates": "none",
    }


def some_of(
    listed: Sequence[Specification], limit: int | None, settings: Settings
) -> list[Specification]:
    """Choose some specifications at random, among them those of an ordinary build.

    Parameters
    ----------
    limit : int, optional
        How many; by default all.
    settings : Settings
        Their statistics.seed decides.
    """
    if limit is None or limit >= len(listed):
        return list(listed)
    own = usual(settings)
    ordinary = [each for each in listed if own.items() <= each.choices().items()]
    others = [each for each in listed if each not in ordinary]
    order = np.random.default_rng(settings.statistics.seed).permutation(len(others))
    chosen = [*ordinary, *(others[at] for at in order)][:limit]
    return sorted(chosen, key=lambda each: each.number)


def worlds(settings: Settings) -> list[World]:
    """List the worlds that the settings allow."""
    choices = product(EXCLUSIONS, ("paper", "neutral_scale", "procrustes"), (2, 3))
    return [world for world in (World(*each) for each in choices) if _allowed(settings, world)]


def settings_of(settings: Settings, world: World) -> Settings:
    """Give the settings of a world.

    Raises
    ------
    pydantic.ValidationError
        If the other settings do not allow it.
    """
    values = settings.model_dump()
    values["alignment"]["method"] = world.alignment
    values["distance"]["dimensions"] = world.dimensions
    values["quality"]["masks"] = "all" if world.exclusions == "strict" else "neutral"
    if world.exclusions == "any":
        values["quality"]["photos_per_mask"] = "any"
    return Settings.model_validate(values)


def _allowed(settings: Settings, world: World) -> bool:
    try:
        settings_of(settings, world)
    except ValidationError:
        return False
    return True
