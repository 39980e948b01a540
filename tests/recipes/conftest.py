from pathlib import Path

import pytest

from tests.recipes.tree import Tree, copied


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the repository."""
    return copied(tmp_path / "tree")
