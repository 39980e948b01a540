"""Reading what a file shows from its path."""

from pathlib import Path

from lakehouse.dataset.cells import Candidate
from lakehouse.dataset.layout import Layout
from lakehouse.dataset.listing import PhotoFile, Reason
from lakehouse.settings.model import Dataset


def read_path(
    path: str, stem: str, ending: str, absolute: Path, layout: Layout, dataset: Dataset
) -> Candidate | tuple[Reason, str]:
    """Read what a file shows, or tell why it is passed over.

    Parameters
    ----------
    path : str
        Relative to the dataset's root, with ``/`` between folders.
    stem : str
        The part of it that the layout speaks of.
    ending : str
        What the photograph's id gains where two files would share it.
    absolute : Path
    layout : Layout
    dataset : Dataset
        With the codes.

    Returns
    -------
    Candidate, or the reason and an example of it
    """
    if not _is_utf8(path):
        return Reason.NAME_NOT_UTF8, path
    fields = layout.parse(stem)
    if fields is None:
        return Reason.NOT_IN_LAYOUT, path
    expression = dataset.expressions.get(fields.expression)
    if expression is None:
        return Reason.UNKNOWN_EXPRESSION, fields.expression
    supervised = False
    if fields.supervised is not None:
        if fields.supervised not in dataset.supervised:
            return Reason.UNKNOWN_SUPERVISED, fields.supervised
        supervised = dataset.supervised[fields.supervised]
    photo = fields.photo or stem.rpartition("/")[2]
    file = PhotoFile(fields.participant, expression, supervised, photo, path, absolute)
    return Candidate(file, ending)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
