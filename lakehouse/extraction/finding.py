"""Finding the photographs and videos that a run is about."""

from pathlib import Path

from lakehouse.dataset.listing import Listing, printable
from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import InputError, UsageError
from lakehouse.settings.model import Settings


def find_photographs(
    root: Path, settings: Settings, layout: str | None, manifest: ManifestFile | None
) -> Listing:
    """List a dataset's photographs and videos, and refuse one without any.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    layout : str or None
        Pattern of the photographs' paths; None stands for the settings' one.
    manifest : ManifestFile or None
        Table that lists the photographs; None has the folder walked.

    Returns
    -------
    Listing
        Not empty.

    Raises
    ------
    UsageError
        If the layout cannot mean anything, or reads a path in more than one way.
    InputError
        If there is no photograph, or the manifest is refused.
    """
    listing = list_photographs(root, settings, layout, manifest)
    require_photographs(listing, manifest.file if manifest else root)
    return listing


def list_photographs(
    root: Path,
    settings: Settings,
    layout: str | None,
    manifest: ManifestFile | None,
    *,
    tolerant: bool = False,
) -> Listing:
    """List a dataset's photographs, of which there may be none.

    Parameters
    ----------
    root, layout, manifest
        As in `find_photographs`.
    tolerant : bool
        Count paths that a layout reads in more than one way, and wrong rows of a manifest, instead
        of refusing them.

    Raises
    ------
    UsageError
        If the layout cannot mean anything or reads a path in more than one way, or if there is a
        manifest and the layout of the settings is one of sequences.
    InputError
        If the folder cannot be listed, or manifest or labels are refused.
    """
    if manifest is not None and layout is None and settings.dataset.has_frames():
        raise UsageError(
            "has {frame}, but a list of photographs does not say what is the frame of which "
            "sequence",
            where="dataset.layout",
            fix="leave --manifest out, or give a layout without {frame}",
        )
    if manifest is None:
        return walk_photos(root, settings.dataset, layout=layout, tolerant=tolerant)
    # Late, because it brings a library for tables along that a folder needs nothing of.
    from lakehouse.dataset.manifest import read_manifest

    return read_manifest(manifest, root, settings.dataset, tolerant=tolerant)


def require_photographs(listing: Listing, where: Path) -> None:
    """Refuse a listing without photographs or videos.

    Parameters
    ----------
    where : Path
        The folder or the manifest.

    Raises
    ------
    InputError
        If it has none; the message says what was ignored, and why.
    """
    if listing.photos or listing.videos:
        return
    passed_over = "; ".join(
        f"{ignored.count} {ignored.reason} (such as {ignored.example})"
        for ignored in listing.ignored
    )
    fix = "give --layout or --manifest, or list the codes in lakehouse.toml"
    raise InputError(
        f"holds no photograph or video to extract ({passed_over or 'it is empty'})",
        where=printable(str(where)),
        fix="list photographs in it" if listing.manifest else fix,
    )
