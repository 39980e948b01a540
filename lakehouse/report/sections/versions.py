"""Versions and digests: what the numbers were made from, and how they are made again."""

from collections.abc import Mapping
from typing import Final

from lakehouse.charts.words import Words
from lakehouse.report.changed import changed_settings
from lakehouse.report.figure import Entries, Entry, Prose, Section
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

_NONE: Final = "–"
_VERSIONS: Final = ("lakehouse_version", "git_commit", "duckdb_version", "python_version")
_DIGESTS: Final = (
    *("sql_digest", "lake_digest", "muscles_digest", "own_digest", "multiverse_digest"),
)
_EXTRAS: Final[Mapping[Need, str]] = {Need.STATISTICS: "--statistics", Need.PAIRS: "--pairs"}


def versions(tables: Tables, words: Words) -> list[Entry]:
    """Give the versions and digests of what the database was built from."""
    build = tables.facts.build
    models = tables.table("extractors").drop_nulls().to_dicts()
    return [
        *(Entry(words(f"built.{name}"), build[name] or _NONE) for name in _VERSIONS),
        Entry(words("built.started"), build["started"]),
        Entry(words("built.parts"), build["parts"] or _NONE),
        *(Entry(words("built.model"), row["model_sha256"], row["extractor"]) for row in models),
        *(
            Entry(words(f"built.{name}"), build[name], words(f"built.{name}_note"))
            for name in _DIGESTS
            if build[name]
        ),
    ]


def settings(tables: Tables, words: Words) -> list[Entry]:
    """Give the settings that differ from the program's own."""
    changed = changed_settings(tables.facts.settings)
    if not changed:
        return [Entry(words("built.settings"), words("built.no_settings"))]
    return [Entry(name, value) for name, value in changed.items()]


def again(tables: Tables, words: Words) -> list[str]:
    """Say how the same numbers are made again."""
    extras = [option for need, option in _EXTRAS.items() if tables.missing((need,)) is None]
    said = [words("built.again", command=" ".join(["lakehouse build", *extras]))]
    if tables.missing((Need.MULTIVERSE,)) is None:
        said.append(words("built.again_multiverse"))
    return [" ".join(said)]


VERSIONS = Section(
    "versions",
    (
        Entries("versions", versions),
        Entries("settings", settings),
        Prose("again", again),
    ),
)
