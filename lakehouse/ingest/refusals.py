"""What a run refuses to do to a lake unless it is told to."""

from collections.abc import Iterable

from lakehouse.dataset.listing import Listing, printable
from lakehouse.errors import InputError
from lakehouse.ingest.plan import Plan
from lakehouse.lake.photos_index import IndexedPhoto


def refuse_rows_from_elsewhere(listing: Listing, index: Iterable[IndexedPhoto]) -> None:
    """Refuse to put extracted landmarks in place of ones that no model here made.

    Parameters
    ----------
    listing : Listing
        The dataset.
    index : iterable of IndexedPhoto
        What the lake holds.

    Raises
    ------
    InputError
        If a photograph of the dataset has imported or synthetic landmarks in the lake.
    """
    elsewhere = {photo.key: photo for photo in index if photo.model_sha256 is None}
    conflicts = [file for file in listing.photos if file.key in elsewhere]
    if conflicts:
        first = conflicts[0]
        raise InputError(
            f"the lake holds landmarks of {len(conflicts):,} of these photographs from another "
            f"source ({elsewhere[first.key].extractor}), such as of {printable(first.path)}",
            fix="extract into a separate warehouse (--warehouse)",
        )


def refuse_mixed_models(
    plan: Plan,
    extracted: Iterable[IndexedPhoto],
    model_sha256: str,
    *,
    again: bool,
    prune: bool,
) -> None:
    """Refuse to leave landmarks of two face models in one lake.

    Parameters
    ----------
    extracted : iterable of IndexedPhoto
        What the lake holds of photographs.
    model_sha256 : str
        The face model of this run.
    again, prune : bool
        Whether everything is worked on again, and what is gone taken out.

    Raises
    ------
    InputError
        If landmarks of another model are there and would stay.
    """
    others = {photo.key for photo in extracted if photo.model_sha256 != model_sha256}
    if not others:
        return
    if not again:
        raise InputError(
            f"the lake holds landmarks of {len(others):,} photographs by another face model",
            fix="use --re-extract to extract all photographs again, or use another warehouse",
        )
    if left_out := {key for keys in plan.unlisted.values() for key in keys} & others:
        raise InputError(
            f"{len(left_out):,} photographs with landmarks by another face model are not listed, "
            "so they would not be extracted again",
            fix="list all photographs, or use another warehouse",
        )
    gone = {key for keys in plan.missing.values() for key in keys} & others
    if gone and not prune:
        raise InputError(
            f"{len(gone):,} photographs with landmarks by another face model no longer exist, so "
            "they cannot be extracted again",
            fix="add --prune to remove them from the lake, or use another warehouse",
        )


def refuse_pruning_blindly(listing: Listing) -> None:
    """Refuse to call photographs gone that may lie in a folder nobody could read.

    Raises
    ------
    InputError
        If a folder could not be listed.
    """
    if listing.unreadable_folders:
        raise InputError(
            "removed photographs cannot be told from those in folders that cannot be read: "
            f"{', '.join(listing.unreadable_folders)}",
            fix="make the folders readable, or leave out --prune",
        )
