"""From the bytes of a file to its text, whatever program wrote it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lakehouse.errors import InputError
from lakehouse.inputs.kinds import kind_of, kind_of_text
from lakehouse.system.regular_files import TABLE_BYTES, read_regular

_UTF16_MARKS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF32_MARKS: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SAMPLE: Final = 4096
_CONTROLS: Final = re.compile("[\0-\x08\x0e-\x19\x1c-\x1f]")
_FIX: Final = "give a table as text (CSV), or a workbook where Excel is read"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    Attributes
    ----------
    text : str
        Without byte order mark.
    told : tuple of str
        What a user should know of how it was read.
    """

    text: str
    told: tuple[str, ...] = ()


def read_content(path: Path) -> bytes:
    """Read a file that should hold a table.

    Raises
    ------
    InputError
        If it cannot be read, is no regular file, or is too large.
    """
    try:
        return read_regular(path, at_most=TABLE_BYTES)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=path.name) from error


def decoded(content: bytes, name: str, *, fix: str = _FIX) -> Decoded:
    """Turn a file's bytes into text.

    Parameters
    ----------
    content : bytes
        UTF-8 with or without byte order mark, UTF-16, else Windows-1252, which old spreadsheets
        write.
    name : str
        The file's name.
    fix : str
        What to do if it is no text.

    Raises
    ------
    InputError
        If it is no text, or text of another kind than a table; the message says what it is.
    """
    if not content:
        raise InputError("is empty", where=name)
    if kind := kind_of(content):
        raise InputError(f"is {kind}, not a table of text", where=name, fix=fix)
    found = _decoded(content)
    if found is None:
        raise InputError(
            "is in an encoding that is not known, or no text at all",
            where=name,
            fix="save it as CSV in UTF-8",
        )
    if kind := kind_of_text(found.text):
        raise InputError(f"is {kind}, not a table of text", where=name, fix=fix)
    return found


def _decoded(content: bytes) -> Decoded | None:
    encoding = _UTF16_MARKS.get(content[:2])
    if content.startswith(_UTF32_MARKS):
        return None
    if encoding is None and b"\0" in content[:_SAMPLE]:
        encoding = _utf16_without_mark(content[:_SAMPLE])
    told: tuple[str, ...] = ()
    try:
        text = content.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        if encoding is not None:
            return None
        told = ("read as Windows-1252, because it is not UTF-8",)
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return None
    # DOS ended text with a control character.
    text = text.removesuffix("\x1a")
    controls = len(_CONTROLS.findall(text[:_SAMPLE]))
    if "\0" in text or controls > len(text[:_SAMPLE]) // 100:
        return None
    return Decoded(text, told)


def _utf16_without_mark(sample: bytes) -> str | None:
    """Tell UTF-16 by its zeros: of western text, every other byte is one."""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half // 2 and even < half // 20 + 1:
        return "utf-16-le"
    if even > half // 2 and odd < half // 20 + 1:
        return "utf-16-be"
    return None
