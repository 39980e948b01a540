"""Messages that `extract` and `import-landmarks` share."""

from lakehouse.dataset.listing import printable
from lakehouse.errors import InputError
from lakehouse.importing.summary import ImportSummary
from lakehouse.ingest.summary import Summary

from .output import say


def say_troubles(summary: Summary | ImportSummary, failed: int) -> None:
    """Print which files gave no landmarks, could not be read or were ignored.

    Parameters
    ----------
    failed : int
        Number of files without landmarks; the summary names the first of them.
    """
    for healed in summary.healed:
        say(
            f"restored from the originals: {healed.photos:,} photographs of {healed.file}, which "
            f"{healed.problem}"
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
    if summary.superseded:
        dropped = f"dropped {summary.superseded:,} rows of files that now have another key"
        say(f"{dropped} or are ignored now")


def require_landmarks(summary: Summary | ImportSummary) -> None:
    """Call a run that left nothing to work with a failure, once all is told.

    Raises
    ------
    InputError
        If none of the photographs found has landmarks in the lake.
    """
    if summary.found and not summary.usable:
        raise InputError(
            f"not one of {summary.found:,} photographs gave landmarks",
            fix="the column error of the table photos says why of each; see docs/problems.md",
        )
