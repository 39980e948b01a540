"""Layouts as regular expressions: the last resort, for names that no pattern describes."""

import re
from collections.abc import Collection

from lakehouse.dataset.layout import FIELDS, PathFields
from lakehouse.errors import UsageError


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

    Raises
    ------
    UsageError
        If a group is missing.
    """

    def __init__(self, pattern: str, *, required: Collection[str]) -> None:
        self._pattern = re.compile(pattern)
        for field in FIELDS:
            if field in required and field not in self._pattern.groupindex:
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
            None if the path does not match, or a group that shows an expression takes no part.
        """
        match = self._pattern.fullmatch(path)
        found = match.groupdict() if match else {}
        if not found.get("expression"):
            return None
        return PathFields(
            found.get("participant"),
            found["expression"],
            found.get("supervised"),
            found.get("photo"),
        )
