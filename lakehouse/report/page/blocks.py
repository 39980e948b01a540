"""What stands on the page around each chart, listing and picture, in every language."""

import base64
from collections.abc import Mapping
from typing import Any, Final

from lakehouse.charts.words import Words
from lakehouse.figures.encode import web_encoded
from lakehouse.report.figure import (
    Block,
    Figure,
    Listing,
    Picture,
    Pictures,
    Prose,
    Section,
)
from lakehouse.report.languages import Languages, Said, said
from lakehouse.report.tables.query import report_query
from lakehouse.report.tables.tables import Tables

_N: Final = "n"
_QUALITY: Final = 60
"""Of pictures in the page, of 100."""

View = dict[str, Any]
"""What the page's template reads of a block."""


def section_view(section: Section, tables: Tables, languages: Languages) -> View:
    """Prepare a section for the page's template."""
    return {
        "name": section.name,
        "title": said(languages, lambda words: words(f"sections.{section.name}.title")),
        "lead": said(languages, lambda words: words(f"sections.{section.name}.lead")),
        "blocks": [block_view(block, tables, languages) for block in offered(section, tables)],
    }


def offered(section: Section, tables: Tables) -> list[Block]:
    """List a section's blocks without those of photographs that nobody asked for."""
    return [
        block
        for block in section.blocks
        if tables.privacy.photographs or not (isinstance(block, Pictures) and block.photographs)
    ]


def block_view(block: Block, tables: Tables, languages: Languages) -> View:
    """Prepare a block for the page's template."""
    if isinstance(block, Prose):
        return _prose(block, tables, languages)
    folder = "listings" if isinstance(block, Listing) else "figures"
    kind = {Figure: "chart", Listing: "listing", Pictures: "pictures"}[type(block)]
    view: View = {
        "kind": kind,
        "name": block.name,
        "anchor": f"figure-{block.name}",
        "title": said(languages, lambda words: words(f"{folder}.{block.name}.title")),
        "lacking": None,
        "command": None,
        "controls": (),
        "table": None,
        "sql": (),
        "is_open": False,
    }
    if lacking := _lacking(block, tables, languages):
        return view | lacking
    if isinstance(block, Pictures):
        return view | _pictures(block, tables, languages)
    return view | _of_tables(block, folder, tables, languages)


def lacks(block: Figure | Listing | Pictures, tables: Tables) -> bool:
    """Whether something stands in the place of a block: what is missing for it."""
    if tables.missing(block.needs) is not None:
        return True
    if block.personal and tables.privacy.aggregate:
        return True
    return any(tables.table(name).is_empty() for name in _shown(block)[:1])


def _shown(block: Figure | Listing | Pictures) -> tuple[str, ...]:
    if isinstance(block, Figure):
        return block.tables
    return (block.table,) if isinstance(block, Listing) else ()


def _lacking(
    block: Figure | Listing | Pictures, tables: Tables, languages: Languages
) -> View | None:
    if not lacks(block, tables):
        return None
    if need := tables.missing(block.needs):
        reason = said(languages, lambda words: words(f"missing.{need}"))
        return {
            "lacking": {
                name: words("page.missing", reason=reason[name])
                for name, words in languages.items()
            },
            "command": need.command,
        }
    if block.personal and tables.privacy.aggregate:
        return {"lacking": said(languages, lambda words: words("page.aggregated"))}
    relations = ", ".join(tables.relations(_shown(block)[0]))
    return {"lacking": said(languages, lambda words: words("page.empty", relations=relations))}


def _of_tables(block: Figure | Listing, folder: str, tables: Tables, languages: Languages) -> View:
    shown = _shown(block)
    frames = {name: tables.table(name) for name in shown}
    numbers = {name: block.numbers(frames, words) for name, words in languages.items()}
    relations = _relations(shown, tables)
    view: View = {
        "caption": _filled(f"{folder}.{block.name}.caption", languages, numbers),
        "source": _source(block, relations, languages, numbers),
        "table": shown[0],
        "sql": [report_query(name).sql for name in shown],
    }
    if isinstance(block, Listing):
        return view | {"is_open": True, "columns": block.columns}
    return view | {
        "description": _filled(f"figures.{block.name}.description", languages, numbers),
        "controls": block.controls,
        "readout": block.readout,
    }


def _pictures(block: Pictures, tables: Tables, languages: Languages) -> View:
    numbers = {name: block.numbers(tables, words) for name, words in languages.items()}
    return {
        "caption": _filled(f"figures.{block.name}.caption", languages, numbers),
        "source": _source(block, _relations(block.tables, tables), languages, numbers),
        "description": _filled(f"figures.{block.name}.description", languages, numbers),
        "ink": block.ink,
        "pictures": [
            {
                "address": f"data:image/webp;base64,{_written(picture)}",
                "width": picture.pixels.shape[1],
                "height": picture.pixels.shape[0],
                "labels": dict(picture.labels),
                "row": picture.row,
                "column": picture.column,
            }
            for picture in block.draw(tables, languages)
        ],
    }


def _relations(names: tuple[str, ...], tables: Tables) -> str:
    named = (relation for name in names for relation in tables.relations(name))
    return ", ".join(dict.fromkeys(named))


def _written(picture: Picture) -> str:
    return base64.b64encode(web_encoded(picture.pixels, _QUALITY)).decode()


def _prose(block: Prose, tables: Tables, languages: Languages) -> View:
    key = f"prose.{block.name}.title"
    titled = all(key in words.texts for words in languages.values())
    return {
        "kind": "prose",
        "name": block.name,
        "title": said(languages, lambda words: words(key)) if titled else None,
        "paragraphs": {name: block.write(tables, words) for name, words in languages.items()},
    }


def _filled(key: str, languages: Languages, numbers: Mapping[str, Mapping[str, str]]) -> Said:
    return {name: words(key, **numbers[name]) for name, words in languages.items()}


def _source(
    block: Figure | Listing | Pictures,
    relations: str,
    languages: Languages,
    numbers: Mapping[str, Mapping[str, str]],
) -> list[Said]:
    """Say n, the unit, where the numbers come from and which figure of the paper it is."""

    def parts(name: str, words: Words) -> list[str]:
        given = []
        if _N in numbers[name]:
            given.append(words("page.n", n=numbers[name][_N]))
        if isinstance(block, Figure):
            given.append(words(f"unit.{block.unit}"))
        if relations:
            given.append(words("page.source", relations=relations))
        if block.paper:
            given.append(words("page.paper", figures=words.listed(list(block.paper))))
        return given

    by_language = {name: parts(name, words) for name, words in languages.items()}
    count = len(next(iter(by_language.values())))
    return [{name: said[place] for name, said in by_language.items()} for place in range(count)]
