"""Writes sql/videos.toml: the types of columns of relations that are about videos.

python -m tests.types_of_videos
"""

import tempfile
from pathlib import Path

import duckdb

from lakehouse.files.replace import write_bytes
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import load_models
from tests.lakehouse.random_videos import random_clips, write_random_videos
from tests.lean import lean

FILE = Path(__file__).parent.parent / "sql" / "videos.toml"
HEAD = "# The columns of relations that have rows only where there are videos, and their types.\n"
HEAD += "# Made by `python -m tests.types_of_videos`; do not edit.\n"


def types_of(database: Path) -> dict[str, dict[str, str]]:
    """Read the types of a warehouse in which the queries were run."""
    types: dict[str, dict[str, str]] = {}
    with duckdb.connect(database, read_only=True) as connection:
        for model in load_models():
            if model.header.videos:
                described = connection.execute(f"describe {model.relation}").fetchall()
                types[model.relation] = {name: kind for name, kind, *_ in described}
    return types


def filmed(folder: Path) -> Path:
    """Build a warehouse that has videos, and give its database."""
    paths = WarehousePaths(folder)
    write_random_videos(paths, random_clips(1, ("a",), ("neutral", "fear")))
    build(paths, lean(quality={"photos_per_mask": "any", "masks": "neutral"}))
    return paths.database


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        types = types_of(filmed(Path(folder)))
    lines = [HEAD]
    for relation, columns in sorted(types.items()):
        name = f'"{relation}"' if "." in relation else relation
        lines += [f"\n[{name}]\n", *(f'{column} = "{kind}"\n' for column, kind in columns.items())]
    write_bytes(FILE, "".join(lines).encode())


if __name__ == "__main__":
    main()
