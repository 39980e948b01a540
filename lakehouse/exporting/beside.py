"""Where real ids may lie beside pseudonyms: in texts of the tables, in the folder, next to it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb

from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.codebook import CREATOR, PACKAGE
from lakehouse.exporting.pseudonyms import PSEUDONYMIZED
from lakehouse.exporting.tables import Pseudonyms, Table
from lakehouse.system.regular_files import SETTINGS_BYTES, TABLE_BYTES, read_regular
from lakehouse.warehouse.sql_text import quoted

_SHORTEST: Final = 3
"""Characters; a shorter id is part of too many texts that do not mean it."""
_MOST_FILES: Final = 10_000
_SHOWN: Final = 3
_TABLES: Final = frozenset({*(f".{each}" for each in ExportFormat), ".tsv", ".xls", ".ods"})
_TEXTS: Final = frozenset({".txt", ".md", ".json", ".r", ".log", ".html", ".xml", ".yaml"})

_NAMED: Final = r"""
    with texts as (
        select distinct {column} as text
        from ({query}) as exported
        where {column} is not null
    )
    select
        exists (
            select 1 from texts
            inner join pseudonyms_photo on texts.text = pseudonyms_photo.id
            where length(id) >= {shortest} and text not in (select expression from expressions)
        )
        or exists (
            select 1 from texts
            inner join pseudonyms_participant on contains(texts.text, pseudonyms_participant.id)
            where
                length(id) >= {shortest}
                and regexp_matches(
                    text, '(^|[^\pL\pN])' || regexp_escape(id) || '([^\pL\pN]|$)'
                )
        )
"""


def columns_that_tell(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[str]:
    """Warn of columns of text in which ids of participants, or photographs' names, stand.

    Parameters
    ----------
    table : Table
        With pseudonyms, which `draw_pseudonyms` has put into the connection.

    Yields
    ------
    str
        A line for each column.
    """
    for each in table.variables:
        if each.type != "VARCHAR" or each.levels or each.column in PSEUDONYMIZED:
            continue
        query = _NAMED.format(column=quoted(each.name), query=table.query, shortest=_SHORTEST)
        if connection.execute(query).fetchall() == [(True,)]:
            yield (
                f"column {each.column} of {table.name} seems to hold ids of participants or names "
                "of photographs; look at it, or leave it out with --query"
            )


def files_that_tell(folder: Path, staging: Path, given: Pseudonyms, key: bytes) -> Iterator[str]:
    """Warn of files in an export's folder, and of exports next to it, with real ids.

    Parameters
    ----------
    folder : Path
        As it is before the export's files come into it.
    staging : Path
        Where the export's files are until then; it may lie in the folder.
    key : bytes
        Of the pseudonyms.

    Yields
    ------
    str
        A line for the key, one for all other files of the folder, and one for each export.
    """
    ours = {*(each.name for each in staging.iterdir()), *_pseudonymized_files(folder)}
    holds_id = _finder(given)
    told = []
    for file in _files(folder):
        name = file.relative_to(folder).as_posix()
        if name in ours or file.is_relative_to(staging):
            continue
        if _content(file).strip() == key:
            yield f"{file} is the key of the pseudonyms; move it away before you share the folder"
        elif file.suffix.lower() in _TABLES or holds_id(name) or holds_id(_text(file)):
            told.append(name)
    if told:
        more = f" and {len(told) - _SHOWN:,} more" if len(told) > _SHOWN else ""
        yield (
            f"{folder} also holds {', '.join(told[:_SHOWN])}{more}, which this export did not "
            "write and which may hold real ids; remove what you do not share"
        )
    for other in _exports_around(folder):
        if _has_real_ids(other):
            yield (
                f"{other} holds an export with real ids, whose values tell whose pseudonym is "
                f"whose; share {folder} alone, never both"
            )


def mapping_that_tells(folder: Path, mapping: Path) -> Iterator[str]:
    """Warn of a list of participants that is to lie in the export's folder."""
    if mapping.resolve().is_relative_to(folder.resolve()):
        yield (
            f"{mapping} lies in the folder of the export and tells whose pseudonym is whose; move "
            "it away before you share the folder"
        )


def _files(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(islice((each for each in folder.rglob("*") if each.is_file()), _MOST_FILES))
    return []


def _content(file: Path) -> bytes:
    with suppress(OSError):
        if file.stat().st_size <= SETTINGS_BYTES:
            return read_regular(file, at_most=SETTINGS_BYTES)
    return b""


def _text(file: Path) -> str:
    return _content(file).decode(errors="replace") if file.suffix.lower() in _TEXTS else ""


def _finder(given: Pseudonyms) -> Callable[[str], bool]:
    ids = [each for each in given.given["participant"] if len(each) >= _SHORTEST]
    if not ids:
        return lambda _: False
    listed = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![^\W_])(?:{listed})(?![^\W_])")
    return lambda text: pattern.search(text) is not None


def _exports_around(folder: Path) -> Iterator[Path]:
    parent = folder.absolute().parent
    with suppress(OSError):
        around = sorted(islice(parent.iterdir(), _MOST_FILES))
        same = folder.resolve()
        yield from (each for each in (parent, *around) if each.is_dir() and each.resolve() != same)


def _package(folder: Path) -> tuple[bool, list[tuple[str, set[str]]]]:
    """Read whether an export has pseudonyms, its files and their columns; none of other folders."""
    try:
        package = json.loads(read_regular(folder / PACKAGE, at_most=TABLE_BYTES))
        if all(each.get("title") != CREATOR for each in package["contributors"]):
            return False, []
        files = [
            (each["path"], {field["name"] for field in each["schema"]["fields"]})
            for each in package["resources"]
        ]
        return bool(package["pseudonymized"]), files
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False, []


def _pseudonymized_files(folder: Path) -> list[str]:
    pseudonymized, files = _package(folder)
    beside = [PACKAGE, "codebook.csv", "codebook.md", "load.R"]
    return [*(path for path, _ in files), *beside] if pseudonymized else []


def _has_real_ids(folder: Path) -> bool:
    pseudonymized, files = _package(folder)
    return not pseudonymized and any(fields & {*PSEUDONYMIZED} for _, fields in files)
