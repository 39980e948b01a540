"""Refuses to mix two clones: the library of one with the commands or the SQL of another.

`cli/` and `sql/` lie beside `lakehouse/` and are installed as `lakehouse.cli` and `lakehouse.sql`.
An editable environment knows them by their paths. `lakehouse` itself it finds only after the
working directory and PYTHONPATH, so in another clone the two come from different trees.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PARTS: Final = ("cli", "sql")


def require_one_tree(package: str, folder: str) -> None:
    """Make sure that commands and SQL come from the same tree as the library.

    Parameters
    ----------
    package : str
        Name of the library, which is being imported.
    folder : str
        Where it was found. In an installed copy its parts lie inside, in a clone beside it.

    Raises
    ------
    ImportError
        In one line, if a part comes from elsewhere or from nowhere.
    SystemExit
        With code 2 after that line on stderr, if this process is the command `lakehouse`.
    """
    here = Path(folder).resolve()
    for part in PARTS:
        found = _folder_of(f"{package}.{part}")
        if found not in (here / part, here.parent / part):
            _refuse(_explained(here.parent, f"{package}.{part}", found))


def _folder_of(package: str) -> Path | None:
    # Finds without importing: it looks at a few files, and runs none of them.
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0]).resolve() if folders else None


def _explained(tree: Path, part: str, found: Path | None) -> str:
    if found is None:
        return (
            f"lakehouse comes from {tree}, which is not installed here, so {part} is missing; "
            f"run `python -m pip install --editable {tree}`"
        )
    return (
        f"lakehouse comes from {tree}, but {part} from {found.parent}, another copy of the "
        f"program; run `make` in {tree} and use its .venv"
    )


def _refuse(line: str) -> None:
    if _is_the_command():
        sys.stderr.write(f"error: {line}\n")
        raise SystemExit(2)
    raise ImportError(line)


def _is_the_command() -> bool:
    """Tell whether this process is `lakehouse` itself, whose user should see no traceback."""
    program = sys.argv[0] if sys.argv else ""
    if program == "-m":  # the module to run is still being looked for
        return bool({"lakehouse", "lakehouse.cli"} & set(sys.orig_argv))
    return Path(program).name == "lakehouse"
