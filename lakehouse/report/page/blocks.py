"""What stands on the page around each chart, listing and picture, in every language."""

import base64
from collections.abc import Mapping
from typing import Any, Final

from lakehouse.charts.words import Words
from lakehouse.figures.encode import web_encoded
from lakehouse.report.figure import (
    Block,
    Entries,
    Figure,
    Listing,
    Picture,
    Pictures,
    Prose,
    Section,
)
from lakehouse.report.languages import Languages, Said, said
from lakehouse.report.page.marked import held_together, marked
from lakehouse.report.tables.query import report_query
from lakehouse.report.tables.tables import Tables

_N: Final = "n"
_TABLE: Final = "T"
"""What the numbers of the paper's tables begin with."""

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
        "copied": section.copied,
        "blocks": [block_view(block, tables, languages) for block in offered(section, tables)],
    }


def offered(section: Section, tables: Tables) -> list[Block]:
    """List a section's blocks without those of photographs that nobody asked for.

    Of a section of which nothing can be drawn, the first says what is missing.
    """
    nothing = tables.missing(section.needs) is not None
    return [
        block
        for block in (section.blocks[:1] if nothing else section.blocks)
        if tables.privacy.photographs or not (isinstance(block, Pictures) and block.photographs)
    ]


def block_view(block: Block, tables: Tables, languages: Languages) -> View:
    """Prepare a block for the page's template."""
    if isinstance(block, Prose):
        return _prose(block, tables, languages)
    if isinstance(block, Entries):
        return _entries(block, tables, languages)
    folder = _folder(block)
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
    return (block.table,) if isinstance(block, Listing) else block.tables


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
    return {"lacking": _empty(block, tables, languages)}


def _empty(block: Figure | Listing | Pictures, tables: Tables, languages: Languages) -> Said:
    """Say that a block's table has no row, and where it is known what that means."""
    first = _shown(block)[0]
    if tables.privacy.aggregate and report_query(first).header.people:
        return said(languages, lambda words: words("page.few"))
    relations = ", ".join(tables.relations(first))
    otherwise = said(languages, lambda words: words("page.empty", relations=relations))
    key = f"{_folder(block)}.{block.name}.empty"
    return {name: words.known(key, otherwise[name]) for name, words in languages.items()}


def _folder(block: Figure | Listing | Pictures) -> str:
    return "listings" if isinstance(block, Listing) else "figures"


def _of_tables(block: Figure | Listing, folder: str, tables: Tables, languages: Languages) -> View:
    shown = _shown(block)
    frames = {name: tables.table(name) for name in shown}
    numbers = {name: block.numbers(frames, words) for name, words in languages.items()}
    relations = _relations(shown, tables)
    view: View = {
        "caption": _caption(f"{folder}.{block.name}", languages, numbers),
        "source": _source(block, relations, languages, numbers),
        "table": shown[0],
        "sql": [report_query(name).sql for name in shown],
    }
    if isinstance(block, Listing):
        kept = [name for name in block.columns if name in frames[block.table].columns]
        return view | {"is_open": True, "columns": kept}
    return view | {
        "description": _filled(f"figures.{block.name}.description", languages, numbers),
        "controls": block.controls,
        "readout": block.readout,
    }


def _pictures(block: Pictures, tables: Tables, languages: Languages) -> View:
    numbers = {name: block.numbers(tables, words) for name, words in languages.items()}
    return {
        "caption": _caption(f"figures.{block.name}", languages, numbers),
        "source": _source(block, _relations(block.tables, tables), languages, numbers),
        "description": _filled(f"figures.{block.name}.description", languages, numbers),
        "ink": block.ink,
        "in_threes": block.in_threes,
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
    return {
        "kind": "prose",
        "name": block.name,
        "title": _title(f"prose.{block.name}.title", languages),
        "listed": block.listed,
        "paragraphs": {
            name: [marked(paragraph) for paragraph in block.write(tables, words)]
            for name, words in languages.items()
        },
    }


def _entries(block: Entries, tables: Tables, languages: Languages) -> View:
    return {
        "kind": "entries",
        "name": block.name,
        "title": _title(f"entries.{block.name}.title", languages),
        "large": block.large,
        "entries": {name: block.write(tables, words) for name, words in languages.items()},
    }


def _title(key: str, languages: Languages) -> Said | None:
    if all(key in words.texts for words in languages.values()):
        return said(languages, lambda words: words(key))
    return None


def _filled(key: str, languages: Languages, numbers: Mapping[str, Mapping[str, str]]) -> Said:
    return {name: words(key, **numbers[name]) for name, words in languages.items()}


def _caption(key: str, languages: Languages, numbers: Mapping[str, Mapping[str, str]]) -> Said:
    filled = _filled(f"{key}.caption", languages, numbers)
    return {name: held_together(text) for name, text in filled.items()}


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
        for key, named in _in_paper(block.paper).items():
            if named:
                many = "one" if len(named) == 1 else "other"
                given.append(words(f"{key}.{many}", figures=words.listed(named)))
        return given

    by_language = {name: parts(name, words) for name, words in languages.items()}
    count = len(next(iter(by_language.values())))
    return [{name: said[place] for name, said in by_language.items()} for place in range(count)]


def _in_paper(numbers: tuple[str, ...]) -> dict[str, list[str]]:
    """Tell the paper's figures from its tables, by the key of what is said of them."""
    return {
        "page.paper": [number for number in numbers if not number.startswith(_TABLE)],
        "page.paper_table": [
            number.removeprefix(_TABLE) for number in numbers if number.startswith(_TABLE)
        ],
    }
