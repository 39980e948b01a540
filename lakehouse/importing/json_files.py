"""Files of JSON: of one photograph, of many, and with a photograph on each line."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from lakehouse.importing.coordinates import NoLandmarksError
from lakehouse.importing.held import HeldSource
from lakehouse.importing.id_columns import Named
from lakehouse.importing.mediapipe_json import FACES, is_result, seen_of
from lakehouse.importing.pictured import EXPECTED, Row
from lakehouse.importing.readings import Seen
from lakehouse.importing.refused import RefusedError
from lakehouse.settings.manifest_columns import ManifestField
from lakehouse.system.regular_files import TABLE_BYTES, read_regular, require_regular

ENDINGS: Final = (".json",)
LINES_ENDINGS: Final = (".jsonl", ".ndjson")
MAX_BYTES: Final = 2**24
"""A larger file, or a longer line, is not of one photograph."""

_HEAD_BYTES: Final = 256
_OF_ONE: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:' + "|".join(FACES).encode() + rb')"')
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_CANNOT: Final = (ValueError, RecursionError)
"""What reading JSON raises; a `RefusedError`, which is one, passes."""


def parse_result(content: bytes) -> Seen:
    """Read the result of one photograph.

    Raises
    ------
    NoLandmarksError
        If it is something else.
    """
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except _CANNOT as error:
        raise NoLandmarksError(f"is not valid JSON ({_why(error)})") from error
    return seen_of(value)


def is_of_one(path: Path) -> bool:
    """Tell whether a file holds the result of one photograph, whom only its path can name.

    Raises
    ------
    RefusedError
        If it cannot be read, or is no JSON.
    """
    try:
        require_regular(path)
        with path.open("rb") as file:
            if _OF_ONE.match(file.read(_HEAD_BYTES)):
                return True
        if path.stat().st_size > MAX_BYTES:
            return False
        value = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise RefusedError(f"cannot be read ({error.strerror})") from error
    except _CANNOT as error:
        raise RefusedError(f"is not valid JSON ({_why(error)})") from error
    return is_result(value)


def read_entries(source: HeldSource) -> None:
    """Read a file of many photographs: an object of results by path, or a list of results.

    Raises
    ------
    RefusedError
        If it is neither.
    """
    try:
        text = read_regular(source.path, at_most=TABLE_BYTES).decode("utf-8-sig")
        for number, (key, value) in enumerate(_members(text), start=1):
            entry = f"entry {number}"
            if key is not None and is_result(value):
                row = _row(source, value, entry, path=key)
                source.add(row, entry, partial(seen_of, value))
            else:
                _add_record(source, value, entry)
    except OSError as error:
        raise RefusedError(
            f"cannot be read ({error.strerror}); a file with a result on each line (.jsonl) may be "
            "of any size"
        ) from error
    except RefusedError:
        raise
    except _CANNOT as error:
        raise RefusedError(f"is not valid JSON ({_why(error)})") from error


def read_lines(source: HeldSource) -> None:
    """Read a file with a photograph's result on each line.

    Raises
    ------
    RefusedError
        If a line is something else.
    """
    try:
        require_regular(source.path)
        with source.path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_BYTES):
                number += 1
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                if text.strip():
                    _add_line(source, json.loads(text), f"line {number}")
    except OSError as error:
        raise RefusedError(f"cannot be read ({error.strerror})") from error
    except RefusedError:
        raise
    except _CANNOT as error:
        raise RefusedError(f"line {number}: is not valid JSON ({_why(error)})") from error


def _add_line(source: HeldSource, value: object, entry: str) -> None:
    if isinstance(value, Mapping) and len(value) == 1 and not is_result(value):
        [(path, result)] = value.items()
        source.add({"path": path}, entry, partial(seen_of, result))
    else:
        _add_record(source, value, entry)


def _add_record(source: HeldSource, value: object, entry: str) -> None:
    """Take a result that says itself which photograph it is of."""
    row = _row(source, value, entry)
    if not isinstance(value, Mapping) or not any(row.values()):
        raise RefusedError(
            f"{entry} names no photograph: {EXPECTED} were expected beside {FACES[0]}"
        )
    # A result may stand beside the ids, or be wrapped.
    wrapped = value.get("result")
    result = wrapped if isinstance(wrapped, Mapping) else value
    source.add(row, entry, partial(seen_of, result))


def _row(source: HeldSource, value: object, entry: str, path: str | None = None) -> Row:
    """Read which photograph an entry is of; the path that it stands under may say it."""
    if not isinstance(value, Mapping):
        return {"path": path}
    ids = source.photographs.ids
    texts = {name: _text(each) for name, each in value.items() if isinstance(each, str | int)}
    names = ids.candidates(name for name, text in texts.items() if text)
    if not names:
        return {"path": path}
    try:
        found = ids.find(
            [*map(Named, names)], lambda rivals: {name: (texts[name],) for name in rivals}
        )
    except RefusedError as error:
        raise RefusedError(f"{entry} {error}") from error
    source.told += [remark for remark in found.told if remark not in source.told]
    row: dict[ManifestField, str | None] = {
        field: texts[name] for field, name in found.names.items()
    }
    if path is not None and not ids.is_meant("path", found.names.get("path", "")):
        row["path"] = path
    return row


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _members(text: str) -> Iterator[tuple[str | None, object]]:
    """Go through an object's or a list's members, one at a time."""
    decoder = json.JSONDecoder()
    place = _skip(text, 0)
    is_object = text[place : place + 1] == "{"
    if text[place : place + 1] not in ("{", "["):
        raise RefusedError("holds neither a list nor an object of results")
    place = _skip(text, place + 1)
    while text[place : place + 1] not in ("}", "]"):
        key = None
        if is_object:
            key, place = decoder.raw_decode(text, place)
            place = _skip(text, _past(text, _skip(text, place), ":"))
        value, place = decoder.raw_decode(text, place)
        place = _skip(text, place)
        yield key, value
        if text[place : place + 1] not in ("}", "]"):
            place = _skip(text, _past(text, place, ","))


def _skip(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    return match.end() if match else place


def _past(text: str, place: int, mark: str) -> int:
    if text[place : place + 1] != mark:
        raise json.JSONDecodeError(f"Expecting {mark!r}", text, place)
    return place + 1


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
