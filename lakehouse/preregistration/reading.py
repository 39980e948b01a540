"""What was registered, read again; without what registering needs, such as statistics."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from lakehouse.errors import LakeError
from lakehouse.paths import WarehousePaths
from lakehouse.system.regular_files import TABLE_BYTES, read_regular

FORMAT: Final = 1
_KEYS: Final = frozenset(
    {"registered_at", "sha256", "scores", "settings", "photographs_digest", "code", "earlier"}
)


def read(paths: WarehousePaths) -> dict[str, Any] | None:
    """Read what was registered.

    Returns
    -------
    dict or None
        None where nothing was.

    Raises
    ------
    LakeError
        If the file cannot be read, or was not written by this program.
    """
    try:
        content = read_regular(paths.preregistration, at_most=TABLE_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LakeError(
            f"cannot be read ({error.strerror})", where=str(paths.preregistration)
        ) from error
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict) and document.get("format") == FORMAT and document.keys() >= _KEYS:
        return document
    raise LakeError(
        "is no registration that this version wrote",
        where=str(paths.preregistration),
        fix="restore it from a copy, or move it elsewhere",
    )


def digest(document: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a document, in which its own is left out.

    Returns
    -------
    str
        64 hexadecimal digits, of the JSON with sorted keys, no blanks and UTF-8.
    """
    plain = {key: value for key, value in document.items() if key != "sha256"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
