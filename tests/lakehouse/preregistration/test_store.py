import json

import pytest

from lakehouse.errors import UsageError
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.page import page
from lakehouse.preregistration.reading import digest, read
from lakehouse.preregistration.store import Wish, register
from lakehouse.warehouse.build import build
from tests.lean import LEAN
from tests.sql.support import write_scores


def test_what_is_registered_is_read_back_and_has_its_digest(paths: WarehousePaths) -> None:
    document = register(paths, LEAN, Wish())

    assert read(paths) == document == json.loads(paths.preregistration.read_text())
    assert document["sha256"] == digest(document)
    assert (document["scores"], document["earlier"]) == ({}, [])
    assert document["changed_settings"] == {
        "clusters.starts": 2,
        "statistics.permutations": 99,
        "statistics.bootstraps": 20,
        "statistics.fewest": 3,
    }
    written = paths.preregistration_page.read_text()
    assert written == page(document)
    assert document["sha256"] in written
    assert "No scores were in the lake." in written


@pytest.mark.slow
def test_nothing_is_registered_twice_without_a_reason(paths: WarehousePaths) -> None:
    first = register(paths, LEAN, Wish())
    with pytest.raises(UsageError, match=r"registered already.*say why"):
        register(paths, LEAN, Wish())
    assert read(paths) == first

    second = register(paths, LEAN, Wish(why="a slip in the settings"))
    third = register(paths, LEAN, Wish(why="another"))

    named = {name: first[name] for name in ("registered_at", "sha256")}
    assert second["earlier"] == [{**named, "replaced": "a slip in the settings"}]
    assert [each["replaced"] for each in third["earlier"]] == ["a slip in the settings", "another"]
    assert "replaced because: another" in paths.preregistration_page.read_text()


@pytest.mark.slow
def test_scores_that_are_there_are_told(paths: WarehousePaths) -> None:
    write_scores(paths, [[1.0, 2.0]] * 6)
    build(paths, LEAN)
    with pytest.raises(UsageError, match=r"scores of bai, dbi are in the lake already"):
        register(paths, LEAN, Wish())
    assert not paths.preregistration.exists()

    document = register(paths, LEAN, Wish(after_scores=True))

    assert document["scores"] == {"bai": 5, "dbi": 6}
    assert "**Scores were in the lake already: 5 scores of bai" in page(document)
