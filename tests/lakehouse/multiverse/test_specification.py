from typing import Any

import pytest

from lakehouse.multiverse.specification import (
    World,
    settings_of,
    some_of,
    specifications,
    usual,
    worlds,
)
from lakehouse.settings import Settings


def test_every_combination_is_there_once() -> None:
    found = specifications(Settings())

    # Exclusions, alignments, dimensions, features, groups, starts and covariates.
    assert len(found) == 2 * 3 * 2 * 3 * 5 * 2 * 2
    choices = [tuple(each.choices().items())[1:] for each in found]
    assert len(set(choices)) == len(found)
    assert [each.number for each in found] == list(range(1, len(found) + 1))


def test_the_choices_of_the_settings_are_among_them() -> None:
    settings = Settings.model_validate(
        {"clusters": {"k": 11, "seed": 3, "starts": 20}, "distance": {"dimensions": 3}}
    )
    own = usual(settings)
    found = [each for each in specifications(settings) if own.items() <= each.choices().items()]

    assert {each.world.exclusions for each in found} == {"strict", "any"}
    assert {(each.groups, each.seed, each.starts) for each in found} == {(11, 3, 20)}


def test_the_papers_search_is_no_second_one() -> None:
    settings = Settings.model_validate({"clusters": {"starts": 10}})
    assert len(specifications(settings)) == len(specifications(Settings())) / 2


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"quality": {"reference": "canonical"}, "alignment": {"method": "procrustes"}}, 4),
        ({"quality": {"reference": "mean"}}, 8),
        ({"dataset": {"identity": "photo"}, "quality": {"photos_per_mask": 1}}, 6),
        ({}, 12),
    ],
)
def test_what_the_settings_do_not_allow_is_left_out(
    sections: dict[str, Any], expected: int
) -> None:
    assert len(worlds(Settings.model_validate(sections))) == expected


def test_settings_of_a_world() -> None:
    settings = Settings.model_validate({"quality": {"photos_per_mask": 2, "max_yaw": 20.0}})
    strict = settings_of(settings, World("strict", "procrustes", 3))
    relaxed = settings_of(settings, World("any", "paper", 2))

    assert (strict.alignment.method, strict.distance.dimensions) == ("procrustes", 3)
    assert (strict.quality.photos_per_mask, strict.quality.masks) == (2, "all")
    assert (relaxed.quality.photos_per_mask, relaxed.quality.masks) == ("any", "neutral")
    assert strict.quality.max_yaw == relaxed.quality.max_yaw == 20
    assert settings_of(settings, World("strict", "paper", 2)) == settings


def test_some_are_chosen_at_random_and_the_usual_ones_among_them() -> None:
    settings = Settings()
    listed = specifications(settings)
    some = some_of(listed, 20, settings)

    assert len(some) == 20
    assert some == some_of(listed, 20, settings)
    other_seed = Settings.model_validate({"statistics": {"seed": 1}})
    assert some != some_of(listed, 20, other_seed)
    assert [each.number for each in some] == sorted(each.number for each in some)
    own = usual(settings)
    assert sum(own.items() <= each.choices().items() for each in some) == 2
    assert some_of(listed, None, settings) == some_of(listed, 10_000, settings) == listed
