"""A columnar data lake for studies of facial expression."""

from lakehouse.clones import require_one_tree

require_one_tree(__name__, __path__[0])


def __getattr__(name: str) -> str:
    if name == "__version__":
        # Imported here: it takes most of the time that this package does.
        from importlib.metadata import version

        return version("expression-lakehouse")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
