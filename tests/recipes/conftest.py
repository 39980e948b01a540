from pathlib import Path

import pytest

from tests.recipes.tree import SourceTree


@pytest.fixture
def tree(tmp_path: Path) -> SourceTree:
    """A copy of the repository."""
    return SourceTree(tmp_path / "tree")
