"""Tables that a test gives, in the place of those of a warehouse."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from lakehouse.charts.words import Labels, Words
from lakehouse.preregistration.keeping import Keeping
from lakehouse.report.privacy import Privacy
from lakehouse.report.tables.facts import Facts
from lakehouse.report.tables.tables import Tables
from lakehouse.report.texts.read import texts
from lakehouse.settings import Settings

EXPRESSIONS = {"neutral": "neutral", "anger": "anger", "fear": "fear", "happiness": "happiness"}


def words(language: str = "en") -> Words:
    """Give a language's texts, with labels that are the codes themselves."""
    return Words(texts(language)["language.code"], texts(language), Labels(EXPRESSIONS))


def settings(**sections: dict[str, Any]) -> dict[str, Any]:
    """Give settings as a database has them."""
    given: dict[str, Any] = json.loads(Settings.model_validate(sections).model_dump_json())
    return given


def facts(**known: Any) -> Facts:
    """Give the facts of a study of 20 people with everything, but for what is said otherwise."""
    build = {
        "lakehouse_version": "1.2.3",
        "git_commit": None,
        "duckdb_version": "2.0.0",
        "python_version": "3.13.1",
        "sql_digest": "5" * 64,
        "lake_digest": "1" * 64,
        "muscles_digest": None,
        "own_digest": None,
        "multiverse_digest": None,
        "parts": "statistics",
        "started": "2026-11-26T22:59:08+00:00",
    }
    usual: dict[str, Any] = {
        "participants": 20,
        "included": 20,
        "photos": 960,
        "expressions": ("anger", "fear", "happiness"),
        "conditions": (False, True),
        "parts": ("mesh_0",),
        "scored": 20,
        "correlations": 100,
        "tests": 100,
        "own_neutral": 20,
        "repeated": True,
        "extras": frozenset({"statistics"}),
        "measures": 0,
        "specifications": 0,
        "videos": 0,
        "filmed": 0,
        "trials": 0,
        "build": build,
        "settings": settings(),
    }
    return Facts(**(usual | known))


class Given(Tables):
    """Tables without a warehouse.

    Parameters
    ----------
    known : Facts
    frames : mapping of str to list of dict
        Rows by the name of the table.
    privacy : Privacy
    kept : Keeping, optional
    """

    def __init__(
        self,
        known: Facts,
        frames: Mapping[str, list[dict[str, Any]]],
        privacy: Privacy | None = None,
        kept: Keeping | None = None,
    ) -> None:
        self.facts = known
        self.privacy = privacy or Privacy()
        self._read = {name: pl.DataFrame(rows) for name, rows in frames.items()}
        self.__dict__["keeping"] = kept
