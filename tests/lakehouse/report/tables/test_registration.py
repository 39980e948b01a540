"""Whether a database keeps to what was registered."""

import json
from pathlib import Path

from lakehouse.paths import WarehousePaths
from lakehouse.report.tables.registration import registration
from lakehouse.settings import Settings


def test_nothing_registered_is_none(tmp_path: Path) -> None:
    assert registration(WarehousePaths(tmp_path), Settings().model_dump_json()) is None


def test_what_cannot_be_compared_has_no_date(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    paths.preregistration.write_text("{}")

    kept = registration(paths, Settings().model_dump_json())

    assert kept is not None
    assert kept.registered_at == ""


def test_settings_of_another_version_are_no_error(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    document = {"format": 1, "registered_at": "2026", "sha256": "", "scores": {}, "settings": {}}
    document |= {"photographs_digest": "", "code": {}, "earlier": []}
    paths.preregistration.write_text(json.dumps(document))

    kept = registration(paths, '{"unknown": 1}')

    assert kept is not None
    assert kept.registered_at == ""
