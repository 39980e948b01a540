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
