"""A columnar data lake for studies of facial expression."""

from importlib.metadata import version

__version__ = version("expression-lakehouse")
