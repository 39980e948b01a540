"""CSV in UTF-8, with a header; semicolons between cells where numbers have commas."""

from typing import Final

from lakehouse.exporting.delimited import delimited

FORMAT: Final = delimited("text/csv", ",", separator_with_decimal_comma=";")
