from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.page import page
from lakehouse.preregistration.store import Wish, register
from tests.lean import LEAN


def test_a_page_says_what_is_tested_and_how_likely_it_is_found(paths: WarehousePaths) -> None:
    document = register(paths, LEAN, Wish())
    document["primary"] |= {"method": "pearson", "direction": "negative", "tests": 540}
    document["power"] = {
        "level": 0.05,
        "level_of_a_test": 0.05 / 540,
        "power": 0.8,
        "detectable_r": 0.2654,
        "power_at": {"0.2": 0.348, "0.3": 0.925},
    }

    lines = page(document).splitlines()

    assert any(line.startswith("- Pearson's correlation of the features") for line in lines)
    assert any("expected negative; p is one-sided." in line for line in lines)
    assert any("(Bonferroni: 9.26e-05 a test), a correlation of 0.265" in line for line in lines)
    assert "- Chance to find a correlation: 35% for 0.2, 92% for 0.3." in lines
    assert "- `statistics.permutations` = `99`" in lines
    assert "left out: 1 (no_face)" in page(document)


def test_too_few_participants_are_told(paths: WarehousePaths) -> None:
    document = register(paths, LEAN, Wish())
    document["power"]["detectable_r"] = None

    assert "- With n = 4 no correlation can be found." in page(document)
