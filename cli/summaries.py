"""Messages that `extract` and `import-landmarks` share."""

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
            f"restored from the originals: {healed.photos:,} photographs of {healed.file} "
            f"({healed.problem})"
            f"{f'; {healed.dropped:,} are dropped, whose files are gone' if healed.dropped else ''}"
        )
    for problem in summary.problems:
        say(f"{problem.status}: {problem.path}{': ' + problem.error if problem.error else ''}")
    if failed > len(summary.problems):
        say(f"… and {failed - len(summary.problems):,} more; see status and error in photos")
    for folder in summary.unreadable_folders:
        say(f"folder that could not be read, skipped: {folder}")
    for ignored in summary.ignored:
        say(f"ignored {ignored.count:,} files: {ignored.reason} (such as {ignored.example})")
    if summary.superseded:
        say(f"dropped {summary.superseded:,} rows of files that now have another key")
