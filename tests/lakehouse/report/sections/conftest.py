"""Tables of the small warehouse, open for the tests of the sections."""

from collections.abc import Iterator

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.report.privacy import Privacy
from lakehouse.report.tables.tables import Tables, open_tables


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    """All that a report of the small warehouse may show."""
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened
