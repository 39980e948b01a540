"""Messages that several commands share."""

from typing import TYPE_CHECKING

from lakehouse.dataset.listing import SequencesFound, printable
from lakehouse.ids import words_on_look_alikes
from lakehouse.ingest.summary import Summary
from lakehouse.inputs.shown import listed, short_name

from .output import say

if TYPE_CHECKING:
    # Their libraries for tables would cost an extraction a tenth of its time.
    from lakehouse.covariates.store import CovariatesSummary
    from lakehouse.importing.summary import ImportSummary
    from lakehouse.ingest.videos.summary import VideoSummary
    from lakehouse.scores.store import ScoresSummary

_DROPS = "(--replace drops them)"


def say_videos(films: "VideoSummary") -> None:
    """Print what an extraction did about videos."""
    for healed in films.healed:
        say(
            f"restored from the originals: {healed.photos:,} videos of {healed.file} "
            f"({healed.problem})"
        )
    for problem in films.problems:
        error = f": {problem.error}" if problem.error else ""
        say(f"{problem.status}: {printable(problem.path)}{error}")
    more = films.extracted - films.statuses["ok"] - len(films.problems)
    if more > 0:
        say(f"… and {more:,} more videos; see status and error in videos")
    for count, words in (
        (films.resumed, "continued, which an interrupted run had begun"),
        (films.replaced, "replaced, whose content or model had changed"),
        (films.missing, "in the lake but no longer found; they are kept (--prune removes them)"),
        (films.unlisted, "in the lake and not in this list, whose files are there; they are kept"),
        (films.pruned, "removed from the lake, because their files are gone"),
    ):
        if count:
            say(f"videos {words}: {count:,}")
    if films.frames:
        corrupt = f", {films.corrupt_frames:,} corrupt" if films.corrupt_frames else ""
        say(
            f"{films.frames:,} frames looked at, of {films.video_s / 60:.1f} min of video: "
            f"{films.face_frames:,} with a face{corrupt}; "
            f"{films.frames / max(films.seconds, 0.001):.1f} frames/s"
        )
    counts = [f"{count:,} {status.replace('_', ' ')}" for status, count in films.statuses.items()]
    known = f" ({films.by_stamp:,} by size and time stamp)" if films.by_stamp else ""
    done = f"{films.already_done:,} already done{known}"
    say(f"{films.found:,} videos: {', '.join([*counts, done])}; {films.seconds:.1f} s")


def say_troubles(summary: "Summary | ImportSummary", failed: int) -> None:
    """Print which files gave no landmarks, could not be read or were ignored.

    Parameters
    ----------
    failed : int
        Number of files without landmarks; the summary names the first of them.
    """
    for healed in summary.healed:
        say(
            f"restored from the originals: {healed.photos:,} {healed.kind} of {healed.file} "
            f"({healed.problem})"
            f"{f'; {healed.dropped:,} are dropped, whose files are gone' if healed.dropped else ''}"
        )
    for problem in summary.problems:
        error = f": {problem.error}" if problem.error else ""
        say(f"{problem.status}: {printable(problem.path)}{error}")
    if failed > len(summary.problems):
        say(f"… and {failed - len(summary.problems):,} more; see status and error in photos")
    for folder in summary.unreadable_folders:
        say(f"folder that could not be read, skipped: {folder}")
    for ignored in summary.ignored:
        say(f"ignored {ignored.count:,} files: {ignored.reason} (such as {ignored.example})")
    if summary.respelled:
        say(f"invisible characters removed from the ids of {summary.respelled:,} files")
    if summary.superseded:
        dropped = f"dropped {summary.superseded:,} rows of files that now have another key"
        say(f"{dropped} or are ignored now")


def say_sequences(sequences: SequencesFound | None) -> None:
    """Print what became of the sequences of a dataset, if there are any."""
    if sequences is None:
        return
    say(f"sequences: {sequences.used:,} of {sequences.found:,} are used")
    for unused in sequences.unused:
        reason = unused.reason.removeprefix("frame of a ")
        say(f"  not used: {unused.count:,}: {reason} (such as {unused.example})")
    for gaps in sequences.gaps:
        say(f"  with {gaps.reason}: {gaps.count:,} (such as {gaps.example})")
    for labels in sequences.labels_unused:
        say(f"  {labels.reason}: {labels.count:,} (such as {labels.example})")


def say_stored(summary: "ScoresSummary | CovariatesSummary", what: str) -> None:
    """Print how a table was read, and what has become of what was stored before.

    Parameters
    ----------
    what : str
        What its values are, such as "scores".
    """
    for remark in summary.told:
        say(remark)
    if summary.changed:
        named = listed(f"{short_name(who)} {name}" for who, name in summary.changed)
        say(f"{what} changed from those stored before: {len(summary.changed):,} ({named})")
    if summary.dropped:
        say(f"removed: {summary.dropped:,} {what} of the earlier file that are not in this one")
    if summary.kept:
        named = listed(f"{count:,} {name}" for name, count in summary.kept.items())
        say(f"kept from earlier files, not in this one: {named} {_DROPS}")
    if summary.kept_participants:
        number = f"{summary.kept_participants:,}"
        say(f"participants of earlier files whose {what} are kept: {number} {_DROPS}")
    if summary.kept_blank:
        say(f"{what} that are blank here and kept as stored: {summary.kept_blank:,} {_DROPS}")
    if summary.ignored_columns:
        say(f"columns ignored: {listed(summary.ignored_columns)}")


def say_look_alikes(summary: "ScoresSummary | CovariatesSummary", what: str) -> None:
    """Print which ids would match those of photographs and videos but for how they are written."""
    for line in words_on_look_alikes(summary.look_alikes, what, "the lake"):
        say(line)
