"""Putting covariates into the lake, beside the photographs they belong to."""

from dataclasses import dataclass

from lakehouse.covariates.read import Covariates
from lakehouse.lake.participant_tables import replace_table
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
    ignored_columns : tuple of str
        See `Covariates`.
    without_photos : tuple of str
        Participants with covariates and no photograph in the lake.
    without_covariates : tuple of str
        Participants with photographs and no row of covariates.
    dropped : int
        Values that were in the lake and are not in the new table.
    """

    participants: int
    kinds: dict[str, str]
    missing: dict[str, int]
    ignored_columns: tuple[str, ...]
    without_photos: tuple[str, ...]
    without_covariates: tuple[str, ...]
    dropped: int


def store_covariates(covariates: Covariates, paths: WarehousePaths) -> CovariatesSummary:
    """Write covariates into the lake, in place of those there.

    Parameters
    ----------
    paths : WarehousePaths
        The lake is made if it is not there.

    Raises
    ------
    LakeError
        If the lake is in use, damaged, or cannot be written.
    """
    replaced = replace_table(covariates.table, COVARIATES, paths.covariates, paths)
    return CovariatesSummary(
        participants=len(covariates.participants),
        kinds=covariates.kinds,
        missing=covariates.missing,
        ignored_columns=covariates.ignored_columns,
        without_photos=replaced.without_photos,
        without_covariates=replaced.not_in_table,
        dropped=replaced.dropped,
    )
