"""File names from ids that may hold any character."""

import hashlib
from typing import Final
from urllib.parse import quote

_LONGEST: Final = 180
"""Bytes; file systems take 255, and an ending and a temporary name's affixes come to it."""


def safe_name(text: str) -> str:
    """Spell an id as a file name, never two ids alike.

    Returns
    -------
    str
        Letters and digits of ASCII, ``-``, ``_``, ``.`` and ``~`` stand for themselves, every
        other byte as ``%`` and its number, so `urllib.parse.unquote` gives the id back. Very
        long ones are cut, and end in ``%~`` and a hash of the whole.
    """
    name = quote(text, safe="", errors="surrogateescape")
    if name.startswith("."):
        # Neither hidden nor the folder itself.
        name = "%2E" + name[1:]
    if len(name) > _LONGEST:
        whole = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
        name = f"{name[: _LONGEST - 18]}%~{whole[:16]}"
    return name or "%"
