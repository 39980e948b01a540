"""What people choose from when they build on a cluster."""

from enum import StrEnum


class Finish(StrEnum):
    """What is made of the relations once the cluster has made its share."""

    DUCKDB = "duckdb"
    NONE = "none"
