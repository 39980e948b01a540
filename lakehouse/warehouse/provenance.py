"""What a build was made from: versions, settings and digests of code and lake."""

import hashlib
import platform
import shutil
import subprocess
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb

import lakehouse
from lakehouse.errors import LakehouseError
from lakehouse.files.listing import present
from lakehouse.inputs.muscle_file import muscles_digest
from lakehouse.lake.multiverse import multiverse_key, results_digest
from lakehouse.lake.parts import part_names
from lakehouse.lake.video_parts import video_part_names
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.own.own_file import own_digest

_BETWEEN_EXTRAS = ", "
_FROM_THE_LAKE = {
    # Stills come from videos.
    "photos": "photos where extractor not like 'still of a video: %'",
    "videos": "videos",
    # The others are whole videos.
    "events": "events where not implied",
    "scores": "scores",
    # The other covariates are made from photographs.
    "covariates": "covariates where covariate not in ('yaw', 'pitch', 'roll')",
}
DUCKDB = f"duckdb {duckdb.__version__}"
"""The engine of this program, and its version."""

CODE = (
    *("lakehouse.sql", "lakehouse.steps", "lakehouse.statistics", "lakehouse.settings"),
    "lakehouse.multiverse",
)


@dataclass(frozen=True)
class Provenance:
    """The row of `build_info`, without how long the build took."""

    lakehouse_version: str
    git_commit: str | None
    duckdb_version: str
    python_version: str
    engine: str
    settings: str
    sql_digest: str
    lake_digest: str
    muscles_digest: str | None
    own_digest: str | None
    multiverse_digest: str | None
    parts: str
    started: str

    @property
    def extra_names(self) -> frozenset[str]:
        """The extras made besides what every build makes."""
        return frozenset(self.parts.split(_BETWEEN_EXTRAS)) - {""}

    @property
    def multiverse_key(self) -> str:
        """What tells apart the specifications made from this lake with these settings."""
        return multiverse_key(self.settings, self.sql_digest, self.lake_digest)

    def satisfied_by(self, built: "Provenance") -> bool:
        """Tell whether a database already holds what this build would make.

        Parameters
        ----------
        built : Provenance
            Of the database.

        Returns
        -------
        bool
            True where lake, code, settings, muscles, `own.sql` and DuckDB's version agree and no
            extra is missing; commit, time and what else computed may differ.
        """
        aside = {"started", "git_commit", "python_version", "engine", "parts"}
        mine, others = asdict(self), asdict(built)
        same = all(mine[name] == others[name] for name in mine if name not in aside)
        return same and self.extra_names <= built.extra_names


def current_provenance(
    paths: WarehousePaths, settings: Settings, lake_digest: str, extras: Collection[Extra] = ()
) -> Provenance:
    """Describe what a build made now would be made from.

    Parameters
    ----------
    lake_digest : str
        Of the lake as it is.
    extras : collection of Extra
        Made besides what every build makes.
    """
    dumped, code = settings.model_dump_json(), _code_digest()
    return Provenance(
        lakehouse_version=lakehouse.__version__,
        git_commit=_git_commit(),
        duckdb_version=duckdb.__version__,
        python_version=platform.python_version(),
        engine=DUCKDB,
        settings=dumped,
        sql_digest=code,
        lake_digest=lake_digest,
        muscles_digest=muscles_digest(paths, settings),
        own_digest=own_digest(paths),
        multiverse_digest=results_digest(paths, multiverse_key(dumped, code, lake_digest)),
        parts=_BETWEEN_EXTRAS.join(sorted(set(extras))),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def recorded_provenance(paths: WarehousePaths) -> Provenance | None:
    """Read what the present database was built from.

    Returns
    -------
    Provenance or None
        None where there is no database, or none that says so.
    """
    names = [field.name for field in fields(Provenance)]
    try:
        with open_read_only(paths) as connection:
            row = connection.execute(f"select {', '.join(names)} from build_info").fetchone()  # noqa: S608
    except (LakehouseError, duckdb.Error):
        return None
    return Provenance(*row) if row else None


def held_rows(paths: WarehousePaths) -> dict[str, int]:
    """Count what the present database took from the lake.

    Returns
    -------
    dict of str to int
        Rows of each relation that holds what no build can make; without those that it has not,
        and empty where there is no database that can be read.
    """
    held = {}
    with suppress(LakehouseError), open_read_only(paths) as connection:
        for name, rows in _FROM_THE_LAKE.items():
            with suppress(duckdb.Error):
                query = f"select count(*) from {rows}"  # noqa: S608
                [(held[name],)] = connection.execute(query).fetchall()
    return held


def emptied(paths: WarehousePaths) -> dict[str, int]:
    """Count what the present database took from the lake, and of which the lake now has nothing.

    Returns
    -------
    dict of str to int
        As for `held_rows`.

    Raises
    ------
    LakeError
        If a folder of the lake cannot be listed, or is not there although the others are.
    """
    there = {
        "photos": bool(part_names(paths)),
        "videos": bool(video_part_names(paths)),
        "events": present(paths.events),
        "scores": present(paths.scores),
        "covariates": present(paths.covariates),
    }
    return {name: rows for name, rows in held_rows(paths).items() if rows and not there[name]}


def _code_digest() -> str:
    """Digest the code that decides what a build holds."""
    digest = hashlib.sha256()
    for package in CODE:
        for name, content in _contents(files(package), ""):
            digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _contents(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _contents(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".sql", ".py", ".toml")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


def _git_commit() -> str | None:
    """Name the commit of the checkout this program runs from, if it runs from one."""
    checkout = Path(lakehouse.__file__).resolve().parent.parent
    git = shutil.which("git")
    if git is None or not (checkout / ".git").exists():
        return None
    answer = subprocess.run(
        [git, "-C", str(checkout), "rev-parse", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or None if answer.returncode == 0 else None
