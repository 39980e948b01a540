"""What goes with exported tables so that they explain themselves."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lakehouse.exporting.file_format import Dialect, ExportedFile, FileFormat
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import LARGE, REAL, WHOLE, Variable

PACKAGE: Final = "datapackage.json"
CREATOR: Final = "expression-lakehouse"
"""In the data package; a folder whose package has it may be written to again."""

CODEBOOK_COLUMNS: Final = (
    *("table", "variable", "column", "label", "type", "unit", "values", "source"),
)


def codebook_csv(exported: list[ExportedFile]) -> str:
    """Lay the codebook out as CSV, a row for each variable.

    Parameters
    ----------
    exported : list of ExportedFile
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CODEBOOK_COLUMNS)
    writer.writerows(codebook_rows(each.table for each in exported))
    return text.getvalue()


def codebook_rows(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """Give the codebook's rows, one for each variable, as `CODEBOOK_COLUMNS` names their cells."""
    for table in tables:
        for variable in table.variables:
            yield (table.name, *_codebook_row(variable))


def codebook_markdown(exported: list[ExportedFile]) -> str:
    """Lay the codebook out for reading, a section for each table.

    Parameters
    ----------
    exported : list of ExportedFile
    """
    lines = ["# Codebook", ""]
    for each in exported:
        lines += [f"## {each.table.name}", "", each.table.description, ""]
        place = f"`{each.file}`" + (f", sheet `{each.sheet}`" if each.sheet else "")
        lines.append(f"{each.rows:,} rows in {place}. " + _key_sentence(each.table))
        if each.table.dropped:
            lines += ["", f"Left out, as it could identify people: {', '.join(each.table.dropped)}"]
        lines += ["", f"| {' | '.join(CODEBOOK_COLUMNS[1:])} |"]
        lines.append("| --- " * len(CODEBOOK_COLUMNS[1:]) + "|")
        for variable in each.table.variables:
            cells = (" ".join(cell.split()).replace("|", "\\|") for cell in _codebook_row(variable))
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def data_package(
    exported: list[ExportedFile], file_format: FileFormat, *, pseudonymized: bool
) -> str:
    """Describe an export as a Frictionless Data Package.

    Parameters
    ----------
    exported : list of ExportedFile

    Returns
    -------
    str
        JSON.

    References
    ----------
    Data Package standard, https://datapackage.org/standard/
    """
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "expression-lakehouse-export",
        "title": "Facial expression: an export of the warehouse",
        "contributors": [{"title": CREATOR, "roles": ["creator"]}],
        "pseudonymized": pseudonymized,
        "resources": [_resource(each, file_format) for each in exported],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(exported: ExportedFile, file_format: FileFormat) -> dict[str, Any]:
    table, dialect = exported.table, file_format.dialect
    schema: dict[str, Any] = {"fields": [_field(each, dialect) for each in table.variables]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if dialect:
        schema["missingValues"] = [""]
    resource: dict[str, Any] = {
        "name": table.name.replace("_", "-").lower(),
        "path": exported.file,
        "description": table.description,
        "format": exported.file.rpartition(".")[2],
        "mediatype": file_format.media_type,
        "bytes": exported.bytes,
        "hash": f"sha256:{exported.sha256}",
        "rows": exported.rows,
        "schema": schema,
    }
    if exported.sheet:
        resource |= {"type": "table", "dialect": {"header": True, "sheetName": exported.sheet}}
    if dialect:
        resource |= {
            "type": "table",
            "encoding": "utf-8",
            "dialect": {"delimiter": dialect.separator, "header": True, "quoteChar": '"'},
        }
    return resource


def _field(variable: Variable, dialect: Dialect | None) -> dict[str, Any]:
    kind = field_type(variable)
    field: dict[str, Any] = {
        "name": variable.name,
        "type": kind,
        "title": variable.label,
        "unit": variable.unit,
        "source": f"{variable.source}.{variable.column}" if variable.source else variable.column,
    }
    if variable.levels and kind == "string":
        field["constraints"] = {"enum": [level.value for level in variable.levels]}
        field["categories"] = [
            {"value": level.value, "label": level.label} for level in variable.levels
        ]
    if dialect and kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if dialect and kind == "number" and dialect.decimal_mark != ".":
        field["decimalChar"] = dialect.decimal_mark
    return field


def field_type(variable: Variable) -> str:
    """Name a variable's type in the words of the data package standard."""
    if variable.type in WHOLE | LARGE:
        return "integer"
    if variable.type in REAL or variable.type.startswith("DECIMAL"):
        return "number"
    if variable.type == "BOOLEAN":
        return "boolean"
    return "string" if variable.type == "VARCHAR" else "any"


def _codebook_row(variable: Variable) -> tuple[str, ...]:
    values = "; ".join(f"{str(each.value).lower()} = {each.label}" for each in variable.levels)
    return (
        variable.name,
        variable.column,
        variable.label,
        field_type(variable),
        variable.unit,
        values,
        variable.source,
    )


def _key_sentence(table: Table) -> str:
    return f"A row is named by {', '.join(table.key)}." if table.key else ""
