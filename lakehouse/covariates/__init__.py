"""What else is known of the participants, such as age and sex: reading and storing it."""

from lakehouse.covariates.read import Covariates, read_covariates
from lakehouse.covariates.store import CovariatesSummary, store_covariates

__all__ = ["Covariates", "CovariatesSummary", "read_covariates", "store_covariates"]
