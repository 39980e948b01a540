"""Reading `lakehouse.toml`."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, Final, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lakehouse.errors import SettingsError
from lakehouse.inputs.shown import cut
from lakehouse.settings.model import Settings
from lakehouse.system.regular_files import SETTINGS_BYTES, read_regular

_SHOWN: Final = 90
"""Characters of a key or a value in a message."""


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
    try:
        content = read_regular(path, at_most=SETTINGS_BYTES)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not path.is_symlink():
            return Settings()
        raise SettingsError(
            "is a link to a file that is not there",
            where=path.name,
            fix="restore that file, or remove the link to use the defaults",
        ) from error
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=path.name) from error
    text = _text(content, path)
    try:
        return Settings.model_validate(tomllib.loads(text))
    except ValidationError as error:
        raise _explained(error, path, text) from error
    except RecursionError as error:
        raise SettingsError("is not TOML: nested too deeply", where=path.name) from error
    except ValueError as error:
        # Of TOML itself, and of whole numbers with thousands of digits.
        said = cut(str(error), _SHOWN)
        raise SettingsError(f"is not TOML: {said}", where=path.name, fix="correct it") from error


def _text(content: bytes, path: Path) -> str:
    """Decode the file, or say which encoding is wanted."""
    fix = "save it as UTF-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SettingsError("cannot be read: it is UTF-16, not UTF-8", where=path.name, fix=fix)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            "cannot be read: its encoding is not UTF-8 but probably Windows-1252",
            where=f"{path.name}, line {line}",
            fix=fix,
        ) from error


def _explained(error: ValidationError, path: Path, text: str) -> SettingsError:
    problems = error.errors(include_url=False)
    first, keys = problems[0], _keys(problems[0])
    line = _line_of(keys, text)
    where = f"{path.name}, line {line}" if line else path.name
    name = cut(".".join(keys), _SHOWN)
    if first["type"] == "extra_forbidden":
        known = ", ".join(_known_keys(keys[:-1]))
        return SettingsError(f"unknown key {name}", where=where, fix=f"known here: {known}")
    # Where several kinds of value are allowed, each says what it would have taken.
    messages = [
        problem["msg"].removeprefix("Value error, ")
        for problem in problems
        if _keys(problem) == keys
    ]
    return SettingsError(
        f"{name} = {_shown(first['input'])} is wrong: {', or: '.join(messages)}",
        where=where,
        fix="`lakehouse init` shows defaults",
    )


def _shown(value: Any) -> str:
    try:
        given = json.dumps(value, default=str, ensure_ascii=False)
    except (RecursionError, ValueError):
        given = "…"
    return cut(given, _SHOWN)


def _keys(problem: ErrorDetails) -> list[str]:
    """Give a problem's keys, without what was tried: an alternative of a union, or a key itself."""
    return [str(part) for part in problem["loc"] if not _ALTERNATIVE.search(str(part))]


def _known_keys(keys: list[str]) -> list[str]:
    """List the keys of the table that these keys lead to."""
    kind: Any = Settings
    for key in keys:
        kind = get_args(kind)[1] if get_origin(kind) is dict else kind.model_fields[key].annotation
    return list(kind.model_fields)


_ALTERNATIVE = re.compile(r"^(constrained-|function-|literal\[|\[key\]$)")
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
    try:
        value: Any = tomllib.loads(f"{name} = 0")
    except tomllib.TOMLDecodeError:
        # A line of a text of several lines only looks like a key.
        return []
    while isinstance(value, dict):
        part, value = next(iter(value.items()))
        parts.append(part)
    return parts
