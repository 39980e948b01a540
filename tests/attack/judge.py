"""What may lie in a folder after a command was killed in it, and what may not.

Every file is the old one or the new one, whole. Of the lake, every row is an old or a new one and
is there once; none is gone that was there before and is there after. Nobody else can read anything.
"""

import gzip
import hashlib
import json
import re
import shutil
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

from lakehouse.files.seal import read_sealed
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.reading import digest
from tests.attack.attacked import Attacked
from tests.attack.prepared import Line, Prepared, Ran
from tests.lakehouse.report.read import data_of

_SHARDS: Final = tuple(f"warehouse/staging/shard-0{number}-of-04" for number in (2, 4))
_PLACES: Final = ("warehouse", "warehouse/demo", *_SHARDS)
_PART: Final = re.compile(
    r".*/lake/((photos|landmarks|blendshapes)/part"
    r"|(frames|videos|frame_landmarks|frame_blendshapes)/video)-\d{6}\.parquet"
)
_LOCKS: Final = frozenset((".lock", ".build.lock"))
HOME: Final = frozenset(
    ("home/.cache", "home/.cache/expression-lakehouse", "home/.cache/expression-lakehouse/at-work")
)
"""Folders that whichever command comes first makes."""
_STAMPS: Final = frozenset(f"{place}/stamps.parquet" for place in _PLACES)
"""An aid that may be there or not, and names times of these very files."""
_BEGUN: Final = frozenset(f"{place}/video.json" for place in _PLACES)
"""Which video is not complete, until it is."""
_MAY_COME: Final = HOME | _STAMPS | _BEGUN
_WHEN: Final = ("extracted_at", "started", "seconds")
"""Columns that differ whenever a command runs."""


@dataclass(frozen=True)
class State:
    """What lies in a folder.

    Parameters
    ----------
    files : dict
        By path: what the file holds, without the time it was made at; of a folder, its kind.
    rows : dict
        Of the lakes: by table, and row, how often it is there.
    """

    files: dict[str, str]
    rows: dict[str, Counter[str]]


@dataclass(frozen=True)
class Truth:
    """A command that nobody disturbs, and the folder before and after it."""

    calm: Ran
    before: State
    after: State


TruthOf = Callable[[Attacked], Truth]


def laid_out(attacked: Attacked, templates: Path, box: Path) -> Path:
    """Copy the template of a command to where it is attacked."""
    if box.exists():
        shutil.rmtree(box)
    shutil.copytree(templates / attacked.template, box)
    if attacked.before is not None:
        attacked.before(box)
    return box


def truth(prepared: Prepared, attacked: Attacked, templates: Path, box: Path) -> Truth:
    """Run a command undisturbed."""
    before = state(laid_out(attacked, templates, box))
    calm = prepared.run(Line(attacked.words, str(box)))
    assert "Traceback" not in calm.said, calm.said
    assert calm.code == 0 or attacked.words == ("doctor",), calm.said
    assert readable_by_others(box) == []
    return Truth(calm, before, state(box))


def state(box: Path) -> State:
    """Look at a folder."""
    files = {}
    for path in box.rglob("*"):
        name = path.relative_to(box).as_posix()
        if not _PART.fullmatch(f"/{name}"):
            files[name] = "folder" if path.is_dir() else _content(path, box)
    rows: dict[str, Counter[str]] = {}
    for place in _PLACES:
        for table, keyed in _rows(WarehousePaths(box / place)):
            rows[f"{place} {table}"] = Counter(keyed)
    return State(files, rows)


def faults(truth: Truth, found: State) -> Iterator[str]:
    """Tell what a folder must not hold after a killed command and the next one."""
    before, after = truth.before, truth.after
    for name, content in found.files.items():
        wholes = {each.files[name] for each in (before, after) if name in each.files}
        if not wholes and name not in _MAY_COME:
            yield f"left behind: {name}"
        elif content not in wholes and name not in _MAY_COME:
            yield f"neither the old nor the new: {name}"
    for name in before.files.keys() & after.files.keys() - found.files.keys():
        yield f"lost: {name}"
    for table in before.rows.keys() | after.rows.keys() | found.rows.keys():
        old, new = before.rows.get(table, Counter()), after.rows.get(table, Counter())
        now = found.rows.get(table, Counter())
        yield from (f"invented in {table}: {row}" for row in now - (old | new))
        yield from (f"lost from {table}: {row}" for row in (old & new) - now)
    yield from _doubled(found)


def readable_by_others(folder: Path) -> list[str]:
    """List what anybody but its owner may read, write or enter."""
    found = []
    for path in folder.rglob("*"):
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode) and mode & 0o077:
            found.append(f"readable by others: {path.relative_to(folder)} {stat.filemode(mode)}")
    return found


def unsealed(folder: Path) -> Iterator[str]:
    """Tell where an export's list of files says otherwise than the files."""
    for package in folder.rglob("datapackage.json"):
        for resource in json.loads(package.read_text())["resources"]:
            file = package.parent / resource["path"]
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            if resource["hash"] != f"sha256:{digest}":
                yield f"not of this export: {file.name}"


def _doubled(found: State) -> Iterator[str]:
    for table, rows in found.rows.items():
        yield from (f"doubled in {table}: {row}" for row, times in rows.items() if times > 1)
    for place in _PLACES:
        photos = {row.split("|")[0] for row in found.rows.get(f"{place} photos", ())}
        points = {row.split("|")[0] for row in found.rows.get(f"{place} landmarks", ())}
        if not points <= photos:
            yield f"landmarks without a photograph in {place}: {points - photos}"


def _rows(paths: WarehousePaths) -> Iterator[tuple[str, list[str]]]:
    """Give, for each table of the lake, a line for each photograph in each part."""
    for folder in (paths.photos, paths.landmarks, paths.blendshapes):
        lines = []
        for path in sorted(folder.glob("part-*.parquet")):
            table = pl.read_parquet(path, hive_partitioning=False)
            table = table.drop("extracted_at", strict=False)
            key = ["participant", "expression", "supervised", "photo"]
            for values, group in table.group_by(key, maintain_order=True):
                lines.append(f"{'/'.join(map(str, values))}|{group.hash_rows().sum()}|{len(group)}")
        if folder.is_dir():
            yield folder.name, lines
    for folder in (paths.videos, paths.frames, paths.frame_landmarks, paths.frame_blendshapes):
        if folder.is_dir():
            yield folder.name, list(_rows_of_videos(folder))


def _rows_of_videos(folder: Path) -> Iterator[str]:
    """Give a line for each frame in each part, or for each video."""
    for path in sorted(folder.glob("video-*.parquet")):
        table = pl.read_parquet(path, hive_partitioning=False)
        table = table.drop("extracted_at", strict=False)
        key = [name for name in ("participant", "video", "frame") if name in table.columns]
        for values, group in table.group_by(key, maintain_order=True):
            yield f"{'/'.join(map(str, values))}|{group.hash_rows().sum()}|{len(group)}"


def _content(path: Path, box: Path) -> str:
    if path.name in _LOCKS:
        return "lock"
    read = _READERS.get(path.suffix)
    if path.name.startswith("preregistration."):
        read = _registered
    try:
        value = path.read_bytes() if read is None else read(path)
    except Exception as error:
        return f"cannot be read: {error}"
    # Of where photographs were found, the lake keeps the whole path.
    return hashlib.sha256(value.replace(bytes(box), b"box")).hexdigest()


def _parquet(path: Path) -> bytes:
    table = pq.read_table(path)
    if path.name == WarehousePaths(path.parent).stamps.name:
        assert read_sealed(path).sealed
        return b"whole"
    return _arrow(table)


def _arrow(table: pa.Table) -> bytes:
    kept = table.drop_columns([name for name in table.column_names if name in _WHEN])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, kept.schema) as writer:
        writer.write_table(kept.combine_chunks())
    return bytes(sink.getvalue())


def _feather(path: Path) -> bytes:
    return _arrow(pa.ipc.open_file(path).read_all())


def _csv(path: Path) -> bytes:
    if path.name == "codebook.csv":
        return path.read_bytes()
    frame = pl.read_csv(path, infer_schema=False)
    return frame.drop(*_WHEN, strict=False).write_csv().encode()


_latest: Final = {"content": b"", "tells": b""}


def _database(path: Path) -> bytes:
    """Tell what a database holds; that of one which did not change is known."""
    if (content := path.read_bytes()) != _latest["content"]:
        _latest.update(tells=_told(path), content=content)
    return _latest["tells"]


def _told(path: Path) -> bytes:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select schema_name, table_name from duckdb_tables() order by all"
        ).fetchall()
        counts = {
            name: connection.execute(f'select count(*) from {schema}."{name}"').fetchall()
            for schema, name in names
        }
        photos = connection.execute(
            "select participant, expression, supervised, photo, status, sha256 from photos "
            "order by all"
        ).fetchall()
    return repr((counts, photos)).encode()


def _package(path: Path) -> bytes:
    package = json.loads(path.read_text())
    if path.name == "datapackage.json":
        package.pop("created", None)
        for resource in package["resources"]:
            del resource["hash"], resource["bytes"]
    if path.name == "demo.json":
        package.pop("complete", None)
    if path.name == "verification.json":
        # Whichever command read the whole lake last wrote it; what it found then is checked.
        assert package.keys() == {"at", "files", "damaged"}
        return repr(package["damaged"]).encode()
    return json.dumps(package).encode()


def _registered(path: Path) -> bytes:
    """Tell whether a registration is whole; when it was made, and so its digest, differs."""
    text = path.read_text()
    if path.suffix == ".json":
        assert digest(json.loads(text)) == json.loads(text)["sha256"]
    else:
        assert text.startswith("# Preregistration\n")
        assert "## What is computed" in text
        assert text.endswith(".\n") or text.endswith("`\n")
    return b"whole"


def _sheet(path: Path) -> bytes:
    sheets = pl.read_excel(path, sheet_id=0, infer_schema_length=0, raise_if_empty=False)
    return b"".join(
        name.encode() + sheet.drop(*_WHEN, strict=False).write_csv().encode()
        for name, sheet in sheets.items()
    )


def _spss(path: Path) -> bytes:
    return _pandas(pyreadstat.read_sav(str(path)))


def _stata(path: Path) -> bytes:
    return _pandas(pyreadstat.read_dta(str(path)))


def _pandas(read: Any) -> bytes:
    text: str = read[0].drop(columns=list(_WHEN), errors="ignore").to_csv()
    return text.encode()


def _report(path: Path) -> bytes:
    """Read a report's tables: the page says when its database was built, too."""
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    return json.dumps(data_of(path)["tables"]).encode()


_READERS: Final = {
    ".parquet": _parquet,
    ".arrow": _feather,
    ".csv": _csv,
    ".duckdb": _database,
    ".json": _package,
    ".xlsx": _sheet,
    ".sav": _spss,
    ".dta": _stata,
    ".rds": lambda path: gzip.decompress(path.read_bytes()),
    ".html": _report,
}
