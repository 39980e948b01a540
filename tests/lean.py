"""Settings for tests that are not about statistics: as the study's, resampling little.

The study's own resample 9,999 times and a thousand times, and group points from 300 starts, which
is most of the time of a build.
Cohorts of tests are small, so that a few people are enough for a correlation to be a test.
"""

from typing import Any, Final

from lakehouse.settings import Settings

RESAMPLING: Final = {"permutations": 99, "bootstraps": 20, "fewest": 3}
STARTS: Final = {"starts": 2}


def lean(**sections: dict[str, Any]) -> Settings:
    """Give lean settings with other values in some sections.

    Parameters
    ----------
    **sections : dict
        Sections of `lakehouse.toml` by name, with the keys that differ from the study's.
    """
    statistics = RESAMPLING | sections.pop("statistics", {})
    clusters = STARTS | sections.pop("clusters", {})
    return Settings.model_validate({**sections, "statistics": statistics, "clusters": clusters})


LEAN: Final = lean()
TOML: Final = "".join(
    f"[{section}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
    for section, keys in (("statistics", RESAMPLING), ("clusters", STARTS))
)
"""The same in `lakehouse.toml`."""
