"""File names from ids that may hold any character."""

import hashlib
import re
from typing import Final
from urllib.parse import quote

_LONGEST: Final = 180
"""Bytes; file systems take 255, and an ending and a temporary name's affixes come to it."""


_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""What is no file on Windows, in whatever folder and with whatever ending."""


def safe_name(text: str) -> str:
    """Spell an id as a file name, never two ids alike.

    Returns
    -------
    str
        Letters and digits of ASCII, ``-``, ``_``, ``.`` and ``~`` stand for themselves, every
        other byte as ``%`` and its number, so `urllib.parse.unquote` gives the id back. So does
        a character by which Windows would take the name for something else. Very
        long ones are cut, and end in ``%~`` and a hash of the whole.
    """
    name = quote(text, safe="", errors="surrogateescape")
    if name.startswith(".") or _DEVICE.match(name):
        # Neither hidden nor the folder itself, nor what is a device on Windows.
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if name.endswith("."):
        # Windows drops it.
        name = f"{name[:-1]}%2E"
    if len(name) > _LONGEST:
        whole = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
        name = f"{name[: _LONGEST - 18]}%~{whole[:16]}"
    return name or "%"
