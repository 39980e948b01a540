"""Reading what a file shows from its path."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lakehouse.dataset.cells import Candidate, Frame, VideoCandidate
from lakehouse.dataset.layout import AmbiguousPathError, Layout, PathFields
from lakehouse.dataset.listing import PhotoFile, Reason, VideoFile
from lakehouse.dataset.sequence_labels import SequenceLabels, code_of, read_labels
from lakehouse.dataset.sequences import refuse_contradictions
from lakehouse.errors import UsageError
from lakehouse.ids import canonical, holds_invisible, look_alikes, one_spelling
from lakehouse.pictures.kinds import split_ending
from lakehouse.settings.dataset import Dataset

if TYPE_CHECKING:
    from lakehouse.dataset.layout_regex import LayoutRegex

Unused = tuple[Reason, str]
"""Why a file is ignored, and what to show of it."""


class PathReader:
    """Reads paths of one dataset.

    Parameters
    ----------
    dataset : Dataset
        With the codes.
    layout : str or None
        Pattern to use instead of the dataset's, and instead of its regular expression.
    root : Path
        The dataset's folder, from which labels of sequences are found.

    Attributes
    ----------
    respelled : int
        Files read so far whose ids lost invisible characters.
    has_frames : bool
        Whether the layout makes photographs frames of sequences.
    labels : SequenceLabels
        Of sequences; none where paths say what they show.

    Raises
    ------
    UsageError
        If the pattern cannot mean anything, or contradicts the settings.
    InputError
        If labels of sequences are refused.
    """

    def __init__(self, dataset: Dataset, layout: str | None, root: Path) -> None:
        self._dataset = dataset
        self._alone = dataset.identity == "photo"
        self._layout = compiled_layout(dataset, layout)
        self.has_frames = "frame" in self._layout.fields
        refuse_contradictions(self._layout.fields, dataset)
        self.labels = SequenceLabels()
        if self.has_frames:
            self.labels = self._frame_labels(root)
        self.respelled = 0

    def read(self, path: str, stem: str, ending: str, absolute: Path) -> Candidate | Unused:
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
        spelled = one_spelling(stem)
        fields = self._layout.parse(spelled)
        if fields is None:
            return self._unread(spelled), path
        participant = canonical(stem if self._alone else fields.participant or "")
        if not participant or (fields.expression is None and not self.has_frames):
            return Reason.NOT_IN_LAYOUT, path
        expression = self._expression(fields, participant, path)
        supervised = self._supervised(fields)
        # What is wrong with the label of a sequence is wrong with it as a whole.
        problem = next((it for it in (expression, supervised) if isinstance(it, tuple)), None)
        if problem and fields.frame is None:
            return problem
        self.respelled += holds_invisible(stem)
        photo, frame = self._identity(fields, stem, problem)
        shown = "" if isinstance(expression, tuple) else expression
        file = PhotoFile(participant, shown, supervised is True, photo, path, absolute)
        return Candidate(file, ending, frame)

    def read_video(
        self, path: str, stem: str, ending: str, absolute: Path
    ) -> VideoCandidate | Unused:
        """Read what a video shows, or tell why it is ignored; see `read`.

        It shows no single expression where the layout, or its path, has none.
        """
        if not _is_utf8(path):
            return Reason.NAME_NOT_UTF8, path
        fields = self._layout.parse(one_spelling(stem))
        if fields is None or self.has_frames:
            return Reason.NOT_IN_LAYOUT, path
        participant = canonical(stem if self._alone else fields.participant or "")
        if not participant:
            return Reason.NOT_IN_LAYOUT, path
        expression: str | None = None
        supervised: bool | None = None
        if fields.expression is not None:
            shown, cue = self._expression(fields, participant, path), self._supervised(fields)
            if isinstance(shown, tuple):
                return shown
            if isinstance(cue, tuple):
                return cue
            expression, supervised = shown, cue
        self.respelled += holds_invisible(stem)
        name = fields.video or fields.photo or stem.rpartition("/")[2]
        file = VideoFile(participant, expression, supervised, canonical(name), path, absolute)
        return VideoCandidate(file, ending)

    def _frame_labels(self, root: Path) -> SequenceLabels:
        labels = self._dataset.sequence.labels
        return (
            SequenceLabels() if labels is None else read_labels(root / labels, self._layout.parse)
        )

    def _unread(self, stem: str) -> Reason:
        """Say why the layout does not fit; what would fit but for the frame is probably one."""
        try:
            if self._but_for_frame is None or self._but_for_frame.parse(stem) is None:
                return Reason.NOT_IN_LAYOUT
        except AmbiguousPathError:
            pass
        return Reason.NOT_A_FRAME

    @cached_property
    def _but_for_frame(self) -> Layout | None:
        """A layout that takes any text for a frame."""
        if not self.has_frames or not isinstance(self._layout, Layout):
            return None
        return Layout(self._layout.pattern.replace("{frame", "{_"), required=())

    def _expression(self, fields: PathFields, participant: str, path: str) -> str | Unused:
        listed = self._dataset.expressions
        if fields.expression is not None:
            code = canonical(fields.expression)
            return listed.get(code) or _unlisted(code, listed, Reason.UNKNOWN_EXPRESSION)
        label = self.labels.of(participant, canonical(fields.sequence or ""))
        if label is None:
            return Reason.UNLABELLED, path
        for code in (label, code_of(label)):
            if code in listed:
                return listed[code]
        if label.lower() in listed.values():
            return label.lower()
        return _unlisted(code_of(label), listed, Reason.UNKNOWN_EXPRESSION)

    def _supervised(self, fields: PathFields) -> bool | Unused:
        if fields.supervised is None:
            return False
        code, listed = canonical(fields.supervised), self._dataset.supervised
        return (
            listed[code] if code in listed else _unlisted(code, listed, Reason.UNKNOWN_SUPERVISED)
        )

    def _identity(
        self, fields: PathFields, stem: str, problem: Unused | None
    ) -> tuple[str, Frame | None]:
        """Give a photograph's id and, if it is a frame, what is known of it."""
        if fields.frame is None:
            name = fields.photo or fields.video or stem.rpartition("/")[2]
            return canonical(name), None
        sequence = None if fields.sequence is None else canonical(fields.sequence)
        name = sequence or canonical(fields.expression or "")
        return f"{name}_{fields.frame}", Frame(sequence, int(fields.frame), problem)


def compiled_layout(dataset: Dataset, layout: str | None = None) -> Layout | LayoutRegex:
    """Give what reads the paths of a dataset.

    Parameters
    ----------
    layout : str, optional
        Pattern to use instead of the dataset's, and instead of its regular expression.

    Raises
    ------
    UsageError
        If the pattern cannot mean anything.
    """
    required = {"expression", "participant"}
    if dataset.identity == "photo":
        required -= {"participant"}
    if dataset.sequence.labels is not None or _names_videos(dataset, layout):
        # What a video of a session shows, its events say.
        required -= {"expression"}
    if layout is None and dataset.layout_regex is not None:
        # Late, because it brings a library along that a layout needs nothing of.
        from lakehouse.dataset.layout_regex import LayoutRegex

        return LayoutRegex(dataset.layout_regex, required=required)
    return Layout(
        one_spelling(dataset.layout if layout is None else layout),
        expressions=dataset.expressions,
        supervised=dataset.supervised,
        required=required,
    )


def _names_videos(dataset: Dataset, layout: str | None) -> bool:
    if layout is None and dataset.layout_regex is not None:
        return "(?P<video>" in dataset.layout_regex
    return "{video" in (dataset.layout if layout is None else layout)


def count_sequences(paths: Iterable[str], dataset: Dataset) -> int:
    """Tell of how many sequences there are frames.

    Parameters
    ----------
    paths : iterable of str
        Of photographs, relative to the dataset's root. What the dataset's layout does not read
        is of none.
    """
    layout = compiled_layout(dataset)
    found = set()
    for path in paths:
        stem, _ = split_ending(path)
        try:
            fields = layout.parse(one_spelling(stem))
        except UsageError:
            continue
        if fields and fields.frame is not None:
            folder = path.rpartition("/")[0] if fields.sequence is None else ""
            known = (fields.participant, fields.expression, fields.supervised, fields.sequence)
            found.add((*known, folder))
    return len(found)


def _unlisted(code: str, listed: Iterable[str], reason: Reason) -> Unused:
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
