"""Names and texts, spelled so that SQL reads them as such."""


def quoted(name: str) -> str:
    """Spell a name as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """Spell a text as a string literal."""
    return "'" + text.replace("'", "''") + "'"
