"""Sequences: frames of a face that moves, of which the first are neutral and the last shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lakehouse.dataset.cells import Candidate
from lakehouse.dataset.listing import IgnoredCounter, Reason, SequencesFound
from lakehouse.dataset.sequence_labels import SequenceLabels
from lakehouse.errors import UsageError
from lakehouse.settings.dataset import Dataset


def refuse_contradictions(fields: frozenset[str], dataset: Dataset) -> None:
    """Refuse a layout and settings that cannot mean sequences together.

    Parameters
    ----------
    fields : frozenset of str
        Those that the layout has.

    Raises
    ------
    UsageError
        If they contradict each other.
    """
    if "video" in fields and (other := fields & {"photo", "frame"}):
        raise _refused(
            f"has {{video}} and {{{min(other)}}}, and a file is one of them",
            "leave one out; {video} names photographs too, and {photo} videos",
        )
    if "frame" not in fields:
        _refuse_sequences_without_frames(fields)
        return
    sequence = dataset.sequence
    if dataset.identity == "photo":
        raise _refused(
            'has {frame}, but dataset.identity is "photo", and the frames of a sequence show one '
            "person",
            'set it to "participant"; {participant} may be what tells sequences apart',
        )
    if "photo" in fields:
        raise _refused("has {frame} and {photo}", "write {_} for {photo}: frames need no other id")
    if sequence.labels is not None and "expression" in fields:
        raise _refused(
            "has {expression}, and dataset.sequence.labels says it too", "leave one of them out"
        )
    if sequence.labels is not None and "sequence" not in fields:
        raise _refused(
            "has no {sequence}, of which dataset.sequence.labels speaks", "give it its place"
        )
    if sequence.neutral and dataset.neutral not in dataset.expressions.values():
        raise UsageError(
            f"does not list {dataset.neutral}, which the first frames of a sequence show",
            where="dataset.expressions",
            fix="list it, or set dataset.sequence.neutral to 0",
        )


def _refuse_sequences_without_frames(fields: frozenset[str]) -> None:
    if "sequence" in fields:
        raise _refused("has {sequence} and no {frame}", "write {_} for it, or add {frame}")
    if not fields & {"expression", "video"}:
        raise _refused("has no {expression}, and no {frame}", "add {expression}")


def _refused(what: str, fix: str) -> UsageError:
    return UsageError(what, where="layout", fix=fix)


@dataclass
class FrameChoice:
    """Chooses frames of sequences, and counts what becomes of the others.

    Attributes
    ----------
    ignored : IgnoredCounter
        Counts the frames that are not taken.
    set_aside : list of str
        Their paths.
    """

    dataset: Dataset
    ignored: IgnoredCounter
    set_aside: list[str] = field(default_factory=list)
    _unused: IgnoredCounter = field(default_factory=IgnoredCounter)
    _found: int = 0
    _used: int = 0
    _gaps: IgnoredCounter = field(default_factory=IgnoredCounter)

    def choose(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Give the frames that are taken, with what they show.

        Parameters
        ----------
        candidates : iterable of Candidate
            Frames of all sequences.

        Returns
        -------
        list of Candidate
            Sequence by sequence, each in the order of its frames.
        """
        sequences: dict[object, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            sequences[_sequence_of(candidate)].append(candidate)
        return [frame for sequence in sequences.values() for frame in self._of_one(sequence)]

    def result(self, labels: SequenceLabels) -> SequencesFound:
        """Tell how many sequences there are, and what became of them and of their labels."""
        return SequencesFound(
            self._found, self._used, self._unused.result(), self._gaps.result(), labels.unused()
        )

    def _of_one(self, sequence: list[Candidate]) -> list[Candidate]:
        self._found += 1
        frames = sorted(sequence, key=_number)
        if problem := self._problem(frames):
            reason, example = problem
            self._unused.add(reason, example)
            for frame in frames:
                self._pass_over(frame, reason, example)
            return []
        self._used += 1
        for before, after in pairwise(frames):
            if _number(after) > _number(before) + 1:
                self._gaps.add(_GAP, f"before {after.file.path}")
                break
        first = len(frames) - self.dataset.sequence.apex
        neutral = self.dataset.sequence.neutral
        for frame in frames[neutral:first]:
            self._pass_over(frame, Reason.BETWEEN, frame.file.path)
        return [*(self._neutral(frame) for frame in frames[:neutral]), *frames[first:]]

    def _problem(self, frames: Sequence[Candidate]) -> tuple[Reason, str] | None:
        """Say why a sequence cannot be used."""
        if (known := frames[0].frame) and known.problem:
            return known.problem
        for before, after in pairwise(frames):
            if _number(before) == _number(after):
                return Reason.FRAME_TWICE, f"{before.file.path} and {after.file.path}"
        if len(frames) < self.dataset.sequence.neutral + self.dataset.sequence.apex:
            return Reason.TOO_SHORT, frames[0].file.path
        return None

    def _pass_over(self, frame: Candidate, reason: Reason, example: str) -> None:
        self.ignored.add(reason, example)
        self.set_aside.append(frame.file.path)

    def _neutral(self, frame: Candidate) -> Candidate:
        return replace(frame, file=replace(frame.file, expression=self.dataset.neutral))


_GAP = "numbers that are left out between frames"


def _number(candidate: Candidate) -> int:
    return candidate.frame.number if candidate.frame else 0


def _sequence_of(candidate: Candidate) -> object:
    """Give what the frames of one sequence have in common, and no others."""
    file, frame = candidate.file, candidate.frame
    name = frame.sequence if frame else None
    # Where nothing names a sequence, it does not reach beyond its folder.
    return (*file.cell, name if name is not None else (file.path.rpartition("/")[0],))
