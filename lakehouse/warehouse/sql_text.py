"""Names and texts, spelled so that SQL reads them as such."""

import re
from pathlib import Path


def quoted(name: str) -> str:
    """Spell a name as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def quoted_relation(name: str) -> str:
    """Spell a relation's name, with its schema if one stands before a dot, as identifiers."""
    schema, dot, relation = name.partition(".")
    return f"{quoted(schema)}.{quoted(relation)}" if dot else quoted(name)


def text_literal(text: str) -> str:
    """Spell a text as a string literal."""
    return "'" + text.replace("'", "''") + "'"


def file_literal(file: Path) -> str:
    """Spell a file's path as a string literal in which no character stands for others."""
    return text_literal(re.sub(r"[\[*?]", r"[\g<0>]", str(file)))
