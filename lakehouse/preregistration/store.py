"""Registering: `preregistration.json` and the same as a page."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from lakehouse.errors import UsageError
from lakehouse.files.listing import present
from lakehouse.files.replace import replaced_file
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.document import compose
from lakehouse.preregistration.flat import flat
from lakehouse.preregistration.page import page
from lakehouse.preregistration.reading import digest, read
from lakehouse.settings import Settings
from lakehouse.warehouse.sources import register_lake


@dataclass(frozen=True)
class Wish:
    """Under which circumstances a registration is wanted all the same.

    Attributes
    ----------
    after_scores : bool
        Though scores are in the lake; the registration then says so.
    why : str or None
        The reason why an earlier registration is replaced, which it will hold.
    """

    after_scores: bool = False
    why: str | None = None


def register(paths: WarehousePaths, settings: Settings, wish: Wish) -> dict[str, Any]:
    """Write down what the study will test, before scores are read.

    Returns
    -------
    dict
        As stored: of plain values, with its own digest at "sha256".

    Raises
    ------
    UsageError
        If scores are in the lake or there is a registration already, and the wish does not allow
        for it.
    QueryError
        If there is no database of the lake as it is, or the primary family is empty.
    LakeError
        If an earlier registration cannot be read, or the new one not be written.
    """
    earlier = read(paths)
    if earlier is not None and not wish.why:
        raise UsageError(
            f"registered already, on {earlier['registered_at']}",
            where=str(paths.preregistration),
            fix='to replace it, say why: `lakehouse prereg --why "…"`; the earlier one stays named',
        )
    scores = _scores(paths)
    if scores and not wish.after_scores:
        raise UsageError(
            f"scores of {', '.join(scores)} are in the lake already, so nothing can be said before "
            "they are seen",
            where=str(paths.scores),
            fix="`lakehouse prereg --after-scores` registers all the same, and says so",
        )
    document = {
        "registered_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "scores": scores,
        **compose(paths, settings),
        "changed_settings": _changed(settings),
        "earlier": _replaced(earlier, wish.why),
    }
    document["sha256"] = digest(document)
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    for path, content in (
        (paths.preregistration_page, page(document)),
        (paths.preregistration, text),
    ):
        with replaced_file(path) as file:
            file.write(content.encode("utf-8", "surrogatepass"))
    return document


def _scores(paths: WarehousePaths) -> dict[str, int]:
    """Count the known scores of the lake by instrument."""
    if not present(paths.scores):
        return {}
    with duckdb.connect(config={"temp_directory": ""}) as connection:
        register_lake(connection, paths)
        return dict(
            connection.execute(
                "select instrument, count(score) from source_scores group by instrument order by 1"
            ).fetchall()
        )


def _changed(settings: Settings) -> dict[str, Any]:
    """Give the settings that differ from the program's own."""
    usual = flat(json.loads(Settings().model_dump_json()))
    now = flat(json.loads(settings.model_dump_json()))
    return {name: value for name, value in now.items() if usual.get(name, now) != value}


def _replaced(earlier: dict[str, Any] | None, why: str | None) -> list[dict[str, Any]]:
    if earlier is None:
        return []
    named = {name: earlier[name] for name in ("registered_at", "sha256")}
    return [*earlier.get("earlier", []), {**named, "replaced": why}]
