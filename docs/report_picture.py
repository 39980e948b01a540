"""Show parts of a report side by side with nothing else, as docs/report.png.

Usage: python docs/report_picture.py WAREHOUSE, after `lakehouse demo`. It needs Chromium.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from lakehouse.paths import WarehousePaths
from lakehouse.report.write import ReportRequest, write_report

SHOWN: Final = ("glance", "heat", "correlations")
"""Sections of which the picture shows the numbers or the figure of the same name."""
WIDTH: Final = 1200
"""CSS pixels."""
COLOURS: Final = 256
"""More than the scales of the figures have steps."""

PICK = """
(shown) => {
  const kept = shown.map((name) => document.getElementById(name));
  for (const section of document.querySelectorAll("main > section")) {
    section.hidden = !kept.includes(section);
  }
  const figure = ".key-figures, [data-chart]";
  for (const section of kept) {
    const [first] = section.querySelectorAll(figure);
    const block = first.closest("section > *");
    for (const part of section.children) part.hidden = part !== block && part.tagName !== "H2";
    section.style.cssText = "margin: 0; padding: 1rem 0 1.5rem";
  }
  const around = "header.bar, footer, figcaption, .tools, .readout";
  for (const part of document.querySelectorAll(around)) part.style.display = "none";
  document.querySelector("main").style.paddingBlock = "1.5rem 0";
}
"""
"""Leaves each section's heading and first figure; runs in the page."""


def shot(page: Page) -> Image.Image:
    """Wait until all figures are drawn, then photograph the parts that are shown."""
    page.locator("html[data-ready]").wait_for(state="attached", timeout=120_000)
    page.evaluate(PICK, list(SHOWN))
    return Image.open(io.BytesIO(page.locator("body").screenshot()))


def main() -> None:
    """Write docs/report.png."""
    paths = WarehousePaths(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        report = Path(folder) / "report.html"
        write_report(paths, ReportRequest(report))
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": 900}, offline=True, color_scheme="light"
        )
        page.goto(report.as_uri())
        picture = shot(page).convert("RGB")
        picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            Path(__file__).with_name("report.png"), optimize=True
        )
        browser.close()


main()
