"""`lakehouse spark extract`."""

from typing import Annotated

import typer

from lakehouse.extraction.options import ExtractionOptions
from lakehouse.spark.extract import PER_TASK, SparkTeam

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
from .spark_options import Conf, Master, config


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
    program. A task that fails is tried again by Spark; what was committed stays. Videos are
    looked at by this machine alone; `--shard` of `lakehouse extract` spreads them over several.

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
        workers=SparkTeam(master, photos, warehouse(context), per_task, config(conf)),
    )
    run_extraction(context, photos, options, quiet=quiet, as_json=as_json)
