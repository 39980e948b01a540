"""Tables within tables, with one name for each value."""

from collections.abc import Mapping
from typing import Any


def flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Give every value its whole name.

    Parameters
    ----------
    table : mapping
        Of values and of mappings.
    before : str
        What names begin with.

    Returns
    -------
    dict
        Such as "clusters.k" to 6; what is no mapping, lists among it, is a value. An empty mapping
        is none.
    """
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{before}{key}"
        found |= flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return found
