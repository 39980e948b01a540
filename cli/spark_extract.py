"""`lakehouse spark extract`."""

from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.spark.extract import PER_TASK, Cluster

from .extract import (
    Layout,
    Manifest,
    Photographs,
    Prune,
    ReExtract,
    Verify,
    manifest_file,
    run_extraction,
)
from .options import AsJson, ColumnMap, Quiet, Sheet, warehouse

Master = Annotated[
    str,
    typer.Option(
        help="local[*] or local[2] on this machine, spark://HOST:PORT, yarn or k8s://HOST:PORT on "
        "a cluster, sc://HOST:PORT by Spark Connect."
    ),
]

Conf = Annotated[
    list[str] | None,
    typer.Option(
        help="Settings of Spark, such as spark.executor.memory=4g; can be given several times."
    ),
]


def extract(
    context: typer.Context,
    photos: Photographs,
    master: Master = "local[*]",
    conf: Conf = None,
    per_task: Annotated[int, typer.Option(help="Photographs in a task.", min=1)] = PER_TASK,
    layout: Layout = None,
    manifest: Manifest = None,
    columns: ColumnMap = None,
    sheet: Sheet = None,
    prune: Prune = False,
    re_extract: ReExtract = False,
    verify: Verify = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Find the face landmarks in photographs on a cluster, and add them to the lake.

    Does what `lakehouse extract` does, with the same result: each task of Spark looks at some
    photographs, and this machine alone writes into the lake. Photographs and warehouse must lie
    on a disk that all machines share, under the same paths, and all need the same version of this
    program. A task that fails is tried again by Spark; what was committed stays.

    Example:

        lakehouse spark extract photos/

        lakehouse spark extract photos/ --master "local[2]" --per-task 32
    """
    options = ExtractionOptions(
        layout=layout,
        manifest=manifest_file(manifest, columns, sheet),
        prune=prune,
        re_extract=re_extract,
        verify=verify,
        workers=Cluster(master, photos, warehouse(context), per_task, settings_of_spark(conf)),
    )
    run_extraction(context, photos, options, quiet=quiet, as_json=as_json)


def settings_of_spark(given: list[str] | None) -> dict[str, str]:
    """Read what was given with --conf.

    Raises
    ------
    UsageError
        If one of them is not NAME=VALUE.
    """
    pairs = [each.partition("=") for each in given or ()]
    if wrong := [name for name, equals, _ in pairs if not (name and equals)]:
        raise UsageError(
            f"has {wrong[0] or 'no name'}", where="--conf", fix="give NAME=VALUE, as Spark has it"
        )
    return {name: value for name, _, value in pairs}
