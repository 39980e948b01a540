"""Layouts as regular expressions: the last resort, for names that no pattern describes."""

from collections.abc import Collection
from typing import Final

# Python's own cannot be stopped, and a pattern may take years on a name.
import regex

from lakehouse.dataset.layout import FIELDS, PathFields
from lakehouse.dataset.listing import printable
from lakehouse.errors import UsageError

_SECONDS: Final = 1.0
"""Of processor time, for a name; a sane pattern takes microseconds."""


class LayoutRegex:
    """A layout whose fields are the named groups of a regular expression.

    Parameters
    ----------
    pattern : str
        Valid, of the whole path relative to the dataset's root, without its ending, such as
        ``(?P<participant>S[0-9]+)_(?P<expression>[a-z]+).*``. Groups of other names are ignored.
        It has one reading of a path: the one that Python's `re` finds first.
    required : collection of str
        Groups that it must have.

    Attributes
    ----------
    fields : frozenset of str
        Those that it has groups for.

    Raises
    ------
    UsageError
        If a group is missing.
    """

    def __init__(self, pattern: str, *, required: Collection[str]) -> None:
        self._pattern = regex.compile(pattern)
        self._required = required
        self.fields = frozenset(FIELDS).intersection(self._pattern.groupindex)
        for field in FIELDS:
            if field in required and field not in self.fields:
                raise UsageError(
                    f"has no group {field}", where="dataset.layout_regex", fix=f"add (?P<{field}>…)"
                )

    def parse(self, path: str) -> PathFields | None:
        """Read a path.

        Parameters
        ----------
        path : str
            Relative to the root, with ``/``, without ending.

        Returns
        -------
        PathFields or None
            None if the path does not match, or a group that is required takes no part.

        Raises
        ------
        UsageError
            If the pattern takes so long on the path that it might never end.
        """
        try:
            match = self._pattern.fullmatch(path, timeout=_SECONDS)
        except TimeoutError as error:
            raise UsageError(
                f"finds no end on {printable(path)}",
                where="dataset.layout_regex",
                fix="write it without repeats of what repeats, such as (a+)+ or (a|aa)*",
            ) from error
        found = match.groupdict() if match else {}
        if not all(found.get(field) for field in self._required):
            return None
        return PathFields(*(found.get(field) for field in FIELDS))
