"""Write the pages that are made from the program itself: `python docs/generate.py`.

`tables.md` comes from the SQL models' headers, `commands.md` from the commands' help. A test
fails if a page is out of date.
"""

from pathlib import Path

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
    "distances": "How far points move",
    "pairs": "Every point with every other point",
    "clusters": "Groups of points",
    "features": "Features",
    "correlations": "Correlations and distributions",
    "reliability": "Reliability and noise",
    "cue": "The effect of the cue",
    "expressions": "Expressions: regularity and confusion",
    "smile": "Eyes and mouth in a smile",
}
"""Headings by folder of `sql/`; folders that are not listed come last."""


def tables_page() -> str:
    """Lay out every relation and macro.

    Returns
    -------
    str
    """
    lines = [MADE, "# The tables", "", "Every relation of `lakehouse.duckdb`, by subject. ", ""]
    lines[3] += "Views cost nothing until they are queried. Columns of unit id join relations."
    models = sorted(load_models(), key=lambda model: model.name)
    folders = {model.folder for model in models}
    for folder in sorted(
        folders,
        key=lambda name: (list(SUBJECTS).index(name) if name in SUBJECTS else len(SUBJECTS), name),
    ):
        lines += [f"## {SUBJECTS.get(folder, folder.capitalize())}", ""]
        for model in models:
            if model.folder == folder:
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
    lines[-1] += "Exit codes: 0 done, 1 a check failed or some input was refused, 2 wrong usage."
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
        for parameter in command.params:
            if parameter.param_type_name == "option" and not parameter.hidden:
                names = ", ".join(
                    f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts)
                )
                lines.append(f"| {names} | {parameter.help}{_default(parameter)} |")
        lines += ["", "```sh"]
        lines += [line.strip() for line in example.splitlines() if line.strip()]
        lines += ["```", ""]
    return "\n".join(lines)


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
