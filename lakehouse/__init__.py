"""A columnar data lake for studies of facial expression."""

from importlib.metadata import version

from lakehouse.clones import require_one_tree

require_one_tree(__name__, __path__[0])

__version__ = version("expression-lakehouse")
