"""The README's first picture is the report's, and fits into a page."""

import re

from PIL import Image

from tests.docs.test_words import ROOT


def test_the_first_picture_is_the_reports() -> None:
    for page, folder in (("README.md", "docs/"), ("docs/pt/README.md", "../")):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert re.findall(r"!\[[^\]]+\]\((\S+)\)", text)[0] == f"{folder}report.png"


def test_the_picture_is_wide_and_light() -> None:
    file = ROOT / "docs" / "report.png"
    assert file.stat().st_size <= 250_000
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        assert 1100 <= picture.width <= 1200
        # The few colours of the file may miss white by one.
        assert picture.convert("L").getpixel((0, 0)) >= 254
