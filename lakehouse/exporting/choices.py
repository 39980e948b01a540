"""What people choose from when they export."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """Kinds of files that tables are exported to; `exporting.formats` has a module for each."""

    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"
    RDS = "rds"
    SAV = "sav"
    DTA = "dta"
    XLSX = "xlsx"


class DecimalMark(StrEnum):
    """Decimal marks of formats that are text."""

    DOT = "dot"
    COMMA = "comma"
