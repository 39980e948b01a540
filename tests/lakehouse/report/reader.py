"""Somebody who opens a report in a browser, and notes what the browser says and asks for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PATIENCE = 60
"""Seconds until every figure is drawn; a busy machine takes some."""


@dataclass
class Reader:
    """A page that is open, and what it did.

    Parameters
    ----------
    page : playwright.sync_api.Page
    requests, messages : list of str
        Addresses that it asked for; what stands on its console, errors too.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def wait(self, script: str) -> Any:
        """Ask until the answer is true; a script that the page itself reads would be refused."""
        end = time.monotonic() + PATIENCE
        while not (answer := self.page.evaluate(script)):
            assert time.monotonic() < end, f"{script}: {self.messages}"
            self.page.wait_for_timeout(20)
        return answer

    def wait_until_drawn(self, state: str = "") -> None:
        """Wait until every figure is drawn in this language, theme and width."""
        self.wait(f"() => (document.documentElement.dataset.ready ?? '').startsWith('{state}') "
                  "&& document.documentElement.dataset.ready")  # fmt: skip

    def over(self, name: str) -> Iterator[tuple[float, float]]:
        """Give places in the window all over a figure, which is scrolled to."""
        canvas = self.page.locator(f"#chart-{name} canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        for row, column in product(range(1, 12), range(1, 12)):
            yield box["x"] + column * box["width"] / 12, box["y"] + row * box["height"] / 12

    @property
    def sideways(self) -> int:
        """How many pixels the page is wider than its window."""
        root = "document.documentElement"
        width: int = self.page.evaluate(f"() => {root}.scrollWidth - {root}.clientWidth")
        return width


@contextmanager
def reading(
    browser: Browser, report: Path, *, width: int = 1200, dark: bool = False
) -> Iterator[Reader]:
    """Open a report from the disk, offline and under its own policy, and wait for its figures."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        offline=True,
        color_scheme="dark" if dark else "light",
    )
    try:
        page = context.new_page()
        reader = Reader(page)
        page.on("request", lambda request: reader.requests.append(request.url))
        page.on("console", lambda message: reader.messages.append(message.text))
        page.on("pageerror", lambda error: reader.messages.append(str(error)))
        page.goto(report.as_uri())
        reader.wait_until_drawn()
        yield reader
    finally:
        context.close()
