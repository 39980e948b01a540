"""Ids that say nothing, and columns that would say too much.

A pseudonym is the keyed hash (HMAC-SHA-256, RFC 2104) of an id: the same in every export with the
same key, and not to be found by trying out ids without it.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from lakehouse.errors import InputError, UsageError
from lakehouse.system.regular_files import SETTINGS_BYTES, read_regular

KEY_VARIABLE: Final = "LAKEHOUSE_PSEUDONYM_KEY"
LEAST_KEY_BYTES: Final = 16

_DIGITS: Final = 16
"""Hexadecimal; 64 bits, so that even among a million ids two alike are improbable."""

IDENTIFYING: Final = frozenset(
    {"path", "sha256", "bytes", "error", "detail", "extracted_at", "started", "seconds"}
    | {"settings", "lake_digest", "git_commit"}
)
"""Columns that are dropped: places, dates, and what leads back to a file."""

PSEUDONYMIZED: Final = ("participant", "photo")
"""Columns whose values are replaced. The names of photographs may hold those of people."""


def read_key(file: Path | None) -> bytes:
    """Read the key of the pseudonyms.

    Parameters
    ----------
    file : Path or None
        By default it is taken from the environment variable LAKEHOUSE_PSEUDONYM_KEY.

    Raises
    ------
    UsageError
        If there is none, or it is shorter than 16 bytes.
    InputError
        If the file cannot be read.
    """
    if file is None:
        key = os.environ.get(KEY_VARIABLE, "").strip().encode()
        where = KEY_VARIABLE
    else:
        where = str(file)
        try:
            key = read_regular(file, at_most=SETTINGS_BYTES).strip()
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})", where=where) from error
    if len(key) < LEAST_KEY_BYTES:
        raise UsageError(
            f"the key of the pseudonyms has {len(key)} bytes, fewer than {LEAST_KEY_BYTES}",
            where=where,
            fix="make one with `openssl rand -hex 32 > key` and pass it with --key-file; keep it "
            "apart from the export",
        )
    return key


def pseudonyms(ids: Iterable[str], key: bytes, kind: str) -> dict[str, str]:
    """Give ids their pseudonyms.

    Parameters
    ----------
    ids : iterable of str
    kind : str
        What the ids are of; the same id of another kind has another pseudonym.

    Returns
    -------
    dict of str to str
        Sixteen hexadecimal digits after the kind's first letter.
    """
    given = {
        each: kind[0]
        + hmac.new(key, f"{kind}\0{each}".encode(), hashlib.sha256).hexdigest()[:_DIGITS]
        for each in ids
    }
    if len(set(given.values())) < len(given):
        raise UsageError("two ids have the same pseudonym", fix="use another key")
    return given
