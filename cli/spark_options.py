"""Options that the commands on a cluster share."""

from typing import Annotated

import typer

from lakehouse.errors import UsageError

Master = Annotated[
    str,
    typer.Option(
        help="Where Spark runs: local[*] on this machine, spark://HOST:PORT, yarn or "
        "k8s://HOST:PORT on a cluster, sc://HOST:PORT through Spark Connect."
    ),
]

Conf = Annotated[
    list[str] | None,
    typer.Option(
        help="A setting of Spark's own, such as spark.executor.memory=8g; can be given several "
        "times."
    ),
]


def config(given: list[str] | None) -> dict[str, str]:
    """Read the settings of Spark that were given with --conf.

    Raises
    ------
    UsageError
        If one of them is not NAME=VALUE.
    """
    pairs = [each.partition("=") for each in given or ()]
    for name, _, value in pairs:
        if not (name and value):
            raise UsageError(
                f"{name or 'nothing'} has no value",
                where="--conf",
                fix="write it as spark.executor.memory=8g",
            )
    return {name: value for name, _, value in pairs}
