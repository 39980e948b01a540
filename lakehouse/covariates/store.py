"""Putting covariates into the lake, beside the photographs they belong to."""

from dataclasses import dataclass

from lakehouse.covariates.read import Covariates
from lakehouse.ids import LookAlike
from lakehouse.lake.participant_tables import Destination, store_table
from lakehouse.lake.schemas import COVARIATES
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class CovariatesSummary:
    """What was stored, and how it fits the photographs.

    Attributes
    ----------
    participants : int
        With a row in the file.
    kinds : dict of str to str
    missing : dict of str to int
    ignored_columns, told : tuple of str
        See `Covariates`.
    without_photos : tuple of str
        Participants with covariates and no photograph or video in the lake.
    without_covariates : tuple of str
        Participants with photographs or videos and no row of covariates.
    look_alikes : tuple of LookAlike
        Of those without, who would have some but for how the id is written.
    changed : tuple of (str, str)
        Participant and covariate of values that were stored otherwise before.
    dropped : int
        Values that were in the lake and are not any more.
    kept : dict of str to int
        Values of covariates that the file does not have, stored before.
    kept_participants : int
        Participants who are not in the file, with values stored before.
    kept_blank : int
        Values stored before, where the file has a blank.
    """

    participants: int
    kinds: dict[str, str]
    missing: dict[str, int]
    ignored_columns: tuple[str, ...]
    told: tuple[str, ...]
    without_photos: tuple[str, ...]
    without_covariates: tuple[str, ...]
    look_alikes: tuple[LookAlike, ...]
    changed: tuple[tuple[str, str], ...]
    dropped: int
    kept: dict[str, int]
    kept_participants: int
    kept_blank: int


def store_covariates(
    covariates: Covariates, paths: WarehousePaths, *, replace: bool = False
) -> CovariatesSummary:
    """Add covariates to those in the lake, or put them in their place.

    Parameters
    ----------
    paths : WarehousePaths
        The lake is made if it is not there.
    replace : bool
        Whether values that the file does not have are dropped.

    Raises
    ------
    InputError
        If the lake has photographs or videos, and of no participant in the file; or if a covariate
        would be a number of some participants and a category of others. Nothing is then stored.
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    destination = Destination(paths, paths.covariates, COVARIATES)
    stored = store_table(covariates.table, destination, source=covariates.file, replace=replace)
    return CovariatesSummary(
        participants=len(covariates.participants),
        kinds=covariates.kinds,
        missing=covariates.missing,
        ignored_columns=covariates.ignored_columns,
        told=covariates.told,
        without_photos=stored.without_photos,
        without_covariates=stored.not_in_table,
        look_alikes=stored.look_alikes,
        changed=stored.addition.changed,
        dropped=stored.addition.dropped,
        kept=stored.addition.kept,
        kept_participants=stored.addition.kept_participants,
        kept_blank=stored.addition.kept_blank,
    )
