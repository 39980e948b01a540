"""Writing the report: the page, and its figures as files."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from lakehouse.charts.words import Words
from lakehouse.errors import UsageError
from lakehouse.files.replace import write_bytes
from lakehouse.paths import WarehousePaths
from lakehouse.report.composing import swiftly
from lakehouse.report.export import written_figures
from lakehouse.report.page.document import page
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.movement.strips import refused_strips
from lakehouse.report.sections.order import SECTIONS
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.report.texts.read import LANGUAGES

Language = Literal["en", "pt"]


@dataclass(frozen=True)
class ReportRequest:
    """What is written.

    Parameters
    ----------
    out : Path
        The page's file; one that is there is replaced.
    figures : Path, optional
        Folder for every figure as SVG, PDF and PNG.
    language : str
        What the page opens in and figures are written in: "en" or "pt".
    """

    out: Path
    figures: Path | None = None
    language: Language = "en"
    privacy: Privacy = field(default_factory=Privacy)


@dataclass(frozen=True)
class ReportSummary:
    """What was written.

    Parameters
    ----------
    bytes : int
        Of the page.
    figures : tuple of Path
        Files of figures.
    refused : tuple of str
        Videos of which nothing could be shown, and why.
    """

    page: Path
    bytes: int
    figures: tuple[Path, ...]
    refused: tuple[str, ...] = ()


def write_report(paths: WarehousePaths, request: ReportRequest) -> ReportSummary:
    """Write a warehouse's report.

    Raises
    ------
    LakehouseError
        If there is no database, or a file cannot be written.
    """
    if request.out.is_dir():
        raise UsageError(
            "the report is a file, and this is a folder",
            where=str(request.out),
            fix="name a file, such as report.html",
        )
    for folder in request.privacy.photographs:
        if not folder.is_dir():
            raise UsageError(
                "there is no folder of photographs or videos",
                where=str(folder),
                fix="name the folder that was extracted",
            )
    order = sorted(LANGUAGES, key=lambda name: name != request.language)
    with open_tables(paths, request.privacy) as tables, swiftly():
        languages = {name: tables.words(name) for name in order}
        document = page(SECTIONS, tables, languages).encode()
        write_bytes(request.out, document)
        refused = tuple(refused_strips(tables))
    summary = ReportSummary(request.out, len(document), (), refused)
    if request.figures is None:
        return summary
    # All they show has been read for the page. The database's engine gives its memory back, and
    # so does the page.
    del document
    with swiftly():
        written = list(_written(request.figures, tables, languages[request.language]))
    return replace(summary, figures=tuple(written))


def _written(folder: Path, tables: Tables, words: Words) -> Iterator[Path]:
    for name, data in written_figures(SECTIONS, tables, words):
        write_bytes(folder / name, data)
        yield folder / name
