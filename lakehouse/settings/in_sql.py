"""Settings that SQL reads: marked in the model, from which the relation `settings` is made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Value = bool | int | float | str | None

_NO_LIMIT = "any"
"""A value that means no limit; null in SQL."""


@dataclass(frozen=True)
class InSql:
    """Marks a setting that SQL reads, as a column of the relation `settings`.

    Parameters
    ----------
    unit : str
        Of the column.
    name : str, optional
        Of the column, where the setting's key alone would say too little.
    """

    unit: str
    name: str | None = None


@dataclass(frozen=True)
class SqlSetting:
    """A setting as SQL sees it.

    Parameters
    ----------
    name : str
        Of the column.
    path : str
        Of the setting, such as "quality.max_yaw".
    kind : type
        Of its values: bool, int, float or str.
    unit : str
        As a comment in the database gives it.
    meaning : str
        A phrase without full stop.
    """

    name: str
    path: str
    kind: type
    unit: str
    meaning: str

    def value(self, settings: BaseModel) -> Value:
        """Give what the column holds.

        Returns
        -------
        bool, int, float, str or None
            None where the setting is absent or "any".
        """
        value: Value = attrgetter(self.path)(settings)
        return None if value == _NO_LIMIT else value


@cache
def sql_settings(model: type[BaseModel]) -> tuple[SqlSetting, ...]:
    """List the settings marked `InSql`, in the model's order.

    Parameters
    ----------
    model : type
        `Settings`, or a model like it: sections of fields.

    Raises
    ------
    TypeError
        If two settings have one name in SQL, or one takes values of several types.
    """
    found: dict[str, SqlSetting] = {}
    for path, field, mark in _marked(model):
        name = mark.name or path.rpartition(".")[2]
        if name in found:
            raise TypeError(f"{path} and {found[name].path} are both {name} in SQL")
        kind, no_limit = _kind(path, field.annotation)
        meaning = _phrase(field.description or "", no_limit=no_limit)
        found[name] = SqlSetting(name, path, kind, mark.unit, f"{meaning} (setting {path})")
    return tuple(found.values())


def _marked(model: type[BaseModel], within: str = "") -> Iterator[tuple[str, FieldInfo, InSql]]:
    for key, field in model.model_fields.items():
        path, kind = f"{within}{key}", field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _marked(kind, f"{path}.")
        yield from ((path, field, mark) for mark in field.metadata if isinstance(mark, InSql))


def _kind(path: str, annotation: Any) -> tuple[type, bool]:
    """Give the type of a setting's values, and whether "any" is one of them."""
    values = list(_alternatives(annotation))
    kinds = {value if isinstance(value, type) else type(value) for value in values}
    no_limit = _NO_LIMIT in values
    kinds -= {NoneType, str} if no_limit else {NoneType}
    if len(kinds) != 1:
        raise TypeError(f"{path} takes values of several types, or of none that SQL has")
    [kind] = kinds
    return kind, no_limit


def _alternatives(annotation: Any) -> Iterator[Any]:
    """List the types and literal values that an annotation allows."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _alternatives(arguments[0])
    elif origin in (Union, UnionType):
        for argument in arguments:
            yield from _alternatives(argument)
    elif origin is Literal:
        yield from arguments
    else:
        yield annotation


def _phrase(description: str, *, no_limit: bool) -> str:
    """Turn a setting's sentence into the phrase that describes its column."""
    text = " ".join(description.split()).rstrip(".")
    if no_limit:
        text = re.sub(rf',? or "{_NO_LIMIT}"$', "", text) + f'; null for "{_NO_LIMIT}"'
    return text[:1].lower() + text[1:]
