"""Finding the photographs that a run is about."""

from pathlib import Path

from lakehouse.dataset.listing import Listing, printable
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import InputError
from lakehouse.settings.model import Settings


def find_photographs(
    root: Path, settings: Settings, layout: str | None, manifest: Path | None
) -> Listing:
    """List a dataset's photographs.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    layout : str or None
        Pattern of the photographs' paths; None stands for the settings' one.
    manifest : Path or None
        CSV that lists the photographs; None has the folder walked.

    Returns
    -------
    Listing
        Not empty.

    Raises
    ------
    UsageError
        If the layout cannot mean anything.
    InputError
        If there is no photograph, or the manifest is refused.
    """
    if manifest is not None:
        # Late, because it brings a library for tables along that a folder needs nothing of.
        from lakehouse.dataset.manifest import read_manifest

        listing = read_manifest(manifest, root, settings.dataset)
    else:
        listing = walk_photos(root, settings.dataset, layout=layout)
    if listing.photos:
        return listing
    passed_over = "; ".join(
        f"{ignored.count} {ignored.reason} (such as {ignored.example})"
        for ignored in listing.ignored
    )
    raise InputError(
        f"holds no photograph to extract ({passed_over or 'it is empty'})",
        where=printable(str(manifest or root)),
        fix="give --layout or --manifest, or list the codes in lakehouse.toml",
    )
