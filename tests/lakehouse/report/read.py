"""What lies in a report, read from its file."""

import json
import re
from pathlib import Path
from typing import Any


def data_of(page: Path) -> Any:
    """Give what the page's script reads."""
    text = page.read_text(encoding="utf-8")
    [data] = re.findall(r'<script type="application/json" id="report-data">(.*?)</script>', text)
    return json.loads(data)


def expanded(column: dict[str, Any]) -> list[Any]:
    """Give a column's values, one for each row, as the page's script has them."""
    values = column["values"]
    if "runs" in column:
        pairs = zip(values, column["runs"], strict=True)
        values = [value for value, often in pairs for _ in range(often)]
    values = values * column.get("times", 1)
    if "words" not in column:
        return list(values)
    return [None if value is None else column["words"][value] for value in values]
