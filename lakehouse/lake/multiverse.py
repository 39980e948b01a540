"""What `multiverse` found in a lake: where it lies, and whether it is of this lake."""

import hashlib
from pathlib import Path
from typing import Final

import pyarrow as pa

from lakehouse.files.listing import present
from lakehouse.paths import WarehousePaths

_OF_PAIR: Final = [
    ("feature", pa.string()),
    ("n", pa.int32()),
    ("df", pa.int32()),
    ("r", pa.float64()),
    ("p", pa.float64()),
]
RESULTS: Final = {
    "specifications": pa.schema(
        [
            ("specification", pa.int32()),
            ("exclusions", pa.string()),
            ("alignment", pa.string()),
            ("dimensions", pa.int32()),
            ("feature_kind", pa.string()),
            ("groups", pa.int32()),
            ("starts", pa.int32()),
            ("seed", pa.float64()),
            ("covariates", pa.string()),
            ("points", pa.int32()),
            ("tests", pa.int32()),
            ("significant", pa.int32()),
            ("instrument", pa.string()),
            *_OF_PAIR,
        ]
    ),
    "specification_hypotheses": pa.schema(
        [("specification", pa.int32()), ("hypothesis", pa.string()), *_OF_PAIR]
    ),
    "specification_curve": pa.schema(
        [
            ("curve", pa.string()),
            ("statistic", pa.string()),
            ("specifications", pa.int32()),
            *((name, pa.float64()) for name in ("observed", "expected", "high", "p")),
            ("permutations", pa.int32()),
        ]
    ),
}
"""The relations, the last of which is written last: without it there are no results."""

_LAST: Final = "specification_curve"


def multiverse_key(settings: str, code_digest: str, lake_digest: str) -> str:
    """Name what specifications depend on, so that those of another lake are not taken for these.

    Parameters
    ----------
    settings : str
        As JSON.
    """
    return hashlib.sha256("\n".join((settings, code_digest, lake_digest)).encode()).hexdigest()


def results_folder(paths: WarehousePaths, key: str) -> Path:
    """Name the folder of what was found."""
    return paths.multiverse / key[:16]


def results_file(paths: WarehousePaths, key: str, relation: str) -> Path:
    """Name the file of a relation of `RESULTS`."""
    return results_folder(paths, key) / f"{relation}.parquet"


def has_results(paths: WarehousePaths, key: str) -> bool:
    """Tell whether a run has ended, as this lake and these settings are."""
    return present(paths.multiverse) and present(results_file(paths, key, _LAST))


def results_digest(paths: WarehousePaths, key: str) -> str | None:
    """Digest what was found; None where nothing is."""
    if not has_results(paths, key):
        return None
    digest = hashlib.sha256()
    for name in RESULTS:
        digest.update(results_file(paths, key, name).read_bytes())
    return digest.hexdigest()
