"""Paragraphs in which some words are code."""

from markupsafe import Markup, escape


def marked(paragraph: str) -> Markup:
    """Write a paragraph for HTML, what stands between grave accents as code."""
    parts = [escape(part) for part in paragraph.split("`")]
    return Markup("").join(  # noqa: S704
        Markup("<code>{}</code>").format(part) if place % 2 else part
        for place, part in enumerate(parts)
    )
