"""Names of files that Windows takes for files, too."""

from urllib.parse import unquote

import pytest

from lakehouse.files.safe_names import safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "%43ON"),
        ("con", "%63on"),
        ("nul.jpg", "%6Eul.jpg"),
        ("LPT9.tar.gz", "%4CPT9.tar.gz"),
        ("CONx", "CONx"),
        ("com10", "com10"),
        ("a.", "a%2E"),
        ("a..", "a.%2E"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("a ", "a%20"),
        ("a:b", "a%3Ab"),
        ("a\\b", "a%5Cb"),
        ('what?*<>|"', "what%3F%2A%3C%3E%7C%22"),
    ],
)
def test_what_windows_would_take_for_something_else_is_spelt(text: str, name: str) -> None:
    assert safe_name(text) == name
    assert unquote(name) == text
