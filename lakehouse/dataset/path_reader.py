"""Reading what a file shows from its path."""

from pathlib import Path

from lakehouse.dataset.cells import Candidate
from lakehouse.dataset.layout import Layout
from lakehouse.dataset.listing import PhotoFile, Reason
from lakehouse.settings.model import Dataset


class PathReader:
    """Reads paths of one dataset.

    Parameters
    ----------
    dataset : Dataset
        With the codes.
    layout : str, optional
        Pattern to use instead of the dataset's.

    Raises
    ------
    UsageError
        If the pattern cannot mean anything.
    """

    def __init__(self, dataset: Dataset, layout: str | None = None) -> None:
        self._dataset = dataset
        self._alone = dataset.identity == "photo"
        self._layout = Layout(
            layout or dataset.layout,
            expressions=dataset.expressions,
            supervised=dataset.supervised,
            required={"expression"} if self._alone else {"participant", "expression"},
        )

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
        """
        if not _is_utf8(path):
            return Reason.NAME_NOT_UTF8, path
        fields = self._layout.parse(stem)
        if fields is None:
            return Reason.NOT_IN_LAYOUT, path
        expression = self._dataset.expressions.get(fields.expression)
        if expression is None:
            return Reason.UNKNOWN_EXPRESSION, fields.expression
        supervised = False
        if fields.supervised is not None:
            if fields.supervised not in self._dataset.supervised:
                return Reason.UNKNOWN_SUPERVISED, fields.supervised
            supervised = self._dataset.supervised[fields.supervised]
        photo = fields.photo or stem.rpartition("/")[2]
        participant = stem if self._alone or fields.participant is None else fields.participant
        file = PhotoFile(participant, expression, supervised, photo, path, absolute)
        return Candidate(file, ending)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
