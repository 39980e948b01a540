"""Reading the texts of a language, with what the warehouse calls things in it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import duckdb

from lakehouse.charts.words import Labels, Words
from lakehouse.settings.video import PLATEAU

LANGUAGES: Final = ("en", "pt")
"""The texts' files."""


@cache
def texts(language: str) -> Mapping[str, str]:
    """Read a language's texts.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.

    Returns
    -------
    mapping of str to str
        By key, its parts joined by dots.
    """
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)))


def of_stills(said: Mapping[str, str]) -> dict[str, str]:
    """Speak of stills where texts speak of photographs.

    Parameters
    ----------
    said : mapping of str to str
        Texts; ``stills.words`` lists the words that are replaced, and ``stills.called`` in the
        same order what stands for them. Options and places for values keep their names.
    """
    named = dict(zip(said["stills.words"].split(), said["stills.called"].split(), strict=True))
    whole = re.compile(rf"(?<![\w{{-])({'|'.join(named)})(?![\w}}])")
    return {key: whole.sub(lambda word: named[word[0]], text) for key, text in said.items()}


def words(connection: duckdb.DuckDBPyConnection, language: str) -> Words:
    """Read the texts, and the labels of a warehouse's expressions, questionnaires and features.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the warehouse.
    language : str
        One of `LANGUAGES`.
    """
    pt = language == "pt"

    [(masks,)] = connection.execute("select video_masks from settings").fetchall()
    spoken = texts(language)

    def labels(query: str) -> dict[Any, str]:
        rows = connection.execute(query).fetchall()
        return {
            key: (other if pt else english) or english or str(key) for key, english, other in rows
        }

    return Words(
        language=spoken["language.code"],
        texts=of_stills(spoken) if masks == PLATEAU else spoken,
        labels=Labels(
            expressions=labels(
                "select expression, label_en, label_pt from expressions order by code, expression"
            ),
            instruments=labels("select instrument, name, name_pt from instruments order by all"),
            features=labels("select feature, label_en, label_pt from feature_list order by all"),
            measures=labels(
                "select measure, label_en, label_pt from measure_definitions order by group_id"
            ),
            points=labels(
                "select point, coalesce(name_en, region_en), coalesce(name_pt, region_pt) "
                "from points order by all"
            ),
            parts=labels(
                "select grouping || '_' || group_id, name_en, name_pt from group_names order by all"
            ),
            moving_parts=labels(
                "select grouping || '_' || group_id, name_en, name_pt from dynamics_groups "
                "order by group_index"
            ),
        ),
    )


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value
