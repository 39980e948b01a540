"""What the commands `extract` and `build` do, for those who script them."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from lakehouse.dataset.manifest_file import ManifestFile, parsed_map
from lakehouse.extraction.extract import extract as extract_landmarks
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.progress import Progress
from lakehouse.ingest.summary import Summary, require_landmarks
from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import BuildResult
from lakehouse.warehouse.build import build as build_database
from lakehouse.warehouse.models import Extra


def extract(
    photos: str | PathLike[str],
    warehouse: str | PathLike[str] = "warehouse",
    *,
    layout: str | None = None,
    manifest: str | PathLike[str] | None = None,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    prune: bool = False,
    re_extract: bool = False,
    verify: bool = False,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Find the face landmarks in photographs and add them to the lake.

    Does what ``lakehouse extract`` does, with the settings of the warehouse.

    Parameters
    ----------
    photos : path
        The folder of photographs.
    warehouse : path
        It is made if it is not there.
    layout : str, optional
        Pattern of the photographs' paths, instead of the settings' one.
    manifest : path, optional
        A table that lists the photographs.
    columns : mapping of str to str, optional
        Field of the manifest = name of its column, for names that are not recognised.
    sheet : str, optional
        Of a manifest that is a workbook; its name or number.
    prune : bool
        Take the rows of photographs that are gone out of the lake.
    re_extract : bool
        Work on every photograph again.
    verify : bool
        Read every file, also where size and time stamp are those of the last run.
    workers : int, optional
        Processes; by default one for each processor.
    on_progress : callable, optional
        Is given a `lakehouse.ingest.progress.Progress` after every photograph.

    Raises
    ------
    LakehouseError
        With the line that the command would end with; among others if not one photograph has
        landmarks, although what was found of each is then in the lake.
    """
    paths = WarehousePaths(Path(warehouse))
    options = ExtractionOptions(
        layout=layout,
        manifest=None if manifest is None else _manifest(Path(manifest), columns or {}, sheet),
        prune=prune,
        re_extract=re_extract,
        verify=verify,
        workers=Workers(workers),
    )
    with _for_the_owner_alone():
        summary = extract_landmarks(
            Path(photos), paths, load_settings(paths.settings), options, Listeners(on_progress)
        )
    require_landmarks(summary)
    return summary


def build(
    warehouse: str | PathLike[str] = "warehouse",
    *,
    pairs: bool = False,
    statistics: bool = False,
    force: bool = False,
) -> BuildResult:
    """Build the database from the lake, the SQL models and the settings.

    Does what ``lakehouse build`` does. Studies that are open keep the database they opened.

    Parameters
    ----------
    pairs, statistics : bool
        Also make the relations of this extra.
    force : bool
        Build even if nothing has changed, or if the lake is empty now.

    Raises
    ------
    LakehouseError
        With the line that the command would end with; the present database stays.
    """
    paths = WarehousePaths(Path(warehouse))
    asked = {Extra.PAIRS: pairs, Extra.STATISTICS: statistics}
    with _for_the_owner_alone():
        return build_database(
            paths,
            load_settings(paths.settings),
            extras=[extra for extra, wanted in asked.items() if wanted],
            force=force,
        )


def _manifest(file: Path, columns: Mapping[str, str], sheet: str | None) -> ManifestFile:
    # As the command reads them, so that they are refused alike.
    quoted = (name.replace('"', '""') for name in columns.values())
    given = [f'{field}="{name}"' for field, name in zip(columns, quoted, strict=True)]
    return ManifestFile(file, parsed_map(given), sheet)


@contextmanager
def _for_the_owner_alone() -> Iterator[None]:
    """Have engines and workers, which make files by the process's mask, make private ones."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
