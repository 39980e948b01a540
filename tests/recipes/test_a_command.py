"""A command, as CONTRIBUTING says: what it takes, and which tests remind of what is missing.

`lakehouse sizes`, which tells how large the warehouse's files are, is added in a copy of the
repository.
"""

import pytest

from lakehouse.paths import WarehousePaths
from tests.recipes.tree import SourceTree

# A copy of the sources takes seconds to try out.
pytestmark = pytest.mark.slow

MODULE = '''"""`lakehouse sizes`."""

import typer

from .options import AsJson, warehouse
from .output import say, say_json


def sizes(context: typer.Context, as_json: AsJson = False) -> None:
    """Tell how large the files of the warehouse are.

    Example:

        lakehouse sizes
    """
    size = warehouse(context).database.stat().st_size
    if as_json:
        say_json({"database": size})
    else:
        say(f"database: {size:,} bytes")
'''
MAIN, NEW = "cli/main.py", "cli/sizes.py"
TESTS = (
    "tests/docs/test_generated.py",
    "tests/cli/test_late.py::test_the_list_says_what_the_commands_say",
    *(
        f"tests/cli/test_commands.py::{name}"
        for name in (
            "test_the_commands_of_the_design_are_there",
            "test_help_carries_an_example_of_the_command",
            "test_every_option_is_explained",
        )
    ),
)


LINE = '    "sizes": Late("sizes", "Tell how large the files of the warehouse are."),'


def follow(tree: SourceTree, module: str) -> None:
    tree.write(NEW, module)
    after = '    "sql": Late("explore", "Run a query in SQL.", asks=True),'
    tree.insert(MAIN, after=after, text=LINE)


def test_a_command_takes_two_files(small_warehouse: WarehousePaths, tree: SourceTree) -> None:
    follow(tree, MODULE)
    assert tree.touched() == {MAIN, NEW}

    size = small_warehouse.database.stat().st_size
    said = tree.lakehouse("--warehouse", small_warehouse.root, "sizes")
    assert said == f"database: {size:,} bytes\n"
    assert "sizes" in tree.lakehouse("--help")
    assert "Print JSON" in tree.lakehouse("sizes", "--help")

    tree.generate()
    assert tree.touched() == {MAIN, NEW, "docs/commands.md"}
    page = (tree.root / "docs" / "commands.md").read_text()
    assert "\n## `lakehouse sizes`\n" in page
    assert "```sh\nlakehouse sizes\n```" in page


def test_what_is_missing_is_noticed(tree: SourceTree) -> None:
    without_example, _, rest = MODULE.partition("    Example:")
    _, _, code = rest.partition('    """\n')
    follow(tree, f'{without_example}    """\n{code}')

    failed = tree.failures(*TESTS)
    assert "test_help_carries_an_example_of_the_command[sizes]" in failed
    assert "test_the_commands_of_the_design_are_there" in failed
    assert "test_a_page_is_up_to_date[commands.md]" in failed

    tree.write(NEW, MODULE)
    tree.insert(
        "tests/cli/test_commands.py",
        after='        "spark build", "spark extract", "merge",',
        text='        "sizes",',
    )
    tree.generate()
    assert tree.failures(*TESTS) == ""
