"""Reports that several tests read, and a browser that reaches no network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from lakehouse.paths import WarehousePaths
from lakehouse.report.write import ReportRequest, write_report
from tests.lakehouse.report.reader import PATIENCE
from tests.once import Once
from tests.tools import require_tool


@pytest.fixture(scope="session")
def report_page(once: Once, small_warehouse: WarehousePaths) -> Path:
    """The report of the small warehouse; read only."""

    def make(folder: Path) -> Path:
        return write_report(small_warehouse, ReportRequest(folder / "report.html")).page

    return once("report", make)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    chromium = require_tool("chromium")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        # Root may not have a sandbox; no page is opened but those of these tests.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
