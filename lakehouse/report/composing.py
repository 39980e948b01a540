"""Drawing many charts in less time than Altair takes by itself."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from altair.utils import schemapi


@contextlib.contextmanager
def swiftly() -> Iterator[None]:
    """Compose charts without copying their parts again and again, as long as this lasts.

    Altair copies all that lies in a chart several times at every level of layers, facets and
    columns, looks for the class of every plain value among all of its classes, and validates every
    part. Charts that no one changes once they are part of another are the same without. It is
    for a process that draws and does nothing else: other threads' charts would be so drawn too.
    """
    copy, resolver = schemapi.SchemaBase.copy, schemapi._FromDict
    kept: list[Any] = []

    def shallow(
        chart: Any, deep: bool | Iterable[Any] = True, ignore: list[str] | None = None
    ) -> Any:
        return copy(chart, False if deep is True else deep, ignore)

    def resolving(classes: Iterable[Any]) -> Any:
        if not kept:
            kept.append(resolver(classes))
        return kept[0]

    schema: Any = schemapi
    schema.SchemaBase.copy, schema._FromDict = shallow, resolving
    try:
        with schemapi.debug_mode(False):
            yield
    finally:
        schema.SchemaBase.copy, schema._FromDict = copy, resolver
