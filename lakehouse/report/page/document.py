"""The page as one HTML file, and the policy by which a browser lets it ask for nothing."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from lakehouse.report.figure import Section
from lakehouse.report.languages import Languages, said
from lakehouse.report.look.colours import THEMES
from lakehouse.report.look.fonts import font_faces
from lakehouse.report.look.styles import css_variables
from lakehouse.report.page.blocks import section_view
from lakehouse.report.page.bundle import bundle
from lakehouse.report.page.data import as_json, page_data
from lakehouse.report.page.specifications import expressions_of
from lakehouse.report.tables.tables import Tables


def page(sections: tuple[Section, ...], tables: Tables, languages: Languages) -> str:
    """Write the report.

    Parameters
    ----------
    sections : tuple of Section
    languages : mapping of str to Words
        The first is the one that it opens in.

    Returns
    -------
    str
        HTML; the same for the same database.
    """
    library, script = _closed(bundle()), _closed(_script())
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=False, keep_trailing_newline=True
    )
    template = environment.from_string(_file("page.html.j2"))
    build = tables.facts.build
    return template.render(
        languages=[
            {"name": name, "code": words.language, "own": words("language.name")}
            for name, words in languages.items()
        ],
        texts_by_language=lambda key: said(languages, lambda words: words(key)),
        policy=_policy(library, script),
        style=Markup(_style(languages)),  # noqa: S704
        title=next(iter(languages.values()))("page.title"),
        page_title=said(languages, lambda words: words("page.title")),
        made=said(
            languages,
            lambda words: words(
                "page.made", version=build["lakehouse_version"], built=build["started"]
            ),
        ),
        sections=[section_view(section, tables, languages) for section in sections],
        data=Markup(as_json(page_data(sections, tables, languages))),  # noqa: S704
        library=Markup(library),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )


def _policy(*scripts: str) -> str:
    """Allow these scripts and what lies in the page; nothing else is loaded or run."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _closed(script: str) -> str:
    """Keep what a script holds from ending its element."""
    return re.sub(r"<(?=/script|!--)", r"\\x3C", script, flags=re.IGNORECASE)


@cache
def _file(*path: str) -> str:
    return files(__package__).joinpath(*path).read_text(encoding="utf-8")


def _joined(folder: str) -> str:
    parts: Iterable[Any] = files(__package__).joinpath(folder).iterdir()
    return "\n".join(_file(folder, name) for name in sorted(part.name for part in parts))


def _script() -> str:
    return f'"use strict";\n(() => {{\n{_joined("script")}}})();\n'


def _style(languages: Languages) -> str:
    hidden = "\n".join(
        f'html[data-language="{name}"] .said:not([data-said="{name}"]) {{ display: none; }}'
        for name in languages
    )
    variables = "\n".join(
        f'html[data-theme="{theme}"] {{ {css_variables(theme, *expressions_of(languages))} }}'
        for theme in THEMES
    )
    return "\n".join([font_faces(), variables, hidden, _joined("style")])
