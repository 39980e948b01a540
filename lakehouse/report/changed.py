"""Settings that are not the program's own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lakehouse.settings import Settings

PLACES: Final = frozenset({"muscles.file", "dataset.sequence.labels"})
"""Settings that name files or folders: of them only the last part is told."""
_WHOLE: Final = frozenset({"dataset.expressions", "dataset.supervised", "dataset.columns"})
"""Lists, of which a change concerns all."""


def changed_settings(settings: Mapping[str, Any]) -> dict[str, str]:
    """Give the settings that differ from the program's own.

    Parameters
    ----------
    settings : mapping
        As in the database that was built with them.

    Returns
    -------
    dict of str to str
        Such as "clusters.k" to "4", in the order of the settings. No path is among them.
    """
    usual = json.loads(Settings().model_dump_json())
    return {name: _written(name, value) for name, value in _changed(settings, usual)}


def _changed(
    now: Mapping[str, Any], usual: Mapping[str, Any], before: str = ""
) -> Iterator[tuple[str, Any]]:
    for key, value in now.items():
        name = f"{before}{key}"
        other = usual.get(key)
        if isinstance(value, Mapping) and isinstance(other, Mapping) and name not in _WHOLE:
            yield from _changed(value, other, f"{name}.")
        elif value != other:
            yield name, value


def _written(name: str, value: Any) -> str:
    if name in PLACES and isinstance(value, str):
        # Windows' separators too, wherever the report is made.
        value = value.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return json.dumps(value, ensure_ascii=False)
