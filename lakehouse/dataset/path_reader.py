"""Reading what a file shows from its path."""

from collections.abc import Iterable
from pathlib import Path

from lakehouse.dataset.cells import Candidate
from lakehouse.dataset.layout import Layout
from lakehouse.dataset.layout_regex import LayoutRegex
from lakehouse.dataset.listing import PhotoFile, Reason
from lakehouse.ids import canonical, holds_invisible, look_alikes, one_spelling
from lakehouse.settings.dataset import Dataset


class PathReader:
    """Reads paths of one dataset.

    Parameters
    ----------
    dataset : Dataset
        With the codes.
    layout : str, optional
        Pattern to use instead of the dataset's, and instead of its regular expression.

    Attributes
    ----------
    respelled : int
        Files read so far whose ids lost invisible characters.

    Raises
    ------
    UsageError
        If the pattern cannot mean anything.
    """

    def __init__(self, dataset: Dataset, layout: str | None = None) -> None:
        self._dataset = dataset
        self._alone = dataset.identity == "photo"
        required = {"expression"} if self._alone else {"participant", "expression"}
        self._layout: Layout | LayoutRegex
        if layout is None and dataset.layout_regex is not None:
            self._layout = LayoutRegex(dataset.layout_regex, required=required)
        else:
            self._layout = Layout(
                one_spelling(layout or dataset.layout),
                expressions=dataset.expressions,
                supervised=dataset.supervised,
                required=required,
            )
        self.respelled = 0

    def read(
        self, path: str, stem: str, ending: str, absolute: Path
    ) -> Candidate | tuple[Reason, str]:
        """Read what a file shows, or tell why it is ignored.

        Parameters
        ----------
        path : str
            Relative to the dataset's root, with ``/`` between folders.
        stem : str
            The part of it that the layout speaks of.
        ending : str
            What the photograph's id gains where two files would share it.

        Raises
        ------
        AmbiguousPathError
            If the layout reads the path in more than one way.
        """
        if not _is_utf8(path):
            return Reason.NAME_NOT_UTF8, path
        fields = self._layout.parse(one_spelling(stem))
        if fields is None:
            return Reason.NOT_IN_LAYOUT, path
        participant = canonical(stem if self._alone else fields.participant or "")
        if not participant:
            return Reason.NOT_IN_LAYOUT, path
        code = canonical(fields.expression)
        expression = self._dataset.expressions.get(code)
        if expression is None:
            return _unlisted(code, self._dataset.expressions, Reason.UNKNOWN_EXPRESSION)
        supervised = False
        if fields.supervised is not None:
            code = canonical(fields.supervised)
            if code not in self._dataset.supervised:
                return _unlisted(code, self._dataset.supervised, Reason.UNKNOWN_SUPERVISED)
            supervised = self._dataset.supervised[code]
        photo = canonical(fields.photo or stem.rpartition("/")[2])
        self.respelled += holds_invisible(stem)
        file = PhotoFile(participant, expression, supervised, photo, path, absolute)
        return Candidate(file, ending)


def _unlisted(code: str, listed: Iterable[str], reason: Reason) -> tuple[Reason, str]:
    """Say why a code is ignored, with the one that it probably should be."""
    for pair in look_alikes([code], listed):
        example = f"{code} differs from {pair.there} in {pair.differ_in}"
        return Reason.CODE_WRITTEN_OTHERWISE, example
    return reason, code


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
