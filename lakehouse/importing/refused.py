"""A file that is not taken, whatever else there is."""


class RefusedError(ValueError):
    """A file holds no landmarks that can be taken; the message says why, and what was expected."""
