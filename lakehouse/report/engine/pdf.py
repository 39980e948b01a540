"""The same bytes of a PDF for the same figure: the engine numbers its parts by chance."""

import re

_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_ENTRIES = re.compile(rb"(?:^ +/\w+ \d+ 0 R\n)+", re.MULTILINE)
"""Of a dictionary that names fonts and forms; the names are the same in every run."""


def in_order(pdf: bytes) -> bytes:
    """Write the objects of a file, and number them, in the order in which one leads to the next.

    Parameters
    ----------
    pdf : bytes
        With one table of objects at its end, as the engine writes it.

    Returns
    -------
    bytes
        The same document.
    """
    table = pdf.rindex(b"\nxref\n") + 1
    trailer = pdf[pdf.index(b"trailer\n", table) : pdf.rindex(b"startxref")]
    objects = _objects(pdf, table)
    numbers: dict[bytes, bytes] = {}
    waiting = _REFERENCE.findall(trailer)
    while waiting:
        old = waiting.pop(0)
        if old not in numbers:
            numbers[old] = b"%d" % (len(numbers) + 1)
            waiting += _REFERENCE.findall(objects[old][0])

    def renumbered(text: bytes) -> bytes:
        return _REFERENCE.sub(lambda found: numbers[found[1]] + b" 0 R", text)

    written = bytearray(pdf[: pdf.index(b"\n\n") + 2])
    places = []
    for old, new in numbers.items():
        dictionary, stream = objects[old]
        places.append(b"%010d 00000 n\r\n" % len(written))
        written += new + b" 0 obj\n" + renumbered(dictionary) + stream
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1)
    written += b"".join(places) + renumbered(trailer) + b"startxref\n%d\n%%%%EOF" % start
    return bytes(written)


def _objects(pdf: bytes, table: int) -> dict[bytes, tuple[bytes, bytes]]:
    """Give the objects by their numbers, each as what refers to others and what does not."""
    offsets = sorted(int(place) for place in re.findall(rb"^(\d{10}) 00000 n", pdf[table:], re.M))
    objects = {}
    for start, end in zip(offsets, [*offsets[1:], table], strict=True):
        found = _OBJECT.match(pdf, start)
        assert found, "the table names the beginning of each object"  # noqa: S101 - for the types
        dictionary, mark, stream = pdf[found.end() : end].partition(b"\nstream\n")
        objects[found[1]] = (_ENTRIES.sub(_sorted, dictionary), mark + stream)
    return objects


def _sorted(entries: re.Match[bytes]) -> bytes:
    return b"".join(sorted(entries[0].splitlines(keepends=True)))
