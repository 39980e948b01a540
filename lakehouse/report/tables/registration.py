"""Whether a database keeps to what was registered before scores were seen."""

from lakehouse.errors import LakehouseError
from lakehouse.lake.inspection import inspect
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.keeping import Keeping, keeping
from lakehouse.preregistration.reading import read
from lakehouse.settings import Settings


def registration(paths: WarehousePaths, settings: str) -> Keeping | None:
    """Compare a database with what was registered in its warehouse.

    Parameters
    ----------
    settings : str
        Those of the database, as JSON.

    Returns
    -------
    Keeping or None
        None where nothing was registered. Without a date where it cannot be told whether the
        database keeps to it, as where the lake is not beside it.
    """
    try:
        if read(paths) is None:
            return None
        of_database = Settings.model_validate_json(settings)
        return keeping(paths, of_database, inspect(paths).photographs_digest)
    except (LakehouseError, ValueError) as error:
        return Keeping("", "", before_scores=False, departures=(str(error),))
