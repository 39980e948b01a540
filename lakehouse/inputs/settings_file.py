"""Reading `lakehouse.toml`."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lakehouse.errors import SettingsError
from lakehouse.settings.model import Settings


def load_settings(path: Path) -> Settings:
    """Read the settings of a warehouse.

    Parameters
    ----------
    path : Path
        The `lakehouse.toml`; where it is absent every setting has its default.

    Raises
    ------
    SettingsError
        If the file is not TOML, or holds an unknown key or a wrong value; the message names the
        line.
    """
    if not path.exists():
        return Settings()
    try:
        text = path.read_text(encoding="utf-8")
        return Settings.model_validate(tomllib.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read ({error})", where=path.name) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"is not TOML: {error}", where=path.name, fix="correct it") from error
    except ValidationError as error:
        raise _explained(error, path, text) from error


def _explained(error: ValidationError, path: Path, text: str) -> SettingsError:
    problems = error.errors(include_url=False)
    first, keys = problems[0], _keys(problems[0])
    line = _line_of(keys, text)
    where = f"{path.name}, line {line}" if line else path.name
    name = ".".join(keys)
    if first["type"] == "extra_forbidden":
        known = ", ".join(_known_keys(keys[:-1]))
        return SettingsError(f"unknown key {name}", where=where, fix=f"known here: {known}")
    # Where several kinds of value are allowed, each says what it would have taken.
    messages = [
        problem["msg"].removeprefix("Value error, ")
        for problem in problems
        if _keys(problem) == keys
    ]
    given = json.dumps(first["input"], default=str, ensure_ascii=False)
    return SettingsError(
        f"{name} = {given} is wrong: {', or: '.join(messages)}",
        where=where,
        fix="`lakehouse init` shows defaults",
    )


def _keys(problem: ErrorDetails) -> list[str]:
    """Give a problem's keys; a union's location also names the alternative that was tried."""
    return [str(part) for part in problem["loc"] if not _ALTERNATIVE.search(str(part))]


def _known_keys(keys: list[str]) -> list[str]:
    """List the keys of the table that these keys lead to."""
    kind: Any = Settings
    for key in keys:
        kind = get_args(kind)[1] if get_origin(kind) is dict else kind.model_fields[key].annotation
    return list(kind.model_fields)


_ALTERNATIVE = re.compile(r"^(constrained-|literal\[)")
_HEADER = re.compile(r"^\s*\[([^\[\]]+)\]\s*(#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


def _line_of(keys: list[str], text: str) -> int | None:
    """Find the line that gives a key, or failing that its table; None for a default."""
    best: int | None = None
    best_depth = 0
    table: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        here: list[str] = []
        if header := _HEADER.match(line):
            table = here = _dotted(header[1])
        elif key := _KEY.match(line):
            here = table + _dotted(key[1])
        depth = len(here)
        if here and here == keys[:depth] and depth > best_depth:
            best, best_depth = number, depth
    return best


def _dotted(name: str) -> list[str]:
    parts: list[str] = []
    value: Any = tomllib.loads(f"{name} = 0")
    while isinstance(value, dict):
        part, value = next(iter(value.items()))
        parts.append(part)
    return parts
