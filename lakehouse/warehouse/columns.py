"""What a header says of its columns: its own words, or what is described once for all."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter

from lakehouse.settings import Settings
from lakehouse.settings.in_sql import sql_settings

SHARED = "shared"
"""In a header: the column is described in `sql/columns.toml`."""

OF_THE_SETTINGS = "settings"
"""In a header, in place of the columns: they are the settings that SQL reads."""


def _flowing(text: Any) -> Any:
    return " ".join(text.split()) if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(_flowing), Field(min_length=1)]
"""Words for people, which a header may break into lines as it likes."""

Described = tuple[Text, Text]
"""A column's unit and what it holds."""

_DESCRIPTIONS = TypeAdapter(dict[str, Described])


@cache
def shared_columns() -> dict[str, Described]:
    """Read the descriptions of columns that several relations have.

    Returns
    -------
    dict of str to tuple
        Unit and meaning, by the entry's name.
    """
    text = (files("lakehouse.sql") / "columns.toml").read_text(encoding="utf-8")
    return _DESCRIPTIONS.validate_python(tomllib.loads(text))


def with_shared(columns: Any) -> Any:
    """Put descriptions in the place of what a header says for short.

    Parameters
    ----------
    columns : object
        As a header gives them. Of a column it may say ``"shared"`` for the entry of its name in
        `sql/columns.toml`, ``"shared:entry"`` for another, and ``["shared", "more"]`` to add to
        what is said there. ``"settings"`` in place of all columns stands for those of `settings`.

    Returns
    -------
    object
        The same, every column with its unit and meaning; what is none of these is left as it is.

    Raises
    ------
    ValueError
        If there is no such entry.
    """
    if columns == OF_THE_SETTINGS:
        return {each.name: (each.unit, each.meaning) for each in sql_settings(Settings)}
    if not isinstance(columns, Mapping):
        return columns
    return {name: _described(name, said) for name, said in columns.items()}


def _described(column: str, said: Any) -> Any:
    first, *more = said if isinstance(said, list | tuple) and said else [said]
    if not isinstance(first, str) or first.partition(":")[0] != SHARED:
        return said
    entry = first.partition(":")[2] or column
    if entry not in shared_columns():
        raise ValueError(f"columns.toml has no {entry}")
    unit, meaning = shared_columns()[entry]
    return unit, "; ".join([meaning, *more])
