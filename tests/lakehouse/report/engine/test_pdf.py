"""The order of a PDF's parts, which the engine leaves to chance."""

import re

import vl_convert

from lakehouse.report.engine.draw import use_fonts
from lakehouse.report.engine.pdf import in_order
from lakehouse.report.look.fonts import FONT

SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" font-family="{FONT}">
<clipPath id="a"><rect width="50" height="50"/></clipPath>
<text y="20">one</text><text y="40" font-weight="600">two</text><text font-style="italic">x</text>
{'<g opacity="0.5"><rect width="9" height="9"/><circle r="9"/></g>' * 4}
</svg>"""


def test_there_is_but_one_order() -> None:
    use_fonts()
    found = {vl_convert.svg_to_pdf(SVG) for _ in range(20)}

    assert len(found) > 1
    [document] = {in_order(each) for each in found}
    assert in_order(document) == document


def test_the_table_finds_every_object_and_nothing_is_lost() -> None:
    use_fonts()
    pdf = vl_convert.svg_to_pdf(SVG)
    document = in_order(pdf)

    table = int(re.findall(rb"startxref\n(\d+)\n", document)[0])
    assert document[table:].startswith(b"xref\n")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n\r\n", document[table:])]
    assert len(places) == pdf.count(b" 0 obj\n")
    for number, place in enumerate(places, start=1):
        assert document[place:].startswith(b"%d 0 obj\n" % number)
    for font in (b"Regular", b"SemiBold", b"Italic"):
        assert font in document
    stream = re.compile(rb"\nstream\n.*?\nendstream", re.DOTALL)
    assert sorted(stream.findall(document)) == sorted(stream.findall(pdf))
