import json

import pytest

from lakehouse.lake.inspection import inspect
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.keeping import Keeping, keeping
from lakehouse.preregistration.store import Wish, register
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from tests.lean import LEAN, lean
from tests.sql.support import write_scores


def kept(paths: WarehousePaths, settings: Settings = LEAN) -> Keeping:
    found = keeping(paths, settings, inspect(paths).photographs_digest)
    assert found is not None
    return found


def test_where_nothing_was_registered_there_is_nothing_to_keep(paths: WarehousePaths) -> None:
    assert keeping(paths, LEAN, inspect(paths).photographs_digest) is None


def test_scores_that_come_later_are_no_departure(paths: WarehousePaths) -> None:
    document = register(paths, LEAN, Wish())
    write_scores(paths, [[1.0, 2.0]] * 6)

    assert kept(paths) == Keeping(
        document["registered_at"], document["sha256"], before_scores=True, departures=()
    )


def test_other_settings_are_named_with_both_values(paths: WarehousePaths) -> None:
    register(paths, LEAN, Wish())

    found = kept(
        paths, lean(clusters={"k": 5}, instruments={"phq": {"name": "PHQ-9", "min": 0, "max": 27}})
    )

    assert "clusters.k is 5, was 6" in found.departures
    assert 'instruments.phq.name is "PHQ-9", was null' in found.departures


def test_other_photographs_are_a_departure(paths: WarehousePaths) -> None:
    register(paths, LEAN, Wish())

    found = keeping(paths, LEAN, "0" * 64)

    assert found is not None
    assert found.departures == ("the lake holds other photographs than those registered",)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("sample", {"included": 400}, "preregistration.json was changed after it was written"),
        ("code", {"sql_digest": "x"}, "the models and statistics are those of another version"),
        ("code", {"muscles_digest": "x"}, "the file of muscles is another one"),
    ],
)
def test_what_was_changed_in_the_file_is_told(
    paths: WarehousePaths, name: str, value: dict[str, object], said: str
) -> None:
    document = register(paths, LEAN, Wish())
    document[name] |= value
    paths.preregistration.write_text(json.dumps(document))

    assert said in kept(paths).departures


def test_a_file_that_cannot_be_read_is_told(paths: WarehousePaths) -> None:
    paths.preregistration.write_text("nonsense")

    found = kept(paths)

    assert found.registered_at == ""
    assert "no registration that this version wrote" in found.departures[0]


@pytest.mark.slow
def test_what_was_registered_after_scores_and_anew_is_told(paths: WarehousePaths) -> None:
    register(paths, LEAN, Wish())
    write_scores(paths, [[1.0, 2.0]] * 6)
    build(paths, LEAN)
    register(paths, LEAN, Wish(after_scores=True, why="more questionnaires"))

    found = kept(paths)

    assert (found.before_scores, found.replaced, found.departures) == (False, 1, ())
