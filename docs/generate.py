"""Write the pages that are made from the program itself: `python docs/generate.py`.

`tables.md` comes from the SQL models' headers, `commands.md` from the commands' help. A test
fails if a page is out of date.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import get_args, get_type_hints

import typer
from lakehouse.cli.main import app

from lakehouse.warehouse.macros import load_macros
from lakehouse.warehouse.models import OTHER_COLUMNS, Model, load_models

FOLDER = Path(__file__).parent
MADE = "<!-- made by docs/generate.py; do not edit -->"

SUBJECTS = {
    "lake": "The lake's contents, and what the build used",
    "quality": "Who and what enters the results",
    "masks": "Faces",
    "units": "Muscles and action units",
    "distances": "How far points move",
    "pairs": "Every point with every other point",
    "clusters": "Groups of points",
    "measures": "Measures of one's own",
    "features": "Features",
    "correlations": "Correlations and distributions",
    "reliability": "Reliability and noise",
    "cue": "The effect of the cue",
    "expressions": "Expressions: regularity and confusion",
    "smile": "Eyes and mouth in a smile",
}
"""Headings by folder of `sql/`; folders that are not listed come last."""

INTERNAL_INTRODUCTION = (
    "A build needs these, and people seldom ask them: most are keyed by integers, which change "
    "from build to build."
)


def tables_page() -> str:
    """Lay out every relation and macro.

    Returns
    -------
    str
    """
    lines = [MADE, "# The tables", "", "Every relation of `lakehouse.duckdb`, by subject. ", ""]
    lines[3] += "Views cost nothing until they are queried. Columns of unit id join relations."
    models = sorted(load_models(), key=lambda model: (_place(model.folder), model.name))
    for folder, of_subject in groupby(
        (model for model in models if not model.header.internal), key=lambda model: model.folder
    ):
        lines += [f"## {SUBJECTS.get(folder, folder.capitalize())}", ""]
        for model in of_subject:
            lines += _relation(model)
    lines += ["## Internal relations", "", INTERNAL_INTRODUCTION, ""]
    for model in models:
        if model.header.internal:
            lines += _relation(model)
    lines += ["## Macros", ""]
    for macro in load_macros():
        call = f"{macro.name}({', '.join(macro.header.parameters)})"
        lines += [f"### `{call}`", "", f"Gives {macro.header.gives}.", ""]
        if macro.header.parameters:
            lines += _columns(macro.header.parameters, "parameter")
        lines += ["```sql", macro.header.example, "```", ""]
    return "\n".join(lines)


def commands_page() -> str:
    """Lay out every command's help.

    Returns
    -------
    str
    """
    lines = [MADE, "# The commands", ""]
    lines.append("`--warehouse DIR` (or `LAKEHOUSE_WAREHOUSE`) stands before the command. ")
    lines[-1] += "Exit codes: 0 done, 1 a check failed or some input was refused, 2 wrong usage, "
    lines[-1] += "130 ended by Ctrl-C."
    lines.append("")
    for path, command in _commands(typer.main.get_command(app), ()):
        about, _, example = (command.help or "").partition("Example:")
        arguments = " ".join(
            _argument(parameter)
            for parameter in command.params
            if parameter.param_type_name == "argument"
        )
        lines += [f"## `lakehouse {' '.join((*path, arguments)).strip()}`", ""]
        lines += [paragraph.strip() for paragraph in about.strip().splitlines()]
        lines += ["", "| option | |", "| --- | --- |"]
        kinds = get_type_hints(command.callback)
        for parameter in command.params:
            if parameter.param_type_name == "option" and not parameter.hidden:
                names = ", ".join(
                    f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts)
                )
                choices = _choices(kinds[parameter.name], several=parameter.multiple)
                lines.append(f"| {names} | {parameter.help}{choices}{_default(parameter)} |")
        lines += ["", "```sh"]
        lines += [line.strip() for line in example.splitlines() if line.strip()]
        lines += ["```", ""]
    return "\n".join(lines)


def _place(folder: str) -> tuple[int, str]:
    return (list(SUBJECTS).index(folder) if folder in SUBJECTS else len(SUBJECTS), folder)


def _relation(model: Model) -> list[str]:
    header = model.header
    lines = [f"### `{model.name}`", "", f"A row is {header.row}."]
    for sentence in (header.note, header.source and f"Source: {header.source}."):
        if sentence:
            lines[-1] += f" {sentence}"
    lines[-1] += f" Key: {', '.join(f'`{column}`' for column in header.key)}."
    if header.extra is not None:
        lines[-1] += f" Made by `{header.extra.command}`."
    return [*lines, "", *_columns(header.columns, "column")]


def _columns(columns: dict[str, tuple[str, str]], kind: str) -> list[str]:
    lines = [f"| {kind} | unit | |", "| --- | --- | --- |"]
    for column, (unit, meaning) in columns.items():
        name = "every other" if column == OTHER_COLUMNS else f"`{column}`"
        lines.append(f"| {name} | {unit} | {meaning} |".replace("||", "\\|\\|"))
    return [*lines, ""]


def _commands(group, path):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


def _argument(parameter) -> str:
    name = parameter.name.upper() + ("…" if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _choices(kind: object, *, several: bool) -> str:
    """Name what an option of this type takes, if that is one of few words."""
    words = [f"`{choice}`" for each in _enumerations(kind) for choice in each]
    return f" {'Any' if several else 'One'} of {', '.join(words)}." if words else ""


def _enumerations(kind: object) -> Iterator[type[StrEnum]]:
    """Find the enumerations that a type consists of, such as those of a list, or nothing."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        yield kind
    for part in get_args(kind):
        yield from _enumerations(part)


def _default(parameter) -> str:
    if parameter.required:
        return " Required."
    if parameter.is_flag or parameter.default in (None, ()) or callable(parameter.default):
        return ""
    return f" Default: `{parameter.default}`."


PAGES = {"tables.md": tables_page, "commands.md": commands_page}


def main() -> None:
    """Write both pages."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
