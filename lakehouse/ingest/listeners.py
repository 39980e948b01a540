"""Who is told how a run comes along, and who may end it."""

from collections.abc import Callable
from dataclasses import dataclass

from lakehouse.ingest.progress import Progress


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told how a run comes along, and who may end it.

    Parameters
    ----------
    progress : callable, optional
        Is given a `Progress` after every photograph.
    on_message : callable, optional
        Is told in a line what happens before the first photograph, such as fetching the model.
    should_stop : callable, optional
        Asked between parts; once it says yes, no further part is begun.
    """

    progress: Callable[[Progress], None] | None = None
    on_message: Callable[[str], None] | None = None
    should_stop: Callable[[], bool] | None = None

    def tell(self, line: str) -> None:
        """Tell something before the first photograph, if anybody wants to know."""
        if self.on_message is not None:
            self.on_message(line)
